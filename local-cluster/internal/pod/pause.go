package pod

import (
	"fmt"

	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/sandbox"
)

// startPause starts the process that stands before the containers of a pod that share their processes. False if it could not.
func (r *Runner) startPause() bool {
	share := r.pod.Spec.ShareProcessNamespace
	if !r.Isolated || share == nil || !*share {
		return true
	}
	pause, err := sandbox.StartPause(proc.Marker(fmt.Sprintf("%s=%s/", ContainerVariable, r.pod.UID)), []string{string(r.State.Marker())})
	if err != nil {
		r.warn("FailedCreatePodSandBox", "%v", err)
		r.fail("FailedCreatePodSandBox", err.Error())
		return false
	}
	r.pause = pause
	return true
}

// stopPause ends it, and with it every process of the pod.
func (r *Runner) stopPause() {
	if r.pause != nil {
		r.pause.KillGroup()
		r.pause.Close()
	}
}
