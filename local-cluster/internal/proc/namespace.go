package proc

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"syscall"
)

// Namespace is a mount namespace other than our own. While it is held, the kernel gives its number to no other.
type Namespace struct {
	file  *os.File
	inode uint64
}

// HoldNamespace holds the mount namespace of a process; nil if that is our own or one from which this process comes, or if the process
// has ended. When this one runs in a namespace of its own, as under "unshare --mount", the machine's looks like a container's, and the
// processes there are everybody's.
func HoldNamespace(pid int) *Namespace {
	file, err := os.Open(namespaceFile(pid))
	if err != nil {
		return nil
	}
	info, err := file.Stat()
	if err != nil || ancestorHas(inodeOf(info)) {
		file.Close()
		return nil
	}
	return &Namespace{file, inodeOf(info)}
}

// ancestorHas tells whether this process, its parent, and so on up to process 1, has the mount namespace. Those that it may not look at
// (not as root, process 1) are passed over.
func ancestorHas(inode uint64) bool {
	for pid := os.Getpid(); pid > 0; pid = parent(pid) {
		if theirs, err := mountNamespace(pid); err == nil && theirs == inode {
			return true
		}
	}
	return false
}

// parent is 0 if there is none.
func parent(pid int) int {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 2 {
		return 0
	}
	above, err := strconv.Atoi(string(fields[1]))
	if err != nil {
		return 0
	}
	return above
}

// MountNamespace is the number of this process' mount namespace.
func MountNamespace() (uint64, error) { return mountNamespace(os.Getpid()) }

// InMountNamespace finds a process that has the mount namespace of this number; 0 if none has.
func InMountNamespace(inode uint64) (int, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0, fmt.Errorf("list processes: %w", err)
	}
	for _, entry := range entries {
		if pid, err := strconv.Atoi(entry.Name()); err == nil {
			if theirs, err := mountNamespace(pid); err == nil && theirs == inode {
				return pid, nil
			}
		}
	}
	return 0, nil
}

// Close lets the namespace go.
func (n *Namespace) Close() {
	if n != nil {
		n.file.Close()
	}
}

// SharesMounts tells whether a process sees the same mounts as this one.
func SharesMounts(pid int) bool {
	ours, err1 := mountNamespace(os.Getpid())
	theirs, err2 := mountNamespace(pid)
	return err1 == nil && err2 == nil && ours == theirs
}

func namespaceFile(pid int) string { return fmt.Sprintf("/proc/%d/ns/mnt", pid) }

func mountNamespace(pid int) (uint64, error) {
	info, err := os.Stat(namespaceFile(pid))
	if err != nil {
		return 0, err
	}
	return inodeOf(info), nil
}

func inodeOf(info os.FileInfo) uint64 { return info.Sys().(*syscall.Stat_t).Ino }

// holding is a set of namespaces by their number; nil for one that somebody else holds.
type holding map[uint64]*Namespace

func (h holding) add(pid int) {
	namespace := HoldNamespace(pid)
	if namespace == nil {
		return
	}
	if h.has(namespace.inode) {
		namespace.Close()
		return
	}
	h[namespace.inode] = namespace
}

func (h holding) has(inode uint64) bool { _, ok := h[inode]; return ok }

func (h holding) close() {
	for _, namespace := range h {
		namespace.Close()
	}
}
