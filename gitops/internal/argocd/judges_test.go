package argocd

import (
	"os"
	"testing"

	"sigs.k8s.io/yaml"
)

const (
	folder    = "../../argocd/resource_customizations"
	configMap = "../../argocd/argocd-cm.yaml"
)

// judges are the virtual machine and, where ARGOCD names its program, Argo CD itself with the ConfigMap that people paste.
func judges(t *testing.T) map[string]Judge {
	t.Helper()
	customizations, err := Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]Judge{"vm": VM{Customizations: customizations}}
	if program := os.Getenv("ARGOCD"); program != "" {
		all["argocd"] = Command{Program: program, ConfigMap: configMap}
	}
	return all
}

func readYAML(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalStrict(text, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}
