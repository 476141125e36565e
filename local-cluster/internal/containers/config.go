// Package containers knows the programs that run real containers: how containerd, the kubelet and kube-proxy are configured, which
// images they have, and which containers run.
package containers

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sigs.k8s.io/yaml"

	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/state"
)

// The images that build-node.sh makes. A tag that is no "latest" is never pulled while it is there.
const (
	PauseImage   = "localhost/local-cluster/pause:1"
	CoreDNSImage = "localhost/local-cluster/coredns:1"
)

// Settings are what the files of settings depend on.
type Settings struct {
	State   state.Dir
	Parts   string // folder of the node's programs
	Network machine.Network
	Certs   *pki.Cluster
	// Ports of the kubelet (on the gateway) and of health checks (on the loopback address).
	Kubelet, KubeletHealth, ProxyHealth, ProxyMetrics int
}

// AgentSocket is where the program that enforces NetworkPolicies answers.
func AgentSocket(dir state.Dir) string { return dir.Path("run", "node-agent.sock") }

// ContainerdSocket is containerd's.
func ContainerdSocket(dir state.Dir) string { return dir.Volatile("containerd.sock") }

// WriteFiles writes the settings of all the node's programs.
func (s Settings) WriteFiles() error {
	d := s.State
	for _, folder := range []string{d.Node("cni"), d.Node("registries", "_default"), d.Node("containerd"), d.Node("kubelet"), d.Node("plugins")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
	}
	kubelet, err1 := yaml.Marshal(s.kubelet())
	proxy, err2 := yaml.Marshal(s.proxy())
	cni, err3 := json.MarshalIndent(s.cni(), "", "  ")
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	for file, text := range map[string]string{
		d.Node("containerd.toml"): s.containerd(),
		// Images are loaded and never pulled: the registry for all names is one that nobody serves.
		d.Node("registries", "_default", "hosts.toml"): "server = \"http://127.0.0.1:1\"\n",
		d.Node("kubelet.yaml"):                         string(kubelet),
		d.Node("kube-proxy.yaml"):                      string(proxy),
		d.Node("cni", "pods.conflist"):                 string(cni),
		d.Node("resolv.conf"):                          "", // no names from outside
	} {
		if err := state.WriteFile(file, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (s Settings) containerd() string {
	d := s.State
	return fmt.Sprintf(`version = 3
imports = []
root = %q
state = %q
oom_score = 0
disabled_plugins = ["io.containerd.nri.v1.nri", "io.containerd.internal.v1.tracing", "io.containerd.tracing.processor.v1.otlp"]
[grpc]
  address = %q
[ttrpc]
  address = %q
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = %q
[plugins."io.containerd.cri.v1.images".registry]
  config_path = %q
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true # or no container starts where CAP_SYS_RESOURCE is missing
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
      Root = %q
      SystemdCgroup = false
  [plugins."io.containerd.cri.v1.runtime".cni]
    bin_dirs = [%q]
    conf_dir = %q
`, d.Node("containerd"), d.Volatile("containerd"), ContainerdSocket(d), ContainerdSocket(d)+".ttrpc", PauseImage, d.Node("registries"),
		d.Volatile("runc"), s.Parts, d.Node("cni"))
}

type object = map[string]any

// cni: the bridge has its address already; isGateway would switch on forwarding for the whole machine.
func (s Settings) cni() object {
	n := s.Network
	return object{"cniVersion": "1.0.0", "name": machine.NetworkName(s.State), "plugins": []object{
		{"type": "bridge", "bridge": machine.Bridge(s.State), "isGateway": false, "ipMasq": false, "hairpinMode": true, "ipam": object{
			"type": "host-local", "dataDir": s.State.Volatile("addresses"),
			"ranges": [][]object{{{"subnet": n.Pods.String(), "gateway": n.Gateway.String()}}},
			"routes": []object{{"dst": "0.0.0.0/0", "gw": n.Gateway.String()}},
		}},
		{"type": "portmap", "backend": "nftables", "capabilities": object{"portMappings": true}},
		{"type": "policy-cni", "socket": AgentSocket(s.State)},
	}}
}

func (s Settings) kubelet() object {
	d := s.State
	return object{
		"apiVersion": "kubelet.config.k8s.io/v1beta1", "kind": "KubeletConfiguration",
		"address": s.Network.Gateway.String(), "port": s.Kubelet, "readOnlyPort": 0,
		"healthzBindAddress": "127.0.0.1", "healthzPort": s.KubeletHealth,
		"containerRuntimeEndpoint": "unix://" + ContainerdSocket(d),
		"cgroupDriver":             "cgroupfs", "cgroupRoot": "/" + machine.Cgroup(d), "failCgroupV1": false, "failSwapOn": false, "oomScoreAdj": 0,
		"clusterDNS": []string{machine.DNS}, "clusterDomain": "cluster.local", "resolvConf": d.Node("resolv.conf"),
		"podLogsDir": d.Node("pod-logs"), "volumePluginDir": d.Node("plugins"),
		"tlsCertFile": s.Certs.Node.Cert, "tlsPrivateKeyFile": s.Certs.Node.Key,
		"authentication": object{"anonymous": object{"enabled": false}, "webhook": object{"enabled": true}, "x509": object{"clientCAFile": s.Certs.CA}},
		"authorization":  object{"mode": "Webhook"},
		// The disk of a developer's machine is rarely empty, and an image that was collected can't be pulled again.
		"evictionHard":                object{"memory.available": "50Mi", "nodefs.available": "1%", "imagefs.available": "1%"},
		"imageGCHighThresholdPercent": 100,
		"serializeImagePulls":         false,
		// An emptyDir over its sizeLimit is noticed in seconds instead of a minute.
		"volumeStatsAggPeriod": "5s",
	}
}

func (s Settings) proxy() object {
	return object{
		"apiVersion": "kubeproxy.config.k8s.io/v1alpha1", "kind": "KubeProxyConfiguration", "mode": "nftables",
		"clientConnection": object{"kubeconfig": s.Certs.ProxyConfig}, "hostnameOverride": pki.NodeName,
		"bindAddress": s.Network.Gateway.String(), "healthzBindAddress": fmt.Sprintf("127.0.0.1:%d", s.ProxyHealth), "metricsBindAddress": fmt.Sprintf("127.0.0.1:%d", s.ProxyMetrics),
		"clusterCIDR": s.Network.Pods.String(), "nodePortAddresses": []string{s.Network.Gateway.String() + "/32"}, "oomScoreAdj": 0,
		// The machine's own settings of connection tracking stay.
		"conntrack": object{"maxPerCore": 0, "min": 0, "tcpEstablishedTimeout": "0s", "tcpCloseWaitTimeout": "0s"},
		"nftables":  object{"minSyncPeriod": "100ms"},
	}
}

// ContainerdCommand, KubeletCommand and ProxyCommand are how the programs are started.
func (s Settings) ContainerdCommand() []string {
	return []string{filepath.Join(s.Parts, "containerd"), "--config", s.State.Node("containerd.toml")}
}

// KubeletCommand: see ContainerdCommand.
func (s Settings) KubeletCommand() []string {
	return []string{filepath.Join(s.Parts, "local-cluster-node"), "kubelet", "--config=" + s.State.Node("kubelet.yaml"), "--kubeconfig=" + s.Certs.NodeKubeconfig,
		"--hostname-override=" + pki.NodeName, "--node-ip=" + s.Network.Gateway.String(), "--root-dir=" + s.State.Node("kubelet"),
		"--cert-dir=" + s.State.Node("kubelet", "pki")}
}

// ProxyCommand: see ContainerdCommand.
func (s Settings) ProxyCommand() []string {
	return []string{filepath.Join(s.Parts, "local-cluster-node"), "kube-proxy", "--config=" + s.State.Node("kube-proxy.yaml")}
}
