package volumes

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"

	"beckon.dev/local-cluster/internal/storage"
)

func TestAClaimLeadsToItsFolderOnceItIsBound(t *testing.T) {
	claim := &corev1.PersistentVolumeClaim{ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: "data", UID: "u1"},
		Spec: corev1.PersistentVolumeClaimSpec{VolumeName: "pvc-u1"}}
	volume := &corev1.PersistentVolume{ObjectMeta: metav1.ObjectMeta{Name: "pvc-u1", Annotations: map[string]string{"pv.kubernetes.io/provisioned-by": storage.Provisioner}},
		Spec: corev1.PersistentVolumeSpec{ClaimRef: &corev1.ObjectReference{UID: "u1"}}}
	client := fake.NewClientset(claim)
	set := newSet(t, client)
	folder := filepath.Join(set.state, "volumes", "ns_data_pvc-u1")
	volume.Spec.Local = &corev1.LocalVolumeSource{Path: folder}
	if _, err := client.CoreV1().PersistentVolumes().Create(t.Context(), volume, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	v := corev1.Volume{Name: "d", VolumeSource: corev1.VolumeSource{PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: "data"}}}
	step := func(want string) {
		t.Helper()
		err := set.Update(t.Context(), podWith(v))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Fatalf("want %q, got %v", want, err)
		}
	}
	step("is not bound")
	claim.Status.Phase = corev1.ClaimBound
	if _, err := client.CoreV1().PersistentVolumeClaims("ns").UpdateStatus(t.Context(), claim, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	step("no such file")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	step("")
	if got := set.Path(&v); got != folder {
		t.Errorf("%s", got)
	}
	if err := set.Remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); err != nil {
		t.Errorf("it went with the pod: %v", err)
	}
}

func TestAGroupIsGivenWhatIsInAVolume(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root may give files away")
	}
	folder := t.TempDir()
	file, link := filepath.Join(folder, "sub", "f"), filepath.Join(folder, "link")
	for _, err := range []error{os.Mkdir(filepath.Dir(file), 0o700), os.WriteFile(file, nil, 0o600), os.Symlink("/etc/passwd", link)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := giveTo(folder, 4711, nil); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{file: 0o660, filepath.Dir(file): 0o770 | fs.ModeSetgid | fs.ModeDir} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
	if belongsTo("/etc/passwd", 4711) || !belongsTo(folder, 4711) {
		t.Error("the wrong ones were given away")
	}
	// Told to look at the folder only, a later pod of the same group finds nothing to do.
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := giveTo(folder, 4711, new(corev1.FSGroupChangeOnRootMismatch)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}
