package pod

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"beckon.dev/local-cluster/internal/environ"
	"beckon.dev/local-cluster/internal/images"
	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/sandbox"
)

const standardPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// configure turns a container of the pod into a process to start.
func (c *container) configure(image images.Image) (*sandbox.Spec, error) {
	pod := c.Pod()
	who, err := identity(pod, c.spec, image)
	if err != nil {
		return nil, err
	}
	env, err := c.environment(pod, image)
	if err != nil {
		return nil, err
	}
	mounts, err := c.mounts(pod, image, env)
	if err != nil {
		return nil, err
	}
	security := c.spec.SecurityContext
	return &sandbox.Spec{
		Argv: command(c.spec, image, env), Env: env.List(), Dir: workingDir(c.spec, image), Mounts: mounts, User: who,
		Hostname:     hostname(pod),
		ReadOnlyRoot: security != nil && security.ReadOnlyRootFilesystem != nil && *security.ReadOnlyRootFilesystem,
		Scratch:      c.scratch(),
		HostPIDs:     pod.Spec.HostPID,
		Marker:       c.marker(),
	}, nil
}

// ContainerVariable is in the environment of every process of a container.
const ContainerVariable = "LOCAL_CLUSTER_CONTAINER"

// marker is carried by every process of the container.
func (c *container) marker() proc.Marker {
	return proc.Marker(fmt.Sprintf("%s=%s/%s", ContainerVariable, c.pod.UID, c.spec.Name))
}

func workingDir(c *corev1.Container, image images.Image) string {
	if c.WorkingDir != "" {
		return c.WorkingDir
	}
	if image.WorkingDir != "" {
		return image.WorkingDir
	}
	return "/"
}

// scratch is apart for each container: two may be started at once.
func (c *container) scratch() string { return filepath.Join(c.dir, "scratch", c.spec.Name) }

// command follows Kubernetes: a container's command replaces the image's with its arguments, args only the arguments.
func command(c *corev1.Container, image images.Image, env *environ.Environment) []string {
	argv, args := image.Command, image.Args
	if len(c.Command) > 0 {
		argv, args = expandAll(c.Command, env), nil
	}
	if len(c.Args) > 0 {
		args = expandAll(c.Args, env)
	}
	return slices.Concat(argv, args)
}

func expandAll(list []string, env *environ.Environment) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = env.Expand(list[i])
	}
	return out
}

func (c *container) environment(pod *corev1.Pod, image images.Image) (*environ.Environment, error) {
	env := &environ.Environment{}
	env.Set("PATH", standardPath)
	env.Set("HOME", "/")
	env.Set("HOSTNAME", hostname(pod))
	env.Set("POD_IP", pod.Status.PodIP)
	env.Set("KUBERNETES_SERVICE_HOST", HostIP)
	env.Set("KUBERNETES_SERVICE_PORT", strconv.Itoa(c.APIServerPort))
	env.Set("KUBERNETES_SERVICE_PORT_HTTPS", strconv.Itoa(c.APIServerPort))
	for _, name := range slices.Sorted(maps.Keys(image.Env)) {
		env.Set(name, env.Expand(image.Env[name]))
	}
	name, value, _ := strings.Cut(string(c.State.Marker()), "=")
	env.Set(name, value)
	ctx := c.kill // a preStop hook runs while the pod stops
	return env, env.Add(c.spec, environ.Sources{
		Pod: pod,
		ConfigMap: func(name string) (*corev1.ConfigMap, error) {
			return c.Client.CoreV1().ConfigMaps(pod.Namespace).Get(ctx, name, metav1.GetOptions{})
		},
		Secret: func(name string) (*corev1.Secret, error) {
			return c.Client.CoreV1().Secrets(pod.Namespace).Get(ctx, name, metav1.GetOptions{})
		},
	})
}
