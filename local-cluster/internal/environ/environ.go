// Package environ works out the environment of a container as a kubelet does: literal values with $(NAME) references,
// fields of the pod, resources, ConfigMaps and Secrets.
package environ

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/kubernetes/pkg/api/v1/resource"
	"k8s.io/kubernetes/pkg/fieldpath"
	"k8s.io/kubernetes/third_party/forked/golang/expansion"
)

// Sources is where values come from.
type Sources struct {
	// Pod carries the addresses in its status already.
	Pod       *corev1.Pod
	ConfigMap func(name string) (*corev1.ConfigMap, error)
	Secret    func(name string) (*corev1.Secret, error)
}

// Variable is one entry.
type Variable struct{ Name, Value string }

// Environment keeps the order of first mention; a later value replaces an earlier one.
type Environment struct {
	names  []string
	values map[string]string
}

// Set adds or replaces a value.
func (e *Environment) Set(name, value string) {
	if e.values == nil {
		e.values = map[string]string{}
	}
	if _, known := e.values[name]; !known {
		e.names = append(e.names, name)
	}
	e.values[name] = value
}

// Has tells whether a name is set.
func (e *Environment) Has(name string) bool { _, ok := e.values[name]; return ok }

// Get returns a value, or "".
func (e *Environment) Get(name string) string { return e.values[name] }

// List is the environment in the form that exec wants.
func (e *Environment) List() []string {
	var list []string
	for _, name := range e.names {
		list = append(list, name+"="+e.values[name])
	}
	return list
}

// Expand replaces $(NAME) by the value, $$ by $, and leaves a reference to an unknown name as it stands
// (Kubernetes: "Define dependent environment variables").
func (e *Environment) Expand(text string) string {
	return expansion.Expand(text, expansion.MappingFuncFor(e.values))
}

// Add resolves a container's envFrom and env on top of what is there.
func (e *Environment) Add(c *corev1.Container, from Sources) error {
	for _, source := range c.EnvFrom {
		if err := e.addAll(source, from); err != nil {
			return err
		}
	}
	for _, entry := range c.Env {
		if entry.ValueFrom == nil {
			e.Set(entry.Name, e.Expand(entry.Value))
			continue
		}
		value, ok, err := lookUp(entry.ValueFrom, c, from)
		if err != nil {
			return fmt.Errorf("environment variable %s: %w", entry.Name, err)
		}
		if ok {
			e.Set(entry.Name, value)
		}
	}
	return nil
}

func (e *Environment) addAll(source corev1.EnvFromSource, from Sources) error {
	data := map[string]string{}
	switch {
	case source.ConfigMapRef != nil:
		cm, err := from.ConfigMap(source.ConfigMapRef.Name)
		if err != nil {
			return ignoreMissing(err, source.ConfigMapRef.Optional)
		}
		data = cm.Data
	case source.SecretRef != nil:
		secret, err := from.Secret(source.SecretRef.Name)
		if err != nil {
			return ignoreMissing(err, source.SecretRef.Optional)
		}
		for key, value := range secret.Data {
			data[key] = string(value)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(data)) {
		e.Set(source.Prefix+key, data[key])
	}
	return nil
}

func ignoreMissing(err error, optional *bool) error {
	if apierrors.IsNotFound(err) && optional != nil && *optional {
		return nil
	}
	return err
}

func lookUp(source *corev1.EnvVarSource, c *corev1.Container, from Sources) (string, bool, error) {
	switch {
	case source.FieldRef != nil:
		value, err := Field(from.Pod, source.FieldRef.FieldPath)
		return value, err == nil, err
	case source.ResourceFieldRef != nil:
		value, err := Resource(from.Pod, c, source.ResourceFieldRef)
		return value, err == nil, err
	case source.ConfigMapKeyRef != nil:
		ref := source.ConfigMapKeyRef
		cm, err := from.ConfigMap(ref.Name)
		if err != nil {
			return "", false, ignoreMissing(err, ref.Optional)
		}
		value, ok := cm.Data[ref.Key]
		return value, ok, missingKey(ok, ref.Optional, "ConfigMap", ref.Name, ref.Key)
	case source.SecretKeyRef != nil:
		ref := source.SecretKeyRef
		secret, err := from.Secret(ref.Name)
		if err != nil {
			return "", false, ignoreMissing(err, ref.Optional)
		}
		value, ok := secret.Data[ref.Key]
		return string(value), ok, missingKey(ok, ref.Optional, "Secret", ref.Name, ref.Key)
	}
	return "", false, errors.New("this kind of valueFrom is not supported here")
}

func missingKey(found bool, optional *bool, kind, name, key string) error {
	if found || optional != nil && *optional {
		return nil
	}
	return fmt.Errorf("%s %q has no key %q", kind, name, key)
}

// Field is the value of a downward API field, the pod's status fields included.
func Field(pod *corev1.Pod, path string) (string, error) {
	switch path {
	case "spec.nodeName":
		return pod.Spec.NodeName, nil
	case "spec.serviceAccountName":
		return pod.Spec.ServiceAccountName, nil
	case "status.hostIP", "status.hostIPs":
		return pod.Status.HostIP, nil
	case "status.podIP", "status.podIPs":
		return pod.Status.PodIP, nil
	}
	return fieldpath.ExtractFieldPathAsString(pod, path)
}

// Resource is the value of a container's resource field. A limit that is not set is the machine's own, as the kubelet has it.
func Resource(pod *corev1.Pod, c *corev1.Container, ref *corev1.ResourceFieldSelector) (string, error) {
	if ref.ContainerName == "" || c != nil && ref.ContainerName == c.Name {
		return resource.ExtractContainerResourceValue(ref, c)
	}
	return resource.ExtractResourceValueByContainerName(ref, pod, ref.ContainerName)
}
