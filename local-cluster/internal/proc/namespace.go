package proc

import (
	"fmt"
	"os"
	"syscall"
)

// Namespace is a mount namespace other than our own. While it is held, the kernel gives its number to no other.
type Namespace struct {
	file  *os.File
	inode uint64
}

// HoldNamespace holds the mount namespace of a process; nil if that is our own or the process has ended.
func HoldNamespace(pid int) *Namespace {
	file, err := os.Open(namespaceFile(pid))
	if err != nil {
		return nil
	}
	ours, err1 := mountNamespace(os.Getpid())
	info, err2 := file.Stat()
	if err1 != nil || err2 != nil || inodeOf(info) == ours {
		file.Close()
		return nil
	}
	return &Namespace{file, inodeOf(info)}
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
