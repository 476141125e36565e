package machine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/proc"
)

// neededControllers are those without which the kubelet or its limits don't work.
var neededControllers = []string{"cpu", "cpuset", "memory", "pids"}

// hierarchy is one mounted cgroup file system.
type hierarchy struct {
	path    string
	unified bool // cgroup v2
	options []string
}

func hierarchies() ([]hierarchy, error) {
	text, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return nil, err
	}
	return parseHierarchies(string(text)), nil
}

func parseHierarchies(mounts string) []hierarchy {
	var all []hierarchy
	for line := range strings.Lines(mounts) {
		fields := strings.Fields(line)
		if len(fields) < 4 || fields[2] != "cgroup" && fields[2] != "cgroup2" {
			continue
		}
		all = append(all, hierarchy{path: unescape(fields[1]), unified: fields[2] == "cgroup2", options: strings.Split(fields[3], ",")})
	}
	return all
}

// missingControllers are those that none of the hierarchies has. handed lists the controllers of a cgroup v2 root.
func missingControllers(all []hierarchy, handed []string) []string {
	var missing []string
	for _, controller := range neededControllers {
		has := slices.ContainsFunc(all, func(h hierarchy) bool { return !h.unified && slices.Contains(h.options, controller) })
		if !has && !slices.Contains(handed, controller) {
			missing = append(missing, controller)
		}
	}
	return missing
}

// unifiedRoot is where cgroup v2 is mounted, the first time if more than once (it is the same tree); beside v1 hierarchies it has no
// controllers for us.
func unifiedRoot(all []hierarchy) string {
	if len(all) == 0 || slices.ContainsFunc(all, func(h hierarchy) bool { return !h.unified }) {
		return ""
	}
	return all[0].path
}

func unifiedControllers(all []hierarchy) ([]string, error) {
	root := unifiedRoot(all)
	if root == "" {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(root, "cgroup.controllers"))
	return strings.Fields(string(text)), err
}

// notHandedDown lists the controllers that the root of cgroup v2 has and does not hand to its children.
func notHandedDown() ([]string, error) {
	all, err := hierarchies()
	if err != nil {
		return nil, err
	}
	root := unifiedRoot(all)
	if root == "" {
		return nil, nil
	}
	has, err := unifiedControllers(all)
	if err != nil {
		return nil, err
	}
	handed, err := os.ReadFile(filepath.Join(root, "cgroup.subtree_control"))
	return slices.DeleteFunc(has, func(c string) bool { return slices.Contains(strings.Fields(string(handed)), c) }), err
}

// makeCgroups makes the node's cgroup in every hierarchy; the kubelet wants to find it.
func makeCgroups(name string) error {
	all, err := hierarchies()
	if err != nil {
		return err
	}
	for _, h := range all {
		folder := filepath.Join(h.path, name)
		if err := os.Mkdir(folder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("make a cgroup: %w", err)
		}
		switch {
		case h.unified:
			// Beside v1 there is nothing to hand down.
			if root := unifiedRoot(all); root != "" {
				if err := handDown(root); err != nil {
					return err
				}
			}
		case slices.Contains(h.options, "cpuset"):
			// A new cpuset of v1 is empty, and no process can join it.
			for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
				text, err := os.ReadFile(filepath.Join(h.path, file))
				if err == nil {
					err = os.WriteFile(filepath.Join(folder, file), text, 0o644)
				}
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func handDown(root string) error {
	for _, controller := range neededControllers {
		if err := os.WriteFile(filepath.Join(root, "cgroup.subtree_control"), []byte("+"+controller), 0o644); err != nil {
			return fmt.Errorf("hand the cgroup controller %s down: %w", controller, err)
		}
	}
	return nil
}

// removeCgroups removes the node's cgroups, whose processes are gone, and hands no more down than before.
func removeCgroups(ctx context.Context, name string, controllers []string) error {
	all, err := hierarchies()
	if err != nil {
		return err
	}
	for _, h := range all {
		if err := removeCgroup(ctx, filepath.Join(h.path, name)); err != nil {
			return err
		}
		if root := unifiedRoot(all); root != "" {
			for _, controller := range controllers {
				// One that meanwhile somebody else uses stays handed down.
				_ = os.WriteFile(filepath.Join(root, "cgroup.subtree_control"), []byte("-"+controller), 0o644)
			}
		}
	}
	return nil
}

// removeCgroup tries again for a while: the kernel lets a cgroup go a moment after its last process.
func removeCgroup(ctx context.Context, top string) error {
	for {
		err := removeCgroupsBelow(top)
		if err == nil || ctx.Err() != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func removeCgroupsBelow(top string) error {
	folders, err := cgroupFolders(top)
	if err != nil {
		return err
	}
	for _, folder := range slices.Backward(folders) {
		if err := unix.Rmdir(folder); err != nil && !errors.Is(err, unix.ENOENT) {
			return fmt.Errorf("remove cgroup %s: %w", folder, err)
		}
	}
	return nil
}

// cgroupFolders lists a cgroup and those below it, parents first.
func cgroupFolders(top string) ([]string, error) {
	var list []string
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // went meanwhile
			return nil
		}
		if err == nil && entry.IsDir() {
			list = append(list, path)
		}
		return err
	})
	return list, err
}

// contained lists the processes in the node's cgroups: those of its containers, and no others.
func contained(name string) ([]proc.Identity, error) {
	all, err := hierarchies()
	if err != nil {
		return nil, err
	}
	found := map[int]proc.Identity{}
	for _, h := range all {
		folders, err := cgroupFolders(filepath.Join(h.path, name))
		if err != nil {
			return nil, err
		}
		for _, folder := range folders {
			for _, pid := range members(filepath.Join(folder, "cgroup.procs")) {
				// The identity first, then another look: the number may have gone to another process in between.
				if id, err := proc.Of(pid); err == nil && inCgroup(pid, name) {
					found[pid] = id
				}
			}
		}
	}
	var list []proc.Identity
	for _, id := range found {
		list = append(list, id)
	}
	return list, nil
}

func members(file string) []int {
	text, err := os.Open(file)
	if err != nil {
		return nil // the cgroup went meanwhile
	}
	defer text.Close()
	var pids []int
	for lines := bufio.NewScanner(text); lines.Scan(); {
		if pid, err := strconv.Atoi(lines.Text()); err == nil && pid > 0 {
			pids = append(pids, pid)
		}
	}
	return pids
}

func inCgroup(pid int, name string) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", pid))
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(text)) {
		_, path, _ := strings.Cut(strings.TrimSpace(line), ":/")
		if path == name || strings.HasPrefix(path, name+"/") {
			return true
		}
	}
	return false
}

// killContained kills the processes of all containers, again and again until none is left.
func killContained(ctx context.Context, name string) error {
	for {
		all, err := contained(name)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, id := range all {
			if err := id.Signal(unix.SIGKILL); err != nil && !errors.Is(err, proc.ErrGone) {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d processes of containers would not end: %w", len(all), ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}
