package netpolicy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// patience is how long a new pod waits for the API server's news of it; less than the CNI plugin waits.
const patience = 8 * time.Second

// serve answers the CNI plugin (/add, /del) and who asks for health.
func (e *enforcer) serve(ctx context.Context) error {
	if err := os.Remove(e.Socket); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	listener, err := net.Listen("unix", e.Socket)
	if err != nil {
		return err
	}
	handler := http.NewServeMux()
	handler.HandleFunc("POST /add", answer(e.add))
	handler.HandleFunc("POST /del", answer(e.remove))
	handler.HandleFunc("GET /healthz", answer(func(*http.Request) error {
		e.mu.Lock()
		defer e.mu.Unlock()
		return e.problem
	}))
	server := &http.Server{Handler: handler, ReadHeaderTimeout: patience}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func answer(act func(*http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := act(r); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}

// add returns when the rules for the pod's address are in force.
func (e *enforcer) add(r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	namespace, name, uid := r.FormValue("namespace"), r.FormValue("name"), r.FormValue("uid")
	address := r.FormValue("address")
	if ip := net.ParseIP(address); ip == nil || ip.To4() == nil {
		return fmt.Errorf("%q is no IPv4 address", address)
	}
	var pod *corev1.Pod
	err := until(ctx, func() bool {
		var err error
		pod, err = e.addresses.byName(namespace, name)
		return err == nil && string(pod.UID) == uid
	})
	if err != nil {
		return fmt.Errorf("the pod %s/%s (%s) is not known: %w", namespace, name, uid, err)
	}
	if err := e.upToDate(ctx, namespace); err != nil {
		return err
	}
	if err := e.addresses.add(r.FormValue("sandbox"), podOf(pod, address)); err != nil {
		return err
	}
	return e.sync(ctx)
}

// remove comes when the pod's network is taken down: nothing runs in it any more.
func (e *enforcer) remove(r *http.Request) error {
	if err := e.addresses.remove(r.FormValue("sandbox")); err != nil {
		return err
	}
	return e.sync(r.Context())
}
