package netpolicy

import (
	"os/exec"
	"os/user"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/yaml"
)

var view = View{
	Pods: []Pod{
		{Namespace: "shop", Name: "web", Address: "10.244.0.2", Labels: map[string]string{"app": "web"},
			Ports: []Port{{"http", corev1.ProtocolTCP, 8080}, {"http", corev1.ProtocolUDP, 8081}}},
		{Namespace: "shop", Name: "client", Address: "10.244.0.3", Labels: map[string]string{"app": "client"}},
		{Namespace: "other", Name: "client", Address: "10.244.0.4", Labels: map[string]string{"app": "client"}, Ports: []Port{{"http", corev1.ProtocolTCP, 9090}}},
	},
	Namespaces: map[string]map[string]string{"shop": {"team": "a"}, "other": {"team": "b"}},
}

func with(t *testing.T, spec string) View {
	t.Helper()
	policy := &networkingv1.NetworkPolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: "p"}}
	if err := yaml.UnmarshalStrict([]byte(spec), &policy.Spec); err != nil {
		t.Fatal(err)
	}
	v := view
	v.Policies = []*networkingv1.NetworkPolicy{policy}
	return v
}

// chain is what stands in a pod's chain between its own address and the drop; nil if there is no chain.
func chain(t *testing.T, rules, name string) []string {
	t.Helper()
	_, after, found := strings.Cut(rules, "  chain "+name+" {")
	if !found {
		return nil
	}
	body, _, _ := strings.Cut(after, "\n  }\n")
	lines := strings.Split(body, "\n")[2:]
	if last := lines[len(lines)-1]; last != "    drop" {
		t.Errorf("%s ends with %q", name, last)
	}
	matches := []string{}
	for _, line := range lines[:len(lines)-1] {
		matches = append(matches, strings.TrimSuffix(strings.TrimSpace(line), "return"))
	}
	return matches
}

func TestWhatAPolicySays(t *testing.T) {
	for name, c := range map[string]struct {
		spec            string
		ingress, egress []string // of the pod web
	}{
		"nothing comes in": {`podSelector: {}`, []string{}, nil},
		"nothing goes out": {`{podSelector: {}, policyTypes: [Egress]}`, nil, []string{}},
		"of another pod":   {`podSelector: {matchLabels: {app: client}}`, nil, nil},
		"everything":       {`{podSelector: {}, ingress: [{}], egress: [{}], policyTypes: [Ingress, Egress]}`, []string{""}, []string{""}},
		"pods of the same namespace": {`{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: client}}}]}]}`,
			[]string{"ip saddr { 10.244.0.3 } "}, nil},
		"namespaces by label": {`{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}}]}]}`,
			[]string{"ip saddr { 10.244.0.4 } "}, nil},
		"namespace and pod together": {`{podSelector: {}, ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: client}}}]}]}`,
			[]string{"ip saddr { 10.244.0.3, 10.244.0.4 } "}, nil},
		"ports": {`{podSelector: {}, ingress: [{ports: [{port: 80}, {port: 100, endPort: 200, protocol: UDP}, {protocol: SCTP}]}]}`,
			[]string{"meta l4proto sctp ", "tcp dport 80 ", "udp dport 100-200 "}, nil},
		"a name is the selected pod's on the way in": {`{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {}}], ports: [{port: http}]}]}`,
			[]string{"ip saddr { 10.244.0.2, 10.244.0.3 } tcp dport 8080 "}, nil},
		"and the peer's on the way out": {`{podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}], ports: [{port: http}]}]}`,
			nil, []string{"ip daddr { 10.244.0.2 } tcp dport 8080 ", "ip daddr { 10.244.0.4 } tcp dport 9090 "}},
		"and of every pod, if nobody is named": {`{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}, {port: 53}]}]}`,
			nil, []string{"ip daddr { 10.244.0.2 } tcp dport 8080 ", "ip daddr { 10.244.0.4 } tcp dport 9090 ", "tcp dport 53 "}},
		"a name that nobody has": {`{podSelector: {}, ingress: [{ports: [{port: none}]}]}`, []string{}, nil},
		"blocks": {`{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}}, {ipBlock: {cidr: "fd00::/8"}}], ports: [{port: 443}]}]}`,
			[]string{}, []string{"ip daddr 10.0.0.0/8 ip daddr != 10.1.0.0/16 ip daddr != 10.2.0.0/16 tcp dport 443 "}},
		"blocks as they were written once": {`{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 010.010.0.0/16, except: [010.010.001.0/24]}}]}]}`,
			[]string{}, []string{"ip daddr 10.10.0.0/16 ip daddr != 10.10.1.0/24 "}},
		"an exception that nobody can read": {`{podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [x]}}]}]}`, []string{}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			rules := Rules("policies", "lc-1", with(t, c.spec))
			for chainName, want := range map[string][]string{"ingress_10_244_0_2": c.ingress, "egress_10_244_0_2": c.egress} {
				got := chain(t, rules, chainName)
				if !slices.Equal(got, want) || (got == nil) != (want == nil) {
					t.Errorf("%s: %q, wanted %q", chainName, got, want)
				}
			}
			readByNft(t, rules)
		})
	}
}

