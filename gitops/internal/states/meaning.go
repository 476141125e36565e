package states

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Meaning is what people are to read out of a status, and what each tool says of it.
type Meaning struct {
	// Words are those of docs/gitops.md.
	Words string
	// Argo is Argo CD's word.
	Argo string
	// Kstatus is the word of kstatus.
	Kstatus string
}

// All meanings that a status has.
var (
	Unseen        = Meaning{"not seen by the operator yet", "Progressing", "InProgress"}
	UnderWay      = Meaning{"*Reconciling*", "Progressing", "InProgress"}
	Login         = Meaning{"*Stalled*: a login waits for a person", "Suspended", "Failed"}
	Stalled       = Meaning{"*Stalled*: anything else", "Degraded", "Failed"}
	RestsAndEnds  = Meaning{"`spec.suspend` of what ends one day", "Suspended", "Current"}
	RestsAndLasts = Meaning{"`spec.suspend` of what lasts", "Suspended", "InProgress"}
	Reached       = Meaning{"`Ready` or `Succeeded`", "Healthy", "Current"}
	Deleted       = Meaning{"being deleted", "Progressing", "Terminating"}
	Meanings      = []Meaning{Unseen, UnderWay, Login, Stalled, RestsAndEnds, RestsAndLasts, Reached, Deleted}
)

// Facts are what of a resource matters. They are read here on their own, not as the scripts for Argo CD read them.
type Facts struct {
	Kind, Variant, State, Goal, Reason string
	// Deleted is true of what is being deleted, Told once there are conditions.
	Deleted, Told bool

	isTrue map[string]bool
}

// FactsOf reads them.
func FactsOf(object *unstructured.Unstructured) Facts {
	it := Facts{Kind: object.GetKind(), Variant: "-", Goal: "-", Reason: "-", isTrue: map[string]bool{}}
	it.Deleted = object.GetDeletionTimestamp() != nil
	it.State, _, _ = unstructured.NestedString(object.Object, "status", "state")
	if _, webhook, _ := unstructured.NestedMap(object.Object, "spec", "audience", "webhook"); webhook {
		it.Variant = "webhook"
	}
	if _, schedule, _ := unstructured.NestedString(object.Object, "spec", "schedule"); schedule {
		it.Variant = "schedule"
	}
	conditions, told, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	it.Told = told
	for _, each := range conditions {
		condition, _ := each.(map[string]any)
		kind, _ := condition["type"].(string)
		it.isTrue[kind] = condition["status"] == "True"
		if kind == "Ready" || kind == "Succeeded" {
			it.Goal = kind
			it.Reason, _ = condition["reason"].(string)
		}
	}
	return it
}

// Meaning is an error of a status that nobody has thought of.
func (it Facts) Meaning() (Meaning, error) {
	switch {
	case it.Deleted:
		return Deleted, nil
	case !it.Told:
		return Unseen, nil
	case it.isTrue["Stalled"] && strings.HasPrefix(it.Reason, "WaitingFor"):
		return Login, nil
	case it.isTrue["Stalled"]:
		return Stalled, nil
	case it.isTrue["Reconciling"]:
		return UnderWay, nil
	case it.isTrue[it.Goal]:
		return Reached, nil
	case it.Reason == "Suspended" && it.Goal == "Succeeded":
		return RestsAndEnds, nil
	case it.Reason == "Suspended":
		return RestsAndLasts, nil
	default:
		return Meaning{}, fmt.Errorf("nobody knows what this means: %+v", it)
	}
}

// Row is a line of states.tsv.
func (it Facts) Row(means Meaning) string {
	return strings.Join([]string{it.Kind, it.Variant, it.State, it.Goal, it.Reason, means.Argo, means.Kstatus}, "\t")
}
