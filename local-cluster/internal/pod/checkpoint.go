package pod

import (
	"fmt"
	"path/filepath"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"

	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/state"
)

// What a node that is killed knew of its pods is on disk; the API server may not have heard of the last of it.

func (r *Runner) checkpoint() string { return filepath.Join(r.dir, "status.json") }

// save holds the lock.
func (r *Runner) save() {
	if err := state.WriteJSON(r.checkpoint(), r.status); err != nil {
		utilruntime.HandleError(fmt.Errorf("pod %s/%s: %w", r.pod.Namespace, r.pod.Name, err))
	}
}

// restore begins with what is known of the pod: from our own notes, else from the API server, else nothing.
func (r *Runner) restore() {
	if p := r.pod.Status.Phase; p == corev1.PodSucceeded || p == corev1.PodFailed {
		r.status, r.finished, r.wasOver = *r.pod.Status.DeepCopy(), true, true
		return
	}
	if err := state.ReadJSON(r.checkpoint(), &r.status); err != nil {
		utilruntime.HandleError(err) // a machine that lost power; the API server knows nearly as much
		r.status = corev1.PodStatus{}
	}
	if r.status.StartTime == nil {
		r.status = *r.pod.Status.DeepCopy()
	}
	r.status.Conditions = slices.DeleteFunc(r.status.Conditions, func(c corev1.PodCondition) bool { return !ours[c.Type] })
	r.status.PodIP = r.Addresses.Take(r.pod.UID, r.status.PodIP)
	r.status.HostIP = HostIP
	if r.status.StartTime == nil {
		r.status.StartTime = new(metav1.Now())
	}
	r.status.InitContainerStatuses = restoreContainers(r.pod.Spec.InitContainers, r.status.InitContainerStatuses, "PodInitializing")
	r.status.ContainerStatuses = restoreContainers(r.pod.Spec.Containers, r.status.ContainerStatuses, initialReason(r.pod))
	if interrupted(r.status.ContainerStatuses) || interrupted(r.status.InitContainerStatuses) {
		if r.pod.Spec.RestartPolicy == corev1.RestartPolicyNever {
			r.disrupted()
		}
	}
	r.save()
}

// ours are the conditions that the node writes.
var ours = map[corev1.PodConditionType]bool{corev1.PodReadyToStartContainers: true, corev1.PodInitialized: true,
	corev1.ContainersReady: true, corev1.PodReady: true, corev1.DisruptionTarget: true}

func initialReason(pod *corev1.Pod) string {
	if len(pod.Spec.InitContainers) > 0 {
		return "PodInitializing"
	}
	return "ContainerCreating"
}

const lostReason = "ContainerStatusUnknown"

// restoreContainers makes one status for each container, in their order. One that ran when the node died has died with it.
func restoreContainers(specs []corev1.Container, old []corev1.ContainerStatus, reason string) []corev1.ContainerStatus {
	var list []corev1.ContainerStatus
	for _, spec := range specs {
		status := corev1.ContainerStatus{Name: spec.Name, State: waiting(reason, ""), Started: new(false)}
		for _, known := range old {
			if known.Name == spec.Name {
				status = known
			}
		}
		status.Image, status.ImageID = spec.Image, "program://"+spec.Image
		if running := status.State.Running; running != nil {
			status.State = corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{
				ExitCode: 137, Signal: 9, Reason: lostReason, Message: "The node stopped while the container ran, and the container with it",
				StartedAt: running.StartedAt, FinishedAt: metav1.Now(), ContainerID: status.ContainerID}}
		}
		if status.State.Waiting != nil && status.LastTerminationState.Terminated != nil {
			status.State = status.LastTerminationState // it waited for its restart
		}
		status.Ready, status.Started = status.Ready && succeeded(status), new(false) // ready: an init container that completed
		list = append(list, status)
	}
	return list
}

func interrupted(list []corev1.ContainerStatus) bool {
	return slices.ContainsFunc(list, func(s corev1.ContainerStatus) bool {
		return s.State.Terminated != nil && s.State.Terminated.Reason == lostReason
	})
}

// Running is what is on disk of a pod's processes, for people and tests that look for them.
type Running struct {
	Namespace string    `json:"namespace"`
	Pod       string    `json:"pod"`
	UID       types.UID `json:"uid"`
	Container string    `json:"container"`
	proc.Identity
}

// ProcessesFile names the list of a pod's processes in its folder.
const ProcessesFile = "processes.json"

// saveProcesses holds the lock.
func (r *Runner) saveProcesses() {
	list := []Running{}
	for name, p := range r.running {
		list = append(list, Running{r.pod.Namespace, r.pod.Name, r.pod.UID, name, p.Identity})
	}
	if err := state.WriteJSON(filepath.Join(r.dir, ProcessesFile), list); err != nil {
		utilruntime.HandleError(err)
	}
}
