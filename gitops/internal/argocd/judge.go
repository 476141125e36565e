// Package argocd runs Beckon's resource customizations as Argo CD runs them.
package argocd

// Object is a Kubernetes object as JSON decodes it.
type Object = map[string]any

// Health is what a health script says of an object: one of Argo CD's words, and a sentence.
type Health struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}

// Action is one that a discovery script offers. Disabled ones are shown and can't be clicked.
type Action struct {
	Name     string `json:"name"`
	Disabled bool   `json:"disabled"`
}

// Judge runs the scripts of an object's kind.
type Judge interface {
	Health(object Object) (Health, error)
	// Actions lists them in the order of their names.
	Actions(object Object) ([]Action, error)
	// Run gives the object as the action changed it; the argument stays as it was.
	Run(object Object, action string, parameters map[string]string) (Object, error)
}
