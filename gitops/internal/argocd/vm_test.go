package argocd

import (
	"strings"
	"testing"
)

func tryHealth(script string) (Health, error) {
	vm := VM{Customizations: map[string]Customization{"Kind": {Health: script}}}
	return vm.Health(Object{"kind": "Kind"})
}

// As in Argo CD; a script that needs more fails there, too.
func TestScriptsHaveNoOtherLibraries(t *testing.T) {
	for _, script := range []string{
		`return {status = string.upper("healthy")}`,
		`return {status = tostring(math.pi)}`,
		`local os = require("os"); return {status = os.getenv("HOME")}`,
		`return {status = io.open("/etc/passwd"):read()}`,
	} {
		if health, err := tryHealth(script); err == nil {
			t.Errorf("%s gave %v", script, health)
		}
	}
}

func TestAScriptThatDoesNotEndIsEnded(t *testing.T) {
	if _, err := tryHealth("while true do end"); err == nil {
		t.Error("it ended")
	}
}

func TestAScriptReturnsATable(t *testing.T) {
	if _, err := tryHealth("return 1"); err == nil || !strings.Contains(err.Error(), "table") {
		t.Error(err)
	}
	if _, err := tryHealth(""); err == nil {
		t.Error("nothing is no health")
	}
}
