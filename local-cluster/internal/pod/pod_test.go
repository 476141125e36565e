package pod

import (
	"os"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"beckon.dev/local-cluster/internal/images"
)

func terminated(code int32) corev1.ContainerStatus {
	return corev1.ContainerStatus{Name: "c", State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: code}}}
}

var running = corev1.ContainerStatus{Name: "c", State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}}

func TestRestartPolicies(t *testing.T) {
	for _, c := range []struct {
		policy corev1.RestartPolicy
		init   bool
		code   int32
		want   bool
	}{
		{corev1.RestartPolicyNever, false, 1, false}, {corev1.RestartPolicyOnFailure, false, 0, false},
		{corev1.RestartPolicyOnFailure, false, 1, true}, {corev1.RestartPolicyAlways, false, 0, true},
		{corev1.RestartPolicyAlways, true, 0, false}, {corev1.RestartPolicyAlways, true, 1, true}, {corev1.RestartPolicyNever, true, 1, false},
	} {
		if got := restarts(c.policy, c.init, c.code); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestBackOffDoublesToFiveMinutesAndForgetsAfterALongRun(t *testing.T) {
	var b backOff
	for i, want := range []time.Duration{0, 10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second, 160 * time.Second, 5 * time.Minute, 5 * time.Minute} {
		if got := b.next(time.Second); got != want {
			t.Errorf("restart %d: %v, want %v", i+1, got, want)
		}
	}
	if got := b.next(forgetAfter); got != 0 {
		t.Errorf("after a long run: %v", got)
	}
}

func TestPhases(t *testing.T) {
	spec := &corev1.PodSpec{Containers: []corev1.Container{{Name: "c"}}}
	withInit := &corev1.PodSpec{InitContainers: []corev1.Container{{Name: "i"}}, Containers: spec.Containers}
	waitingStatus := corev1.ContainerStatus{State: waiting("ContainerCreating", "")}
	again := corev1.ContainerStatus{State: waiting("CrashLoopBackOff", ""), LastTerminationState: terminated(1).State}
	list := func(s ...corev1.ContainerStatus) []corev1.ContainerStatus { return s }
	for name, c := range map[string]struct {
		spec     *corev1.PodSpec
		status   corev1.PodStatus
		finished bool
		want     corev1.PodPhase
	}{
		"creating":                {spec, corev1.PodStatus{ContainerStatuses: list(waitingStatus)}, false, corev1.PodPending},
		"running":                 {spec, corev1.PodStatus{ContainerStatuses: list(running)}, false, corev1.PodRunning},
		"crash loop":              {spec, corev1.PodStatus{ContainerStatuses: list(again)}, false, corev1.PodRunning},
		"init runs":               {withInit, corev1.PodStatus{InitContainerStatuses: list(running), ContainerStatuses: list(waitingStatus)}, false, corev1.PodPending},
		"between restarts":        {spec, corev1.PodStatus{ContainerStatuses: list(terminated(0))}, false, corev1.PodRunning},
		"succeeded":               {spec, corev1.PodStatus{ContainerStatuses: list(terminated(0))}, true, corev1.PodSucceeded},
		"failed":                  {spec, corev1.PodStatus{ContainerStatuses: list(terminated(0), terminated(2))}, true, corev1.PodFailed},
		"init failed":             {withInit, corev1.PodStatus{InitContainerStatuses: list(terminated(1)), ContainerStatuses: list(waitingStatus)}, true, corev1.PodFailed},
		"refused":                 {spec, corev1.PodStatus{Reason: "NotSupported", ContainerStatuses: list(waitingStatus)}, true, corev1.PodFailed},
		"deadline, exit code 0":   {spec, corev1.PodStatus{Reason: "DeadlineExceeded", ContainerStatuses: list(terminated(0))}, true, corev1.PodFailed},
		"stopped before it began": {spec, corev1.PodStatus{ContainerStatuses: list(waitingStatus)}, true, corev1.PodFailed},
	} {
		if got := phase(c.spec, &c.status, c.finished); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func condition(list []corev1.PodCondition, kind corev1.PodConditionType) corev1.PodCondition {
	for _, c := range list {
		if c.Type == kind {
			return c
		}
	}
	return corev1.PodCondition{}
}

func TestTransitionTimesMoveOnlyWithTheStatus(t *testing.T) {
	pod, first := &corev1.Pod{}, time.Unix(1000, 0)
	status := &corev1.PodStatus{Phase: corev1.PodRunning, StartTime: new(metav1.Now()), ContainerStatuses: []corev1.ContainerStatus{running}}
	status.Conditions = conditions(pod, status, first)
	if c := condition(status.Conditions, corev1.PodReady); c.Status != corev1.ConditionFalse || !strings.Contains(c.Message, "[c]") {
		t.Errorf("%+v", c)
	}
	status.Conditions = conditions(pod, status, first.Add(time.Minute))
	if c := condition(status.Conditions, corev1.PodReady); !c.LastTransitionTime.Time.Equal(first) {
		t.Errorf("moved without a change: %v", c.LastTransitionTime)
	}
	status.ContainerStatuses[0].Ready = true
	status.Conditions = conditions(pod, status, first.Add(2*time.Minute))
	if c := condition(status.Conditions, corev1.PodReady); c.Status != corev1.ConditionTrue || !c.LastTransitionTime.Time.Equal(first.Add(2*time.Minute)) {
		t.Errorf("%+v", c)
	}
	pod.Spec.ReadinessGates = []corev1.PodReadinessGate{{ConditionType: "gate"}}
	if c := condition(conditions(pod, status, first), corev1.PodReady); c.Reason != "ReadinessGatesNotReady" {
		t.Errorf("%+v", c)
	}
}

func TestWhatAPodOfBeckonAsksForIsSupported(t *testing.T) {
	pod := &corev1.Pod{Spec: corev1.PodSpec{
		SecurityContext: &corev1.PodSecurityContext{RunAsNonRoot: new(true), SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault}},
		Volumes: []corev1.Volume{{VolumeSource: corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{}}}, {VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{Medium: corev1.StorageMediumMemory}}},
			{VolumeSource: corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{Sources: []corev1.VolumeProjection{{ServiceAccountToken: &corev1.ServiceAccountTokenProjection{}}}}}}},
		Containers: []corev1.Container{{SecurityContext: &corev1.SecurityContext{AllowPrivilegeEscalation: new(false), ReadOnlyRootFilesystem: new(true), Capabilities: &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}}},
			LivenessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{}}}}},
	}}
	if no := Unsupported(pod); len(no) > 0 {
		t.Error(no)
	}
}

