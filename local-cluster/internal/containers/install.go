package containers

import (
	"context"
	_ "embed"
	"fmt"
	"net"
	"os/exec"
	"strings"
	"time"

	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/pki"
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

// Resolves tells whether the cluster's DNS answers by its Service's address: then pods' network, kube-proxy and DNS work.
func Resolves(ctx context.Context) error {
	limit, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	resolver := net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort(machine.DNS, "53"))
	}}
	_, err := resolver.LookupHost(limit, "kubernetes.default.svc.cluster.local.")
	return err
}
