// Package states reads what the operator says of its resources in all its golden scenarios.
package states

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"
)

// State is a resource with its status as a scenario left it.
type State struct {
	Scenario string
	Object   map[string]any
}

var (
	outcome = regexp.MustCompile(`^out-(account|autopost|campaign|parser)-(.+)\.yaml$`)
	kinds   = map[string]string{
		"account": "TelegramAccount", "autopost": "AutopostSchedule", "campaign": "InviteCampaign", "parser": "ParserJob",
	}
)

// Read reads all of a folder of scenarios, in the order of their names.
func Read(folder string) ([]State, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*", "out-*.yaml"))
	if err != nil {
		return nil, err
	}
	states := []State{}
	for _, file := range files {
		match := outcome.FindStringSubmatch(filepath.Base(file))
		if match == nil {
			continue
		}
		state, err := read(filepath.Dir(file), file, kinds[match[1]], match[2])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		states = append(states, state)
	}
	return states, nil
}

func read(scenario, file, kind, name string) (State, error) {
	object, err := declared(scenario, kind, name)
	if err != nil {
		return State{}, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return State{}, err
	}
	var status map[string]any
	if err := decode(text, &status); err != nil {
		return State{}, err
	}
	object["status"] = status
	// The scenarios' API server counts generations otherwise than a real one; which of them is observed the lives test.
	if observed, told := status["observedGeneration"]; told {
		object["metadata"].(map[string]any)["generation"] = observed
	}
	return State{Scenario: filepath.Base(scenario), Object: object}, nil
}

// declared is the resource as people wrote it, last edit included.
func declared(scenario, kind, name string) (map[string]any, error) {
	files, err := filepath.Glob(filepath.Join(scenario, "in-*.yaml"))
	if err != nil {
		return nil, err
	}
	// The edit comes after what it edits.
	slices.SortStableFunc(files, func(a, b string) int { return rank(a) - rank(b) })
	var found map[string]any
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, document := range bytes.Split(text, []byte("\n---\n")) {
			var written any
			if err := decode(document, &written); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			object, _ := written.(map[string]any)
			metadata, _ := object["metadata"].(map[string]any)
			if object["kind"] != kind || metadata["name"] != name {
				continue
			}
			if found == nil {
				found = object
			} else if spec, edited := object["spec"]; edited {
				found["spec"] = spec
			}
		}
	}
	if found == nil {
		return nil, fmt.Errorf("no file declares %s %s", kind, name)
	}
	return found, nil
}

func rank(file string) int {
	if filepath.Base(file) == "in-edit.yaml" {
		return 1
	}
	return 0
}

// decode has whole numbers as Kubernetes' clients have them.
func decode(text []byte, into any) error {
	asJSON, err := yaml.YAMLToJSON(text)
	if err != nil {
		return err
	}
	return json.Unmarshal(asJSON, into)
}
