package pod

import (
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// restarts tells whether a container that ended with code is started again. Init containers of a pod that always restarts
// are repeated only until they succeed.
func restarts(policy corev1.RestartPolicy, init bool, code int32) bool {
	switch policy {
	case corev1.RestartPolicyNever:
		return false
	case corev1.RestartPolicyOnFailure:
		return code != 0
	default:
		return !init || code != 0
	}
}

// Kubernetes documents: "exponential back-off delay (10s, 20s, 40s, …), capped at five minutes", forgotten after a run of ten minutes.
const (
	firstBackOff = 10 * time.Second
	maxBackOff   = 5 * time.Minute
	forgetAfter  = 10 * time.Minute
)

// backOff is the pause before a restart: none before the first one.
type backOff struct {
	restarts int
	pause    time.Duration
}

func (b *backOff) next(ran time.Duration) time.Duration {
	if ran >= forgetAfter {
		*b = backOff{}
	}
	b.restarts++
	switch {
	case b.restarts == 1:
		b.pause = 0
	case b.pause == 0:
		b.pause = firstBackOff
	default:
		b.pause = min(2*b.pause, maxBackOff)
	}
	return b.pause
}

// phase is the pod's phase, as the kubelet derives it from the containers (getPhase). finished says that nothing will be
// started any more; reason, when set, is why the pod as a whole failed.
func phase(spec *corev1.PodSpec, status *corev1.PodStatus, finished bool) corev1.PodPhase {
	if finished {
		return finalPhase(spec, status)
	}
	for i := range spec.InitContainers {
		if i >= len(status.InitContainerStatuses) || !succeeded(status.InitContainerStatuses[i]) {
			return corev1.PodPending
		}
	}
	for _, c := range status.ContainerStatuses {
		if c.State.Waiting != nil && c.LastTerminationState.Terminated == nil {
			return corev1.PodPending
		}
	}
	return corev1.PodRunning
}

func finalPhase(spec *corev1.PodSpec, status *corev1.PodStatus) corev1.PodPhase {
	if status.Reason != "" {
		return corev1.PodFailed
	}
	for _, c := range slices.Concat(status.InitContainerStatuses, status.ContainerStatuses) {
		if !succeeded(c) {
			return corev1.PodFailed
		}
	}
	return corev1.PodSucceeded
}

func succeeded(c corev1.ContainerStatus) bool {
	return c.State.Terminated != nil && c.State.Terminated.ExitCode == 0
}

// conditions brings the node's own conditions up to date; a transition time moves only with the status.
func conditions(pod *corev1.Pod, status *corev1.PodStatus, now time.Time) []corev1.PodCondition {
	result := slices.Clone(status.Conditions)
	set := func(kind corev1.PodConditionType, ok bool, reason, message string) {
		value := corev1.ConditionFalse
		if ok {
			value, reason, message = corev1.ConditionTrue, "", ""
			if kind == corev1.PodInitialized && status.Phase == corev1.PodSucceeded {
				reason = "PodCompleted"
			}
		}
		next := corev1.PodCondition{Type: kind, Status: value, Reason: reason, Message: message, ObservedGeneration: pod.Generation, LastTransitionTime: metav1.NewTime(now)}
		for i, old := range result {
			if old.Type == kind {
				if old.Status == value {
					next.LastTransitionTime = old.LastTransitionTime
				}
				result[i] = next
				return
			}
		}
		result = append(result, next)
	}
	over := status.Phase == corev1.PodSucceeded || status.Phase == corev1.PodFailed
	done := "ContainersNotReady"
	if status.Phase == corev1.PodSucceeded {
		done = "PodCompleted"
	} else if status.Phase == corev1.PodFailed {
		done = "PodFailed"
	}
	initialized := !slices.ContainsFunc(status.InitContainerStatuses, func(c corev1.ContainerStatus) bool { return !succeeded(c) })
	unready := unreadyNames(status)
	message := ""
	if len(unready) > 0 {
		message = "containers with unready status: " + quoteList(unready)
	}
	set(corev1.PodReadyToStartContainers, !over && status.StartTime != nil, "", "")
	set(corev1.PodInitialized, initialized, "ContainersNotInitialized", "an init container has not completed")
	ready := !over && len(unready) == 0
	set(corev1.ContainersReady, ready, done, message)
	if gate := missingGate(pod); ready && gate != "" {
		set(corev1.PodReady, false, "ReadinessGatesNotReady", "corresponding condition of pod readiness gate \""+gate+"\" is not true")
	} else {
		set(corev1.PodReady, ready, done, message)
	}
	return result
}

func unreadyNames(status *corev1.PodStatus) []string {
	var names []string
	for _, c := range status.ContainerStatuses {
		if !c.Ready {
			names = append(names, c.Name)
		}
	}
	return names
}

func missingGate(pod *corev1.Pod) string {
	for _, gate := range pod.Spec.ReadinessGates {
		if !slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
			return c.Type == gate.ConditionType && c.Status == corev1.ConditionTrue
		}) {
			return string(gate.ConditionType)
		}
	}
	return ""
}

func quoteList(names []string) string {
	text := "["
	for i, name := range names {
		if i > 0 {
			text += " "
		}
		text += name
	}
	return text + "]"
}
