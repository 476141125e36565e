package volumes

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"
	clienttesting "k8s.io/client-go/testing"
)

func newSet(t *testing.T, client *fake.Clientset) *Set {
	t.Helper()
	state := t.TempDir()
	t.Cleanup(func() {
		if err := RemoveMemory(state); err != nil {
			t.Error(err)
		}
	})
	return NewSet(client, state, filepath.Join(state, "pods", "uid"), "uid")
}

func podWith(volumes ...corev1.Volume) *corev1.Pod {
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: "p", Labels: map[string]string{"a": "b"}}, Spec: corev1.PodSpec{Volumes: volumes}}
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestASecretFollowsItsObject(t *testing.T) {
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: "s"}, Data: map[string][]byte{"a": []byte("1"), "b": []byte("2")}}
	client := fake.NewClientset(secret)
	set := newSet(t, client)
	v := corev1.Volume{Name: "v", VolumeSource: corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{SecretName: "s", DefaultMode: new(int32(0o400))}}}
	pod := podWith(v)
	if err := set.Update(t.Context(), pod); err != nil {
		t.Fatal(err)
	}
	folder := set.Path(&v)
	if got := content(t, folder+"/a") + content(t, folder+"/b"); got != "12" {
		t.Errorf("%q", got)
	}
	if info, err := os.Stat(folder + "/a"); err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	first, _ := os.Readlink(folder + "/..data")
	if err := set.Update(t.Context(), pod); err != nil {
		t.Fatal(err)
	}
	if again, _ := os.Readlink(folder + "/..data"); again != first {
		t.Error("an unchanged volume was written again")
	}
	secret.Data = map[string][]byte{"a": []byte("3")}
	if _, err := client.CoreV1().Secrets("ns").Update(t.Context(), secret, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := set.Update(t.Context(), pod); err != nil {
		t.Fatal(err)
	}
	if got := content(t, folder+"/a"); got != "3" {
		t.Errorf("%q", got)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 3 { // a, ..data and the folder of this version
		t.Errorf("left over: %v %v", entries, err)
	}
}

func TestItemsPathsAndOptionalObjects(t *testing.T) {
	client := fake.NewClientset(&corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: "c"}, Data: map[string]string{"a": "1", "b": "2"}})
	set := newSet(t, client)
	projected := corev1.Volume{Name: "p", VolumeSource: corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{Sources: []corev1.VolumeProjection{
		{ConfigMap: &corev1.ConfigMapProjection{LocalObjectReference: corev1.LocalObjectReference{Name: "c"}, Items: []corev1.KeyToPath{{Key: "b", Path: "deep/er/b", Mode: new(int32(0o600))}}}},
		{Secret: &corev1.SecretProjection{LocalObjectReference: corev1.LocalObjectReference{Name: "none"}, Optional: new(true)}},
		{DownwardAPI: &corev1.DownwardAPIProjection{Items: []corev1.DownwardAPIVolumeFile{{Path: "labels", FieldRef: &corev1.ObjectFieldSelector{FieldPath: "metadata.labels"}}}}},
	}}}}
	if err := set.Update(t.Context(), podWith(projected)); err != nil {
		t.Fatal(err)
	}
	folder := set.Path(&projected)
	if got := content(t, folder+"/deep/er/b") + content(t, folder+"/labels"); got != `2a="b"` {
		t.Errorf("%q", got)
	}
	for _, wrong := range []struct {
		items    []corev1.KeyToPath
		sentence string
	}{{[]corev1.KeyToPath{{Key: "no", Path: "x"}}, `ConfigMap "c" has no key "no"`}, {[]corev1.KeyToPath{{Key: "a", Path: "../x"}}, "leads out of the volume"}} {
		err := set.Update(t.Context(), podWith(corev1.Volume{Name: "w", VolumeSource: corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{
			LocalObjectReference: corev1.LocalObjectReference{Name: "c"}, Items: wrong.items}}}))
		if err == nil || !strings.Contains(err.Error(), wrong.sentence) {
			t.Errorf("want %s, got %v", wrong.sentence, err)
		}
	}
}

func TestATokenIsAskedForAnewBeforeItExpires(t *testing.T) {
	client, asked, at := fake.NewClientset(), 0, time.Now()
	client.PrependReactor("create", "serviceaccounts", func(clienttesting.Action) (bool, runtime.Object, error) {
		asked++
		return true, &authenticationv1.TokenRequest{Status: authenticationv1.TokenRequestStatus{
			Token: strings.Repeat("t", asked), ExpirationTimestamp: metav1.NewTime(at.Add(time.Hour))}}, nil
	})
	set := newSet(t, client)
	set.tokens.now = func() time.Time { return at }
	v := corev1.Volume{Name: "token", VolumeSource: corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{Sources: []corev1.VolumeProjection{
		{ServiceAccountToken: &corev1.ServiceAccountTokenProjection{Path: "token", ExpirationSeconds: new(int64(3600))}}}}}}
	for _, step := range []struct {
		later time.Duration
		want  string
	}{{0, "t"}, {40 * time.Minute, "t"}, {10 * time.Minute, "tt"}} {
		at = at.Add(step.later)
		if err := set.Update(t.Context(), podWith(v)); err != nil {
			t.Fatal(err)
		}
		if got := content(t, set.Path(&v)+"/token"); got != step.want {
			t.Errorf("after %v: %q", step.later, got)
		}
	}
}

func TestEmptyFoldersKeepTheirContentAndTheirLimit(t *testing.T) {
	set := newSet(t, fake.NewClientset())
	disk := corev1.Volume{Name: "d", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{SizeLimit: resource.NewQuantity(10, resource.DecimalSI)}}}
	memory := corev1.Volume{Name: "m", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{Medium: corev1.StorageMediumMemory}}}
	pod := podWith(disk, memory)
	for range 2 {
		if err := set.Update(context.Background(), pod); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(set.Path(&disk)+"/f", []byte("12345"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.HasPrefix(set.Path(&memory), "/dev/shm/") {
		t.Errorf("not in memory: %s", set.Path(&memory))
	}
	if info, err := os.Stat(set.Path(&disk)); err != nil || info.Mode().Perm() != 0o777 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if name, _ := set.Oversized(pod); name != "" {
		t.Errorf("%s is over its limit", name)
	}
	if err := os.WriteFile(set.Path(&disk)+"/g", []byte("123456"), 0o600); err != nil {
		t.Fatal(err)
	}
	if name, limit := set.Oversized(pod); name != "d" || limit != "10" {
		t.Errorf("%q over %q", name, limit)
	}
	if err := set.Remove(); err != nil {
		t.Fatal(err)
	}
	for _, v := range []corev1.Volume{disk, memory} {
		if _, err := os.Stat(set.Path(&v)); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", v.Name, fs.ErrExist)
		}
	}
}
