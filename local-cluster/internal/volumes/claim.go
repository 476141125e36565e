package volumes

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"beckon.dev/local-cluster/internal/state"
	"beckon.dev/local-cluster/internal/storage"
)

// claim finds the folder behind a PersistentVolumeClaim, once for a pod: what is in it is nobody's business but the pods'.
func (s *Set) claim(r *reader, v *corev1.Volume, group *int64) error {
	if _, known := s.claims.Load(v.Name); known {
		return nil
	}
	name := v.PersistentVolumeClaim.ClaimName
	claim, err := r.client.CoreV1().PersistentVolumeClaims(r.pod.Namespace).Get(r.ctx, name, metav1.GetOptions{})
	if err != nil {
		return err
	}
	if claim.Status.Phase != corev1.ClaimBound {
		return fmt.Errorf("PersistentVolumeClaim %q is not bound", name)
	}
	volume, err := r.client.CoreV1().PersistentVolumes().Get(r.ctx, claim.Spec.VolumeName, metav1.GetOptions{})
	if err != nil {
		return err
	}
	if ref := volume.Spec.ClaimRef; ref == nil || ref.UID != claim.UID {
		return fmt.Errorf("PersistentVolume %q is bound to another claim than %q", volume.Name, name)
	}
	folder, err := storage.Folder(state.Dir(s.state).Volumes(), volume)
	if err != nil {
		return err
	}
	if info, err := os.Stat(folder); err != nil {
		return err
	} else if !info.IsDir() {
		return fmt.Errorf("%s is no folder", folder)
	}
	if group != nil && !v.PersistentVolumeClaim.ReadOnly && os.Geteuid() == 0 {
		if err := giveTo(folder, int(*group), r.pod.Spec.SecurityContext.FSGroupChangePolicy); err != nil {
			return fmt.Errorf("fsGroup: %w", err)
		}
	}
	s.claims.Store(v.Name, folder)
	return nil
}

const (
	groupMayWrite = fs.FileMode(0o660)
	groupMayEnter = fs.FileMode(0o110)
)

// giveTo makes a folder with all it holds the group's, as the kubelet does: what is there may be read and written by the
// group, and what is made there will belong to it.
func giveTo(folder string, group int, policy *corev1.PodFSGroupChangePolicy) error {
	if policy != nil && *policy == corev1.FSGroupChangeOnRootMismatch && belongsTo(folder, group) {
		return nil
	}
	// Through the root: a pod that puts a link in a file's place meanwhile does not lead out of the volume.
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	return fs.WalkDir(root.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // another pod removed it meanwhile
		} else if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return ignoreGone(err)
		}
		if err := root.Lchown(path, -1, group); err != nil {
			return ignoreGone(err)
		}
		switch {
		case info.Mode()&fs.ModeSymlink != 0:
			return nil
		case info.IsDir():
			return ignoreGone(root.Chmod(path, info.Mode()|groupMayWrite|groupMayEnter|fs.ModeSetgid))
		default:
			return ignoreGone(root.Chmod(path, info.Mode()|groupMayWrite))
		}
	})
}

func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func belongsTo(folder string, group int) bool {
	info, err := os.Stat(folder)
	if err != nil {
		return false
	}
	wanted := groupMayWrite | groupMayEnter | fs.ModeSetgid
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Gid) == group && info.Mode()&wanted == wanted
}
