package states

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// declaredStates are the words of status.state that the custom resources' schemas allow, as Kind/State.
func declaredStates(folder string) ([]string, error) {
	all := []string{}
	err := eachSchema(folder, func(kind string, schema map[string]any) error {
		states, _, err := unstructured.NestedStringSlice(schema, "properties", "status", "properties", "state", "enum")
		for _, state := range states {
			all = append(all, kind+"/"+state)
		}
		return err
	})
	return all, err
}

// listDefaults are the fields of spec that get a default inside a list, as Kind.spec.field[].field.
func listDefaults(folder string) ([]string, error) {
	all := []string{}
	err := eachSchema(folder, func(kind string, schema map[string]any) error {
		spec, found, err := unstructured.NestedMap(schema, "properties", "spec")
		if err == nil && !found {
			return errors.New(kind + " has no spec")
		}
		all = append(all, defaultsIn(spec, kind+".spec", false)...)
		return err
	})
	return all, err
}

func defaultsIn(schema map[string]any, path string, inList bool) []string {
	found := []string{}
	if _, hasDefault := schema["default"]; hasDefault && inList {
		found = append(found, path)
	}
	properties, _ := schema["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		property, _ := properties[name].(map[string]any)
		found = append(found, defaultsIn(property, path+"."+name, inList)...)
	}
	if items, isList := schema["items"].(map[string]any); isList {
		found = append(found, defaultsIn(items, path+"[]", true)...)
	}
	return found
}

func eachSchema(folder string, do func(kind string, schema map[string]any) error) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("no custom resource in " + folder)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var crd map[string]any
		if err := yaml.Unmarshal(text, &crd); err != nil {
			return err
		}
		kind, _, err := unstructured.NestedString(crd, "spec", "names", "kind")
		if err != nil {
			return err
		}
		versions, _, err := unstructured.NestedSlice(crd, "spec", "versions")
		if err != nil {
			return err
		}
		for _, each := range versions {
			version, _ := each.(map[string]any)
			schema, _, err := unstructured.NestedMap(version, "schema", "openAPIV3Schema")
			if err != nil {
				return err
			}
			if err := do(kind, schema); err != nil {
				return err
			}
		}
	}
	return nil
}
