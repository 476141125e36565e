package pod

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// watchDeadline holds the lock. activeDeadlineSeconds counts from the start of the pod and may be shortened later.
func (r *Runner) watchDeadline() {
	seconds := r.pod.Spec.ActiveDeadlineSeconds
	if seconds == nil || *seconds == r.deadlineSetSeconds {
		return
	}
	if r.deadline != nil {
		r.deadline.Stop()
	}
	r.deadlineSetSeconds = *seconds
	left := time.Until(r.status.StartTime.Add(time.Duration(*seconds) * time.Second))
	r.deadline = time.AfterFunc(left, func() {
		r.warn("DeadlineExceeded", "Pod was active on the node longer than the specified deadline")
		r.fail("DeadlineExceeded", "Pod was active on the node longer than the specified deadline")
		r.Stop(r.gracePeriod())
	})
}

func (r *Runner) gracePeriod() time.Duration {
	if seconds := r.Pod().Spec.TerminationGracePeriodSeconds; seconds != nil {
		return time.Duration(*seconds) * time.Second
	}
	return corev1.DefaultTerminationGracePeriodSeconds * time.Second
}

// Stop begins the end of the pod: SIGTERM now, SIGKILL after grace. A later call can only shorten the grace period.
func (r *Runner) Stop(grace time.Duration) {
	r.stopNow()
	if grace <= 0 {
		r.killNow()
		return
	}
	time.AfterFunc(grace, r.killNow)
}

// NodeStops ends the pod's processes because the node stops.
func (r *Runner) NodeStops(limit time.Duration) {
	r.mu.Lock()
	r.nodeStops = true
	r.mu.Unlock()
	r.Stop(min(limit, r.gracePeriod()))
}

// Forget ends the pod for good, since its object is gone, and removes its folder.
func (r *Runner) Forget() error {
	r.Stop(0)
	<-r.done
	r.forget()
	<-r.publisherEnded
	r.Addresses.Release(r.pod.UID)
	if err := r.volumes.Remove(); err != nil {
		return err
	}
	return r.RemoveFolder(r.pod.UID)
}

// nameFile, in a pod's folder, tells whose it is also when its object is gone.
const nameFile = "name"

// RemoveFolder removes the folder of a pod of which no process lives; its logs are kept if the cluster was told so.
func (m *Machine) RemoveFolder(uid types.UID) error {
	dir := m.State.Path("pods", string(uid))
	name, err := os.ReadFile(filepath.Join(dir, nameFile))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return errors.Join(m.Kept.Take(filepath.Join(dir, "containers"), string(name)+"_"+string(uid)), os.RemoveAll(dir))
}

// fail marks the pod as a whole as failed; the first reason stands.
func (r *Runner) fail(reason, message string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.status.Reason == "" && !r.finished {
		r.status.Reason, r.status.Message = reason, message
	}
}

// disrupted holds the lock. It tells a Job's podFailurePolicy that the node, not the program, ended the pod.
func (r *Runner) disrupted() {
	for _, c := range r.status.Conditions {
		if c.Type == corev1.DisruptionTarget {
			return
		}
	}
	r.status.Conditions = append(r.status.Conditions, corev1.PodCondition{Type: corev1.DisruptionTarget, Status: corev1.ConditionTrue,
		Reason: corev1.PodReasonTerminationByKubelet, Message: "The node stopped while the pod ran", LastTransitionTime: metav1.Now()})
}
