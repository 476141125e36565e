// Package volumes makes the volumes of pods: ConfigMaps, Secrets, projected ones (tokens and downward API included) and
// empty folders, as files of this machine.
package volumes

import (
	"context"
	"fmt"
	"os"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"beckon.dev/local-cluster/internal/environ"
)

// File is one file of a volume.
type File struct {
	Data []byte
	Mode os.FileMode
}

// Payload is the content of a volume, by path inside it.
type Payload map[string]File

// reader collects the content of one pod's volumes.
type reader struct {
	ctx    context.Context
	client kubernetes.Interface
	pod    *corev1.Pod
	tokens *tokens
}

// payload reads what a volume holds now; nil for one that has no content of its own.
func (r *reader) payload(v *corev1.Volume) (Payload, error) {
	out := Payload{}
	switch {
	case v.ConfigMap != nil:
		s := v.ConfigMap
		return out, r.configMap(out, s.Name, s.Items, mode(s.DefaultMode), s.Optional)
	case v.Secret != nil:
		s := v.Secret
		return out, r.secret(out, s.SecretName, s.Items, mode(s.DefaultMode), s.Optional)
	case v.DownwardAPI != nil:
		return out, r.downward(out, v.DownwardAPI.Items, mode(v.DownwardAPI.DefaultMode))
	case v.Projected != nil:
		return out, r.projected(out, v.Name, v.Projected)
	}
	return nil, nil
}

func (r *reader) projected(out Payload, volume string, p *corev1.ProjectedVolumeSource) error {
	standard := mode(p.DefaultMode)
	for i := range p.Sources {
		var err error
		switch s := &p.Sources[i]; {
		case s.ConfigMap != nil:
			err = r.configMap(out, s.ConfigMap.Name, s.ConfigMap.Items, standard, s.ConfigMap.Optional)
		case s.Secret != nil:
			err = r.secret(out, s.Secret.Name, s.Secret.Items, standard, s.Secret.Optional)
		case s.DownwardAPI != nil:
			err = r.downward(out, s.DownwardAPI.Items, standard)
		case s.ServiceAccountToken != nil:
			var token string
			token, err = r.tokens.get(r.ctx, r.client, r.pod, volume, s.ServiceAccountToken)
			out[s.ServiceAccountToken.Path] = File{[]byte(token), standard}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) configMap(out Payload, name string, items []corev1.KeyToPath, standard os.FileMode, optional *bool) error {
	cm, err := r.client.CoreV1().ConfigMaps(r.pod.Namespace).Get(r.ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) && isTrue(optional) {
		return nil
	}
	if err != nil {
		return err
	}
	data := map[string][]byte{}
	for key, value := range cm.Data {
		data[key] = []byte(value)
	}
	for key, value := range cm.BinaryData {
		data[key] = value
	}
	return pick(out, data, items, standard, isTrue(optional), "ConfigMap", name)
}

func (r *reader) secret(out Payload, name string, items []corev1.KeyToPath, standard os.FileMode, optional *bool) error {
	secret, err := r.client.CoreV1().Secrets(r.pod.Namespace).Get(r.ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) && isTrue(optional) {
		return nil
	}
	if err != nil {
		return err
	}
	return pick(out, secret.Data, items, standard, isTrue(optional), "Secret", name)
}

func pick(out Payload, data map[string][]byte, items []corev1.KeyToPath, standard os.FileMode, optional bool, kind, name string) error {
	if len(items) == 0 {
		for key, value := range data {
			out[key] = File{value, standard}
		}
		return nil
	}
	for _, item := range items {
		value, ok := data[item.Key]
		if !ok && !optional {
			return fmt.Errorf("%s %q has no key %q", kind, name, item.Key)
		}
		if ok {
			out[item.Path] = File{value, modeOr(item.Mode, standard)}
		}
	}
	return nil
}

func (r *reader) downward(out Payload, items []corev1.DownwardAPIVolumeFile, standard os.FileMode) error {
	for _, item := range items {
		var value string
		var err error
		if item.FieldRef != nil {
			value, err = environ.Field(r.pod, item.FieldRef.FieldPath)
		} else if item.ResourceFieldRef != nil {
			value, err = environ.Resource(r.pod, nil, item.ResourceFieldRef)
		}
		if err != nil {
			return err
		}
		out[item.Path] = File{[]byte(value), modeOr(item.Mode, standard)}
	}
	return nil
}

func isTrue(b *bool) bool { return b != nil && *b }

func mode(m *int32) os.FileMode { return modeOr(m, 0o644) }

func modeOr(m *int32, standard os.FileMode) os.FileMode {
	if m == nil {
		return standard
	}
	return os.FileMode(*m) & os.ModePerm
}

// tokens remembers the ServiceAccount tokens of a pod and asks for new ones before they expire.
type tokens struct {
	now   func() time.Time
	known map[string]token
}

type token struct {
	text  string
	renew time.Time
}

func (t *tokens) get(ctx context.Context, client kubernetes.Interface, pod *corev1.Pod, volume string, p *corev1.ServiceAccountTokenProjection) (string, error) {
	key := volume + "/" + p.Path
	if known, ok := t.known[key]; ok && t.now().Before(known.renew) {
		return known.text, nil
	}
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{
		ExpirationSeconds: p.ExpirationSeconds,
		BoundObjectRef:    &authenticationv1.BoundObjectReference{APIVersion: "v1", Kind: "Pod", Name: pod.Name, UID: pod.UID},
	}}
	if p.Audience != "" {
		request.Spec.Audiences = []string{p.Audience}
	}
	answer, err := client.CoreV1().ServiceAccounts(pod.Namespace).CreateToken(ctx, pod.Spec.ServiceAccountName, request, metav1.CreateOptions{})
	if err != nil {
		return "", fmt.Errorf("token of ServiceAccount %q: %w", pod.Spec.ServiceAccountName, err)
	}
	// As the kubelet does: when 80 % of the time is over, or after a day.
	life := min(answer.Status.ExpirationTimestamp.Sub(t.now())*8/10, 24*time.Hour)
	t.known[key] = token{answer.Status.Token, t.now().Add(life)}
	return answer.Status.Token, nil
}
