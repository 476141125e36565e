package argocd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Group is the API group of all kinds.
const Group = "beckon.dev"

// anyKind is how Argo CD's folders write a star.
const anyKind = "_"

// Kinds are those that have customizations.
var Kinds = []string{"AutopostSchedule", "InviteCampaign", "ParserJob", "TelegramAccount"}

// Customization are the scripts of a kind.
type Customization struct {
	Health    string
	Discovery string
	// Actions are scripts by the action's name.
	Actions map[string]string
}

// Read reads the customizations of all kinds from a folder that is laid out as Argo CD's own resource_customizations.
func Read(folder string) (map[string]Customization, error) {
	read := map[string]Customization{}
	for _, kind := range Kinds {
		customization, err := readKind(filepath.Join(folder, Group), kind)
		if err != nil {
			return nil, err
		}
		read[kind] = customization
	}
	return read, nil
}

func readKind(group, kind string) (Customization, error) {
	health, err := os.ReadFile(filepath.Join(group, kind, "health.lua"))
	if errors.Is(err, fs.ErrNotExist) {
		health, err = os.ReadFile(filepath.Join(group, anyKind, "health.lua"))
	}
	if err != nil {
		return Customization{}, err
	}
	actions := filepath.Join(group, kind, "actions")
	discovery, err := os.ReadFile(filepath.Join(actions, "discovery.lua"))
	if err != nil {
		return Customization{}, err
	}
	scripts, err := filepath.Glob(filepath.Join(actions, "*", "action.lua"))
	if err != nil {
		return Customization{}, err
	}
	read := Customization{Health: string(health), Discovery: string(discovery), Actions: map[string]string{}}
	for _, script := range scripts {
		text, err := os.ReadFile(script)
		if err != nil {
			return Customization{}, err
		}
		read.Actions[filepath.Base(filepath.Dir(script))] = string(text)
	}
	return read, nil
}

// ConfigMap writes the customizations as the ConfigMap from which Argo CD reads them.
func ConfigMap(customizations map[string]Customization) string {
	var text strings.Builder
	text.WriteString(`# Made of gitops/argocd/resource_customizations by "make gitops-update": how Argo CD judges Beckon's kinds, and what people may
# click. Merge the keys into your ConfigMap argocd-cm, by "kubectl patch --patch-file" or as a patch of Kustomize.
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
  labels:
    app.kubernetes.io/name: argocd-cm
    app.kubernetes.io/part-of: argocd
data:
`)
	for _, kind := range Kinds {
		customization := customizations[kind]
		fmt.Fprintf(&text, "  resource.customizations.health.%s_%s: |\n", Group, kind)
		text.WriteString(indented(customization.Health, 4))
		fmt.Fprintf(&text, "  resource.customizations.actions.%s_%s: |\n", Group, kind)
		text.WriteString("    discovery.lua: |\n")
		text.WriteString(indented(customization.Discovery, 6))
		text.WriteString("    definitions:\n")
		for _, name := range sortedNames(customization.Actions) {
			fmt.Fprintf(&text, "      - name: %s\n        action.lua: |\n", name)
			text.WriteString(indented(customization.Actions[name], 10))
		}
	}
	return text.String()
}

func sortedNames(actions map[string]string) []string {
	names := make([]string, 0, len(actions))
	for name := range actions {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func indented(text string, by int) string {
	var out strings.Builder
	for line := range strings.Lines(strings.TrimRight(text, "\n") + "\n") {
		if strings.TrimSpace(line) != "" {
			out.WriteString(strings.Repeat(" ", by))
		}
		out.WriteString(line)
	}
	return out.String()
}
