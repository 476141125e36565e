// Package controlplane knows how each program of the cluster is started, and keeps them running.
package controlplane

import (
	"fmt"

	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/state"
)

// The components, by the names under which status, restart-component and kill-component know them.
const (
	Etcd              = "etcd"
	APIServer         = "kube-apiserver"
	ControllerManager = "kube-controller-manager"
	Scheduler         = "kube-scheduler"
	Node              = "node"

	etcdPeer = "etcd-peer" // a port, not a component
)

// Names lists the components in the order in which they start; they stop in the reverse order.
var Names = []string{Etcd, APIServer, ControllerManager, Scheduler, Node}

// Component is one program and how to tell that it is well.
type Component struct {
	Name string
	Args []string
	Port int
	// After names the component that must be healthy before this one is started for the first time.
	After string
}

// disabledControllers can't do anything useful here, and some would only fill the log: the address of every pod is a
// loopback address, which Kubernetes refuses in Endpoints; there is no cloud, no metrics server; volumes are neither attached nor do they grow.
const disabledControllers = "*,-endpoints-controller,-endpointslice-controller,-endpointslice-mirroring-controller," +
	"-horizontal-pod-autoscaler-controller,-persistentvolume-attach-detach-controller,-persistentvolume-expander-controller," +
	"-ephemeral-volume-controller,-certificatesigningrequest-signing-controller," +
	"-certificatesigningrequest-approving-controller,-certificatesigningrequest-cleaner-controller,-node-ipam-controller," +
	"-service-cidr-controller,-storageversion-garbage-collector-controller"

// Components describes every component for the given ports and certificates.
func Components(dir state.Dir, ports state.Ports, certs *pki.Cluster) []Component {
	url := func(name, path string) string { return fmt.Sprintf("https://127.0.0.1:%d%s", ports[name], path) }
	serving := func(name string, pair pki.Pair) []string {
		return []string{"--bind-address=127.0.0.1", fmt.Sprintf("--secure-port=%d", ports[name]),
			"--tls-cert-file=" + pair.Cert, "--tls-private-key-file=" + pair.Key, "--profiling=false"}
	}
	return []Component{
		{Name: Etcd, Port: ports[Etcd], Args: []string{
			"--name=local-cluster", "--data-dir=" + dir.Path("etcd"),
			"--listen-client-urls=" + url(Etcd, ""), "--advertise-client-urls=" + url(Etcd, ""),
			"--listen-peer-urls=" + url(etcdPeer, ""), "--initial-advertise-peer-urls=" + url(etcdPeer, ""),
			"--initial-cluster=local-cluster=" + url(etcdPeer, ""),
			"--client-cert-auth", "--trusted-ca-file=" + certs.EtcdCA, "--cert-file=" + certs.Etcd.Cert, "--key-file=" + certs.Etcd.Key,
			"--peer-client-cert-auth", "--peer-trusted-ca-file=" + certs.EtcdCA, "--peer-cert-file=" + certs.Etcd.Cert, "--peer-key-file=" + certs.Etcd.Key,
			"--unsafe-no-fsync", "--log-level=warn", "--snapshot-count=10000", "--auto-compaction-retention=0",
		}},
		{Name: APIServer, Port: ports[APIServer], Args: append(serving(APIServer, certs.APIServer),
			"--advertise-address=127.0.0.1", "--endpoint-reconciler-type=none", "--service-cluster-ip-range=10.96.0.0/16",
			"--etcd-servers="+url(Etcd, ""), "--etcd-cafile="+certs.EtcdCA, "--etcd-certfile="+certs.EtcdClient.Cert, "--etcd-keyfile="+certs.EtcdClient.Key,
			"--client-ca-file="+certs.CA, "--authorization-mode=Node,RBAC", "--anonymous-auth=false", "--enable-admission-plugins=NodeRestriction",
			"--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file="+certs.ServiceAccountKey,
			"--service-account-signing-key-file="+certs.ServiceAccountKey,
			"--kubelet-certificate-authority="+certs.CA, "--kubelet-client-certificate="+certs.KubeletClient.Cert,
			"--kubelet-client-key="+certs.KubeletClient.Key, "--kubelet-preferred-address-types=InternalIP",
		)},
		{Name: ControllerManager, Port: ports[ControllerManager], After: APIServer,
			Args: append(serving(ControllerManager, certs.ControllerManager),
				"--kubeconfig="+certs.ControllerManagerConfig, "--service-account-private-key-file="+certs.ServiceAccountKey,
				"--root-ca-file="+certs.CA, "--use-service-account-credentials", "--leader-elect=false",
				"--kube-api-qps=400", "--kube-api-burst=800", "--concurrent-job-syncs=10", "--controllers="+disabledControllers,
			)},
		{Name: Scheduler, Port: ports[Scheduler], After: APIServer,
			Args: append(serving(Scheduler, certs.Scheduler),
				"--kubeconfig="+certs.SchedulerConfig, "--leader-elect=false", "--kube-api-qps=400", "--kube-api-burst=800")},
		{Name: Node, Port: ports[Node], After: APIServer, Args: []string{
			"--state=" + string(dir), "--kubeconfig=" + certs.NodeKubeconfig, "--provisioner-kubeconfig=" + certs.ProvisionerConfig, fmt.Sprintf("--port=%d", ports[Node]),
			fmt.Sprintf("--api-server-port=%d", ports[APIServer]),
			"--client-ca-file=" + certs.CA, "--tls-cert-file=" + certs.Node.Cert, "--tls-private-key-file=" + certs.Node.Key,
		}},
	}
}

// choosePorts keeps or finds the port of every component.
func choosePorts(dir state.Dir) (state.Ports, error) {
	return dir.ChoosePorts(append([]string{etcdPeer}, Names...)...)
}

// HealthURL answers 200 when the component is well.
func HealthURL(name string, port int) string {
	path := "/healthz"
	switch name {
	case Etcd:
		path = "/health"
	case APIServer:
		path = "/readyz"
	}
	return fmt.Sprintf("https://127.0.0.1:%d%s", port, path)
}
