// Package pod lives the life of one pod: from its volumes and images to its last process, and tells the API server.
package pod

import (
	"fmt"
	"reflect"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Unsupported lists what a pod asks for and this node can't do. Such a pod is refused: to run it without would be to lie.
func Unsupported(pod *corev1.Pod) []string {
	var no problems
	spec := &pod.Spec
	for i := range spec.Volumes {
		no.volume(&spec.Volumes[i])
	}
	for i := range spec.InitContainers {
		c := &spec.InitContainers[i]
		no.when(c.RestartPolicy != nil, "init container %q is a sidecar (it has a restartPolicy)", c.Name)
		no.container(c)
	}
	for i := range spec.Containers {
		no.container(&spec.Containers[i])
	}
	no.when(len(spec.EphemeralContainers) > 0, "ephemeral containers (kubectl debug)")
	no.when(spec.HostNetwork, "hostNetwork: each pod has an address of its own")
	no.when(spec.RuntimeClassName != nil, "runtimeClassName")
	no.when(spec.HostUsers != nil && !*spec.HostUsers, "hostUsers: false (a user namespace)")
	no.when(spec.DNSConfig != nil, "dnsConfig: the machine's own resolver is used")
	no.when(spec.SetHostnameAsFQDN != nil && *spec.SetHostnameAsFQDN, "setHostnameAsFQDN")
	no.when(len(spec.ResourceClaims) > 0, "resourceClaims")
	no.when(spec.Resources != nil, "resources of the pod as a whole")
	no.when(spec.OS != nil && spec.OS.Name != corev1.Linux, "an operating system other than Linux")
	if s := spec.SecurityContext; s != nil {
		no.when(len(s.Sysctls) > 0, "sysctls")
		no.when(s.SELinuxOptions != nil, "seLinuxOptions")
		no.when(s.SELinuxChangePolicy != nil, "seLinuxChangePolicy")
		no.when(s.WindowsOptions != nil, "windowsOptions")
		no.profiles("the pod", s.SeccompProfile, s.AppArmorProfile)
	}
	return no
}

type problems []string

func (p *problems) when(asked bool, format string, args ...any) {
	if asked {
		*p = append(*p, fmt.Sprintf(format, args...))
	}
}

func (p *problems) volume(v *corev1.Volume) {
	switch {
	case v.ConfigMap != nil, v.Secret != nil, v.DownwardAPI != nil, v.EmptyDir != nil, v.PersistentVolumeClaim != nil:
		p.when(v.EmptyDir != nil && v.EmptyDir.Medium != corev1.StorageMediumDefault && v.EmptyDir.Medium != corev1.StorageMediumMemory,
			"volume %q: emptyDir of medium %s", v.Name, mediumOf(v))
	case v.Projected != nil:
		for _, s := range v.Projected.Sources {
			p.when(s.ClusterTrustBundle != nil, "volume %q: a clusterTrustBundle", v.Name)
			p.when(s.PodCertificate != nil, "volume %q: a podCertificate", v.Name)
		}
	default:
		p.when(true, "volume %q of type %s: there are configMap, secret, projected, downwardAPI, emptyDir and persistentVolumeClaim", v.Name, volumeType(v))
	}
}

// volumeType is the name of the volume's source, as it stands in a manifest.
func volumeType(v *corev1.Volume) string {
	sources := reflect.ValueOf(v.VolumeSource)
	for i := range sources.NumField() {
		if !sources.Field(i).IsNil() {
			name, _, _ := strings.Cut(sources.Type().Field(i).Tag.Get("json"), ",")
			return name
		}
	}
	return "unknown"
}

func mediumOf(v *corev1.Volume) corev1.StorageMedium {
	if v.EmptyDir == nil {
		return ""
	}
	return v.EmptyDir.Medium
}

func (p *problems) container(c *corev1.Container) {
	in := fmt.Sprintf("container %q: ", c.Name)
	p.when(c.Stdin || c.StdinOnce || c.TTY, "%sstdin or tty (kubectl attach)", in)
	p.when(len(c.VolumeDevices) > 0, "%svolumeDevices", in)
	p.when(len(c.Resources.Claims) > 0, "%sresource claims", in)
	for _, port := range c.Ports {
		p.when(port.HostPort != 0, "%shostPort %d: kubectl port-forward can help", in, port.HostPort)
	}
	p.when(len(c.RestartPolicyRules) > 0, "%srestartPolicyRules", in)
	if l := c.Lifecycle; l != nil {
		p.when(l.PostStart != nil, "%sa postStart hook", in)
		p.when(l.StopSignal != nil, "%sa stop signal of its own", in)
		p.when(l.PreStop != nil && l.PreStop.TCPSocket != nil, "%sa preStop hook over TCP", in)
	}
	for _, probe := range []*corev1.Probe{c.StartupProbe, c.ReadinessProbe, c.LivenessProbe} {
		p.when(probe != nil && probe.GRPC != nil, "%sa gRPC probe", in)
	}
	for _, m := range c.VolumeMounts {
		p.when(m.MountPropagation != nil && *m.MountPropagation != corev1.MountPropagationNone, "%smount propagation at %s", in, m.MountPath)
		p.when(m.RecursiveReadOnly != nil && *m.RecursiveReadOnly == corev1.RecursiveReadOnlyEnabled, "%srecursiveReadOnly at %s", in, m.MountPath)
	}
	for _, e := range c.Env {
		p.when(e.ValueFrom != nil && e.ValueFrom.FileKeyRef != nil, "%senvironment variable %s from a file", in, e.Name)
	}
	s := c.SecurityContext
	if s == nil {
		return
	}
	p.when(s.Privileged != nil && *s.Privileged, "%sprivileged", in)
	p.when(s.Capabilities != nil && len(s.Capabilities.Add) > 0, "%sadded capabilities", in)
	p.when(s.SELinuxOptions != nil, "%sseLinuxOptions", in)
	p.when(s.WindowsOptions != nil, "%swindowsOptions", in)
	p.when(s.ProcMount != nil && *s.ProcMount != corev1.DefaultProcMount, "%sa procMount of its own", in)
	p.profiles("container "+c.Name, s.SeccompProfile, s.AppArmorProfile)
}

// profiles refuses profiles of one's own. RuntimeDefault and Unconfined are accepted: Pod Security "restricted" demands the
// former, and the README says that neither confines anything here.
func (p *problems) profiles(of string, seccomp *corev1.SeccompProfile, appArmor *corev1.AppArmorProfile) {
	p.when(seccomp != nil && seccomp.Type == corev1.SeccompProfileTypeLocalhost, "%s: a seccomp profile of its own", of)
	p.when(appArmor != nil && appArmor.Type == corev1.AppArmorProfileTypeLocalhost, "%s: an AppArmor profile of its own", of)
}
