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

// KillAll sends SIGKILL to every process that carries the marker, except this one, and to those that share a mount
// namespace with one of them (a descendant may have emptied its environment). It does so again and again until none is
// left, since a process may fork while the list is read. More namespaces may be given. It returns how many it killed.
func (m Marker) KillAll(ctx context.Context, more ...*Namespace) (int, error) {
	held := holding{}
	defer held.close()
	for _, namespace := range more {
		if namespace != nil {
			held[namespace.inode] = nil // its owner keeps it
		}
	}
	killed := map[Identity]bool{}
	for {
		found, err := m.processes(held)
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

// Processes lists the processes that KillAll would kill.
func (m Marker) Processes() ([]Identity, error) {
	held := holding{}
	defer held.close()
	return m.processes(held)
}

// processes adds the namespaces that it comes across to held.
func (m Marker) processes(held holding) ([]Identity, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, fmt.Errorf("list processes: %w", err)
	}
	var found, rest []Identity
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		id, err := Of(pid)
		if err != nil {
			continue
		}
		if inEnvironment(pid, func(entry string) bool { return entry == string(m) }) {
			found = append(found, id)
			held.add(pid)
		} else {
			rest = append(rest, id)
		}
	}
	if len(held) == 0 {
		return found, nil
	}
	for _, id := range rest {
		if inode, err := mountNamespace(id.PID); err == nil && held.has(inode) {
			found = append(found, id)
		}
	}
	return found, nil
}

// Carries tells whether a process has a variable of that name, whatever its value.
func Carries(pid int, variable string) bool {
	return inEnvironment(pid, func(entry string) bool { return strings.HasPrefix(entry, variable+"=") })
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
