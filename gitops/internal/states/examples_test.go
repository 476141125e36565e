package states

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

const (
	checkout = "../../.."
	examples = checkout + "/examples/gitops"
)

// documents are those of all files below a folder.
func documents(t *testing.T, folder string) []map[string]any {
	t.Helper()
	found := []map[string]any{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".yaml" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, document := range strings.Split(string(text), "\n---\n") {
			var object map[string]any
			if err := decode([]byte(document), &object); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			found = append(found, object)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func field(object map[string]any, path ...string) string {
	text, _, _ := unstructured.NestedString(object, path...)
	return text
}

// A path that leads nowhere, or a resource that nobody declares, is found out only by who tries the example.
func TestExamplesNameWhatIsThere(t *testing.T) {
	declared := map[string]bool{}
	for _, object := range append(documents(t, examples+"/team"), documents(t, examples+"/flux")...) {
		declared[field(object, "kind")+"/"+field(object, "metadata", "name")] = true
	}
	paths := 0
	for _, object := range append(documents(t, examples+"/argocd"), documents(t, examples+"/flux")...) {
		for _, path := range []string{
			field(object, "spec", "source", "path"), field(object, "spec", "path"), field(object, "spec", "chart", "spec", "chart"),
		} {
			if path == "" {
				continue
			}
			paths++
			if _, err := os.Stat(filepath.Join(checkout, path)); err != nil {
				t.Errorf("%s: %v", field(object, "metadata", "name"), err)
			}
		}
		checks, _, _ := unstructured.NestedSlice(object, "spec", "healthChecks")
		for _, each := range checks {
			check, _ := each.(map[string]any)
			if name := field(check, "kind") + "/" + field(check, "name"); !declared[name] {
				t.Errorf("nobody declares %s", name)
			}
		}
	}
	if paths < 8 {
		t.Errorf("only %d paths were found", paths)
	}
}

// Argo CD's own action create-job on a CronJob leaves out what is empty: a volume of `emptyDir: {}` would be none.
func TestArgoCDsCreateJobLosesNothing(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(scenarios, "*", "out-cronjob-*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no CronJobs", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var cron map[string]any
		if err := decode(text, &cron); err != nil {
			t.Fatal(err)
		}
		template, found, err := unstructured.NestedMap(cron, "spec", "jobTemplate")
		if err != nil || !found {
			t.Fatal(file, err)
		}
		for _, empty := range empties(template, "jobTemplate") {
			t.Errorf("%s: %s is empty", file, empty)
		}
	}
}

func empties(value any, path string) []string {
	found := []string{}
	switch it := value.(type) {
	case map[string]any:
		if len(it) == 0 {
			return []string{path}
		}
		for name, below := range it {
			found = append(found, empties(below, path+"."+name)...)
		}
	case []any:
		if len(it) == 0 {
			return []string{path}
		}
		for i, below := range it {
			found = append(found, empties(below, fmt.Sprintf("%s[%d]", path, i))...)
		}
	}
	return found
}
