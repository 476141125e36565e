// Package machine is what a node of containers changes on this machine, and how it is put back: links, packet filters, cgroups,
// mounts, sysctls, and folders whose names are fixed in the programs.
package machine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/state"
)

// Journal is what there was before, and by which names our own things go. It is written before the first change, so that whatever
// is killed later, the next down (or up) finds what to undo.
type Journal struct {
	// Boot is the kernel's boot id. After another boot nothing but files is left of us, and links, tables and settings are others'.
	Boot string `json:"boot"`
	// Mounts is the mount namespace in which the node mounts.
	Mounts  uint64            `json:"mounts"`
	Bridge  string            `json:"bridge"`
	Cgroup  string            `json:"cgroup"`
	Sysctls map[string]string `json:"sysctls"` // as they were
	Folders []string          `json:"folders"` // that were not there, each before those in it
	// Controllers are those that the root of a cgroup v2 did not hand down.
	Controllers []string `json:"controllers"`
}

func stateJournal(dir state.Dir) string { return dir.Path("run", "machine.json") }

// runJournal is the same once more, where it is found when somebody removed the state folder. Not within the folder in /run: a power
// cut empties that.
func runJournal(dir state.Dir) string { return dir.Volatile() + ".json" }

// Bridge is the name of the link between the node's pods: at most 15 characters.
func Bridge(dir state.Dir) string { return "lc-" + dir.ID() }

// Cgroup is the name of the cgroup below which all the node's containers are.
func Cgroup(dir state.Dir) string { return "local-cluster-" + dir.ID() }

// Table is the nftables table (of family inet) that keeps pods' packets on this machine.
func Table(dir state.Dir) string { return "local-cluster-" + dir.ID() }

// PolicyTable is the nftables table (of family ip) that holds the rules of NetworkPolicies.
func PolicyTable(dir state.Dir) string { return Table(dir) + "-policies" }

// NetworkName is the pods' network in CNI's notes.
func NetworkName(dir state.Dir) string { return "local-cluster-" + dir.ID() }

func begin(dir state.Dir) (*Journal, error) {
	boot, err1 := proc.BootID()
	mounts, err2 := proc.MountNamespace()
	sysctls, err3 := readSysctls()
	controllers, err4 := notHandedDown()
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	j := &Journal{Boot: boot, Mounts: mounts, Bridge: Bridge(dir), Cgroup: Cgroup(dir), Sysctls: sysctls, Folders: missing(folders), Controllers: controllers}
	// The one in /run first: while it is there alone, nothing was changed yet.
	return j, errors.Join(state.WriteJSON(runJournal(dir), j), state.WriteJSON(stateJournal(dir), j))
}

// readJournal is nil if there is nothing to undo.
func readJournal(dir state.Dir) (*Journal, error) {
	for _, file := range []string{stateJournal(dir), runJournal(dir)} {
		j := &Journal{}
		if err := state.ReadJSON(file, j); err != nil {
			return nil, err
		}
		if j.Bridge != "" {
			return j, nil
		}
	}
	return nil, nil
}

func removeJournal(dir state.Dir) error {
	for _, file := range []string{stateJournal(dir), runJournal(dir)} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Left tells whether something is to be undone.
func Left(dir state.Dir) (bool, error) {
	j, err := readJournal(dir)
	return j != nil, err
}

// CheckMounts refuses to touch a node from another mount namespace than its own: its mounts are not to be seen from there, and who
// shares its processes' namespace may be everybody. A namespace that nobody has any more went with its mounts.
func CheckMounts(dir state.Dir) error {
	j, err := readJournal(dir)
	if err != nil || j == nil {
		return err
	}
	boot, err1 := proc.BootID()
	ours, err2 := proc.MountNamespace()
	if err := errors.Join(err1, err2); err != nil || j.Boot != boot || j.Mounts == ours {
		return err
	}
	pid, err := proc.InMountNamespace(j.Mounts)
	if err != nil || pid == 0 {
		return err
	}
	return fmt.Errorf("the node's mounts are in another mount namespace than this command: run it there, by nsenter --mount --target %d", pid)
}

// sysctls are what the kubelet writes, each with its value.
var sysctls = map[string]string{"vm.overcommit_memory": "1", "vm.panic_on_oom": "0", "kernel.panic": "10", "kernel.panic_on_oops": "1",
	"kernel.keys.root_maxkeys": "1000000", "kernel.keys.root_maxbytes": "25000000"}

// procSys is another folder in tests.
var procSys = "/proc/sys"

func sysctlFile(name string) string { return procSys + "/" + strings.ReplaceAll(name, ".", "/") }

func readSysctls() (map[string]string, error) {
	found := map[string]string{}
	for name := range sysctls {
		value, err := os.ReadFile(sysctlFile(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found[name] = strings.TrimSpace(string(value))
	}
	return found, nil
}

// putSysctlsBack leaves alone what somebody else wrote meanwhile.
func putSysctlsBack(before map[string]string) error {
	var errs []error
	for name, value := range before {
		now, err := os.ReadFile(sysctlFile(name))
		if err == nil && strings.TrimSpace(string(now)) == sysctls[name] && value != sysctls[name] {
			err = os.WriteFile(sysctlFile(name), []byte(value), 0o644)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
