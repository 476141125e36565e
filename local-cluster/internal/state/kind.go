package state

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Kind says what the containers of the cluster's node are.
type Kind string

// The kinds of node: processes of this machine, or real containers by kubelet, containerd and runc.
const (
	Processes  Kind = "processes"
	Containers Kind = "containers"
)

// ParseKind reads what a person says.
func ParseKind(text string) (Kind, error) {
	switch kind := Kind(text); kind {
	case Processes, Containers:
		return kind, nil
	default:
		return "", fmt.Errorf("no node of kind %q: say %s or %s", text, Processes, Containers)
	}
}

// Kind is what the folder's cluster was made with.
func (d Dir) Kind() (Kind, error) {
	text, err := os.ReadFile(d.Path("node-kind"))
	if errors.Is(err, fs.ErrNotExist) { // made before there were two kinds, or not started yet
		return Processes, nil
	}
	if err != nil {
		return "", err
	}
	return ParseKind(strings.TrimSpace(string(text)))
}

// SettleKind decides the kind of a new folder's node and keeps that of an old one: what etcd knows of a node of one kind
// is wrong for the other. An empty wish takes what is there.
func (d Dir) SettleKind(wanted Kind) error {
	_, err := os.Stat(d.Path("ports.json"))
	fresh := errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return err
	}
	kind, err := d.Kind()
	switch {
	case err != nil:
		return err
	case wanted == "" || wanted == kind:
		return d.setKind(kind)
	case fresh:
		return d.setKind(wanted)
	default:
		return fmt.Errorf("%s holds a cluster whose node is of kind %s: say another --state for one of kind %s, or remove this one by down --purge", d, kind, wanted)
	}
}

func (d Dir) setKind(kind Kind) error {
	return WriteFile(d.Path("node-kind"), []byte(string(kind)+"\n"), 0o600)
}

// ID tells this folder's cluster from others in names on this machine that can't hold a path.
func (d Dir) ID() string { return fmt.Sprintf("%x", sha256.Sum256([]byte(d)))[:8] }

// Node is what a node of containers keeps from run to run: images, containers, the kubelet's folders and their settings.
func (d Dir) Node(names ...string) string { return d.Path(append([]string{"node"}, names...)...) }

// Volatile is what a node of containers loses when it stops, sockets above all: their paths must be short.
func (d Dir) Volatile(names ...string) string {
	path := "/run/local-cluster-" + d.ID()
	for _, name := range names {
		path += "/" + name
	}
	return path
}
