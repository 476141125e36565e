package controlplane

import (
	"context"
	"fmt"
	"path/filepath"

	"beckon.dev/local-cluster/internal/containers"
	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/state"
	"beckon.dev/local-cluster/internal/storage"
)

// PoweredParts are those that a power cut of the node ends, in the order in which they are killed: the kubelet before what it would
// restart. The control plane stays, as on a machine of its own.
var PoweredParts = []string{Kubelet, Proxy, Containerd}

func settingsOf(dir state.Dir, parts string, ports state.Ports, certs *pki.Cluster, network machine.Network) containers.Settings {
	return containers.Settings{State: dir, Parts: parts, Network: network, Certs: certs,
		Kubelet: ports[Kubelet], KubeletHealth: ports[kubeletHealth], ProxyHealth: ports[Proxy], ProxyMetrics: ports[proxyMetrics]}
}

// ContainerComponents describes every component of a cluster whose containers are real ones. program is this one.
func ContainerComponents(s containers.Settings, ports state.Ports, program string) []Component {
	dir := s.State
	plane := control(dir, ports, s.Certs, s.Network.Gateway.String(), neverControllers, "--allow-privileged")
	etcd, rest := plane[0], plane[1:]
	rest[0].Healthy = func(ctx context.Context) error { return install(ctx, dir, program) }
	runtime := Component{Name: Containerd, Command: s.ContainerdCommand(), Health: "grpc+unix://" + containers.ContainerdSocket(dir), Patience: shortPatience,
		Healthy: func(ctx context.Context) error {
			_, err := containers.Load(ctx, dir, s.Parts, filepath.Join(s.Parts, "pause.tar"), filepath.Join(s.Parts, "coredns.tar"))
			return err
		}}
	agent := Component{Name: NodeAgent, After: APIServer, Health: "http+unix://" + containers.AgentSocket(dir), Patience: shortPatience,
		Args: []string{"--state=" + string(dir), "--kubeconfig=" + s.Certs.AgentConfig, "--provisioner-kubeconfig=" + s.Certs.ProvisionerConfig}}
	proxy := Component{Name: Proxy, Command: s.ProxyCommand(), Port: ports[Proxy], After: APIServer, Patience: shortPatience,
		Health: fmt.Sprintf("http://127.0.0.1:%d/livez", ports[Proxy])}
	kubelet := Component{Name: Kubelet, Command: s.KubeletCommand(), Port: ports[Kubelet], After: NodeAgent, Patience: shortPatience,
		Health: fmt.Sprintf("http://127.0.0.1:%d/healthz", ports[kubeletHealth]),
		// Nothing starts a container again now: those that run get their time.
		Stopped: func(ctx context.Context) error { return endContainers(ctx, dir) }}
	list := append([]Component{etcd, runtime}, rest...)
	return append(list, agent, proxy, kubelet)
}

// install makes what the node's parts may do before they start: a refusal at their first question would make them wait.
func install(ctx context.Context, dir state.Dir, program string) error {
	client, err := administrator(dir)
	if err != nil {
		return err
	}
	if err := containers.Install(ctx, dir, program); err != nil {
		return err
	}
	return storage.Install(ctx, client)
}

func endContainers(ctx context.Context, dir state.Dir) error {
	running, err := containers.Running(dir)
	if err != nil {
		return err
	}
	return machine.EndContainers(ctx, containers.Identities(running), NodeGrace)
}

// place tells where a component listens, for a person.
func (c Component) place() string {
	if c.Port == 0 {
		return ""
	}
	return fmt.Sprintf(" on port %d", c.Port)
}
