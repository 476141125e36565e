package netpolicy

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"
)

// table stands in for the kernel's.
type table struct {
	mu    sync.Mutex
	rules string
	fails error
}

func (k *table) apply(_ context.Context, rules string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fails == nil {
		k.rules = rules
	}
	return k.fails
}

func (k *table) has(text string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return strings.Contains(k.rules, text)
}

// start runs the enforcer on objects and returns how its socket is asked.
func start(t *testing.T, k *table, objects ...runtime.Object) func(path string, form url.Values) (int, error) {
	t.Helper()
	folder := t.TempDir()
	socket := filepath.Join(folder, "s")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, Options{Client: fake.NewClientset(objects...), Table: "t", Bridge: "b", Socket: socket, File: filepath.Join(folder, "f"),
			Filter: "# the machine's\n", Again: 50 * time.Millisecond}, k.apply)
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	return func(path string, form url.Values) (int, error) {
		limit, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if err := until(limit, func() bool {
			connection, err := net.Dial("unix", socket)
			return err == nil && connection.Close() == nil
		}); err != nil {
			return 0, err
		}
		response, err := client.PostForm("http://x"+path, form)
		if err != nil {
			return 0, err
		}
		return response.StatusCode, response.Body.Close()
	}
}

func objects() []runtime.Object {
	return []runtime.Object{
		&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "ns"}},
		object("p", "", nil),
		&networkingv1.NetworkPolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: "none", UID: "1", Generation: 1}},
	}
}

func TestAPodsNetworkIsReadyOnlyWithItsRules(t *testing.T) {
	k := &table{}
	ask := start(t, k, objects()...)
	pod := url.Values{"namespace": {"ns"}, "name": {"p"}, "uid": {"p"}, "sandbox": {"s1"}, "address": {"10.244.0.7"}}
	if code, err := ask("/add", pod); err != nil || code != http.StatusOK {
		t.Fatal(code, err)
	}
	if !k.has("chain ingress_10_244_0_7 {") {
		t.Error("the plugin was answered before the pod's rules were in force:", k.rules)
	}
	if code, err := ask("/del", url.Values{"sandbox": {"s1"}}); err != nil || code != http.StatusOK || k.has("10_244_0_7") {
		t.Error(code, err, k.rules)
	}
}

func TestAPodWhoseRulesCannotBeSetDoesNotStart(t *testing.T) {
	k := &table{}
	ask := start(t, k, objects()...)
	if code, err := ask("/del", url.Values{}); err != nil || code != http.StatusOK { // it has begun
		t.Fatal(code, err)
	}
	k.mu.Lock()
	k.fails = errors.New("no nftables")
	k.mu.Unlock()
	for name, pod := range map[string]url.Values{
		"rules":   {"namespace": {"ns"}, "name": {"p"}, "uid": {"p"}, "sandbox": {"s1"}, "address": {"10.244.0.7"}},
		"address": {"namespace": {"ns"}, "name": {"p"}, "uid": {"p"}, "sandbox": {"s1"}, "address": {"; drop"}},
	} {
		if code, err := ask("/add", pod); err != nil || code != http.StatusInternalServerError {
			t.Error(name, code, err)
		}
	}
}

func TestRulesThatSomebodyFlushedComeBack(t *testing.T) {
	k := &table{}
	ask := start(t, k, objects()...)
	if code, err := ask("/del", url.Values{}); err != nil || code != http.StatusOK { // it has begun
		t.Fatal(code, err)
	}
	k.mu.Lock()
	k.rules = ""
	k.mu.Unlock()
	limit, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := until(limit, func() bool { return k.has("# the machine's") && k.has("table ip t") }); err != nil {
		t.Error(err)
	}
}
