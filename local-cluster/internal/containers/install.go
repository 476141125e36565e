package containers

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/pod"
	"beckon.dev/local-cluster/internal/state"
)

//go:embed cluster.yaml
var manifests string

// Install applies what the cluster has from the start, by the real kubectl in the given program. It is tried again until ctx ends:
// an API server that is only just ready has no namespace kube-system yet.
func Install(ctx context.Context, dir state.Dir, program string) error {
	text := strings.NewReplacer("@DNS@", machine.DNS, "@COREDNS@", CoreDNSImage, "@AGENT@", pki.AgentName, "@KUBELET-CLIENT@", pki.KubeletClient).Replace(manifests)
	for {
		cmd := exec.CommandContext(ctx, program, "kubectl", "--kubeconfig", dir.Kubeconfig(), "apply", "--server-side", "--force-conflicts",
			"--field-manager=local-cluster", "--filename=-")
		cmd.Stdin = strings.NewReader(text)
		out, err := cmd.CombinedOutput()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("install the cluster's DNS: %w: %s", err, out)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// Resolves tells whether the cluster's DNS answers by its Service's address, asked from within a pod: then pods' network, kube-proxy and
// DNS work, and no packet filter of this machine is in the way.
func Resolves(ctx context.Context, dir state.Dir) error {
	limit, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	running, err := Running(dir)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(running, func(c pod.Running) bool { return c.Namespace == "kube-system" && c.Container == "coredns" })
	if i < 0 {
		return errors.New("the cluster's DNS does not run yet")
	}
	resolver := net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return dialFrom(ctx, running[i].PID, network, net.JoinHostPort(machine.DNS, "53"))
	}}
	if _, err := resolver.LookupHost(limit, "kubernetes.default.svc.cluster.local."); err != nil {
		return fmt.Errorf("asked from a pod, the cluster's DNS does not answer: %w", err)
	}
	return nil
}

// dialFrom connects from the network of another process.
func dialFrom(ctx context.Context, pid int, network, address string) (net.Conn, error) {
	type result struct {
		connection net.Conn
		err        error
	}
	done := make(chan result, 1)
	go func() {
		runtime.LockOSThread() // for good: a thread that is in another network must not come back
		fd, err := unix.Open(fmt.Sprintf("/proc/%d/ns/net", pid), unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if err != nil {
			done <- result{nil, err}
			return
		}
		defer unix.Close(fd)
		if err := unix.Setns(fd, unix.CLONE_NEWNET); err != nil {
			done <- result{nil, err}
			return
		}
		connection, err := (&net.Dialer{}).DialContext(ctx, network, address)
		done <- result{connection, err}
	}()
	r := <-done
	return r.connection, r.err
}
