package storage

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"

	"beckon.dev/local-cluster/internal/state"
)

func claimOf(change func(*corev1.PersistentVolumeClaim)) *corev1.PersistentVolumeClaim {
	c := &corev1.PersistentVolumeClaim{
		ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: "data", UID: "u1", Annotations: map[string]string{askedProvisioner: Provisioner, selectedNode: "this-machine"}},
		Spec: corev1.PersistentVolumeClaimSpec{StorageClassName: new(Class), AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			Resources: corev1.VolumeResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("1Mi")}}}}
	if change != nil {
		change(c)
	}
	return c
}

func class() *storagev1.StorageClass {
	return &storagev1.StorageClass{ObjectMeta: metav1.ObjectMeta{Name: Class}, Provisioner: Provisioner,
		ReclaimPolicy: new(corev1.PersistentVolumeReclaimDelete), VolumeBindingMode: new(storagev1.VolumeBindingWaitForFirstConsumer)}
}

func TestWhatAFolderCannotBeIsRefusedByName(t *testing.T) {
	claims := map[string]func(*corev1.PersistentVolumeClaim){
		"": nil,
		"access mode ReadWriteMany": func(c *corev1.PersistentVolumeClaim) {
			c.Spec.AccessModes = append(c.Spec.AccessModes, corev1.ReadWriteMany)
		},
		"access mode ReadOnlyMany": func(c *corev1.PersistentVolumeClaim) { c.Spec.AccessModes[0] = corev1.ReadOnlyMany },
		"volume mode Block":        func(c *corev1.PersistentVolumeClaim) { c.Spec.VolumeMode = new(corev1.PersistentVolumeBlock) },
		"a selector":               func(c *corev1.PersistentVolumeClaim) { c.Spec.Selector = &metav1.LabelSelector{} },
		"a data source":            func(c *corev1.PersistentVolumeClaim) { c.Spec.DataSource = &corev1.TypedLocalObjectReference{} },
	}
	for want, change := range claims {
		if err := refuse(claimOf(change), class()); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	odd := class()
	odd.Parameters = map[string]string{"path": "/"}
	if err := refuse(claimOf(nil), odd); err == nil || !strings.Contains(err.Error(), "parameters") {
		t.Error(err)
	}
	once := func(c *corev1.PersistentVolumeClaim) { c.Spec.AccessModes[0] = corev1.ReadWriteOncePod }
	if err := refuse(claimOf(once), class()); err != nil {
		t.Error(err)
	}
}

func TestOnlyFoldersOfOursAreEverTouched(t *testing.T) {
	volume := func(by, path string) *corev1.PersistentVolume {
		return &corev1.PersistentVolume{ObjectMeta: metav1.ObjectMeta{Name: "v", Annotations: map[string]string{provisionedBy: by}},
			Spec: corev1.PersistentVolumeSpec{PersistentVolumeSource: corev1.PersistentVolumeSource{Local: &corev1.LocalVolumeSource{Path: path}}}}
	}
	if path, err := Folder("/state/volumes", volume(Provisioner, "/state/volumes/a")); err != nil || path != "/state/volumes/a" {
		t.Errorf("%s %v", path, err)
	}
	for _, v := range []*corev1.PersistentVolume{
		volume("another", "/state/volumes/a"), volume(Provisioner, "/etc"), volume(Provisioner, "/state/volumes"),
		volume(Provisioner, "/state/volumes/.."), volume(Provisioner, "/state/volumes/../pki"), volume(Provisioner, "/state/volumes/a/b"), {}} {
		if path, err := Folder("/state/volumes", v); err == nil {
			t.Errorf("took %s", path)
		}
	}
}

// start runs a provisioner on objects and returns its client and its folder.
func start(t *testing.T, claims ...*corev1.PersistentVolumeClaim) (*fake.Clientset, string) {
	t.Helper()
	dir, err := state.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	client := fake.NewClientset(class())
	for _, c := range claims {
		if _, err := client.CoreV1().PersistentVolumeClaims(c.Namespace).Create(t.Context(), c, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- Run(t.Context(), client, dir) }()
	t.Cleanup(func() {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return client, dir.Volumes()
}

func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not in time: " + what)
		}
	}
}

func volumes(t *testing.T, client *fake.Clientset) []corev1.PersistentVolume {
	t.Helper()
	list, err := client.CoreV1().PersistentVolumes().List(t.Context(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return list.Items
}

func TestAClaimIsGivenAFolderAndAReleasedOneIsRemoved(t *testing.T) {
	client, root := start(t, claimOf(nil))
	eventually(t, "the volume", func() bool { return len(volumes(t, client)) == 1 })
	volume := volumes(t, client)[0]
	folder := filepath.Join(root, "ns_data_pvc-u1")
	if volume.Spec.Local.Path != folder || volume.Spec.ClaimRef.UID != "u1" || volume.Spec.StorageClassName != Class {
		t.Errorf("%+v", volume.Spec)
	}
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o777 {
		t.Fatal(info, err)
	}
	if err := os.WriteFile(filepath.Join(folder, "f"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	volume.Status.Phase = corev1.VolumeReleased
	if _, err := client.CoreV1().PersistentVolumes().UpdateStatus(t.Context(), &volume, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "its end", func() bool { return len(volumes(t, client)) == 0 })
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Error(err)
	}
}

func TestAClaimThatIsNotOursOrNotDueIsLeftAlone(t *testing.T) {
	last := claimOf(func(c *corev1.PersistentVolumeClaim) { c.Name, c.UID = "due", "u9" })
	client, _ := start(t,
		claimOf(func(c *corev1.PersistentVolumeClaim) {
			c.Name, c.UID, c.Annotations[askedProvisioner] = "another's", "u2", "another"
		}),
		claimOf(func(c *corev1.PersistentVolumeClaim) {
			c.Name, c.UID = "no-pod-yet", "u3"
			delete(c.Annotations, selectedNode)
		}),
		claimOf(func(c *corev1.PersistentVolumeClaim) { c.Name, c.UID, c.Spec.VolumeName = "bound", "u4", "v" }), last)
	eventually(t, "the one that is due", func() bool { return len(volumes(t, client)) > 0 })
	names := []string{}
	for _, v := range volumes(t, client) {
		names = append(names, v.Name)
	}
	if !slices.Equal(names, []string{"pvc-u9"}) {
		t.Error(names)
	}
}

func TestARefusedClaimIsToldWhy(t *testing.T) {
	client, root := start(t, claimOf(func(c *corev1.PersistentVolumeClaim) { c.Spec.AccessModes[0] = corev1.ReadWriteMany }))
	eventually(t, "the event", func() bool {
		list, err := client.CoreV1().Events("ns").List(t.Context(), metav1.ListOptions{})
		return err == nil && slices.ContainsFunc(list.Items, func(e corev1.Event) bool {
			return e.Reason == "ProvisioningFailed" && strings.Contains(e.Message, "access mode ReadWriteMany")
		})
	})
	if entries, err := os.ReadDir(root); err != nil || len(entries) != 0 || len(volumes(t, client)) != 0 {
		t.Error(entries, err)
	}
}
