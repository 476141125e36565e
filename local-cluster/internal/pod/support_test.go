package pod

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
)

func jsonNames(of reflect.Type) []string {
	var names []string
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if name == "" { // embedded
			names = append(names, jsonNames(of.Field(i).Type)...)
		} else {
			names = append(names, name)
		}
	}
	return names
}

func TestEveryKindOfVolumeIsMadeOrRefusedByName(t *testing.T) {
	made := []string{"configMap", "secret", "projected", "downwardAPI", "emptyDir", "persistentVolumeClaim"}
	sources := reflect.TypeFor[corev1.VolumeSource]()
	for i := range sources.NumField() {
		v := corev1.Volume{Name: "v"}
		reflect.ValueOf(&v.VolumeSource).Elem().Field(i).Set(reflect.New(sources.Field(i).Type.Elem()))
		name := jsonNames(sources)[i]
		no := Unsupported(&corev1.Pod{Spec: corev1.PodSpec{Volumes: []corev1.Volume{v}}})
		if slices.Contains(made, name) {
			if len(no) != 0 {
				t.Errorf("%s: %q", name, no)
			}
		} else if len(no) != 1 || !strings.Contains(no[0], `volume "v" of type `+name+":") {
			t.Errorf("%s: %q", name, no)
		}
	}
}

// What a manifest may say and this node does, or others do (the API server and the scheduler), or the README says that it
// has no effect. All else is refused. A newer Kubernetes with a new field fails here until somebody has decided.
var decided = map[reflect.Type]string{
	reflect.TypeFor[corev1.PodSpec](): `volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds
		activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID
		hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases
		priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead
		topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources hostnameOverride workloadRef`,
	reflect.TypeFor[corev1.Container](): `name image command args workingDir ports envFrom env resources resizePolicy restartPolicy
		restartPolicyRules volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath
		terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty`,
	reflect.TypeFor[corev1.SecurityContext](): `capabilities privileged seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot
		readOnlyRootFilesystem allowPrivilegeEscalation procMount seccompProfile appArmorProfile`,
	reflect.TypeFor[corev1.PodSecurityContext](): `seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot supplementalGroups
		supplementalGroupsPolicy fsGroup sysctls fsGroupChangePolicy seccompProfile appArmorProfile seLinuxChangePolicy`,
	reflect.TypeFor[corev1.VolumeMount]():      `name readOnly recursiveReadOnly mountPath subPath mountPropagation subPathExpr`,
	reflect.TypeFor[corev1.VolumeProjection](): `secret downwardAPI configMap serviceAccountToken clusterTrustBundle podCertificate`,
	reflect.TypeFor[corev1.Probe](): `exec httpGet tcpSocket grpc initialDelaySeconds timeoutSeconds periodSeconds successThreshold
		failureThreshold terminationGracePeriodSeconds`,
	reflect.TypeFor[corev1.Lifecycle]():            `postStart preStop stopSignal`,
	reflect.TypeFor[corev1.LifecycleHandler]():     `exec httpGet tcpSocket sleep`,
	reflect.TypeFor[corev1.ContainerPort]():        `name hostPort containerPort protocol hostIP`,
	reflect.TypeFor[corev1.EnvVarSource]():         `fieldRef resourceFieldRef configMapKeyRef secretKeyRef fileKeyRef`,
	reflect.TypeFor[corev1.EnvFromSource]():        `prefix configMapRef secretRef`,
	reflect.TypeFor[corev1.ResourceRequirements](): `limits requests claims`,
}

func TestEveryFieldOfAPodIsDecidedUpon(t *testing.T) {
	for kind, names := range decided {
		for _, name := range jsonNames(kind) {
			if !slices.Contains(strings.Fields(names), name) {
				t.Errorf("%s has a field %s: is it done, refused, or named in the README?", kind.Name(), name)
			}
		}
	}
}

