package storage

import (
	"context"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/workqueue"

	"beckon.dev/local-cluster/internal/state"
)

// How Kubernetes asks: the binder names the provisioner on a claim that wants a new volume, and the scheduler the node
// when the class waits for the first pod.
const (
	askedProvisioner = "volume.kubernetes.io/storage-provisioner"
	selectedNode     = "volume.kubernetes.io/selected-node"
)

// What was refused may be mended, and what failed may go well later: it is tried again, ever more seldom.
const (
	firstPause   = time.Second
	longestPause = 5 * time.Minute
)

// task is a claim that may want a volume, or, without a namespace, a volume that may be done with.
type task struct{ namespace, name string }

// provisioner does its part of what docs call an external provisioner; the rest is Kubernetes' own volume binder. It has no
// memory: whatever dies, the objects tell what is to be done.
type provisioner struct {
	client  kubernetes.Interface
	root    string
	events  record.EventRecorder
	claims  corelisters.PersistentVolumeClaimLister
	volumes corelisters.PersistentVolumeLister
	queue   workqueue.TypedRateLimitingInterface[task]
}

// Run provisions until ctx ends.
func Run(ctx context.Context, client kubernetes.Interface, dir state.Dir) error {
	broadcaster := record.NewBroadcaster(record.WithContext(ctx))
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	defer broadcaster.Shutdown()
	factory := informers.NewSharedInformerFactory(client, 0)
	core := factory.Core().V1()
	p := &provisioner{client: client, root: dir.Volumes(), claims: core.PersistentVolumeClaims().Lister(), volumes: core.PersistentVolumes().Lister(),
		events: broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: Provisioner}),
		queue:  workqueue.NewTypedRateLimitingQueue(workqueue.NewTypedItemExponentialFailureRateLimiter[task](firstPause, longestPause))}
	defer p.queue.ShutDown()
	for _, informer := range []cache.SharedIndexInformer{core.PersistentVolumeClaims().Informer(), core.PersistentVolumes().Informer()} {
		_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: p.see, UpdateFunc: func(_, object any) { p.see(object) }})
		if err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	defer factory.Shutdown()
	factory.WaitForCacheSync(ctx.Done())
	go func() {
		<-ctx.Done()
		p.queue.ShutDown()
	}()
	for p.next(ctx) {
	}
	return nil
}

func (p *provisioner) see(object any) {
	meta := object.(metav1.Object)
	p.queue.Add(task{meta.GetNamespace(), meta.GetName()})
}

// next does one task; false when there will be no more.
func (p *provisioner) next(ctx context.Context) bool {
	item, over := p.queue.Get()
	if over {
		return false
	}
	defer p.queue.Done(item)
	do := p.settleClaim
	if item.namespace == "" {
		do = p.settleVolume
	}
	if err := do(ctx, item); err != nil && !apierrors.IsNotFound(err) && ctx.Err() == nil {
		utilruntime.HandleError(fmt.Errorf("%s %s/%s: %w", Provisioner, item.namespace, item.name, err))
		p.queue.AddRateLimited(item)
		return true
	}
	p.queue.Forget(item)
	return true
}

func (p *provisioner) settleClaim(ctx context.Context, item task) error {
	claim, err := p.claims.PersistentVolumeClaims(item.namespace).Get(item.name)
	if err != nil {
		return err
	}
	if claim.Spec.VolumeName != "" || claim.DeletionTimestamp != nil || claim.Annotations[askedProvisioner] != Provisioner || claim.Spec.StorageClassName == nil {
		return nil
	}
	class, err := p.client.StorageV1().StorageClasses().Get(ctx, *claim.Spec.StorageClassName, metav1.GetOptions{})
	if err != nil || class.Provisioner != Provisioner {
		return err
	}
	if class.VolumeBindingMode != nil && *class.VolumeBindingMode == storagev1.VolumeBindingWaitForFirstConsumer && claim.Annotations[selectedNode] == "" {
		return nil
	}
	volume, err := provision(p.root, claim, class)
	if err == nil {
		_, err = p.client.CoreV1().PersistentVolumes().Create(ctx, volume, metav1.CreateOptions{})
	}
	if apierrors.IsAlreadyExists(err) { // made before a death right here
		return nil
	}
	if err != nil {
		p.events.Eventf(claim, corev1.EventTypeWarning, "ProvisioningFailed", "failed to provision volume with StorageClass %q: %v", class.Name, err)
		return err
	}
	p.events.Eventf(claim, corev1.EventTypeNormal, "ProvisioningSucceeded", "Successfully provisioned volume %s", volume.Name)
	return nil
}

// settleVolume removes a volume whose claim is gone, if its reclaim policy says so: the folder first, or nobody would know of it.
func (p *provisioner) settleVolume(ctx context.Context, item task) error {
	volume, err := p.volumes.Get(item.name)
	if err != nil {
		return err
	}
	if volume.Status.Phase != corev1.VolumeReleased || volume.Spec.PersistentVolumeReclaimPolicy != corev1.PersistentVolumeReclaimDelete ||
		volume.Annotations[provisionedBy] != Provisioner {
		return nil
	}
	path, err := Folder(p.root, volume)
	if err == nil {
		err = os.RemoveAll(path)
	}
	if err != nil {
		p.events.Eventf(volume, corev1.EventTypeWarning, "VolumeFailedDelete", "%v", err)
		return err
	}
	return p.client.CoreV1().PersistentVolumes().Delete(ctx, volume.Name, metav1.DeleteOptions{Preconditions: &metav1.Preconditions{UID: &volume.UID}})
}
