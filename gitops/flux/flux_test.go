// Package flux judges the example for Flux by Flux' own library.
package flux

import (
	"context"
	"os"
	"testing"

	fluxstatus "github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"beckon.dev/gitops/internal/states"
)

const (
	example   = "../../examples/gitops/flux/team.yaml"
	scenarios = "../../operator/src/test/resources/scenarios"
)

// evaluators are those of the example's Kustomization, by kind.
func evaluators(t *testing.T) map[string]*cel.StatusEvaluator {
	t.Helper()
	text, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	var kustomization struct {
		Spec struct {
			Exprs []kustomize.CustomHealthCheck `json:"healthCheckExprs"`
		} `json:"spec"`
	}
	if err := yaml.Unmarshal(text, &kustomization); err != nil {
		t.Fatal(err)
	}
	all := map[string]*cel.StatusEvaluator{}
	for _, expression := range kustomization.Spec.Exprs {
		evaluator, err := cel.NewStatusEvaluator(&expression.HealthCheckExpressions)
		if err != nil {
			t.Fatal(expression.Kind, err)
		}
		all[expression.Kind] = evaluator
	}
	return all
}

// Flux by the example's expressions: as by kstatus, but what a person wants to rest is as declared, and a login is waited for.
func TestFluxExampleJudgesEveryStatus(t *testing.T) {
	expressions := evaluators(t)
	read, err := states.Read(scenarios)
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range read {
		object := &unstructured.Unstructured{Object: state.Object}
		it := states.FactsOf(object)
		if !it.Told || it.Deleted {
			continue
		}
		means, err := it.Meaning()
		if err != nil {
			t.Fatal(err)
		}
		want := fluxstatus.Status(means.Kstatus)
		switch means {
		case states.RestsAndLasts:
			want = fluxstatus.CurrentStatus
		case states.Login:
			want = fluxstatus.InProgressStatus
		}
		result, err := expressions[it.Kind].Evaluate(context.Background(), object)
		if err != nil || result.Status != want {
			t.Errorf("%s: %s is %v %v, not %s", state.Scenario, it.Kind, result, err, want)
		}
	}
}

// Before the operator has seen a resource nothing is wrong with it.
func TestFluxExampleWaitsForTheOperator(t *testing.T) {
	for kind, evaluator := range evaluators(t) {
		object := map[string]any{
			"kind": kind, "metadata": map[string]any{"name": "it", "generation": int64(2)}, "status": map[string]any{
				"observedGeneration": int64(1), "conditions": []any{},
			},
		}
		result, err := evaluator.Evaluate(context.Background(), &unstructured.Unstructured{Object: object})
		if err != nil || result.Status != fluxstatus.InProgressStatus {
			t.Errorf("%s: %v %v", kind, result, err)
		}
	}
}
