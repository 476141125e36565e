package states

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	fluxstatus "github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"

	"beckon.dev/gitops/internal/argocd"
)

const (
	scenarios      = "../../../operator/src/test/resources/scenarios"
	crds           = "../../../crds/src/main/resources/crds"
	customizations = "../../argocd/resource_customizations"
	configMap      = "../../argocd/argocd-cm.yaml"
	table          = "../../states.tsv"
	page           = "../../../docs/gitops.md"
)

func all(t *testing.T) []State {
	t.Helper()
	states, err := Read(scenarios)
	if err != nil {
		t.Fatal(err)
	}
	if len(states) < 500 {
		t.Fatalf("only %d states", len(states))
	}
	return states
}

func understood(t *testing.T, object *unstructured.Unstructured) (Facts, Meaning) {
	t.Helper()
	it := FactsOf(object)
	means, err := it.Meaning()
	if err != nil {
		t.Fatal(err)
	}
	return it, means
}

// Each status that the operator writes in any scenario means to Argo CD and to kstatus what it means to people. The rows that
// result are kept in states.tsv, to be read when they change; UPDATE=1 writes them.
func TestEveryStatusMeansTheSameToAll(t *testing.T) {
	scripts, err := argocd.Read(customizations)
	if err != nil {
		t.Fatal(err)
	}
	vm := argocd.VM{Customizations: scripts}
	rows := map[string]bool{}
	for _, state := range all(t) {
		object := &unstructured.Unstructured{Object: state.Object}
		it, means := understood(t, object)
		name := state.Scenario + "/" + object.GetKind() + "/" + object.GetName()
		if it.Told {
			rows[it.Row(means)] = true
		}
		// Argo CD asks no script of what is being deleted.
		if !it.Deleted {
			health, err := vm.Health(state.Object)
			if err != nil || health.Status != means.Argo || health.Message == "" {
				t.Errorf("%s: Argo CD says %v %v, not %s", name, health, err, means.Argo)
			}
		}
		result, err := status.Compute(object)
		if err != nil || result.Status.String() != means.Kstatus && it.Told {
			t.Fatalf("%s: kstatus says %v %v, not %s", name, result, err, means.Kstatus)
		}
		flux, err := fluxstatus.Compute(object)
		if err != nil || flux.Status.String() != result.Status.String() {
			t.Errorf("%s: Flux's kstatus says %v %v, not %s", name, flux, err, result.Status)
		}
	}
	compare(t, rows)
}

func compare(t *testing.T, rows map[string]bool) {
	t.Helper()
	lines := []string{}
	for row := range rows {
		lines = append(lines, row)
	}
	slices.Sort(lines)
	made := "kind\tvariant\tstate\tgoal\treason\tArgo CD\tkstatus\n" + strings.Join(lines, "\n") + "\n"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(table, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stands, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if string(stands) != made {
		t.Error("states.tsv is not what the scenarios say: run make gitops-update, and read what changed")
	}
}

// The scenarios are no proof of a state that they lack.
func TestEveryStateOfEachKindIsThere(t *testing.T) {
	seen := map[string]bool{}
	for _, state := range all(t) {
		it := FactsOf(&unstructured.Unstructured{Object: state.Object})
		seen[it.Kind+"/"+it.State] = true
	}
	declared, err := declaredStates(crds)
	if err != nil || len(declared) < 30 {
		t.Fatal(declared, err)
	}
	for _, state := range declared {
		if !seen[state] {
			t.Errorf("no scenario has %s", state)
		}
	}
}

// A change that the operator has not seen is under way, whatever the status says of the time before.
func TestAStatusOfAnEarlierGenerationIsNotTrusted(t *testing.T) {
	scripts, err := argocd.Read(customizations)
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range all(t) {
		object := &unstructured.Unstructured{Object: state.Object}
		if object.GetDeletionTimestamp() != nil {
			continue
		}
		object.SetGeneration(99)
		health, err := argocd.VM{Customizations: scripts}.Health(state.Object)
		if err != nil || health.Status != Unseen.Argo {
			t.Errorf("%s: Argo CD says %v %v", state.Scenario, health, err)
		}
		result, err := status.Compute(object)
		if err != nil || result.Status.String() != Unseen.Kstatus {
			t.Errorf("%s: kstatus says %v %v", state.Scenario, result, err)
		}
	}
}

func TestThePageTellsTheSame(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range Meanings {
		row := fmt.Sprintf("| %s | `%s` | `%s` |", it.Words, it.Argo, it.Kstatus)
		if !strings.Contains(string(text), row) {
			t.Errorf("docs/gitops.md lacks the row %s", row)
		}
	}
}

// One of each row, judged by Argo CD itself where ARGOCD names its program.
func TestArgoCDItselfSaysSo(t *testing.T) {
	program := os.Getenv("ARGOCD")
	if program == "" {
		t.Skip("ARGOCD names no program: make gitops-health builds it")
	}
	command := argocd.Command{Program: program, ConfigMap: configMap}
	asked := map[string]bool{}
	for _, state := range all(t) {
		it, means := understood(t, &unstructured.Unstructured{Object: state.Object})
		key := it.Row(means) + fmt.Sprint(it.Deleted, it.Told)
		if asked[key] {
			continue
		}
		asked[key] = true
		health, err := command.Health(state.Object)
		if err != nil || health.Status != means.Argo {
			t.Errorf("%s: argocd says %v %v, not %s", state.Scenario, health, err, means.Argo)
		}
		if _, err := command.Actions(state.Object); err != nil {
			t.Errorf("%s: %v", state.Scenario, err)
		}
	}
	t.Logf("asked argocd of %d states", len(asked))
}

// Argo CD compares a list as a whole: what the API server fills in inside one would be a difference for ever.
func TestNoDefaultStandsInAList(t *testing.T) {
	found, err := listDefaults(crds)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) > 0 {
		t.Errorf("defaults inside lists: %v", found)
	}
}

func TestADefaultInAListIsFound(t *testing.T) {
	leaf := map[string]any{"type": "string", "default": "x"}
	object := map[string]any{"properties": map[string]any{"leaf": leaf}}
	schema := map[string]any{"properties": map[string]any{"list": map[string]any{"items": object}, "leaf": leaf}}
	if found := defaultsIn(schema, "spec", false); len(found) != 1 || found[0] != "spec.list[].leaf" {
		t.Error(found)
	}
}
