package machine

import (
	"context"
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

// step is one change of the machine. Any of them may be the last one that a process made.
type step struct {
	name string
	do   func() error
}

// dieAfter is how the battery tries a kill after each step: it names one in the environment.
const dieAfter = "LOCAL_CLUSTER_DIE_AFTER"

func (s step) run() error {
	if err := s.do(); err != nil {
		return err
	}
	if os.Getenv(dieAfter) == s.name {
		return unix.Kill(os.Getpid(), unix.SIGKILL)
	}
	return nil
}

// SetUp makes what the node needs. What an earlier run left is undone first. The caller has Alone.
func SetUp(ctx context.Context, dir state.Dir, n Network) error {
	if err := Undo(ctx, dir); err != nil {
		return err
	}
	steps := []step{
		{"journal", func() error { _, err := begin(dir); return err }},
		{"folder", func() error { return os.Mkdir(dir.Volatile(), 0o711) }},
		{"cgroups", func() error { return makeCgroups(Cgroup(dir)) }},
		{"module", func() error { return loadFilter(ctx) }},
		{"link", func() error { return makeLink(ctx, dir) }},
		{"address", func() error { return makeAddress(ctx, dir, n) }},
		{"filter", func() error { _, err := run(ctx, filter(Table(dir), Bridge(dir), n), "nft", "-f", "-"); return err }},
	}
	for _, s := range steps {
		if err := s.run(); err != nil {
			return err
		}
	}
	return nil
}

// Undo ends what is left of the node's containers and puts the machine back as it was. Without a journal there is nothing to do.
// The journal goes last, and only if all went well. The caller has Alone, for kube-proxy's tables have the same names for everybody.
func Undo(ctx context.Context, dir state.Dir) error {
	j, err := readJournal(dir)
	if err != nil || j == nil {
		return err
	}
	boot, err := proc.BootID()
	if err != nil {
		return err
	}
	var steps []step
	if j.Boot == boot {
		// While a container lives or something is mounted, nothing may be taken from under it.
		if err := (step{"containers", func() error { return PowerOff(ctx, dir) }}).run(); err != nil {
			return err
		}
		steps = []step{
			{"network", func() error { return removeNetwork(ctx, dir, j) }},
			{"limits", func() error { return removeCgroups(ctx, j.Cgroup, j.Controllers) }},
			{"sysctls", func() error { return putSysctlsBack(j.Sysctls) }},
		}
	}
	steps = append(steps, step{"files", func() error { return removeFiles(dir, j) }})
	var errs []error
	for _, s := range steps {
		errs = append(errs, s.run())
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return removeJournal(dir)
}

// removeFiles removes what is ours by its name or its content, and of the folders that were not there those that are empty then.
func removeFiles(dir state.Dir, j *Journal) error {
	err := errors.Join(removeLinks(dir, containerLogs), removeResults(dir, cniResults), removeDevicePlugins(devicePlugins, j.Folders), removeTree(dir.Volatile()))
	var known []string // whatever a damaged journal says
	for _, folder := range folders {
		for _, before := range j.Folders {
			if folder == before {
				known = append(known, folder)
			}
		}
	}
	return errors.Join(err, removeEmpty(known))
}

// PowerOff does to the node what a power cut does: every container ends at once, and what lies in memory only (mounts, sockets, the
// runtime's notes) is gone. The caller has ended containerd and the kubelet.
func PowerOff(ctx context.Context, dir state.Dir) error {
	if err := CheckMounts(dir); err != nil {
		return err
	}
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
		errs = append(errs, removeTree(dir.Volatile(entry.Name())))
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
