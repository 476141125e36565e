package pod

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"beckon.dev/local-cluster/internal/images"
	"beckon.dev/local-cluster/internal/sandbox"
)

// container lives the life of one container: it is started, and again as the restart policy says.
type container struct {
	*Runner
	spec *corev1.Container
	init bool
}

func (r *Runner) container(spec *corev1.Container, init bool) *container {
	return &container{r, spec, init}
}

// keep returns when the container is over for good or the pod must stop.
func (c *container) keep() {
	var pauses backOff
	for {
		if last := c.status().State.Terminated; last != nil {
			// On the first round this was a run before the node was restarted.
			if !restarts(c.pod.Spec.RestartPolicy, c.init, last.ExitCode) || !c.awaitRestart(&pauses, last) {
				return
			}
		}
		image, ok := c.awaitImage()
		if !ok {
			return
		}
		launch, ok := c.awaitConfig(image)
		if !ok {
			return
		}
		c.runOnce(launch)
		if c.stop.Err() != nil {
			return
		}
	}
}

// awaitRestart shows CrashLoopBackOff while it waits.
func (c *container) awaitRestart(pauses *backOff, last *corev1.ContainerStateTerminated) bool {
	pause := pauses.next(last.FinishedAt.Sub(last.StartedAt.Time))
	if pause == 0 {
		return c.stop.Err() == nil
	}
	message := fmt.Sprintf("back-off %v restarting failed container=%s pod=%s_%s(%s)", pause, c.spec.Name, c.pod.Name, c.pod.Namespace, c.pod.UID)
	c.change(func(s *corev1.ContainerStatus) {
		s.LastTerminationState = corev1.ContainerState{Terminated: last}
		s.State = waiting("CrashLoopBackOff", message)
	})
	c.warn("BackOff", "Back-off restarting failed container %s in pod %s", c.spec.Name, c.pod.Name)
	if wait(c.stop, pause) {
		return true
	}
	c.change(func(s *corev1.ContainerStatus) { s.State = s.LastTerminationState })
	return false
}

// awaitImage waits until a program is known for the image, as a kubelet waits for a pull.
func (c *container) awaitImage() (images.Image, bool) {
	told := ""
	for attempt := 0; ; attempt++ {
		image, err := c.Images.Find(c.spec.Image)
		if err == nil {
			return image, true
		}
		reason := "ErrImagePull"
		if c.spec.ImagePullPolicy == corev1.PullNever {
			reason = "ErrImageNeverPull"
		} else if attempt > 0 {
			reason = "ImagePullBackOff"
		}
		c.setWaiting(reason, err.Error())
		if told != err.Error() {
			told = err.Error()
			c.warn("Failed", "Failed to pull image %q: %v", c.spec.Image, err)
		}
		if !wait(c.stop, time.Second) {
			return image, false
		}
	}
}

// awaitConfig waits until everything that the container's configuration refers to exists.
func (c *container) awaitConfig(image images.Image) (*sandbox.Spec, bool) {
	told := ""
	for pause := time.Second / 2; ; pause = min(2*pause, 5*time.Second) {
		launch, err := c.configure(image)
		if err == nil {
			return launch, true
		}
		c.setWaiting("CreateContainerConfigError", err.Error())
		if told != err.Error() {
			told = err.Error()
			c.warn("Failed", "Error: %v", err)
		}
		if !wait(c.stop, pause) {
			return nil, false
		}
	}
}

// runOnce runs the container's program from start to end.
func (c *container) runOnce(launch *sandbox.Spec) {
	begin := metav1.Now()
	c.change(func(s *corev1.ContainerStatus) {
		if s.State.Terminated != nil {
			s.LastTerminationState = s.State
		}
		if s.LastTerminationState.Terminated != nil {
			s.RestartCount++
		}
		// Written down before the program starts: a node that is killed right here never starts twice what may run only once.
		s.State = corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: begin}}
		s.ContainerID = fmt.Sprintf("process://%s-%s-%d", c.pod.UID, c.spec.Name, s.RestartCount)
		s.Started, s.Ready = new(c.spec.StartupProbe == nil), c.spec.StartupProbe == nil && c.spec.ReadinessProbe == nil
	})
	end, err := c.execute(launch)
	var start *sandbox.StartError
	if errors.As(err, &start) {
		end = corev1.ContainerStateTerminated{ExitCode: start.Code, Reason: "ContainerCannotRun", Message: err.Error()}
		c.warn("Failed", "Error: %v", err)
	} else if err != nil {
		end = corev1.ContainerStateTerminated{ExitCode: 128, Reason: "ContainerCannotRun", Message: err.Error()}
		c.warn("Failed", "Error: %v", err)
	}
	end.StartedAt, end.FinishedAt = begin, metav1.Now()
	c.change(func(s *corev1.ContainerStatus) {
		end.ContainerID = s.ContainerID
		s.State = corev1.ContainerState{Terminated: &end}
		s.Started, s.Ready = new(false), c.init && end.ExitCode == 0
	})
}

// supervise waits until the process has ended, by itself or because the pod stops or a probe says so.
func (c *container) supervise(p *sandbox.Process) {
	alive, over := context.WithCancel(context.Background())
	defer over()
	unhealthy := c.startProbes(alive, p)
	select {
	case <-p.Done():
	case <-c.stop.Done():
		c.markUnready()
		c.end(p, c.kill)
	case grace := <-unhealthy:
		limit, cancel := context.WithTimeout(c.kill, grace)
		c.end(p, limit)
		cancel()
	}
}

func (c *container) markUnready() {
	c.change(func(s *corev1.ContainerStatus) { s.Ready = false })
}

// logFile is the log of one run of a container; runs are counted by restarts.
func logFile(podDir, container string, run int32) string {
	return filepath.Join(podDir, "containers", container, fmt.Sprintf("%d.log", run))
}

func waiting(reason, message string) corev1.ContainerState {
	return corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message}}
}

func (c *container) setWaiting(reason, message string) {
	if w := c.status().State.Waiting; w != nil && w.Reason == reason && w.Message == message {
		return
	}
	c.change(func(s *corev1.ContainerStatus) {
		if s.State.Terminated != nil {
			s.LastTerminationState = s.State
		}
		s.State = waiting(reason, message)
	})
}

// find holds the lock.
func (c *container) find() *corev1.ContainerStatus {
	list := c.Runner.status.ContainerStatuses
	if c.init {
		list = c.Runner.status.InitContainerStatuses
	}
	for i := range list {
		if list[i].Name == c.spec.Name {
			return &list[i]
		}
	}
	panic("no status for container " + c.spec.Name) // restore makes one for each
}

func (c *container) status() corev1.ContainerStatus {
	c.mu.Lock()
	defer c.mu.Unlock()
	return *c.find().DeepCopy()
}

// change alters the container's status, writes it down, and has the API server told.
func (c *container) change(alter func(*corev1.ContainerStatus)) {
	c.mu.Lock()
	alter(c.find())
	c.save()
	c.mu.Unlock()
	c.touch()
}
