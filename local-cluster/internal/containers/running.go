package containers

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/types"

	"beckon.dev/local-cluster/internal/pod"
	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/state"
)

// Running lists the containers of all pods, without their sandboxes, from what containerd's runtime notes of each: it can be read
// also while containerd is away.
func Running(dir state.Dir) ([]pod.Running, error) {
	folders, err := filepath.Glob(dir.Volatile("containerd", "io.containerd.runtime.v2.task", "k8s.io", "*"))
	if err != nil {
		return nil, err
	}
	list := []pod.Running{}
	for _, folder := range folders {
		container, err := read(folder)
		if errors.Is(err, fs.ErrNotExist) { // just being made, or removed
			continue
		}
		if err != nil {
			return nil, err
		}
		if container.Container != "" && container.Alive() {
			list = append(list, container)
		}
	}
	slices.SortFunc(list, func(a, b pod.Running) int {
		return strings.Compare(a.Namespace+"/"+a.Pod+"/"+a.Container, b.Namespace+"/"+b.Pod+"/"+b.Container)
	})
	return list, nil
}

func read(folder string) (pod.Running, error) {
	var r pod.Running
	number, err := os.ReadFile(filepath.Join(folder, "init.pid"))
	if err != nil {
		return r, err
	}
	spec, err := os.ReadFile(filepath.Join(folder, "config.json"))
	if err != nil {
		return r, err
	}
	var config struct {
		Annotations map[string]string `json:"annotations"`
	}
	if err := json.Unmarshal(spec, &config); err != nil {
		return r, err
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(number)))
	if err != nil {
		return r, err
	}
	if r.Identity, err = proc.Of(pid); errors.Is(err, proc.ErrGone) {
		return pod.Running{}, nil
	}
	r.UID = types.UID(config.Annotations["io.kubernetes.cri.sandbox-uid"])
	r.Namespace, r.Pod = config.Annotations["io.kubernetes.cri.sandbox-namespace"], config.Annotations["io.kubernetes.cri.sandbox-name"]
	r.Container = config.Annotations["io.kubernetes.cri.container-name"] // a sandbox has none
	return r, err
}

// Identities are the containers' first processes.
func Identities(list []pod.Running) []proc.Identity {
	var all []proc.Identity
	for _, c := range list {
		all = append(all, c.Identity)
	}
	return all
}
