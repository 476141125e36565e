package machine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/state"
)

// SetUp makes what the node needs. What an earlier run left is undone first.
func SetUp(ctx context.Context, dir state.Dir, n Network) error {
	if err := Undo(ctx, dir); err != nil {
		return err
	}
	j, err := begin(dir)
	if err != nil {
		return err
	}
	if err := os.Mkdir(dir.Volatile(), 0o711); err != nil {
		return err
	}
	if err := makeCgroups(j.Cgroup); err != nil {
		return err
	}
	return makeNetwork(ctx, dir, n)
}

// Undo ends what is left of the node's containers and puts the machine back as it was. Without a journal there is nothing to do.
// The journal goes last, and only if all went well.
func Undo(ctx context.Context, dir state.Dir) error {
	j, err := readJournal(dir)
	if err != nil || j == nil {
		return err
	}
	if err := errors.Join(PowerOff(ctx, dir), removeNetwork(ctx, dir, j), removeCgroups(ctx, j.Cgroup, j.Controllers), removeLinks(dir),
		removeResults(), j.putBack(), os.RemoveAll(dir.Volatile())); err != nil {
		return err
	}
	return os.Remove(journalFile(dir))
}

// PowerOff does to the node what a power cut does: every container ends at once, and what lies in memory only (mounts, sockets, the
// runtime's notes) is gone. The caller has ended containerd and the kubelet.
func PowerOff(ctx context.Context, dir state.Dir) error {
	limit, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	// The shims first: they would clean up after each container, and start programs for it.
	if err := errors.Join(killShims(limit, dir), killContained(limit, Cgroup(dir))); err != nil {
		return err
	}
	if err := errors.Join(removeShimSockets(dir), unmountBelow(dir.Volatile(), dir.Node())); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir.Volatile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	for _, entry := range entries {
		errs = append(errs, os.RemoveAll(dir.Volatile(entry.Name())))
	}
	return errors.Join(errs...)
}

// EndContainers gives the containers their time to end: SIGTERM to the first process of each, as the kubelet would.
// What is left of them after grace the caller kills.
func EndContainers(ctx context.Context, running []proc.Identity, grace time.Duration) error {
	limit, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	for _, id := range running {
		if err := id.Signal(unix.SIGTERM); err != nil && !errors.Is(err, proc.ErrGone) {
			return err
		}
	}
	for _, id := range running {
		if err := id.WaitGone(limit); err != nil {
			return nil
		}
	}
	return nil
}

func killShims(ctx context.Context, dir state.Dir) error {
	all, err := dir.Marker().Processes()
	if err != nil {
		return err
	}
	for _, id := range all {
		link, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", id.PID))
		if err != nil || !strings.HasPrefix(filepath.Base(link), "containerd-shim") {
			continue
		}
		if err := id.Stop(ctx, 0); err != nil {
			return err
		}
	}
	return nil
}

// removeShimSockets removes the sockets of shims that were killed; their folder is fixed in containerd.
func removeShimSockets(dir state.Dir) error {
	files, err := filepath.Glob(dir.Volatile("containerd", "io.containerd.runtime.v2.task", "k8s.io", "*", "bootstrap.json"))
	errs := []error{err}
	for _, file := range files {
		text, err := os.ReadFile(file)
		var shim struct {
			Address string `json:"address"`
		}
		if err != nil || json.Unmarshal(text, &shim) != nil { // its container was just being made
			continue
		}
		socket := strings.TrimPrefix(shim.Address, "unix://")
		if filepath.Dir(socket) != "/run/containerd/s" {
			continue
		}
		if err := os.Remove(socket); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// removeLinks removes the kubelet's names for our containers' logs, which lie in a folder that others may have, too.
func removeLinks(dir state.Dir) error {
	entries, err := os.ReadDir("/var/log/containers")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	for _, entry := range entries {
		path := filepath.Join("/var/log/containers", entry.Name())
		if target, err := os.Readlink(path); err == nil && strings.HasPrefix(target, string(dir)+"/") {
			errs = append(errs, os.Remove(path))
		}
	}
	return errors.Join(errs...)
}

// NetworkName is the pods' network in CNI's notes.
const NetworkName = "local-cluster"

// removeResults removes what the CNI library noted of pods that were not taken down one by one.
func removeResults() error {
	files, err := filepath.Glob("/var/lib/cni/results/" + NetworkName + "-*")
	errs := []error{err}
	for _, file := range files {
		id := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), NetworkName+"-"), "-eth0")
		for _, note := range []string{file, "/var/lib/cni/results/cni-loopback-" + id + "-lo"} {
			if err := os.Remove(note); err != nil && !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}