func TestWhatTheNodeCannotDoIsNamed(t *testing.T) {
	pod := func(change func(*corev1.PodSpec)) *corev1.Pod {
		spec := corev1.PodSpec{SecurityContext: &corev1.PodSecurityContext{}}
		change(&spec)
		return &corev1.Pod{Spec: spec}
	}
	container := func(c corev1.Container) *corev1.Pod {
		return &corev1.Pod{Spec: corev1.PodSpec{Containers: []corev1.Container{c}}}
	}
	secured := func(s corev1.SecurityContext) *corev1.Pod { return container(corev1.Container{SecurityContext: &s}) }
	volume := func(source corev1.VolumeSource) *corev1.Pod {
		return &corev1.Pod{Spec: corev1.PodSpec{Volumes: []corev1.Volume{{Name: "v", VolumeSource: source}}}}
	}
	projected := func(p corev1.VolumeProjection) *corev1.Pod {
		return volume(corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{Sources: []corev1.VolumeProjection{p}}})
	}
	for want, pod := range map[string]*corev1.Pod{
		"medium HugePages":     volume(corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{Medium: corev1.StorageMediumHugePages}}),
		"a clusterTrustBundle": projected(corev1.VolumeProjection{ClusterTrustBundle: &corev1.ClusterTrustBundleProjection{}}),
		"a podCertificate":     projected(corev1.VolumeProjection{PodCertificate: &corev1.PodCertificateProjection{}}),

		"is a sidecar": pod(func(s *corev1.PodSpec) {
			s.InitContainers = []corev1.Container{{RestartPolicy: new(corev1.ContainerRestartPolicyAlways)}}
		}),
		"ephemeral containers": pod(func(s *corev1.PodSpec) { s.EphemeralContainers = []corev1.EphemeralContainer{{}} }),
		"hostNetwork":          pod(func(s *corev1.PodSpec) { s.HostNetwork = true }),
		"runtimeClassName":     pod(func(s *corev1.PodSpec) { s.RuntimeClassName = new("gvisor") }),
		"hostUsers: false":     pod(func(s *corev1.PodSpec) { s.HostUsers = new(false) }),
		"dnsConfig":            pod(func(s *corev1.PodSpec) { s.DNSConfig = &corev1.PodDNSConfig{} }),
		"setHostnameAsFQDN":    pod(func(s *corev1.PodSpec) { s.SetHostnameAsFQDN = new(true) }),
		"resourceClaims":       pod(func(s *corev1.PodSpec) { s.ResourceClaims = []corev1.PodResourceClaim{{}} }),
		"resources of the pod": pod(func(s *corev1.PodSpec) { s.Resources = &corev1.ResourceRequirements{} }),
		"operating system":     pod(func(s *corev1.PodSpec) { s.OS = &corev1.PodOS{Name: corev1.Windows} }),
		"sysctls":              pod(func(s *corev1.PodSpec) { s.SecurityContext.Sysctls = []corev1.Sysctl{{}} }),
		"seLinuxOptions":       pod(func(s *corev1.PodSpec) { s.SecurityContext.SELinuxOptions = &corev1.SELinuxOptions{} }),
		"seLinuxChangePolicy": pod(func(s *corev1.PodSpec) {
			s.SecurityContext.SELinuxChangePolicy = new(corev1.SELinuxChangePolicyRecursive)
		}),
		"windowsOptions": pod(func(s *corev1.PodSpec) { s.SecurityContext.WindowsOptions = &corev1.WindowsSecurityContextOptions{} }),
		"the pod: a seccomp": pod(func(s *corev1.PodSpec) {
			s.SecurityContext.SeccompProfile = &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeLocalhost}
		}),
		"the pod: an AppArmor": pod(func(s *corev1.PodSpec) {
			s.SecurityContext.AppArmorProfile = &corev1.AppArmorProfile{Type: corev1.AppArmorProfileTypeLocalhost}
		}),
		"stdin or tty":            container(corev1.Container{TTY: true}),
		"volumeDevices":           container(corev1.Container{VolumeDevices: []corev1.VolumeDevice{{}}}),
		"resource claims":         container(corev1.Container{Resources: corev1.ResourceRequirements{Claims: []corev1.ResourceClaim{{}}}}),
		"hostPort 80":             container(corev1.Container{Ports: []corev1.ContainerPort{{HostPort: 80}}}),
		"restartPolicyRules":      container(corev1.Container{RestartPolicyRules: []corev1.ContainerRestartRule{{}}}),
		"postStart":               container(corev1.Container{Lifecycle: &corev1.Lifecycle{PostStart: &corev1.LifecycleHandler{}}}),
		"a stop signal":           container(corev1.Container{Lifecycle: &corev1.Lifecycle{StopSignal: new(corev1.SIGINT)}}),
		"hook over TCP":           container(corev1.Container{Lifecycle: &corev1.Lifecycle{PreStop: &corev1.LifecycleHandler{TCPSocket: &corev1.TCPSocketAction{}}}}),
		"gRPC probe":              container(corev1.Container{LivenessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{GRPC: &corev1.GRPCAction{}}}}),
		"mount propagation":       container(corev1.Container{VolumeMounts: []corev1.VolumeMount{{MountPropagation: new(corev1.MountPropagationBidirectional)}}}),
		"recursiveReadOnly":       container(corev1.Container{VolumeMounts: []corev1.VolumeMount{{RecursiveReadOnly: new(corev1.RecursiveReadOnlyEnabled)}}}),
		"X from a file":           container(corev1.Container{Env: []corev1.EnvVar{{Name: "X", ValueFrom: &corev1.EnvVarSource{FileKeyRef: &corev1.FileKeySelector{}}}}}),
		"privileged":              secured(corev1.SecurityContext{Privileged: new(true)}),
		"added capabilities":      secured(corev1.SecurityContext{Capabilities: &corev1.Capabilities{Add: []corev1.Capability{"NET_ADMIN"}}}),
		`container "": seLinux`:   secured(corev1.SecurityContext{SELinuxOptions: &corev1.SELinuxOptions{}}),
		`container "": windows`:   secured(corev1.SecurityContext{WindowsOptions: &corev1.WindowsSecurityContextOptions{}}),
		"a procMount":             secured(corev1.SecurityContext{ProcMount: new(corev1.UnmaskedProcMount)}),
		"container : a seccomp":   secured(corev1.SecurityContext{SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeLocalhost}}),
		"container : an AppArmor": secured(corev1.SecurityContext{AppArmorProfile: &corev1.AppArmorProfile{Type: corev1.AppArmorProfileTypeLocalhost}}),
	} {
		if no := Unsupported(pod); len(no) != 1 || !strings.Contains(no[0], want) {
			t.Errorf("want %q, got %q", want, no)
		}
	}
}
