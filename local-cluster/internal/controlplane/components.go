// Package controlplane knows how each program of the cluster is started, and keeps them running.
package controlplane

import (
	"context"
	"fmt"
	"time"

	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/state"
)

// The components, by the names under which status, restart-component and kill-component know them.
const (
	Etcd              = "etcd"
	APIServer         = "kube-apiserver"
	ControllerManager = "kube-controller-manager"
	Scheduler         = "kube-scheduler"
	Node              = "node" // of processes; of a node of containers all its parts together
	// Those of a node of containers.
	Containerd = "containerd"
	NodeAgent  = "node-agent"
	Proxy      = "kube-proxy"
	Kubelet    = "kubelet"

	// Ports, not components.
	etcdPeer      = "etcd-peer"
	kubeletHealth = "kubelet-health"
	proxyMetrics  = "kube-proxy-metrics"
)

// Names lists the components of a cluster in the order in which they start; they stop in the reverse order.
func Names(kind state.Kind) []string {
	if kind == state.Containers {
		return []string{Etcd, Containerd, APIServer, ControllerManager, Scheduler, NodeAgent, Proxy, Kubelet}
	}
	return []string{Etcd, APIServer, ControllerManager, Scheduler, Node}
}

// Component is one program and how to tell that it is well.
type Component struct {
	Name string
	// Command is the program's file with its first arguments; none: this program, under the component's name.
	Command []string
	Args    []string
	Port    int    // 0: it has none
	Health  string // an address that answers when it is well, see Checker
	// After names the component that must be healthy before this one is started for the first time.
	After string
	// Patience is how long it gets between SIGTERM and SIGKILL.
	Patience time.Duration
	// Healthy is done once, when the component is healthy for the first time, before what waits for it starts.
	Healthy func(ctx context.Context) error
	// Stopped is done when the component was stopped with the whole cluster.
	Stopped func(ctx context.Context) error
}

// neverControllers can't do anything useful on one node: there is no cloud and no metrics server, and a node's certificates are ours.
const neverControllers = "*,-horizontal-pod-autoscaler-controller,-certificatesigningrequest-signing-controller," +
	"-certificatesigningrequest-approving-controller,-certificatesigningrequest-cleaner-controller,-node-ipam-controller," +
	"-service-cidr-controller,-storageversion-garbage-collector-controller"

// processControllers leaves out those, too, which would only fill the log of a cluster whose containers are processes: the address of
// every pod is a loopback address, which Kubernetes refuses in Endpoints; volumes are neither attached nor do they grow.
const processControllers = neverControllers + ",-endpoints-controller,-endpointslice-controller,-endpointslice-mirroring-controller," +
	"-persistentvolume-attach-detach-controller,-persistentvolume-expander-controller,-ephemeral-volume-controller"

// patience is how long each component gets between SIGTERM and SIGKILL. A node of processes gives its containers NodeGrace of its own first.
const (
	shortPatience = 3 * time.Second
	etcdPatience  = 5 * time.Second
	apiPatience   = 8 * time.Second
)

// NodeGrace bounds the grace period of containers when the whole cluster stops.
const NodeGrace = 10 * time.Second

// Components describes every component of a cluster whose containers are processes, for the given ports and certificates.
func Components(dir state.Dir, ports state.Ports, certs *pki.Cluster) []Component {
	node := Component{Name: Node, Port: ports[Node], After: APIServer, Health: httpsHealth("127.0.0.1", ports[Node], "/healthz"), Patience: NodeGrace + 5*time.Second,
		Args: []string{
			"--state=" + string(dir), "--kubeconfig=" + certs.NodeKubeconfig, "--provisioner-kubeconfig=" + certs.ProvisionerConfig, fmt.Sprintf("--port=%d", ports[Node]),
			fmt.Sprintf("--api-server-port=%d", ports[APIServer]),
			"--client-ca-file=" + certs.CA, "--tls-cert-file=" + certs.Node.Cert, "--tls-private-key-file=" + certs.Node.Key,
		}}
	// No pod could reach the API server by an Endpoint's address.
	return append(control(dir, ports, certs, "127.0.0.1", processControllers, "--endpoint-reconciler-type=none"), node)
}