func TestEachPodHasAnAddressOfItsOwn(t *testing.T) {
	a, seen := NewAddresses(), map[string]bool{}
	for i := range 3000 {
		address := a.Take(types.UID(time.Duration(i).String()), "")
		if seen[address] || !strings.HasPrefix(address, "127.") || strings.HasPrefix(address, "127.0.") || strings.HasSuffix(address, ".0") {
			t.Fatalf("address %s", address)
		}
		seen[address] = true
	}
	kept := a.Take("kept", "127.9.9.9")
	if kept != "127.9.9.9" || a.Take("kept", "") != kept || a.Take("other", "127.9.9.9") == kept {
		t.Errorf("kept %s", kept)
	}
	a.Release("kept")
	if again := a.Take("third", "127.9.9.9"); again != "127.9.9.9" {
		t.Errorf("not free again: %s", again)
	}
}

func TestAContainerThatRanWhenTheNodeDiedIsToldAsLost(t *testing.T) {
	specs := []corev1.Container{{Name: "c"}, {Name: "new"}, {Name: "over"}, {Name: "again"}}
	old := []corev1.ContainerStatus{
		{Name: "c", RestartCount: 2, Ready: true, State: running.State},
		{Name: "over", State: terminated(3).State},
		{Name: "again", State: waiting("CrashLoopBackOff", ""), LastTerminationState: terminated(4).State},
	}
	list := restoreContainers(specs, old, "ContainerCreating")
	if s := list[0]; s.State.Terminated == nil || s.State.Terminated.ExitCode != 137 || s.State.Terminated.Reason != lostReason || s.RestartCount != 2 || s.Ready {
		t.Errorf("%+v", s)
	}
	if s := list[1]; s.Name != "new" || s.State.Waiting == nil {
		t.Errorf("%+v", s)
	}
	if list[2].State.Terminated.ExitCode != 3 || list[3].State.Terminated.ExitCode != 4 {
		t.Errorf("%+v", list[2:])
	}
	if !interrupted(list) || interrupted(list[1:]) {
		t.Error("which was interrupted?")
	}
}

func TestIdentities(t *testing.T) {
	image := images.Image{}
	pod := func(s corev1.PodSecurityContext) *corev1.Pod {
		return &corev1.Pod{Spec: corev1.PodSpec{SecurityContext: &s}}
	}
	if who, err := identity(&corev1.Pod{}, &corev1.Container{}, image); who != nil || err != nil {
		t.Errorf("%+v %v", who, err)
	}
	who, err := identity(pod(corev1.PodSecurityContext{RunAsUser: new(int64(9001)), RunAsGroup: new(int64(9002)), FSGroup: new(int64(9003))}),
		&corev1.Container{SecurityContext: &corev1.SecurityContext{RunAsUser: new(int64(9004))}}, image)
	if err != nil || who.UID != 9004 || who.GID != 9002 || len(who.Groups) != 1 || who.Groups[0] != 9003 {
		t.Errorf("%+v %v", who, err)
	}
	// Groups are honoured also without a user.
	grouped, err := identity(pod(corev1.PodSecurityContext{RunAsGroup: new(int64(9002)), SupplementalGroups: []int64{9005}}), &corev1.Container{}, image)
	if err != nil || grouped.UID != uint32(os.Geteuid()) || grouped.GID != 9002 || len(grouped.Groups) != 1 {
		t.Errorf("%+v %v", grouped, err)
	}
	nonRoot := pod(corev1.PodSecurityContext{RunAsNonRoot: new(true)})
	if _, err := identity(nonRoot, &corev1.Container{}, image); err == nil || !strings.Contains(err.Error(), "runAsNonRoot") {
		t.Errorf("%v", err)
	}
	if who, err := identity(nonRoot, &corev1.Container{}, images.Image{User: new(int64(65532))}); err != nil || who.UID != 65532 {
		t.Errorf("%+v %v", who, err)
	}
}
