package machine

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/state"
)

// folders have their names in kubelet, containerd and the CNI library; each stands before those in it. /usr/libexec/kubernetes is made
// by nobody of ours.
var folders = []string{"/var/lib/kubelet", devicePlugins, "/var/lib/cni", cniResults, containerLogs, "/var/log/pods", "/run/containerd", shimSockets,
	"/opt/cni", "/opt/cni/bin", "/etc/cni", "/etc/cni/net.d"}

const (
	devicePlugins = "/var/lib/kubelet/device-plugins"
	cniResults    = "/var/lib/cni/results"
	containerLogs = "/var/log/containers"
	shimSockets   = "/run/containerd/s"
)

func missing(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		_, err := os.Lstat(path)
		return !errors.Is(err, fs.ErrNotExist)
	})
}

// removeEmpty removes the folders that are empty, the last one first. What others put into one meanwhile, or mounted there, stays,
// and so does the folder.
func removeEmpty(paths []string) error {
	for _, path := range slices.Backward(paths) {
		err := unix.Rmdir(path)
		kept := errors.Is(err, unix.ENOTEMPTY) || errors.Is(err, unix.EEXIST) || errors.Is(err, unix.EBUSY) || errors.Is(err, unix.ENOTDIR)
		if err != nil && !kept && !errors.Is(err, unix.ENOENT) {
			return fmt.Errorf("remove the folder %s: %w", path, err)
		}
	}
	return nil
}

// removeTree removes a folder of ours, never through a mount: below one are somebody's files.
func removeTree(path string) error {
	text, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return err
	}
	if mounts := mountsBelow(string(text), []string{path}); len(mounts) > 0 {
		return fmt.Errorf("%s is not removed: something is mounted at %s", path, mounts[0])
	}
	return os.RemoveAll(path)
}

// removeShimSockets removes the sockets of shims that were killed. Their folder is fixed in containerd, which names each by a hash of its
// own address, the namespace and the pod's sandbox.
func removeShimSockets(dir state.Dir) error {
	entries, err := os.ReadDir(dir.Volatile("containerd", "io.containerd.runtime.v2.task", "k8s.io"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	for _, entry := range entries {
		if err := os.Remove(shimSocket(dir, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func shimSocket(dir state.Dir, sandbox string) string {
	return fmt.Sprintf("%s/%x", shimSockets, sha256.Sum256([]byte(filepath.Join(dir.Volatile("containerd.sock"), "k8s.io", sandbox))))
}

// removeLinks removes the kubelet's names for our containers' logs, which lie in a folder that others may have, too.
func removeLinks(dir state.Dir, folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if target, err := os.Readlink(path); err == nil && strings.HasPrefix(target, string(dir)+"/") {
			errs = append(errs, os.Remove(path))
		}
	}
	return errors.Join(errs...)
}

// removeResults removes what the CNI library noted of our pods that were not taken down one by one: their network namespaces are files
// below our folder in /run.
func removeResults(dir state.Dir, folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		text, err := os.ReadFile(path)
		var note struct {
			Namespace string `json:"netns"`
		}
		// What can't be read is somebody else's, or was cut off by a kill: then its name tells.
		ours := strings.HasPrefix(entry.Name(), NetworkName(dir)+"-")
		if err == nil && json.Unmarshal(text, &note) == nil {
			ours = ours || strings.HasPrefix(note.Namespace, dir.Volatile()+"/")
		}
		if ours {
			errs = append(errs, os.Remove(path))
		}
	}
	return errors.Join(errs...)
}

// removeDevicePlugins removes what the kubelet leaves beside its root folder, unless another kubelet listens there now.
func removeDevicePlugins(folder string, before []string) error {
	socket := filepath.Join(folder, "kubelet.sock")
	connection, err := net.Dial("unix", socket)
	if err == nil {
		return connection.Close()
	}
	if !slices.Contains(before, folder) || !errors.Is(err, unix.ECONNREFUSED) && !errors.Is(err, fs.ErrNotExist) {
		return nil // it was there before us, or it is no socket
	}
	for _, file := range []string{socket, filepath.Join(folder, "kubelet_internal_checkpoint")} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
