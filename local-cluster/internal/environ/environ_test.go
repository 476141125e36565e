package environ

import (
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var sources = Sources{
	Pod: &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "p", Labels: map[string]string{"tier": "front"}},
		Spec: corev1.PodSpec{NodeName: "here"}, Status: corev1.PodStatus{PodIP: "127.1.2.3"}},
	ConfigMap: func(name string) (*corev1.ConfigMap, error) {
		if name != "settings" {
			return nil, apierrors.NewNotFound(corev1.Resource("configmaps"), name)
		}
		return &corev1.ConfigMap{Data: map[string]string{"B": "2", "A": "1"}}, nil
	},
	Secret: func(name string) (*corev1.Secret, error) {
		if name != "keys" {
			return nil, apierrors.NewNotFound(corev1.Resource("secrets"), name)
		}
		return &corev1.Secret{Data: map[string][]byte{"word": []byte("hush")}}, nil
	},
}

func field(path string) *corev1.EnvVarSource {
	return &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: path}}
}

func TestValuesComeFromAllSourcesInOrder(t *testing.T) {
	c := &corev1.Container{
		Resources: corev1.ResourceRequirements{Limits: corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("1Mi")}},
		EnvFrom:   []corev1.EnvFromSource{{Prefix: "X_", ConfigMapRef: &corev1.ConfigMapEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "settings"}}}},
		Env: []corev1.EnvVar{
			{Name: "X_A", Value: "replaced"},
			{Name: "NAME", ValueFrom: field("metadata.name")},
			{Name: "LABEL", ValueFrom: field("metadata.labels['tier']")},
			{Name: "NODE", ValueFrom: field("spec.nodeName")},
			{Name: "IP", ValueFrom: field("status.podIP")},
			{Name: "LIMIT", ValueFrom: &corev1.EnvVarSource{ResourceFieldRef: &corev1.ResourceFieldSelector{Resource: "limits.memory"}}},
			{Name: "WORD", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "keys"}, Key: "word"}}},
			{Name: "NONE", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "keys"}, Key: "no", Optional: new(true)}}},
			{Name: "ALL", Value: "$(X_A) $(LATER) $$(NAME) $(NAME)"},
			{Name: "LATER", Value: "x"},
		},
	}
	env := &Environment{}
	env.Set("PATH", "/bin")
	if err := env.Add(c, sources); err != nil {
		t.Fatal(err)
	}
	want := []string{"PATH=/bin", "X_A=replaced", "X_B=2", "NAME=p", "LABEL=front", "NODE=here", "IP=127.1.2.3", "LIMIT=1048576", "WORD=hush",
		"ALL=replaced $(LATER) $(NAME) p", "LATER=x"}
	if got := env.List(); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	for _, c := range []struct {
		container corev1.Container
		sentence  string
	}{
		{corev1.Container{Env: []corev1.EnvVar{{Name: "A", ValueFrom: &corev1.EnvVarSource{ConfigMapKeyRef: &corev1.ConfigMapKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "settings"}, Key: "no"}}}}},
			`environment variable A: ConfigMap "settings" has no key "no"`},
		{corev1.Container{Env: []corev1.EnvVar{{Name: "A", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "none"}, Key: "no"}}}}},
			`secrets "none" not found`},
		{corev1.Container{EnvFrom: []corev1.EnvFromSource{{SecretRef: &corev1.SecretEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "none"}}}}},
			`secrets "none" not found`},
	} {
		if err := (&Environment{}).Add(&c.container, sources); err == nil || !strings.Contains(err.Error(), c.sentence) {
			t.Errorf("want %s, got %v", c.sentence, err)
		}
	}
}
