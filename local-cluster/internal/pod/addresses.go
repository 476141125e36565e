package pod

import (
	"fmt"
	"hash/fnv"
	"sync"

	"k8s.io/apimachinery/pkg/types"
)

// Addresses gives each pod a loopback address of its own (Linux answers on all of 127.0.0.0/8), so that pods can listen on
// the same port as long as they listen on their own address.
type Addresses struct {
	mu    sync.Mutex
	owner map[string]types.UID
	taken map[types.UID]string
}

// NewAddresses has all addresses free.
func NewAddresses() *Addresses {
	return &Addresses{owner: map[string]types.UID{}, taken: map[types.UID]string{}}
}

// Take returns the pod's address: the one it had, if that is free, else one derived from its UID.
func (a *Addresses) Take(uid types.UID, had string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if address, ok := a.taken[uid]; ok {
		return address
	}
	hash := fnv.New32a()
	hash.Write([]byte(uid))
	address := had
	for n := hash.Sum32(); address == "" || a.owner[address] != ""; n++ {
		// 127.0.*.* is left to servers of the machine, and .0 and .255 look like no host's address.
		address = fmt.Sprintf("127.%d.%d.%d", 1+n>>16%250, n>>8%256, 1+n%254)
	}
	a.owner[address], a.taken[uid] = uid, address
	return address
}

// Release frees the pod's address.
func (a *Addresses) Release(uid types.UID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.owner, a.taken[uid])
	delete(a.taken, uid)
}
