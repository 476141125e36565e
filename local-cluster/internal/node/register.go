package node

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"time"

	virtualkubelet "github.com/virtual-kubelet/virtual-kubelet/node"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/component-base/version"

	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/pod"
)

// maxPods is what the scheduler may place here.
const maxPods = 5000

// register makes the node known and keeps its lease, until ctx ends. An API server that is away is waited for: pods go on
// running meanwhile.
func register(ctx context.Context, client kubernetes.Interface, port int) {
	for ctx.Err() == nil {
		if err := registerOnce(ctx, client, port); err != nil && ctx.Err() == nil {
			fmt.Fprintln(os.Stderr, "register the node:", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func registerOnce(ctx context.Context, client kubernetes.Interface, port int) error {
	controller, err := virtualkubelet.NewNodeController(virtualkubelet.NaiveNodeProvider{}, describe(port), client.CoreV1().Nodes(),
		virtualkubelet.WithNodeEnableLeaseV1(client.CoordinationV1().Leases(corev1.NamespaceNodeLease), virtualkubelet.DefaultLeaseDuration),
		virtualkubelet.WithNodeStatusUpdateErrorHandler(func(ctx context.Context, err error) error {
			fmt.Fprintln(os.Stderr, "node status:", err) // and it tries again at its next turn
			return nil
		}))
	if err != nil {
		return err
	}
	return controller.Run(ctx)
}

// describe is the node as others see it. Its resources are generous: nothing is reserved, and the machine's own limits hold.
func describe(port int) *corev1.Node {
	hostname, err := os.Hostname()
	if err != nil {
		hostname = pki.NodeName
	}
	resources := corev1.ResourceList{
		corev1.ResourceCPU:              *resource.NewQuantity(int64(64*runtime.NumCPU()), resource.DecimalSI),
		corev1.ResourceMemory:           resource.MustParse("1Ti"),
		corev1.ResourceEphemeralStorage: resource.MustParse("1Ti"),
		corev1.ResourcePods:             *resource.NewQuantity(maxPods, resource.DecimalSI),
	}
	now := metav1.NewTime(time.Now())
	condition := func(kind corev1.NodeConditionType, status corev1.ConditionStatus, reason, message string) corev1.NodeCondition {
		return corev1.NodeCondition{Type: kind, Status: status, Reason: reason, Message: message, LastHeartbeatTime: now, LastTransitionTime: now}
	}
	return &corev1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: pki.NodeName, Labels: map[string]string{
			corev1.LabelHostname: pki.NodeName, corev1.LabelOSStable: "linux", corev1.LabelArchStable: runtime.GOARCH,
		}, Annotations: map[string]string{"local-cluster/machine": hostname}},
		Status: corev1.NodeStatus{
			Capacity: resources, Allocatable: resources,
			Addresses:       []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: pod.HostIP}, {Type: corev1.NodeHostName, Address: pki.NodeName}},
			DaemonEndpoints: corev1.NodeDaemonEndpoints{KubeletEndpoint: corev1.DaemonEndpoint{Port: int32(port)}},
			NodeInfo: corev1.NodeSystemInfo{Architecture: runtime.GOARCH, OperatingSystem: "linux", OSImage: "this machine's own",
				KubeletVersion: version.Get().GitVersion, ContainerRuntimeVersion: "process://1"},
			Conditions: []corev1.NodeCondition{
				condition(corev1.NodeReady, corev1.ConditionTrue, "NodeReady", "processes can be started"),
				condition(corev1.NodeMemoryPressure, corev1.ConditionFalse, "NotMeasured", "memory is the machine's own affair"),
				condition(corev1.NodeDiskPressure, corev1.ConditionFalse, "NotMeasured", "disk space is the machine's own affair"),
				condition(corev1.NodePIDPressure, corev1.ConditionFalse, "NotMeasured", "process ids are the machine's own affair"),
			},
		},
	}
}
