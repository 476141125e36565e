package argocd

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"sigs.k8s.io/yaml"
)

// The layout is that of Argo CD's own tests.
type actionTests struct {
	DiscoveryTests []struct {
		InputPath string   `json:"inputPath"`
		Result    []Action `json:"result"`
	} `json:"discoveryTests"`
	ActionTests []actionTest `json:"actionTests"`
}

type actionTest struct {
	Action               string            `json:"action"`
	InputPath            string            `json:"inputPath"`
	ExpectedOutputPath   string            `json:"expectedOutputPath"`
	ExpectedErrorMessage string            `json:"expectedErrorMessage"`
	Parameters           map[string]string `json:"parameters"`
}

var now = regexp.MustCompile(`\b20\d\d-\d\d-\d\dT\d\d:?\d\d:?\d\dZ`)

func TestActionsOfEachExample(t *testing.T) {
	for _, kind := range Kinds {
		actions := filepath.Join(folder, Group, kind, "actions")
		var tests actionTests
		readYAML(t, filepath.Join(actions, "action_test.yaml"), &tests)
		for name, judge := range judges(t) {
			for _, test := range tests.DiscoveryTests {
				t.Run(name+"/"+kind+"/discovery/"+test.InputPath, func(t *testing.T) {
					var object Object
					readYAML(t, filepath.Join(actions, test.InputPath), &object)
					found, err := judge.Actions(object)
					if err != nil {
						t.Fatal(err)
					}
					if !slices.Equal(found, test.Result) {
						t.Errorf("got  %+v\nwant %+v", found, test.Result)
					}
				})
			}
			for _, test := range tests.ActionTests {
				t.Run(name+"/"+kind+"/"+test.Action+"/"+test.InputPath, func(t *testing.T) {
					tryAction(t, judge, actions, test)
				})
			}
		}
	}
}

func tryAction(t *testing.T, judge Judge, actions string, test actionTest) {
	var object Object
	readYAML(t, filepath.Join(actions, test.InputPath), &object)
	changed, err := judge.Run(object, test.Action, test.Parameters)
	if test.ExpectedErrorMessage != "" {
		if err == nil || !regexp.MustCompile(regexp.QuoteMeta(test.ExpectedErrorMessage)).MatchString(err.Error()) {
			t.Fatalf("got %v, want %s", err, test.ExpectedErrorMessage)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(actions, test.ExpectedOutputPath))
	if err != nil {
		t.Fatal(err)
	}
	// What has the time as its value has it only in an annotation.
	metadata, _ := changed["metadata"].(map[string]any)
	annotations, _ := metadata["annotations"].(map[string]any)
	for name, value := range annotations {
		annotations[name] = now.ReplaceAllString(value.(string), "NOW")
	}
	if got, want := canonical(t, changed), canonical(t, text); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// canonical is an object as text, however numbers were written.
func canonical(t *testing.T, object any) string {
	t.Helper()
	text, isText := object.([]byte)
	var err error
	if !isText {
		if text, err = yaml.Marshal(object); err != nil {
			t.Fatal(err)
		}
	}
	var read Object
	if err = yaml.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	text, err = yaml.Marshal(read)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What a person may change is spec.suspend and the annotations that the operator reads.
func TestActionsChangeNothingElse(t *testing.T) {
	customizations, err := Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	vm := VM{Customizations: customizations}
	for _, kind := range Kinds {
		for action := range customizations[kind].Actions {
			object := Object{
				"kind": kind, "spec": map[string]any{"empty": map[string]any{}, "list": []any{}},
				"metadata": map[string]any{"name": "it"},
				"status":   map[string]any{"breaker": map[string]any{"id": "abc"}},
			}
			changed, err := vm.Run(object, action, map[string]string{"from": "a", "to": "b", "post": "p"})
			if err != nil {
				t.Fatalf("%s %s: %v", kind, action, err)
			}
			delete(changed["spec"].(map[string]any), "suspend")
			metadata := changed["metadata"].(map[string]any)
			if annotations, some := metadata["annotations"].(map[string]any); some {
				for _, name := range []string{"acknowledge", "publish-now", "reassign", "requeue-unknown"} {
					delete(annotations, "beckon.dev/"+name)
				}
				if len(annotations) == 0 {
					delete(metadata, "annotations")
				}
			}
			if !reflect.DeepEqual(changed, object) {
				t.Errorf("%s %s changed more: %v", kind, action, changed)
			}
		}
	}
}
