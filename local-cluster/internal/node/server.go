package node

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/virtual-kubelet/virtual-kubelet/errdefs"
	"github.com/virtual-kubelet/virtual-kubelet/node/api"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/exec"

	"beckon.dev/local-cluster/internal/containerlog"
	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/pod"
)

// listen prepares the kubelet's API. Every caller shows a certificate of the cluster's authority; all but the health check is
// for the API server alone.
func listen(o Options, p *pods) (*http.Server, error) {
	pool, err := pki.Pool(o.ClientCA)
	if err != nil {
		return nil, err
	}
	handler := api.PodHandler(api.PodHandlerConfig{
		RunInContainer:        p.exec,
		AttachToContainer:     notAttached,
		PortForward:           p.forward,
		GetPods:               p.list,
		GetPodsFromKubernetes: p.list,
		StreamIdleTimeout:     4 * time.Hour, // as the kubelet's
		StreamCreationTimeout: 30 * time.Second,
	}, true)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") })
	mux.Handle("GET /containerLogs/{namespace}/{pod}/{container}", apiServerOnly(http.HandlerFunc(p.logs)))
	mux.Handle("/", apiServerOnly(handler))
	return &http.Server{Addr: fmt.Sprintf("127.0.0.1:%d", o.Port), Handler: mux, ReadHeaderTimeout: 10 * time.Second,
		TLSConfig: &tls.Config{ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}}, nil
}

func apiServerOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 || r.TLS.PeerCertificates[0].Subject.CommonName != pki.KubeletClient {
			http.Error(w, "only the API server may ask this", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// logs is ours and not virtual-kubelet's, which takes --tail=0 for no --tail.
func (p *pods) logs(w http.ResponseWriter, r *http.Request) {
	options, err := containerlog.ParseOptions(r.URL.Query(), time.Now())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	runner, err := p.find(r.PathValue("namespace"), r.PathValue("pod"))
	if err == nil {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		err = runner.Logs(r.Context(), flushing{w, http.NewResponseController(w)}, r.PathValue("container"), options)
	}
	if err != nil { // not 404: the API server would put a sentence of its own in the place of ours
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

// flushing sends each line at once, for kubectl logs -f.
type flushing struct {
	io.Writer
	control *http.ResponseController
}

func (f flushing) Write(data []byte) (int, error) {
	n, err := f.Writer.Write(data)
	return n, errors.Join(err, f.control.Flush())
}

func (p *pods) exec(ctx context.Context, namespace, name, container string, argv []string, attach api.AttachIO) error {
	if attach.TTY() {
		return errdefs.InvalidInput("a terminal (-t) is not supported here: say kubectl exec -i, or without")
	}
	runner, err := p.find(namespace, name)
	if err != nil {
		return errdefs.NotFound(err.Error())
	}
	var out, errs io.Writer
	if attach.Stdout() != nil {
		out = attach.Stdout()
	}
	if attach.Stderr() != nil {
		errs = attach.Stderr()
	}
	code, err := runner.Exec(ctx, container, argv, attach.Stdin(), out, errs)
	if err != nil {
		return err
	}
	if code != 0 {
		return exec.CodeExitError{Err: fmt.Errorf("command terminated with exit code %d", code), Code: int(code)}
	}
	return nil
}

func notAttached(context.Context, string, string, string, api.AttachIO) error {
	return errdefs.InvalidInput("attach is not supported here: kubectl logs -f shows the output")
}

func (p *pods) forward(ctx context.Context, namespace, name string, port int32, stream io.ReadWriteCloser) error {
	runner, err := p.find(namespace, name)
	if err != nil {
		return errdefs.NotFound(err.Error())
	}
	target, err := dial(ctx, runner.Pod().Status.PodIP, port)
	if err != nil {
		return err
	}
	defer target.Close()
	go func() {
		_, _ = io.Copy(target, stream)
		_ = target.(*net.TCPConn).CloseWrite()
	}()
	_, err = io.Copy(stream, target)
	return err
}

// dial reaches a program that listens on the pod's address or on all, and else one that listens on 127.0.0.1 only.
func dial(ctx context.Context, address string, port int32) (net.Conn, error) {
	var failures []string
	for _, host := range []string{address, pod.HostIP} {
		connection, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, "tcp", fmt.Sprintf("%s:%d", host, port))
		if err == nil {
			return connection, nil
		}
		failures = append(failures, err.Error())
	}
	return nil, errors.New(strings.Join(failures, "; "))
}

func (p *pods) list(context.Context) ([]*corev1.Pod, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []*corev1.Pod
	for _, object := range p.names {
		all = append(all, object)
	}
	return all, nil
}
