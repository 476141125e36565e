package proc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// A Marker is an environment entry (NAME=value) that a process hands to all its descendants. It finds what a process
// group doesn't: descendants that made a session of their own, or whose parent is long dead.
type Marker string

// Processes lists the running processes that carry the marker, except this one, and those that share
// a mount namespace of their own with one of them (a descendant may have emptied its environment).
func (m Marker) Processes() ([]Identity, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, fmt.Errorf("list processes: %w", err)
	}
	ours, _ := os.Readlink("/proc/self/ns/mnt")
	type seen struct {
		id        Identity
		namespace string
	}
	var marked, rest []seen
	namespaces := map[string]bool{}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		id, err := Of(pid)
		if err != nil {
			continue
		}
		namespace, _ := os.Readlink(fmt.Sprintf("/proc/%d/ns/mnt", pid))
		if !m.carriedBy(pid) {
			rest = append(rest, seen{id, namespace})
			continue
		}
		marked = append(marked, seen{id, namespace})
		if namespace != "" && namespace != ours {
			namespaces[namespace] = true
		}
	}
	var found []Identity
	for _, process := range marked {
		found = append(found, process.id)
	}
	for _, process := range rest {
		if namespaces[process.namespace] {
			found = append(found, process.id)
		}
	}
	return found, nil
}

// Carries tells whether a process has a variable of that name, whatever its value.
func Carries(pid int, variable string) bool {
	return inEnvironment(pid, func(entry string) bool { return strings.HasPrefix(entry, variable+"=") })
}

// SharesMounts tells whether a process sees the same mounts as this one.
func SharesMounts(pid int) bool {
	ours, err1 := os.Readlink("/proc/self/ns/mnt")
	theirs, err2 := os.Readlink(fmt.Sprintf("/proc/%d/ns/mnt", pid))
	return err1 == nil && err2 == nil && ours == theirs
}

func (m Marker) carriedBy(pid int) bool {
	return inEnvironment(pid, func(entry string) bool { return entry == string(m) })
}

func inEnvironment(pid int, matches func(entry string) bool) bool {
	environ, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
	if err != nil {
		return false // ended meanwhile, or another user's
	}
	for entry := range bytes.SplitSeq(environ, []byte{0}) {
		if matches(string(entry)) {
			return true
		}
	}
	return false
}

// KillAll sends SIGKILL to every process that carries the marker, again and again until none is left,
// since a process may fork while the list is read. It returns how many it killed.
func (m Marker) KillAll(ctx context.Context) (int, error) {
	killed := map[Identity]bool{}
	for {
		found, err := m.Processes()
		if err != nil || len(found) == 0 {
			return len(killed), err
		}
		for _, id := range found {
			if err := id.Signal(unix.SIGKILL); err == nil {
				killed[id] = true
			} else if !errors.Is(err, ErrGone) {
				return len(killed), err
			}
		}
		select {
		case <-ctx.Done():
			return len(killed), fmt.Errorf("%d processes would not end: %w", len(found), ctx.Err())
		case <-time.After(5 * time.Millisecond):
		}
	}
}
