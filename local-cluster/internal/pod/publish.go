package pod

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/kubernetes"
)

// publish tells the API server each time that something has changed, until the pod's object is gone. It never gives up:
// the API server may be away for a while.
func (r *Runner) publish() {
	defer close(r.publisherEnded)
	var last corev1.PodStatus
	for {
		select {
		case <-r.changed:
		case <-r.forgotten.Done():
			return
		}
		over := isClosed(r.done) // before the look at the status, so that what is sent below is the last word
		status := r.current()
		if !r.wasOver && !reflect.DeepEqual(status, last) {
			if !r.persist(func(ctx context.Context) error { return r.patch(ctx, status) }) {
				return
			}
			last = status
		}
		if over && !isClosed(r.settled) {
			close(r.settled)
		}
		// The object goes only when no process is left: who waits for it to go (a successor for the same account) may rely on that.
		if over && r.deletionAsked() {
			if r.persist(func(ctx context.Context) error { return Delete(ctx, r.Client, r.pod) }) {
				<-r.forgotten.Done()
			}
			return
		}
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func (r *Runner) deletionAsked() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.pod.DeletionTimestamp != nil
}

// current is the status as the API server should have it.
func (r *Runner) current() corev1.PodStatus {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &r.status
	s.Phase = phase(&r.pod.Spec, s, r.finished)
	s.Conditions = conditions(r.pod, s, time.Now())
	return corev1.PodStatus{ObservedGeneration: r.pod.Generation, Phase: s.Phase, Conditions: s.Conditions, Reason: s.Reason, Message: s.Message,
		HostIP: s.HostIP, HostIPs: []corev1.HostIP{{IP: s.HostIP}}, PodIP: s.PodIP, PodIPs: []corev1.PodIP{{IP: s.PodIP}},
		StartTime: s.StartTime, InitContainerStatuses: clone(s.InitContainerStatuses), ContainerStatuses: clone(s.ContainerStatuses)}
}

func clone(list []corev1.ContainerStatus) []corev1.ContainerStatus {
	var out []corev1.ContainerStatus
	for i := range list {
		out = append(out, *list[i].DeepCopy())
	}
	return out
}

// patch sends the whole status. The UID in it makes the API server refuse it for a later pod of the same name.
func (r *Runner) patch(ctx context.Context, status corev1.PodStatus) error {
	body, err := json.Marshal(map[string]any{"metadata": map[string]any{"uid": r.pod.UID}, "status": status})
	if err != nil {
		return err
	}
	_, err = r.Client.CoreV1().Pods(r.pod.Namespace).Patch(ctx, r.pod.Name, types.StrategicMergePatchType, body, metav1.PatchOptions{}, "status")
	return err
}

// Delete lets the object of a pod without processes go.
func Delete(ctx context.Context, client kubernetes.Interface, pod *corev1.Pod) error {
	return client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name,
		metav1.DeleteOptions{GracePeriodSeconds: new(int64(0)), Preconditions: &metav1.Preconditions{UID: &pod.UID}})
}

// persist repeats the call until it succeeds; false if the pod's object is gone.
func (r *Runner) persist(call func(context.Context) error) bool {
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		limit, cancel := context.WithTimeout(r.forgotten, 10*time.Second)
		err := call(limit)
		cancel()
		switch {
		case err == nil:
			return true
		case apierrors.IsNotFound(err), apierrors.IsConflict(err) && !errors.Is(err, context.DeadlineExceeded):
			// Gone, or another pod has the name: the informer will tell as well.
			return false
		case r.forgotten.Err() != nil:
			return false
		}
		utilruntime.HandleError(fmt.Errorf("pod %s/%s: %w", r.pod.Namespace, r.pod.Name, err))
		if !wait(r.forgotten, pause) {
			return false
		}
	}
}
