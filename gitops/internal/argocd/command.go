package argocd

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// Command asks Argo CD's own program: `argocd admin settings resource-overrides`.
type Command struct {
	// Program is the path of argocd.
	Program string
	// ConfigMap is the path of an argocd-cm.
	ConfigMap string
}

var _ Judge = Command{}

func (command Command) Health(object Object) (Health, error) {
	out, err := command.ask(object, "health")
	if err != nil {
		return Health{}, err
	}
	status, message, both := strings.Cut(out, "\nMESSAGE: ")
	status, isStatus := strings.CutPrefix(status, "STATUS: ")
	if !both || !isStatus {
		return Health{}, fmt.Errorf("argocd gave no health: %s", out)
	}
	return Health{Status: status, Message: strings.TrimSuffix(message, "\n")}, nil
}

func (command Command) Actions(object Object) ([]Action, error) {
	out, err := command.ask(object, "list-actions")
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if !strings.HasPrefix(lines[0], "NAME") {
		return nil, fmt.Errorf("argocd listed no actions: %s", out)
	}
	actions := []Action{}
	for _, line := range lines[1:] {
		fields := strings.Fields(line)
		if len(fields) != 2 {
			return nil, fmt.Errorf("this is no action: %s", line)
		}
		actions = append(actions, Action{Name: fields[0], Disabled: fields[1] == "true"})
	}
	return actions, nil
}

func (command Command) Run(object Object, action string, parameters map[string]string) (Object, error) {
	arguments := []string{action}
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		arguments = append(arguments, "--param", name+"="+parameters[name])
	}
	out, err := command.ask(object, "run-action", arguments...)
	if err != nil {
		return nil, err
	}
	_, changed, found := strings.Cut(out, "Following fields have been changed:\n\n")
	if !found {
		return nil, fmt.Errorf("argocd changed nothing: %s", out)
	}
	var read Object
	return read, yaml.Unmarshal([]byte(changed), &read)
}

func (command Command) ask(object Object, what string, arguments ...string) (string, error) {
	folder, err := os.MkdirTemp("", "argocd-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	text, err := yaml.Marshal(object)
	if err != nil {
		return "", err
	}
	resource := filepath.Join(folder, "resource.yaml")
	if err := os.WriteFile(resource, text, 0o600); err != nil {
		return "", err
	}
	all := append([]string{"admin", "settings", "resource-overrides", what, resource}, arguments...)
	process := exec.Command(command.Program, append(all, "--argocd-cm-path", command.ConfigMap)...)
	// What was changed is shown by a program of one's choice: this one shows what came of it.
	process.Env = append(os.Environ(), `KUBECTL_EXTERNAL_DIFF=sh -c 'cat "$1"'`, "HOME="+folder, "TMPDIR="+folder)
	var out, problems bytes.Buffer
	process.Stdout, process.Stderr = &out, &problems
	if err := process.Run(); err != nil {
		return "", fmt.Errorf("argocd %s: %w: %s%s", what, err, problems.String(), out.String())
	}
	return out.String(), nil
}
