// Package node is the kubelet of this machine: it registers a node, runs the pods that the scheduler gives it, and serves
// logs, exec and port-forward.
package node

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/record"

	"beckon.dev/local-cluster/internal/images"
	"beckon.dev/local-cluster/internal/keptlogs"
	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/pod"
	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/sandbox"
	"beckon.dev/local-cluster/internal/state"
	"beckon.dev/local-cluster/internal/storage"
)

// Options say where the node finds what it needs.
type Options struct {
	State      state.Dir
	Kubeconfig string
	// ProvisionerKubeconfig is what the provisioner of volumes may do: more than a node.
	ProvisionerKubeconfig string
	Port                  int
	APIServerPort         int
	Serving               pki.Pair
	ClientCA              string
	// Grace bounds the grace period of all pods when the node stops.
	Grace time.Duration
}

// Run runs the node until ctx ends, and then ends all its pods' processes.
func Run(ctx context.Context, o Options) error {
	if err := endLeftovers(ctx, o.State); err != nil {
		return err
	}
	client, err := Connect(o.Kubeconfig)
	if err != nil {
		return err
	}
	events := record.NewBroadcaster(record.WithCorrelatorOptions(record.CorrelatorOptions{QPS: 5, BurstSize: 200}))
	defer events.Shutdown()
	events.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	forbidden := sandbox.CanIsolate()
	machine := &pod.Machine{
		Client: client, Images: images.NewStore(o.State.Images()), State: o.State, Kept: keptlogs.New(o.State), Addresses: pod.NewAddresses(),
		Events:        events.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "local-cluster", Host: pki.NodeName}),
		APIServerPort: o.APIServerPort, Isolated: forbidden == nil,
	}
	if !machine.Isolated {
		fmt.Fprintln(os.Stderr, "containers get no mounts of their own, paths in their commands and environments are rewritten:", forbidden)
	}
	pods := newPods(machine)
	if err := pods.watch(ctx, podInformer(client)); err != nil {
		return err
	}
	server, err := listen(o, pods)
	if err != nil {
		return err
	}
	failed := make(chan error, 2)
	go func() { failed <- server.ListenAndServeTLS(o.Serving.Cert, o.Serving.Key) }()
	go register(ctx, client, o.Port)
	provisioner, err := Connect(o.ProvisionerKubeconfig)
	if err != nil {
		return err
	}
	go func() {
		if err := storage.Run(ctx, provisioner, o.State); err != nil {
			failed <- err
		}
	}()
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	pods.stop(o.Grace)
	if ctx.Err() != nil {
		err = nil
	}
	return errors.Join(err, ignoreClosed(server.Close()))
}

// endLeftovers ends the processes of containers whose node was killed: the kernel ended their first processes with the
// node, but not what those had started. Their pods are then told as failed or restarted, see package pod.
func endLeftovers(ctx context.Context, dir state.Dir) error {
	limit, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	all, err := dir.Marker().Processes()
	if err != nil {
		return err
	}
	for _, id := range all {
		// The other components carry the cluster's marker too, but live among the machine's mounts and in no container.
		if proc.Carries(id.PID, pod.ContainerVariable) || !proc.SharesMounts(id.PID) {
			if err := id.Stop(limit, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Connect returns a client for a kubeconfig without a limit of its own.
func Connect(kubeconfig string) (kubernetes.Interface, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS = -1 // the API server is our neighbour and has a limit of its own
	config.UserAgent = "local-cluster-node"
	config.ContentType = "application/vnd.kubernetes.protobuf"
	config.AcceptContentTypes = "application/vnd.kubernetes.protobuf,application/json"
	return kubernetes.NewForConfig(config)
}

func podInformer(client kubernetes.Interface) cache.SharedIndexInformer {
	factory := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithTweakListOptions(func(o *metav1.ListOptions) {
		o.FieldSelector = fields.OneTermEqualSelector("spec.nodeName", pki.NodeName).String()
	}))
	return factory.Core().V1().Pods().Informer()
}
