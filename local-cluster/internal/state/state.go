// Package state is the one folder in which a cluster keeps all it knows: certificates, ports, etcd's data, logs and
// the identities of its processes. Whatever is killed, the next start finds its way from here.
package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/proc"
)

// Dir is the absolute path of a state folder.
type Dir string

// Open makes the folder if it is missing, readable by its owner only.
func Open(path string) (Dir, error) {
	dir, err := At(path)
	if err != nil {
		return "", err
	}
	for _, sub := range []string{"", "bin", "logs", "pki", "pods", "run", "volumes"} {
		if err := os.MkdirAll(dir.Path(sub), 0o700); err != nil {
			return "", fmt.Errorf("make the state folder: %w", err)
		}
	}
	return dir, os.Chmod(string(dir), 0o700)
}

// At names the folder without making it.
func At(path string) (Dir, error) {
	if path == "" {
		return "", errors.New("no state folder given: say --state DIR")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("state folder %s: %w", path, err)
	}
	// One folder, one name: processes are found again by a marker that holds it, links and tables by a hash of it.
	return Dir(resolve(abs)), nil
}

// resolve follows symbolic links, also those above a folder that is not there yet.
func resolve(abs string) string {
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	above := filepath.Dir(abs)
	if above == abs {
		return abs
	}
	return filepath.Join(resolve(above), filepath.Base(abs))
}

// Path joins names to the folder.
func (d Dir) Path(names ...string) string {
	return filepath.Join(append([]string{string(d)}, names...)...)
}

// Kubeconfig is the administrator's kubeconfig.
func (d Dir) Kubeconfig() string { return d.Path("kubeconfig") }

// Images is the image table in force: a symbolic link to the user's file.
func (d Dir) Images() string { return d.Path("images.yaml") }

// Pods holds one folder for each pod that the node knows.
func (d Dir) Pods() string { return d.Path("pods") }

// KeptLogs holds the logs of pods that are gone, one folder for each.
func (d Dir) KeptLogs() string { return d.Path("removed-logs") }

// KeepLogs is how many bytes of the logs of removed pods are kept; 0: none.
func (d Dir) KeepLogs() int64 {
	text, err := os.ReadFile(d.Path("keep-logs"))
	if err != nil {
		return 0
	}
	limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0
	}
	return limit
}

// SetKeepLogs changes KeepLogs, at once also for a cluster that runs.
func (d Dir) SetKeepLogs(limit int64) error {
	return WriteFile(d.Path("keep-logs"), []byte(strconv.FormatInt(limit, 10)+"\n"), 0o600)
}

// Volumes holds one folder for each PersistentVolume.
func (d Dir) Volumes() string { return d.Path("volumes") }

// Log is the log file of one component.
func (d Dir) Log(component string) string { return d.Path("logs", component+".log") }

// Marker is carried by every process of this cluster.
func (d Dir) Marker() proc.Marker { return proc.Marker("LOCAL_CLUSTER_STATE=" + string(d)) }

// UseImages makes file the image table in force, at once also for a cluster that runs.
func (d Dir) UseImages(file string) error {
	abs, err := filepath.Abs(file)
	if err != nil {
		return fmt.Errorf("image table %s: %w", file, err)
	}
	if _, err := os.Stat(abs); err != nil {
		return fmt.Errorf("image table: %w", err)
	}
	next := d.Images() + ".next"
	if err := os.Remove(next); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Symlink(abs, next); err != nil {
		return err
	}
	return os.Rename(next, d.Images())
}

// WriteFile replaces a file whole: a reader, and a start after a kill in between, sees the old or the new text.
func WriteFile(path string, data []byte, mode os.FileMode) error {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(data)
	if err := errors.Join(err, temp.Chmod(mode), temp.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(temp.Name(), path)
}

// WriteJSON replaces a file by the JSON form of v, readable by its owner only.
func WriteJSON(path string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return WriteFile(path, append(data, '\n'), 0o600)
}

// ReadJSON fills v from a file; a missing one leaves v as it is.
func ReadJSON(path string, v any) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%s is damaged (%w): run down --purge to start anew", path, err)
	}
	return nil
}

// ErrHeld says that another process holds the lock.
var ErrHeld = errors.New("another process holds the lock")

// Lock takes the folder's supervisor lock. The kernel drops it when the process ends, however it ends.
func (d Dir) Lock() (*os.File, error) {
	file, err := os.OpenFile(d.Path("run", "supervisor.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		file.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, ErrHeld
		}
		return nil, err
	}
	return file, nil
}
