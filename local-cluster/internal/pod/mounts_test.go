package pod

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"beckon.dev/local-cluster/internal/sandbox"
)

func TestASubPathIsMadeWithinTheVolumeAndNotThroughALinkOutOfIt(t *testing.T) {
	volume, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(volume, "out")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("inside", filepath.Join(volume, "in")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(volume, "inside"), 0o755); err != nil {
		t.Fatal(err)
	}
	claim := &corev1.Volume{VolumeSource: corev1.VolumeSource{PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{}}}
	for _, sub := range []string{"out", "out/lists", "../x"} {
		if path, err := subPath(claim, volume, sub); err == nil {
			t.Errorf("%s led to %s", sub, path)
		}
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) > 0 {
		t.Errorf("outside: %v %v", left, err)
	}
	for sub, want := range map[string]string{"lists/of/ours": "lists/of/ours", "in/lists": "inside/lists"} {
		path, err := subPath(claim, volume, sub)
		if err != nil || path != filepath.Join(volume, want) {
			t.Errorf("%s: %s %v", sub, path, err)
		} else if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o777 {
			t.Errorf("%s: %v %v", sub, info, err)
		}
	}
	if _, err := subPath(&corev1.Volume{}, volume, "missing"); err == nil {
		t.Error("a folder was made in a volume that is not the pod's to write")
	}
}

func TestWhatThePodMountsOverAnImagesFilesHidesThemNot(t *testing.T) {
	mounts := []sandbox.Mount{{Target: "/etc/hosts"}, {Target: "/tmp"}, {Target: "/opt/app"}}
	back := uncovered([]string{"/tmp/checkout/worker", "/home/me/worker.jar", "/tmpfiles/x", "/opt/app"}, mounts)
	want := []sandbox.Mount{{Source: "/tmp/checkout/worker", Target: "/tmp/checkout/worker", ReadOnly: true}}
	if !reflect.DeepEqual(back, want) {
		t.Errorf("%v", back)
	}
}