// readByNft lets nft judge the text, where it is there and allowed to.
func readByNft(t *testing.T, rules string) {
	t.Helper()
	me, err := user.Current()
	if err != nil || me.Uid != "0" {
		return
	}
	if _, err := exec.LookPath("nft"); err != nil {
		return
	}
	nft := exec.Command("nft", "--check", "-f", "-")
	nft.Stdin = strings.NewReader(rules)
	if out, err := nft.CombinedOutput(); err != nil {
		t.Errorf("%v: %s\n%s", err, out, rules)
	}
}

func TestSeveralPoliciesAddUp(t *testing.T) {
	v := with(t, `{podSelector: {}, ingress: [{ports: [{port: 80}]}]}`)
	v.Policies = append(v.Policies, with(t, `{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 81}]}]}`).Policies...)
	if got := chain(t, Rules("t", "b", v), "ingress_10_244_0_2"); !slices.Equal(got, []string{"tcp dport 80 ", "tcp dport 81 "}) {
		t.Errorf("%q", got)
	}
}

func TestAPodOfAnotherNamespaceIsNotSelected(t *testing.T) {
	if got := chain(t, Rules("t", "b", with(t, `podSelector: {}`)), "ingress_10_244_0_4"); got != nil {
		t.Errorf("%q", got)
	}
}

func object(uid, address string, change func(*corev1.Pod)) *corev1.Pod {
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{UID: types.UID(uid), Namespace: "ns", Name: uid}, Status: corev1.PodStatus{PodIP: address}}
	if change != nil {
		change(pod)
	}
	return pod
}

func TestAnAddressIsOnePodsOnly(t *testing.T) {
	by := map[string]sandbox{
		"new":    {"s1", Pod{UID: "new", Address: "10.244.0.2"}},
		"forced": {"s2", Pod{UID: "forced", Name: "forced", Address: "10.244.0.9"}}, // its object is gone, its containers may run
	}
	list := merge([]*corev1.Pod{
		object("new", "10.244.0.1", nil), // its status is of its last sandbox
		object("old", "10.244.0.2", nil), // and this one's is of one that is gone
		object("plain", "10.244.0.3", nil),
		object("over", "10.244.0.4", func(p *corev1.Pod) { p.Status.Phase = corev1.PodSucceeded }),
		object("host", "10.244.0.5", func(p *corev1.Pod) { p.Spec.HostNetwork = true }),
		object("none", "", nil),
	}, by)
	var got []string
	for _, p := range list {
		got = append(got, p.UID+" "+p.Address)
	}
	if !slices.Equal(got, []string{"new 10.244.0.2", "plain 10.244.0.3", "forced 10.244.0.9"}) {
		t.Errorf("%q", got)
	}
}

func TestAddressesOutliveTheProcess(t *testing.T) {
	file := t.TempDir() + "/addresses.json"
	a := &addresses{file: file}
	if err := a.load(); err != nil {
		t.Fatal(err)
	}
	for _, step := range []error{
		a.add("s1", Pod{UID: "u1", Address: "10.244.0.2"}),
		a.add("s2", Pod{UID: "u2", Address: "10.244.0.2"}), // which u1 has no more
		a.add("s3", Pod{UID: "u3", Address: "10.244.0.3"}),
		a.add("s4", Pod{UID: "u3", Address: "10.244.0.4"}),
		a.remove("s3"), // the old sandbox of a pod that has a new one
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	next := &addresses{file: file}
	if err := next.load(); err != nil || len(next.by) != 2 || next.by["u2"].Pod.Address != "10.244.0.2" || next.by["u3"].ID != "s4" {
		t.Errorf("%+v %v", next.by, err)
	}
}

func TestNamesOfPortsAreReadFromAllContainers(t *testing.T) {
	pod := object("u", "", func(p *corev1.Pod) {
		p.Spec.InitContainers = []corev1.Container{{Ports: []corev1.ContainerPort{{Name: "side", ContainerPort: 1}}}}
		p.Spec.Containers = []corev1.Container{{Ports: []corev1.ContainerPort{{ContainerPort: 2}, {Name: "dns", ContainerPort: 53, Protocol: corev1.ProtocolUDP}}}}
	})
	if got := podOf(pod, "a").Ports; !slices.Equal(got, []Port{{"side", corev1.ProtocolTCP, 1}, {"dns", corev1.ProtocolUDP, 53}}) {
		t.Errorf("%+v", got)
	}
	if !named(networkingv1.NetworkPolicyPort{Port: new(intstr.FromString("dns"))}) {
		t.Error("a name is no name")
	}
}
