package netpolicy

import (
	"cmp"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"

	"beckon.dev/local-cluster/internal/state"
)

// sandbox is a pod's network namespace as the CNI plugin told of it.
type sandbox struct {
	ID string `json:"id"`
	// Pod is as it was then: rules hold for it also when its object was deleted by force and its containers still run.
	Pod Pod `json:"pod"`
}

// addresses knows which pod has which address, from before its first container starts until its network is gone. They are kept
// in a file: a pod's object tells its address later than it has it, and this process may die in between.
type addresses struct {
	file string

	mu     sync.Mutex
	by     map[string]sandbox // by the pod's UID
	pods   func() ([]*corev1.Pod, error)
	byName func(namespace, name string) (*corev1.Pod, error)
}

func (a *addresses) load() error {
	a.by = map[string]sandbox{}
	return state.ReadJSON(a.file, &a.by)
}

// add notes a pod's new sandbox. An address that another pod had is no longer that pod's, whatever became of it.
func (a *addresses) add(id string, pod Pod) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for uid, s := range a.by {
		if s.Pod.Address == pod.Address {
			delete(a.by, uid)
		}
	}
	a.by[pod.UID] = sandbox{id, pod}
	return state.WriteJSON(a.file, a.by)
}

// remove forgets a sandbox; a newer one of the same pod stays.
func (a *addresses) remove(id string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for uid, s := range a.by {
		if s.ID == id {
			delete(a.by, uid)
		}
	}
	return state.WriteJSON(a.file, a.by)
}

// list is every pod with an address, once, in the order of addresses' texts.
func (a *addresses) list() ([]Pod, error) {
	objects, err := a.pods()
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return merge(objects, a.by), nil
}

// merge takes addresses from the sandboxes, and from a pod's own status only where no sandbox is known and no other pod has it.
func merge(objects []*corev1.Pod, by map[string]sandbox) []Pod {
	var list []Pod
	taken, seen := map[string]bool{}, map[string]bool{}
	for _, s := range by {
		taken[s.Pod.Address] = true
	}
	for _, pod := range objects {
		if s, known := by[string(pod.UID)]; known {
			list = append(list, podOf(pod, s.Pod.Address)) // with today's labels
			seen[string(pod.UID)] = true
		}
	}
	for uid, s := range by {
		if !seen[uid] {
			list = append(list, s.Pod)
		}
	}
	for _, pod := range objects {
		address := pod.Status.PodIP
		over := pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
		if address == "" || taken[address] || pod.Spec.HostNetwork || over || seen[string(pod.UID)] {
			continue
		}
		taken[address] = true
		list = append(list, podOf(pod, address))
	}
	slices.SortFunc(list, func(a, b Pod) int { return cmp.Compare(a.Address, b.Address) })
	return list
}
