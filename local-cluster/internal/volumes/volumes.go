package volumes

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
)

// Set is the volumes of one pod.
type Set struct {
	client kubernetes.Interface
	dir    string // of the volumes on disk
	memory string // of the volumes in memory
	state  string // the cluster's folder
	mu     sync.Mutex
	tokens *tokens
	claims sync.Map // the folders of the PersistentVolumes, by the volume's name in the pod
}

// NewSet describes the volumes of the pod with that UID; podDir is the pod's folder in the state folder stateDir.
func NewSet(client kubernetes.Interface, stateDir, podDir string, uid types.UID) *Set {
	return &Set{client: client, state: stateDir, dir: filepath.Join(podDir, "volumes"), memory: filepath.Join(memoryRoot(stateDir), string(uid)),
		tokens: &tokens{now: time.Now, known: map[string]token{}}}
}

// memoryRoot is where the memory-backed volumes of a cluster lie: Linux keeps /dev/shm in memory.
func memoryRoot(stateDir string) string {
	return fmt.Sprintf("/dev/shm/local-cluster-%x", sha256.Sum256([]byte(stateDir)))[:40]
}

// RemoveMemory removes all memory-backed volumes of a cluster that does not run.
func RemoveMemory(stateDir string) error { return os.RemoveAll(memoryRoot(stateDir)) }

// Path is where the volume of that name lies.
func (s *Set) Path(v *corev1.Volume) string {
	if v.EmptyDir != nil && v.EmptyDir.Medium == corev1.StorageMediumMemory {
		return filepath.Join(s.memory, v.Name)
	}
	if folder, ok := s.claims.Load(v.Name); ok {
		return folder.(string)
	}
	return filepath.Join(s.dir, v.Name)
}

// Update makes the volumes that are missing and brings the others up to date.
func (s *Set) Update(ctx context.Context, pod *corev1.Pod) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	reader := &reader{ctx: ctx, client: s.client, pod: pod, tokens: s.tokens}
	for i := range pod.Spec.Volumes {
		if err := s.update(reader, &pod.Spec.Volumes[i]); err != nil {
			return fmt.Errorf("MountVolume.SetUp failed for volume %q: %w", pod.Spec.Volumes[i].Name, err)
		}
	}
	return nil
}

func (s *Set) update(r *reader, v *corev1.Volume) error {
	group := fsGroup(r.pod)
	if v.PersistentVolumeClaim != nil {
		return s.claim(r, v, group)
	}
	path := s.Path(v)
	payload, err := r.payload(v)
	if err != nil {
		return err
	}
	_, missing := os.Stat(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil { // a container gets there by its mount only
		return err
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	if payload != nil {
		return write(path, payload, group)
	}
	if missing == nil {
		return nil // an empty folder of which only its containers know what is in it by now
	}
	return openTo(path, group)
}

// openTo lets every user of the pod write to an empty folder, as the kubelet does; with fsGroup, what is made in it
// belongs to the group.
func openTo(path string, group *int64) error {
	mode := os.FileMode(0o777)
	if group != nil && os.Geteuid() == 0 {
		if err := os.Chown(path, -1, int(*group)); err != nil {
			return err
		}
		mode |= fs.ModeSetgid
	}
	return os.Chmod(path, mode)
}

func fsGroup(pod *corev1.Pod) *int64 {
	if pod.Spec.SecurityContext == nil {
		return nil
	}
	return pod.Spec.SecurityContext.FSGroup
}

// Changes tells whether some volume follows an object or a token that may change while the pod runs.
func Changes(pod *corev1.Pod) bool {
	for _, v := range pod.Spec.Volumes {
		if v.ConfigMap != nil || v.Secret != nil || v.Projected != nil || v.DownwardAPI != nil {
			return true
		}
	}
	return false
}

// Oversized returns the first empty folder that has outgrown its size limit, if any.
func (s *Set) Oversized(pod *corev1.Pod) (name string, limit string) {
	for i := range pod.Spec.Volumes {
		v := &pod.Spec.Volumes[i]
		if v.EmptyDir == nil || v.EmptyDir.SizeLimit == nil || v.EmptyDir.SizeLimit.IsZero() {
			continue
		}
		if size(s.Path(v)) > v.EmptyDir.SizeLimit.Value() {
			return v.Name, v.EmptyDir.SizeLimit.String()
		}
	}
	return "", ""
}

func size(folder string) int64 {
	var total int64
	_ = filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // removed meanwhile
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			total += info.Size()
		}
		return nil
	})
	return total
}

// Remove removes everything.
func (s *Set) Remove() error {
	return errors.Join(os.RemoveAll(s.dir), os.RemoveAll(s.memory))
}
