package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"beckon.dev/local-cluster/internal/state"
)

// NodeName is the name of the cluster's only node.
const NodeName = "this-machine"

// ProvisionerName is the common name by which the provisioner of volumes shows itself to the API server.
const ProvisionerName = "local-cluster:local-path-provisioner"

// AgentName is the common name by which the agent of a node of containers, which enforces NetworkPolicies, shows itself.
const AgentName = "local-cluster:node-agent"

// KubeletClient is the common name by which the API server shows itself to the node.
const KubeletClient = "kube-apiserver-kubelet-client"

// Cluster holds every certificate, key and kubeconfig of a cluster, as files.
type Cluster struct {
	CA, EtcdCA                      string // certificates of the two authorities
	ServiceAccountKey               string
	Etcd, EtcdClient                Pair
	APIServer, KubeletClient        Pair
	ControllerManager, Scheduler    Pair // serving
	Node                            Pair // serving
	Admin                           Pair
	ControllerManagerConfig         string // kubeconfigs
	SchedulerConfig, NodeKubeconfig string
	ProvisionerConfig               string
	ProxyConfig, AgentConfig        string // of a node of containers
}

var loopback = []string{"127.0.0.1", "localhost"}

// Ensure makes what is missing or about to expire and keeps the rest. serverURL is the API server's address, and hosts are
// those besides the loopback address at which it and the node are reached.
// etcd has an authority of its own: no client certificate of the cluster opens the database.
func Ensure(dir state.Dir, serverURL string, now time.Time, hosts ...string) (*Cluster, error) {
	hosts = append(slices.Clone(loopback), hosts...)
	folder := dir.Path("pki")
	ca, err := newAuthority(folder, "ca", now)
	if err != nil {
		return nil, err
	}
	etcdCA, err := newAuthority(folder, "etcd-ca", now)
	if err != nil {
		return nil, err
	}
	c := &Cluster{CA: ca.Cert, EtcdCA: etcdCA.Cert, ServiceAccountKey: dir.Path("pki", "service-account.key")}
	if err := ensureKey(c.ServiceAccountKey); err != nil {
		return nil, err
	}
	var managerClient, schedulerClient, nodeClient, provisionerClient, proxyClient, agentClient Pair
	for _, want := range []struct {
		by   *authority
		into *Pair
		Request
	}{
		{etcdCA, &c.Etcd, Request{"etcd", "etcd", nil, loopback}},
		{etcdCA, &c.EtcdClient, Request{"etcd-client", "kube-apiserver", nil, nil}},
		{ca, &c.APIServer, Request{"kube-apiserver", "kube-apiserver", nil,
			append([]string{"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "10.96.0.1"}, hosts...)}},
		{ca, &c.KubeletClient, Request{"kubelet-client", KubeletClient, nil, nil}},
		{ca, &c.ControllerManager, Request{"kube-controller-manager", "kube-controller-manager", nil, loopback}},
		{ca, &c.Scheduler, Request{"kube-scheduler", "kube-scheduler", nil, loopback}},
		{ca, &c.Node, Request{"node", "system:node:" + NodeName, []string{"system:nodes"}, append([]string{NodeName}, hosts...)}},
		{ca, &c.Admin, Request{"admin", "local-cluster-admin", []string{"system:masters"}, nil}},
		{ca, &managerClient, Request{"kube-controller-manager-client", "system:kube-controller-manager", nil, nil}},
		{ca, &schedulerClient, Request{"kube-scheduler-client", "system:kube-scheduler", nil, nil}},
		{ca, &nodeClient, Request{"node-client", "system:node:" + NodeName, []string{"system:nodes"}, nil}},
		{ca, &provisionerClient, Request{"local-path-provisioner-client", ProvisionerName, nil, nil}},
		{ca, &proxyClient, Request{"kube-proxy-client", "system:kube-proxy", nil, nil}},
		{ca, &agentClient, Request{"node-agent-client", AgentName, nil, nil}},
	} {
		if *want.into, err = want.by.issue(folder, want.Request, now); err != nil {
			return nil, err
		}
	}
	c.ControllerManagerConfig = dir.Path("pki", "kube-controller-manager.kubeconfig")
	c.SchedulerConfig = dir.Path("pki", "kube-scheduler.kubeconfig")
	c.NodeKubeconfig = dir.Path("pki", "node.kubeconfig")
	c.ProvisionerConfig = dir.Path("pki", "local-path-provisioner.kubeconfig")
	c.ProxyConfig, c.AgentConfig = dir.Path("pki", "kube-proxy.kubeconfig"), dir.Path("pki", "node-agent.kubeconfig")
	for file, client := range map[string]Pair{
		dir.Kubeconfig(): c.Admin, c.ControllerManagerConfig: managerClient, c.SchedulerConfig: schedulerClient, c.NodeKubeconfig: nodeClient,
		c.ProvisionerConfig: provisionerClient, c.ProxyConfig: proxyClient, c.AgentConfig: agentClient,
	} {
		if err := writeKubeconfig(file, serverURL, c.CA, client); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Client returns an HTTP client that trusts only the given authority and shows the given certificate.
func Client(caFile string, pair Pair, timeout time.Duration) (*http.Client, error) {
	pool, err := Pool(caFile)
	if err != nil {
		return nil, err
	}
	cert, err := tls.LoadX509KeyPair(pair.Cert, pair.Key)
	if err != nil {
		return nil, err
	}
	return &http.Client{Timeout: timeout, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12},
	}}, nil
}

// Pool reads the certificate of an authority.
func Pool(caFile string) (*x509.CertPool, error) {
	text, err := os.ReadFile(caFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s holds no certificate", caFile)
	}
	return pool, nil
}

func ensureKey(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return state.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), 0o600)
}

func writeKubeconfig(path, server, caFile string, client Pair) error {
	read := func(file string) (data []byte, err error) { return os.ReadFile(file) }
	ca, err1 := read(caFile)
	cert, err2 := read(client.Cert)
	key, err3 := read(client.Key)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	config := clientcmdapi.NewConfig()
	config.Clusters["local-cluster"] = &clientcmdapi.Cluster{Server: server, CertificateAuthorityData: ca}
	config.AuthInfos["local-cluster"] = &clientcmdapi.AuthInfo{ClientCertificateData: cert, ClientKeyData: key}
	config.Contexts["local-cluster"] = &clientcmdapi.Context{Cluster: "local-cluster", AuthInfo: "local-cluster"}
	config.CurrentContext = "local-cluster"
	text, err := clientcmd.Write(*config)
	if err != nil {
		return err
	}
	// A kubeconfig may hold a user's own changes (a namespace, say): it is left alone while its address and client are ours.
	if old, err := clientcmd.LoadFromFile(path); err == nil && sameAccess(old, config) {
		return os.Chmod(path, 0o600)
	}
	return state.WriteFile(path, text, 0o600)
}

func sameAccess(a, b *clientcmdapi.Config) bool {
	clusterA, clusterB := a.Clusters["local-cluster"], b.Clusters["local-cluster"]
	userA, userB := a.AuthInfos["local-cluster"], b.AuthInfos["local-cluster"]
	return clusterA != nil && userA != nil && clusterA.Server == clusterB.Server &&
		string(clusterA.CertificateAuthorityData) == string(clusterB.CertificateAuthorityData) &&
		string(userA.ClientCertificateData) == string(userB.ClientCertificateData) &&
		string(userA.ClientKeyData) == string(userB.ClientKeyData)
}
