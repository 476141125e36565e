package node

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/tools/cache"

	"beckon.dev/local-cluster/internal/pod"
)

// pods holds the runner of every pod of this node.
type pods struct {
	machine *pod.Machine
	mu      sync.Mutex
	runners map[types.UID]*pod.Runner
	names   map[string]*corev1.Pod // the newest object of each name
	stopped bool
}

func newPods(m *pod.Machine) *pods {
	return &pods{machine: m, runners: map[types.UID]*pod.Runner{}, names: map[string]*corev1.Pod{}}
}

// watch follows the pods of this node and returns once all that exist are known.
func (p *pods) watch(ctx context.Context, informer cache.SharedIndexInformer) error {
	registration, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { p.see(object.(*corev1.Pod)) },
		UpdateFunc: func(_, object any) { p.see(object.(*corev1.Pod)) },
		DeleteFunc: func(object any) {
			if lost, ok := object.(cache.DeletedFinalStateUnknown); ok {
				object = lost.Obj
			}
			p.lose(object.(*corev1.Pod))
		},
	})
	if err != nil {
		return err
	}
	go informer.Run(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), registration.HasSynced) {
		return errors.New("stopped before the pods were read")
	}
	return p.removeStrangers()
}

// see takes note of a pod's object.
func (p *pods) see(object *corev1.Pod) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.names[object.Namespace+"/"+object.Name] = object
	if runner := p.runners[object.UID]; runner != nil {
		runner.Update(object)
		return
	}
	if p.stopped {
		return
	}
	runner, err := pod.Start(p.machine, object)
	if err != nil {
		utilruntime.HandleError(fmt.Errorf("pod %s/%s: %w", object.Namespace, object.Name, err))
		return
	}
	p.runners[object.UID] = runner
}

// lose ends what still runs of a pod whose object is gone (forced deletion).
func (p *pods) lose(object *corev1.Pod) {
	p.mu.Lock()
	runner := p.runners[object.UID]
	delete(p.runners, object.UID)
	if known := p.names[object.Namespace+"/"+object.Name]; known != nil && known.UID == object.UID {
		delete(p.names, object.Namespace+"/"+object.Name)
	}
	p.mu.Unlock()
	go func() {
		err := error(nil)
		if runner != nil {
			err = runner.Forget()
		} else {
			err = p.machine.RemoveFolder(object.UID)
		}
		if err != nil {
			utilruntime.HandleError(err)
		}
	}()
}

// removeStrangers removes the folders of pods whose objects went while the node was away.
func (p *pods) removeStrangers() error {
	entries, err := os.ReadDir(p.machine.State.Pods())
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	known := map[string]bool{}
	for _, object := range p.names {
		known[string(object.UID)] = true
	}
	for _, entry := range entries {
		if !known[entry.Name()] {
			if err := p.machine.RemoveFolder(types.UID(entry.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// find returns the runner of the pod of that name.
func (p *pods) find(namespace, name string) (*pod.Runner, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if object := p.names[namespace+"/"+name]; object != nil {
		if runner := p.runners[object.UID]; runner != nil {
			return runner, nil
		}
	}
	return nil, fmt.Errorf("pod %s/%s: %w", namespace, name, pod.ErrNoSuch)
}

// stop ends the processes of all pods and gives their last words a moment to reach the API server.
func (p *pods) stop(grace time.Duration) {
	p.mu.Lock()
	p.stopped = true
	var all []*pod.Runner
	for _, runner := range p.runners {
		all = append(all, runner)
	}
	p.mu.Unlock()
	for _, runner := range all {
		runner.NodeStops(grace)
	}
	for _, runner := range all {
		<-runner.Done()
	}
	limit, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	for _, runner := range all {
		runner.Published(limit)
	}
}
