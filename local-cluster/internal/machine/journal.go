// Package machine is what a node of containers changes on this machine, and how it is put back: links, packet filters, cgroups,
// mounts, sysctls, and folders whose names are fixed in the programs.
package machine

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"beckon.dev/local-cluster/internal/state"
)

// Journal is what there was before, and by which names our own things go. It is written before the first change, so that whatever
// is killed later, the next down (or up) finds what to undo.
type Journal struct {
	Bridge  string            `json:"bridge"`
	Cgroup  string            `json:"cgroup"`
	Sysctls map[string]string `json:"sysctls"` // as they were
	Folders []string          `json:"folders"` // that were not there
	// Controllers are those that the root of a cgroup v2 did not hand down.
	Controllers []string `json:"controllers"`
}

// sysctls are what the kubelet and kube-proxy change; ours is a setting of the bridge alone and goes with it.
var sysctls = []string{"vm.overcommit_memory", "vm.panic_on_oom", "kernel.panic", "kernel.panic_on_oops", "kernel.keys.root_maxkeys",
	"kernel.keys.root_maxbytes", "net.ipv4.ip_forward", "net.ipv4.conf.all.route_localnet"}

// folders have their names in kubelet, containerd and the CNI library. /usr/libexec/kubernetes is made by nobody of ours.
var folders = []string{"/var/lib/kubelet", "/var/lib/cni", "/var/log/containers", "/var/log/pods", "/run/containerd", "/opt/cni", "/etc/cni"}

// tables are kube-proxy's and the port mapper's: no names of ours, which is why there can be only one such node on a machine.
var tables = []string{"ip kube-proxy", "ip6 kube-proxy", "inet cni_hostport"}

func journalFile(dir state.Dir) string { return dir.Path("run", "machine.json") }

// Bridge is the name of the link between the node's pods: at most 15 characters.
func Bridge(dir state.Dir) string { return "lc-" + dir.ID() }

// Cgroup is the name of the cgroup below which all the node's containers are.
func Cgroup(dir state.Dir) string { return "local-cluster-" + dir.ID() }

// Table is the nftables table (of family inet) that keeps pods' packets on this machine.
func Table(dir state.Dir) string { return "local-cluster-" + dir.ID() }

// PolicyTable is the nftables table (of family ip) that holds the rules of NetworkPolicies.
func PolicyTable(dir state.Dir) string { return Table(dir) + "-policies" }

func begin(dir state.Dir) (*Journal, error) {
	j := &Journal{Bridge: Bridge(dir), Cgroup: Cgroup(dir), Sysctls: map[string]string{}}
	for _, name := range sysctls {
		value, err := os.ReadFile(sysctlFile(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		j.Sysctls[name] = strings.TrimSpace(string(value))
	}
	for _, folder := range folders {
		if _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
			j.Folders = append(j.Folders, folder)
		}
	}
	var err error
	if j.Controllers, err = notHandedDown(); err != nil {
		return nil, err
	}
	return j, state.WriteJSON(journalFile(dir), j)
}

// readJournal is nil if there is nothing to undo.
func readJournal(dir state.Dir) (*Journal, error) {
	j := &Journal{}
	if err := state.ReadJSON(journalFile(dir), j); err != nil || j.Bridge == "" {
		return nil, err
	}
	return j, nil
}

func (j *Journal) putBack() error {
	var errs []error
	for name, value := range j.Sysctls {
		now, err := os.ReadFile(sysctlFile(name))
		if err == nil && strings.TrimSpace(string(now)) != value {
			err = os.WriteFile(sysctlFile(name), []byte(value), 0o644)
		}
		errs = append(errs, err)
	}
	for _, folder := range j.Folders {
		if slices.Contains(folders, folder) { // whatever a damaged journal says
			errs = append(errs, os.RemoveAll(folder))
		}
	}
	return errors.Join(errs...)
}

func sysctlFile(name string) string { return "/proc/sys/" + strings.ReplaceAll(name, ".", "/") }
