package pod

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/record"

	"beckon.dev/local-cluster/internal/images"
	"beckon.dev/local-cluster/internal/keptlogs"
	"beckon.dev/local-cluster/internal/sandbox"
	"beckon.dev/local-cluster/internal/state"
	"beckon.dev/local-cluster/internal/volumes"
)

// Machine is what all pods of the node share.
type Machine struct {
	Client        kubernetes.Interface
	Events        record.EventRecorder
	Images        *images.Store
	State         state.Dir
	Kept          *keptlogs.Store
	Addresses     *Addresses
	APIServerPort int
	// Isolated says that containers get namespaces of their own.
	Isolated bool
}

// HostIP is the address of the node.
const HostIP = "127.0.0.1"

// Runner lives one pod's life.
type Runner struct {
	*Machine
	dir     string
	volumes *volumes.Set

	// stop ends when the pod's containers must stop, kill when their grace period is over.
	stop, kill         context.Context
	stopNow, killNow   context.CancelFunc
	changed            chan struct{} // the API server has to be told something
	done               chan struct{} // no process of the pod lives, nor will
	forgotten          context.Context
	forget             context.CancelFunc
	publisherEnded     chan struct{}
	settled            chan struct{} // the API server knows how the pod ended
	mu                 sync.Mutex
	pod                *corev1.Pod
	status             corev1.PodStatus
	finished           bool // the containers are over for good (not: stopped because the node stops)
	wasOver            bool // when this node started
	nodeStops          bool
	running            map[string]*sandbox.Process
	pause              *sandbox.Process // set before the first container starts
	deadline           *time.Timer
	deadlineSetSeconds int64
}

// Start begins, or after a restart of the node resumes, the life of a pod.
func Start(m *Machine, pod *corev1.Pod) (*Runner, error) {
	r := &Runner{Machine: m, dir: m.State.Path("pods", string(pod.UID)), pod: pod,
		changed: make(chan struct{}, 1), done: make(chan struct{}), publisherEnded: make(chan struct{}), settled: make(chan struct{}), running: map[string]*sandbox.Process{}}
	r.volumes = volumes.NewSet(m.Client, string(m.State), r.dir, pod.UID)
	r.stop, r.stopNow = context.WithCancel(context.Background())
	r.kill, r.killNow = context.WithCancel(context.Background())
	r.forgotten, r.forget = context.WithCancel(context.Background())
	if err := os.MkdirAll(filepath.Join(r.dir, "scratch"), 0o700); err != nil {
		return nil, err
	}
	if err := state.WriteFile(filepath.Join(r.dir, nameFile), []byte(pod.Namespace+"_"+pod.Name), 0o600); err != nil {
		return nil, err
	}
	r.restore()
	r.Update(pod)
	go r.publish()
	go r.live()
	return r, nil
}

// live is the story of a pod.
func (r *Runner) live() {
	defer r.touch()
	defer close(r.done)
	if r.finished { // before this node started
		return
	}
	if no := Unsupported(r.pod); len(no) > 0 {
		r.refuse(no)
		return
	}
	if r.makeVolumes() && r.startPause() {
		defer r.stopPause()
		go r.keepHouse()
		if r.runInit() {
			r.runContainers()
		}
	}
	r.finish()
}

func (r *Runner) refuse(no []string) {
	message := "this node can't do what the pod asks for: " + no[0]
	for _, more := range no[1:] {
		message += "; " + more
	}
	r.warn("NotSupported", "%s", message)
	r.fail("NotSupported", message)
	r.finish()
}

// makeVolumes tries until it succeeds or the pod must stop.
func (r *Runner) makeVolumes() bool {
	for pause := time.Second / 2; ; pause = min(2*pause, 5*time.Second) {
		err := r.volumes.Update(r.stop, r.Pod())
		if err == nil {
			return true
		}
		if r.stop.Err() != nil {
			return false
		}
		r.warn("FailedMount", "%v", err)
		if !wait(r.stop, pause) {
			return false
		}
	}
}

func (r *Runner) runInit() bool {
	for i := range r.pod.Spec.InitContainers {
		c := r.container(&r.pod.Spec.InitContainers[i], true)
		if !succeeded(c.status()) {
			c.keep()
		}
		if !succeeded(c.status()) {
			return false
		}
	}
	return true
}

func (r *Runner) runContainers() {
	var all sync.WaitGroup
	for i := range r.pod.Spec.Containers {
		c := r.container(&r.pod.Spec.Containers[i], false)
		all.Go(c.keep)
	}
	all.Wait()
}

// finish settles the pod's phase, unless the node only stops and the pod will go on when it starts again.
func (r *Runner) finish() {
	r.mu.Lock()
	r.finished = !r.nodeStops || r.status.Reason != "" || !r.goesOn()
	if r.finished && r.nodeStops && finalPhase(&r.pod.Spec, &r.status) == corev1.PodFailed {
		r.disrupted()
	}
	if r.deadline != nil {
		r.deadline.Stop()
	}
	r.mu.Unlock()
}

// goesOn tells whether some container is to be started when the node is back.
func (r *Runner) goesOn() bool {
	check := func(containers []corev1.Container, statuses []corev1.ContainerStatus, init bool) bool {
		for i := range containers {
			t := statuses[i].State.Terminated
			if t == nil || restarts(r.pod.Spec.RestartPolicy, init, t.ExitCode) {
				return true
			}
			if init && t.ExitCode != 0 {
				return false
			}
		}
		return false
	}
	return check(r.pod.Spec.InitContainers, r.status.InitContainerStatuses, true) ||
		check(r.pod.Spec.Containers, r.status.ContainerStatuses, false)
}

// Pod is the newest state of the pod with our own addresses in it.
func (r *Runner) Pod() *corev1.Pod {
	r.mu.Lock()
	defer r.mu.Unlock()
	pod := r.pod.DeepCopy()
	pod.Status.PodIP, pod.Status.HostIP = r.status.PodIP, r.status.HostIP
	return pod
}

// Update takes note of a change of the pod's object.
func (r *Runner) Update(pod *corev1.Pod) {
	r.mu.Lock()
	more := len(pod.Spec.EphemeralContainers) - len(r.pod.Spec.EphemeralContainers)
	r.pod = pod
	r.watchDeadline()
	r.mu.Unlock()
	if more > 0 {
		r.warn("NotSupported", "ephemeral containers (kubectl debug) can't be started on this node; kubectl exec can help")
	}
	if pod.DeletionTimestamp != nil {
		grace := int64(0)
		if pod.DeletionGracePeriodSeconds != nil {
			grace = *pod.DeletionGracePeriodSeconds
		}
		r.Stop(time.Duration(grace) * time.Second)
	}
	r.touch()
}

// Published waits until the API server knows how the pod's processes ended, or ctx ends.
func (r *Runner) Published(ctx context.Context) {
	select {
	case <-r.settled:
	case <-r.publisherEnded:
	case <-ctx.Done():
	}
}

// Done is closed when no process of the pod lives any more, nor will.
func (r *Runner) Done() <-chan struct{} { return r.done }

// touch has the publisher look again.
func (r *Runner) touch() {
	select {
	case r.changed <- struct{}{}:
	default:
	}
}

func (r *Runner) warn(reason, format string, args ...any) {
	r.Events.Event(r.Pod(), corev1.EventTypeWarning, reason, fmt.Sprintf(format, args...))
}

func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
