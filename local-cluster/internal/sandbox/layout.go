package sandbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// layout makes mount points that the machine doesn't have, without leaving a trace on the machine: the nearest folder that
// exists is replaced, in the container's view, by a small tmpfs that holds the same entries (bound from the machine) and
// the new one.
type layout struct {
	scratch string
	mirrors map[string]bool // folders that are such a tmpfs
	made    []string        // folders below which we may create freely
}

// bind mounts m and returns where, with symbolic links in its target resolved.
func (l *layout) bind(m opened) (string, error) {
	target, err := l.ensure(m.Target, m.dir)
	if err != nil {
		return "", err
	}
	if err := unix.Mount(fmt.Sprintf("/proc/self/fd/%d", m.fd), target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return "", err
	}
	if m.dir {
		l.made = append(l.made, target)
	}
	if m.ReadOnly {
		return target, unix.Mount("", target, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, "")
	}
	return target, nil
}

// ensure makes target exist, as a folder or as an empty file.
func (l *layout) ensure(target string, dir bool) (string, error) {
	base, missing, err := existing(target)
	if err != nil {
		return "", err
	}
	if len(missing) == 0 {
		info, err := os.Stat(base)
		if err == nil && info.IsDir() != dir {
			err = errors.New("a file can't be mounted on a folder, nor a folder on a file")
		}
		return base, err
	}
	if !l.mayCreate(base) {
		if err := l.mirror(base); err != nil {
			return "", fmt.Errorf("make a mount point in %s: %w", base, err)
		}
	}
	l.made = append(l.made, filepath.Join(base, missing[0]))
	full := filepath.Join(append([]string{base}, missing...)...)
	if dir {
		return full, os.MkdirAll(full, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return "", err
	}
	return full, os.WriteFile(full, nil, 0o644)
}

// existing splits a path into the longest part that exists, its links resolved, and the names that are missing.
func existing(path string) (base string, missing []string, err error) {
	for path = filepath.Clean(path); ; path = filepath.Dir(path) {
		base, err = filepath.EvalSymlinks(path)
		if err == nil {
			return base, missing, nil
		}
		if !errors.Is(err, fs.ErrNotExist) || path == "/" {
			return "", nil, err
		}
		missing = append([]string{filepath.Base(path)}, missing...)
	}
}

func (l *layout) mayCreate(folder string) bool {
	if l.mirrors[folder] {
		return true
	}
	for _, made := range l.made {
		if within(folder, made) {
			return true
		}
	}
	return false
}

// mirror replaces a folder by a tmpfs with the same entries.
func (l *layout) mirror(folder string) error {
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	return l.replace(folder, info.Mode().Perm(), func() error {
		for _, entry := range entries {
			if err := l.reflect(folder, entry.Name(), entry.Type()); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		return nil
	})
}

// replace fills a fresh tmpfs and moves it onto folder.
func (l *layout) replace(folder string, mode os.FileMode, fill func() error) error {
	if err := unix.Mount("tmpfs", l.scratch, "tmpfs", unix.MS_NOSUID, "size=1m,mode=0755"); err != nil {
		return err
	}
	if err := fill(); err != nil {
		return err
	}
	if err := os.Chmod(l.scratch, mode); err != nil {
		return err
	}
	l.mirrors[folder] = true
	if folder != "/" {
		return unix.Mount(l.scratch, folder, "", unix.MS_MOVE, "")
	}
	// A mount on "/" is not seen by who already stands there: enter it, as switch_root does.
	if err := unix.Chdir(l.scratch); err != nil {
		return err
	}
	if err := unix.Mount(l.scratch, "/", "", unix.MS_MOVE, ""); err != nil {
		return err
	}
	if err := unix.Chroot("."); err != nil {
		return err
	}
	return unix.Chdir("/")
}

// reflect makes an entry of folder appear in the scratch folder.
func (l *layout) reflect(folder, name string, kind fs.FileMode) error {
	from, to := filepath.Join(folder, name), filepath.Join(l.scratch, name)
	switch {
	case kind&fs.ModeSymlink != 0:
		link, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(link, to)
	case kind.IsDir():
		if err := os.Mkdir(to, 0o755); err != nil {
			return err
		}
	default:
		if err := os.WriteFile(to, nil, 0o644); err != nil {
			return err
		}
	}
	return unix.Mount(from, to, "", unix.MS_BIND|unix.MS_REC, "")
}

// devices gives the container a /dev like the one that container runtimes make: the harmless devices, a shared-memory
// folder of its own, and room for the termination log.
func (l *layout) devices() error {
	return l.replace("/dev", 0o755, func() error {
		for _, name := range []string{"null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "mqueue"} {
			info, err := os.Lstat("/dev/" + name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			} else if err != nil {
				return err
			}
			if err := l.reflect("/dev", name, info.Mode().Type()); err != nil {
				return err
			}
		}
		for name, link := range map[string]string{"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2"} {
			if err := os.Symlink(link, filepath.Join(l.scratch, name)); err != nil {
				return err
			}
		}
		shm := filepath.Join(l.scratch, "shm")
		if err := os.Mkdir(shm, 0o755); err != nil {
			return err
		}
		return unix.Mount("shm", shm, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=1777,size=64m")
	})
}