// control describes the control plane, whose API server listens on address.
func control(dir state.Dir, ports state.Ports, certs *pki.Cluster, address, controllers string, apiServerArgs ...string) []Component {
	url := func(name, path string) string { return httpsHealth("127.0.0.1", ports[name], path) }
	serving := func(name, address string, pair pki.Pair) []string {
		return []string{"--bind-address=" + address, fmt.Sprintf("--secure-port=%d", ports[name]),
			"--tls-cert-file=" + pair.Cert, "--tls-private-key-file=" + pair.Key, "--profiling=false"}
	}
	return []Component{
		{Name: Etcd, Port: ports[Etcd], Health: url(Etcd, "/health"), Patience: etcdPatience, Args: []string{
			"--name=local-cluster", "--data-dir=" + dir.Path("etcd"),
			"--listen-client-urls=" + url(Etcd, ""), "--advertise-client-urls=" + url(Etcd, ""),
			"--listen-peer-urls=" + url(etcdPeer, ""), "--initial-advertise-peer-urls=" + url(etcdPeer, ""),
			"--initial-cluster=local-cluster=" + url(etcdPeer, ""),
			"--client-cert-auth", "--trusted-ca-file=" + certs.EtcdCA, "--cert-file=" + certs.Etcd.Cert, "--key-file=" + certs.Etcd.Key,
			"--peer-client-cert-auth", "--peer-trusted-ca-file=" + certs.EtcdCA, "--peer-cert-file=" + certs.Etcd.Cert, "--peer-key-file=" + certs.Etcd.Key,
			"--unsafe-no-fsync", "--log-level=warn", "--snapshot-count=10000", "--auto-compaction-retention=0",
		}},
		{Name: APIServer, Port: ports[APIServer], Health: httpsHealth(address, ports[APIServer], "/readyz"), Patience: apiPatience,
			Args: append(append(serving(APIServer, address, certs.APIServer),
				"--advertise-address="+address, "--service-cluster-ip-range="+machine.ServiceNetwork,
				"--etcd-servers="+url(Etcd, ""), "--etcd-cafile="+certs.EtcdCA, "--etcd-certfile="+certs.EtcdClient.Cert, "--etcd-keyfile="+certs.EtcdClient.Key,
				"--client-ca-file="+certs.CA, "--authorization-mode=Node,RBAC", "--anonymous-auth=false", "--enable-admission-plugins=NodeRestriction",
				"--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file="+certs.ServiceAccountKey,
				"--service-account-signing-key-file="+certs.ServiceAccountKey,
				"--kubelet-certificate-authority="+certs.CA, "--kubelet-client-certificate="+certs.KubeletClient.Cert,
				"--kubelet-client-key="+certs.KubeletClient.Key, "--kubelet-preferred-address-types=InternalIP",
			), apiServerArgs...)},
		{Name: ControllerManager, Port: ports[ControllerManager], After: APIServer, Health: url(ControllerManager, "/healthz"), Patience: shortPatience,
			Args: append(serving(ControllerManager, "127.0.0.1", certs.ControllerManager),
				"--kubeconfig="+certs.ControllerManagerConfig, "--service-account-private-key-file="+certs.ServiceAccountKey,
				"--root-ca-file="+certs.CA, "--use-service-account-credentials", "--leader-elect=false",
				"--kube-api-qps=400", "--kube-api-burst=800", "--concurrent-job-syncs=10", "--controllers="+controllers,
			)},
		{Name: Scheduler, Port: ports[Scheduler], After: APIServer, Health: url(Scheduler, "/healthz"), Patience: shortPatience,
			Args: append(serving(Scheduler, "127.0.0.1", certs.Scheduler),
				"--kubeconfig="+certs.SchedulerConfig, "--leader-elect=false", "--kube-api-qps=400", "--kube-api-burst=800")},
	}
}

// choosePorts keeps or finds the port of every component.
func choosePorts(dir state.Dir, kind state.Kind) (state.Ports, error) {
	if kind == state.Containers {
		return dir.ChoosePorts(etcdPeer, Etcd, APIServer, ControllerManager, Scheduler, Proxy, proxyMetrics, Kubelet, kubeletHealth)
	}
	return dir.ChoosePorts(append([]string{etcdPeer}, Names(kind)...)...)
}

func httpsHealth(address string, port int, path string) string {
	return fmt.Sprintf("https://%s:%d%s", address, port, path)
}
