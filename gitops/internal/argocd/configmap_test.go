package argocd

import (
	"maps"
	"os"
	"slices"
	"testing"

	"sigs.k8s.io/yaml"
)

// With UPDATE=1 the ConfigMap is written.
func TestConfigMapIsMadeOfTheScripts(t *testing.T) {
	customizations, err := Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	made := ConfigMap(customizations)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(configMap, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stands, err := os.ReadFile(configMap)
	if err != nil {
		t.Fatal(err)
	}
	if string(stands) != made {
		t.Error("argocd-cm.yaml is not what the scripts make: run make gitops-update")
	}
}

func TestConfigMapHoldsEachScriptAsItIs(t *testing.T) {
	customizations, err := Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Data map[string]string `json:"data"`
	}
	if err := yaml.Unmarshal([]byte(ConfigMap(customizations)), &read); err != nil {
		t.Fatal(err)
	}
	for _, kind := range Kinds {
		if read.Data["resource.customizations.health.beckon.dev_"+kind] != customizations[kind].Health {
			t.Errorf("the health of %s is another one", kind)
		}
		var actions struct {
			Discovery   string `json:"discovery.lua"`
			Definitions []struct {
				Name   string `json:"name"`
				Script string `json:"action.lua"`
			} `json:"definitions"`
		}
		text := read.Data["resource.customizations.actions.beckon.dev_"+kind]
		if err := yaml.UnmarshalStrict([]byte(text), &actions); err != nil {
			t.Fatal(err)
		}
		if actions.Discovery != customizations[kind].Discovery {
			t.Errorf("the discovery of %s is another one", kind)
		}
		found := map[string]string{}
		for _, definition := range actions.Definitions {
			found[definition.Name] = definition.Script
		}
		if !maps.Equal(found, customizations[kind].Actions) {
			t.Errorf("the actions of %s are others: %v", kind, slices.Sorted(maps.Keys(found)))
		}
	}
}
