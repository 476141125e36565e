package pod

import (
	"math/rand/v2"
	"time"

	"beckon.dev/local-cluster/internal/volumes"
)

const (
	// The kubelet refreshes volumes about once a minute.
	refreshPause = time.Minute
	sizePause    = 10 * time.Second
)

// keepHouse refreshes volumes while the pod runs, and evicts it when an empty folder outgrows its limit.
func (r *Runner) keepHouse() {
	// Spread, so that a thousand pods don't ask at once.
	refresh := time.Now().Add(refreshPause/2 + rand.N(refreshPause/2))
	for wait(r.stop, sizePause) {
		if isClosed(r.done) {
			return
		}
		pod := r.Pod()
		if name, limit := r.volumes.Oversized(pod); name != "" {
			message := "Usage of EmptyDir volume \"" + name + "\" exceeds the limit \"" + limit + "\". "
			r.warn("Evicted", "%s", message)
			r.fail("Evicted", message)
			r.Stop(r.gracePeriod())
			return
		}
		if time.Now().After(refresh) && volumes.Changes(pod) {
			if err := r.volumes.Update(r.stop, pod); err != nil && r.stop.Err() == nil {
				r.warn("FailedMount", "%v", err)
			}
			refresh = time.Now().Add(refreshPause/2 + rand.N(refreshPause/2))
		}
	}
}
