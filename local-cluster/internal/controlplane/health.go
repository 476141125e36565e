package controlplane

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	"beckon.dev/local-cluster/internal/containers"
	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/state"
	"beckon.dev/local-cluster/internal/storage"
)

// Checker asks components how they are.
type Checker struct{ cluster, etcd *http.Client }

// NewChecker uses the administrator's certificate, and etcd's own client certificate for etcd.
func NewChecker(dir state.Dir) (*Checker, error) {
	pair := func(name string) pki.Pair {
		return pki.Pair{Cert: dir.Path("pki", name+".crt"), Key: dir.Path("pki", name+".key")}
	}
	cluster, err := pki.Client(dir.Path("pki", "ca.crt"), pair("admin"), 2*time.Second)
	if err != nil {
		return nil, err
	}
	etcd, err := pki.Client(dir.Path("pki", "etcd-ca.crt"), pair("etcd-client"), 2*time.Second)
	if err != nil {
		return nil, err
	}
	return &Checker{cluster: cluster, etcd: etcd}, nil
}

// Check returns nil when the component at this address is well: https and http mean an answer 200, grpc+unix is the socket of one
// that serves gRPC's health protocol, http+unix that of one that serves /healthz.
func (c *Checker) Check(ctx context.Context, name, url string) error {
	client := c.cluster
	scheme, path, _ := strings.Cut(url, "://")
	switch {
	case name == Etcd:
		client = c.etcd
	case scheme == "grpc+unix":
		return checkGRPC(ctx, path)
	case scheme == "http+unix":
		transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", path)
		}}
		defer transport.CloseIdleConnections()
		client, url = &http.Client{Timeout: 2 * time.Second, Transport: transport}, "http://"+name+"/healthz"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(response.Body, 300))
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %d: %.200s", name, response.StatusCode, text)
	}
	return nil
}

func checkGRPC(ctx context.Context, socket string) error {
	limit, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	connection, err := grpc.NewClient("unix://"+socket, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	answer, err := healthpb.NewHealthClient(connection).Check(limit, &healthpb.HealthCheckRequest{})
	if err != nil {
		return err
	}
	if answer.Status != healthpb.HealthCheckResponse_SERVING {
		return fmt.Errorf("it says %s", answer.Status)
	}
	return nil
}

// wait polls until the component is well or ctx ends.
func (c *Checker) wait(ctx context.Context, name, url string) error {
	for {
		err := c.Check(ctx, name, url)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s did not become healthy: %w", name, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// waitUsable polls until pods can run and claims find a StorageClass: the node is ready and untainted, and the default namespace has its ServiceAccount.
func waitUsable(ctx context.Context, dir state.Dir, kind state.Kind) error {
	client, err := administrator(dir)
	if err != nil {
		return err
	}
	for {
		err := errors.Join(storage.Install(ctx, client), usable(ctx, client))
		if err == nil && kind == state.Containers {
			err = containers.Resolves(ctx, dir)
		}
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the cluster did not become usable: %w", err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func administrator(dir state.Dir) (kubernetes.Interface, error) {
	config, err := clientcmd.BuildConfigFromFlags("", dir.Kubeconfig())
	if err != nil {
		return nil, err
	}
	return kubernetes.NewForConfig(config)
}

func usable(ctx context.Context, client kubernetes.Interface) error {
	if _, err := client.CoreV1().ServiceAccounts(metav1.NamespaceDefault).Get(ctx, "default", metav1.GetOptions{}); err != nil {
		return err
	}
	node, err := client.CoreV1().Nodes().Get(ctx, pki.NodeName, metav1.GetOptions{})
	if err != nil {
		return err
	}
	if len(node.Spec.Taints) > 0 {
		return fmt.Errorf("node %s is tainted %s", node.Name, node.Spec.Taints[0].Key)
	}
	for _, condition := range node.Status.Conditions {
		if condition.Type == corev1.NodeReady && condition.Status == corev1.ConditionTrue {
			return nil
		}
	}
	return fmt.Errorf("node %s is not ready", node.Name)
}
