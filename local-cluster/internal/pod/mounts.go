package pod

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"beckon.dev/local-cluster/internal/environ"
	"beckon.dev/local-cluster/internal/images"
	"beckon.dev/local-cluster/internal/sandbox"
)

// mounts lists the container's volume mounts, and the files that every container has.
func (c *container) mounts(pod *corev1.Pod, image images.Image, env *environ.Environment) ([]sandbox.Mount, error) {
	folder := filepath.Dir(c.messageFile())
	if err := errors.Join(os.MkdirAll(folder, 0o700), os.MkdirAll(c.scratch(), 0o700)); err != nil {
		return nil, err
	}
	message, hosts := c.messageFile(), filepath.Join(folder, "hosts")
	if err := errors.Join(os.WriteFile(message, nil, 0o666), os.Chmod(message, 0o666),
		os.WriteFile(hosts, hostsFile(pod), 0o644), os.Chmod(hosts, 0o644)); err != nil {
		return nil, err
	}
	list := []sandbox.Mount{{Source: hosts, Target: "/etc/hosts", ReadOnly: true}, {Source: message, Target: c.spec.TerminationMessagePath}}
	for _, m := range c.spec.VolumeMounts {
		source, err := c.mountSource(pod, m, env)
		if err != nil {
			return nil, fmt.Errorf("mount at %s: %w", m.MountPath, err)
		}
		target := m.MountPath
		if !filepath.IsAbs(target) {
			target = "/" + target
		}
		list = append(list, sandbox.Mount{Source: source, Target: filepath.Clean(target), ReadOnly: m.ReadOnly || readOnlyVolume(pod, m.Name)})
	}
	return append(list, uncovered(image.Files, list)...), nil
}

// uncovered brings the image's files back that one of the mounts hides, such as a pod's own /tmp when they lie in the machine's.
func uncovered(files []string, mounts []sandbox.Mount) (back []sandbox.Mount) {
	for _, file := range files {
		hidden := func(m sandbox.Mount) bool {
			inside, err := filepath.Rel(m.Target, file)
			return err == nil && filepath.IsLocal(inside) && inside != "."
		}
		if slices.ContainsFunc(mounts, hidden) {
			back = append(back, sandbox.Mount{Source: file, Target: file, ReadOnly: true})
		}
	}
	return back
}

// mountSource resolves subPath inside the volume; a missing one is made in a folder that belongs to the pod.
func (c *container) mountSource(pod *corev1.Pod, m corev1.VolumeMount, env *environ.Environment) (string, error) {
	i := slices.IndexFunc(pod.Spec.Volumes, func(v corev1.Volume) bool { return v.Name == m.Name })
	if i < 0 {
		return "", fmt.Errorf("the pod has no volume %q", m.Name)
	}
	volume := &pod.Spec.Volumes[i]
	sub := m.SubPath
	if m.SubPathExpr != "" {
		sub = env.Expand(m.SubPathExpr)
	}
	path := c.volumes.Path(volume)
	if sub == "" {
		return path, nil
	}
	return subPath(volume, path, sub)
}

func subPath(volume *corev1.Volume, path, sub string) (string, error) {
	if !filepath.IsLocal(sub) {
		return "", fmt.Errorf("subPath %q leads out of the volume", sub)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return "", err
	}
	defer root.Close()
	// Through the root: no link that a pod left in the volume leads out of it.
	_, err = root.Stat(sub)
	if errors.Is(err, os.ErrNotExist) && (volume.EmptyDir != nil || volume.PersistentVolumeClaim != nil) {
		err = errors.Join(root.MkdirAll(sub, 0o777), root.Chmod(sub, 0o777))
	}
	if err != nil {
		return "", fmt.Errorf("subPath %q can't be had within the volume: %w", sub, err)
	}
	return filepath.EvalSymlinks(filepath.Join(path, sub))
}

// readOnlyVolume tells the kinds that Kubernetes mounts read-only whatever the mount says.
func readOnlyVolume(pod *corev1.Pod, name string) bool {
	for _, v := range pod.Spec.Volumes {
		if v.Name == name {
			return v.EmptyDir == nil && (v.PersistentVolumeClaim == nil || v.PersistentVolumeClaim.ReadOnly)
		}
	}
	return false
}

func hostname(pod *corev1.Pod) string {
	if pod.Spec.HostnameOverride != nil {
		return *pod.Spec.HostnameOverride
	}
	if pod.Spec.Hostname != "" {
		return pod.Spec.Hostname
	}
	return strings.TrimRight(pod.Name[:min(len(pod.Name), 63)], "-.")
}

// ownNames are a pod's names for itself; one with a subdomain (of a StatefulSet) has its full one first, as the kubelet's.
func ownNames(pod *corev1.Pod) string {
	if pod.Spec.Subdomain == "" || pod.Spec.HostnameOverride != nil {
		return hostname(pod)
	}
	return fmt.Sprintf("%s.%s.%s.svc.cluster.local\t%s", hostname(pod), pod.Spec.Subdomain, pod.Namespace, hostname(pod))
}

// hostsFile lets the pod's own name resolve, as the kubelet's does, beside what the machine knows.
func hostsFile(pod *corev1.Pod) []byte {
	var text strings.Builder
	machine, _ := os.ReadFile("/etc/hosts") // a machine without one is well too
	fmt.Fprintf(&text, "# made by local-cluster\n%s\n%s\t%s\n", strings.TrimRight(string(machine), "\n"), pod.Status.PodIP, ownNames(pod))
	for _, alias := range pod.Spec.HostAliases {
		fmt.Fprintf(&text, "%s\t%s\n", alias.IP, strings.Join(alias.Hostnames, "\t"))
	}
	return []byte(text.String())
}
