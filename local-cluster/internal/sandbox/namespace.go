package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// CanIsolate returns nil if containers can have namespaces: we are root and nothing forbids it.
func CanIsolate() error {
	if os.Geteuid() != 0 {
		return errors.New("not root")
	}
	return canSeparatePIDs()
}

// unshare gives the calling thread namespaces of its own for mounts and the host name. Nothing that is mounted from here
// on is seen by the machine.
func unshare() error {
	if err := unix.Unshare(unix.CLONE_FS | unix.CLONE_NEWNS | unix.CLONE_NEWUTS); err != nil {
		return fmt.Errorf("unshare: %w", err)
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	return nil
}

func enterNew(spec Spec) error {
	if err := unshare(); err != nil {
		return err
	}
	if err := unix.Sethostname([]byte(spec.Hostname)); err != nil {
		return fmt.Errorf("host name %s: %w", spec.Hostname, err)
	}
	mounts, err := open(spec.Mounts, spec.Scratch)
	defer mounts.close()
	if err != nil {
		return err
	}
	l := &layout{scratch: spec.Scratch, mirrors: map[string]bool{}}
	if err := l.devices(); err != nil {
		return fmt.Errorf("/dev: %w", err)
	}
	var writable []string
	for _, m := range mounts {
		target, err := l.bind(m)
		if err != nil {
			return fmt.Errorf("mount at %s: %w", m.Target, err)
		}
		if !m.ReadOnly {
			writable = append(writable, target)
		}
	}
	if spec.ReadOnlyRoot {
		return makeReadOnly(append(writable, "/dev/shm"))
	}
	return nil
}

func enterExisting(pid int) error {
	if err := unix.Unshare(unix.CLONE_FS); err != nil {
		return err
	}
	// The mounts last: they bring another /proc.
	return errors.Join(joinPIDs(pid), join(pid, "uts", unix.CLONE_NEWUTS), join(pid, "mnt", unix.CLONE_NEWNS))
}

func join(pid int, namespace string, kind int) error {
	fd, err := unix.Open(fmt.Sprintf("/proc/%d/ns/%s", pid, namespace), unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("the container is not running: %w", err)
	}
	defer unix.Close(fd)
	if err := unix.Setns(fd, kind); err != nil {
		return fmt.Errorf("enter the container: %w", err)
	}
	return nil
}

// opened is a mount whose source is held open: a mount made before it may cover the source's path.
type opened struct {
	Mount
	fd  int
	dir bool
}

type openedMounts []opened

func open(mounts []Mount, scratch string) (openedMounts, error) {
	ordered := order(mounts, scratch)
	var all openedMounts
	for _, m := range ordered {
		fd, err := unix.Open(m.Source, unix.O_PATH|unix.O_CLOEXEC, 0)
		if err != nil {
			return all, fmt.Errorf("%s: %w", m.Source, err)
		}
		var stat unix.Stat_t
		err = unix.Fstat(fd, &stat)
		all = append(all, opened{m, fd, stat.Mode&unix.S_IFMT == unix.S_IFDIR})
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// order puts outer mounts before inner ones, and last of all those that cover the scratch folder, such as a pod's own /tmp when
// the state folder lies below the machine's: until then mount points are made in it. Below such a mount none has to be.
func order(mounts []Mount, scratch string) []Mount {
	covering := func(m Mount) int {
		for _, other := range mounts {
			if within(scratch, other.Target) && within(m.Target, other.Target) {
				return 1
			}
		}
		return 0
	}
	ordered := slices.Clone(mounts)
	slices.SortStableFunc(ordered, func(a, b Mount) int {
		return cmp.Or(covering(a)-covering(b), strings.Count(a.Target, "/")-strings.Count(b.Target, "/"))
	})
	return ordered
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, strings.TrimSuffix(folder, "/")+"/")
}

func (o openedMounts) close() {
	for _, m := range o {
		unix.Close(m.fd)
	}
}

func makeReadOnly(writable []string) error {
	if err := unix.MountSetattr(unix.AT_FDCWD, "/", unix.AT_RECURSIVE, &unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY}); err != nil {
		return fmt.Errorf("make the root file system read-only: %w", err)
	}
	for _, target := range writable {
		err := unix.MountSetattr(unix.AT_FDCWD, target, 0, &unix.MountAttr{Attr_clr: unix.MOUNT_ATTR_RDONLY})
		if err != nil && !errors.Is(err, unix.ENOENT) {
			return fmt.Errorf("keep %s writable: %w", target, err)
		}
	}
	return nil
}
