package controlplane

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

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

// Check returns nil when the component at this address is well.
func (c *Checker) Check(ctx context.Context, name, url string) error {
	client := c.cluster
	if name == Etcd {
		client = c.etcd
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
func waitUsable(ctx context.Context, dir state.Dir) error {
	config, err := clientcmd.BuildConfigFromFlags("", dir.Kubeconfig())
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	for {
		err := errors.Join(storage.Install(ctx, client), usable(ctx, client))
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
