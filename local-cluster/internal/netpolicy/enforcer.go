package netpolicy

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
	"k8s.io/client-go/tools/cache"
)

// Options say what is enforced where.
type Options struct {
	Client kubernetes.Interface
	Table  string // of nftables, family ip
	Bridge string // of the pods
	Socket string // where the CNI plugin asks
	File   string // where addresses are kept
	// Filter is the text of the table that keeps pods' packets on the machine: whoever flushes the ruleset (a firewall that is
	// restarted) takes both, and both are written anew every Again.
	Filter string
	Again  time.Duration
}

// shortPause gathers changes that come together, and longPause waits before what failed is tried again.
const (
	shortPause = 20 * time.Millisecond
	longPause  = time.Second
)

type enforcer struct {
	Options
	apply      func(ctx context.Context, rules string) error
	addresses  *addresses
	namespaces corelisters.NamespaceLister
	policies   networkinglisters.NetworkPolicyLister

	mu      sync.Mutex
	written string
	problem error // of the last try
}

// Run enforces until ctx ends. The last rules stay in force after that; who removes the node removes the table.
func Run(ctx context.Context, o Options) error { return run(ctx, o, nft) }

func run(ctx context.Context, o Options, apply func(ctx context.Context, rules string) error) error {
	factory := informers.NewSharedInformerFactory(o.Client, 0)
	core, policies := factory.Core().V1(), factory.Networking().V1().NetworkPolicies()
	pods := core.Pods().Lister()
	e := &enforcer{Options: o, apply: apply, namespaces: core.Namespaces().Lister(), policies: policies.Lister(), addresses: &addresses{
		file:   o.File,
		pods:   func() ([]*corev1.Pod, error) { return pods.List(labels.Everything()) },
		byName: func(namespace, name string) (*corev1.Pod, error) { return pods.Pods(namespace).Get(name) },
	}}
	if err := e.addresses.load(); err != nil {
		return err
	}
	dirty := make(chan struct{}, 1)
	mark := func() {
		select {
		case dirty <- struct{}{}:
		default:
		}
	}
	for _, informer := range []cache.SharedIndexInformer{core.Pods().Informer(), core.Namespaces().Informer(), policies.Informer()} {
		_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc: func(any) { mark() }, UpdateFunc: func(any, any) { mark() }, DeleteFunc: func(any) { mark() }})
		if err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	defer factory.Shutdown()
	factory.WaitForCacheSync(ctx.Done())
	if err := e.sync(ctx); err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- e.serve(ctx) }()
	again := time.NewTicker(o.Again)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return err
		case <-again.C:
			e.forget()
			mark()
		case <-dirty:
			e.syncSoon(ctx, mark)
		}
	}
}

// syncSoon gathers changes that come together, and has what failed tried again.
func (e *enforcer) syncSoon(ctx context.Context, mark func()) {
	pause := shortPause
	if err := e.sync(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "network policies:", err)
		pause = longPause
		mark()
	}
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
}

// forget has the rules written anew, whether or not they are still there.
func (e *enforcer) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.written = ""
}

// sync makes the rules hold.
func (e *enforcer) sync(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.problem = e.write(ctx)
	return e.problem
}

func (e *enforcer) write(ctx context.Context) error {
	view, err := e.view()
	if err != nil {
		return err
	}
	rules := e.Filter + Rules(e.Table, e.Bridge, view)
	if rules == e.written {
		return nil
	}
	if err := e.apply(ctx, rules); err != nil {
		return err
	}
	e.written = rules
	return nil
}

// nft replaces the tables in one transaction.
func nft(ctx context.Context, rules string) error {
	cmd := exec.CommandContext(ctx, "nft", "-f", "-")
	cmd.Stdin = strings.NewReader(rules)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("nft: %w: %s", err, out)
	}
	return nil
}

func (e *enforcer) view() (View, error) {
	pods, err1 := e.addresses.list()
	policies, err2 := e.policies.List(labels.Everything())
	namespaces, err3 := e.namespaces.List(labels.Everything())
	v := View{Pods: pods, Policies: policies, Namespaces: map[string]map[string]string{}}
	for _, n := range namespaces {
		v.Namespaces[n.Name] = n.Labels
	}
	return v, errors.Join(err1, err2, err3)
}

// upToDate waits until the rules know every policy of the namespace that the API server has now: one that a person made before the
// pod must hold from the pod's first packet.
func (e *enforcer) upToDate(ctx context.Context, namespace string) error {
	now, err := e.Client.NetworkingV1().NetworkPolicies(namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for i := range now.Items {
		wanted := &now.Items[i]
		err := until(ctx, func() bool {
			known, err := e.policies.NetworkPolicies(namespace).Get(wanted.Name)
			return err == nil && (known.UID != wanted.UID || known.Generation >= wanted.Generation)
		})
		if err != nil {
			return fmt.Errorf("the policy %s/%s: %w", namespace, wanted.Name, err)
		}
	}
	return nil
}

// until polls what an informer brings in a moment.
func until(ctx context.Context, so func() bool) error {
	for !so() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil
}
