// Package netpolicy enforces NetworkPolicies (IPv4) between the pods of a node of containers, by one nftables table that is replaced
// whole whenever it should say something else.
package netpolicy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
	netutils "k8s.io/utils/net"
)

// Pod is what rules know of a pod with an address of its own.
type Pod struct {
	UID       string            `json:"uid"`
	Namespace string            `json:"namespace"`
	Name      string            `json:"name"`
	Address   string            `json:"address"`
	Labels    map[string]string `json:"labels,omitempty"`
	Ports     []Port            `json:"ports,omitempty"`
}

// Port is a port of a container that has a name.
type Port struct {
	Name     string          `json:"name"`
	Protocol corev1.Protocol `json:"protocol"`
	Number   int32           `json:"number"`
}

// View is all that the rules follow from.
type View struct {
	Pods       []Pod                        // no two have the same address
	Namespaces map[string]map[string]string // labels by name
	Policies   []*networkingv1.NetworkPolicy
}

// podOf reads from a pod's object what rules need.
func podOf(pod *corev1.Pod, address string) Pod {
	p := Pod{UID: string(pod.UID), Namespace: pod.Namespace, Name: pod.Name, Address: address, Labels: pod.Labels}
	for _, c := range slices.Concat(pod.Spec.InitContainers, pod.Spec.Containers) {
		for _, port := range c.Ports {
			if port.Name != "" {
				p.Ports = append(p.Ports, Port{port.Name, protocolOr(port.Protocol), port.ContainerPort})
			}
		}
	}
	return p
}

// Rules writes the table. A pod that a policy selects for a direction has a chain for it: what some policy allows returns from there,
// the rest is dropped. Packets of known connections pass. Addresses and ports are those behind Services. The node itself
// reaches every pod (probes); a pod reaches the node as its policies say.
func Rules(table, bridge string, v View) string {
	var chains strings.Builder
	jumps := map[networkingv1.PolicyType][]string{}
	for _, pod := range v.Pods {
		for _, direction := range []networkingv1.PolicyType{networkingv1.PolicyTypeIngress, networkingv1.PolicyTypeEgress} {
			selected, allowed := v.allowed(pod, direction)
			if !selected {
				continue
			}
			chain := strings.ToLower(string(direction)) + "_" + strings.ReplaceAll(pod.Address, ".", "_")
			jumps[direction] = append(jumps[direction], pod.Address+" : jump "+chain)
			fmt.Fprintf(&chains, "  chain %s { # %s/%s\n    ip saddr %[4]s ip daddr %[4]s return\n", chain, pod.Namespace, pod.Name, pod.Address)
			for _, match := range slices.Sorted(maps.Keys(allowed)) {
				fmt.Fprintf(&chains, "    %sreturn\n", match)
			}
			chains.WriteString("    drop\n  }\n")
		}
	}
	jump := func(direction networkingv1.PolicyType, side string) string {
		if len(jumps[direction]) == 0 {
			return ""
		}
		return fmt.Sprintf("    %s vmap { %s }\n", side, strings.Join(jumps[direction], ", "))
	}
	egress, ingress := jump(networkingv1.PolicyTypeEgress, "ip saddr"), jump(networkingv1.PolicyTypeIngress, "ip daddr")
	return fmt.Sprintf(`table ip %[1]s
delete table ip %[1]s
table ip %[1]s {
%[2]s  chain forward {
    type filter hook forward priority filter; policy accept;
    ct state established,related accept
%[3]s%[4]s  }
  chain input {
    type filter hook input priority filter; policy accept;
    iifname != %[5]q accept
    ct state established,related accept
%[3]s  }
}
`, table, chains.String(), egress, ingress, bridge)
}

// allowed tells whether a policy selects the pod for the direction, and what passes then: matches of nftables, each ending with a space.
func (v View) allowed(pod Pod, direction networkingv1.PolicyType) (selected bool, matches map[string]bool) {
	matches = map[string]bool{}
	for _, policy := range v.Policies {
		if policy.Namespace != pod.Namespace || !slices.Contains(directions(policy), direction) || !selects(&policy.Spec.PodSelector, pod.Labels) {
			continue
		}
		selected = true
		if direction == networkingv1.PolicyTypeIngress {
			for _, rule := range policy.Spec.Ingress {
				v.allow(matches, "ip saddr", policy.Namespace, rule.From, rule.Ports, &pod)
			}
		} else {
			for _, rule := range policy.Spec.Egress {
				v.allow(matches, "ip daddr", policy.Namespace, rule.To, rule.Ports, nil)
			}
		}
	}
	return selected, matches
}

// allow adds what one rule lets pass. target is the pod whose ports have the names in the rule; nil: each peer is its own target.
func (v View) allow(matches map[string]bool, side, namespace string, peers []networkingv1.NetworkPolicyPeer, ports []networkingv1.NetworkPolicyPort, target *Pod) {
	if len(peers) == 0 {
		for _, port := range portMatches(ports, target) {
			matches[port] = true
		}
		if target != nil || !slices.ContainsFunc(ports, named) {
			return
		}
		// "Everybody's port of that name": of pods, since nothing else has named ports.
		peers, ports = []networkingv1.NetworkPolicyPeer{{NamespaceSelector: &metav1.LabelSelector{}}}, slices.DeleteFunc(slices.Clone(ports),
			func(p networkingv1.NetworkPolicyPort) bool { return !named(p) })
	}
	addresses := map[string][]string{} // by match of the port
	for _, peer := range peers {
		if peer.IPBlock != nil {
			for _, port := range portMatches(ports, target) {
				if block := blockMatch(side, peer.IPBlock); block != "" {
					matches[block+port] = true
				}
			}
			continue
		}
		for _, pod := range v.Pods {
			if !v.isPeer(&peer, namespace, pod) {
				continue
			}
			owner := target
			if owner == nil {
				owner = &pod
			}
			for _, port := range portMatches(ports, owner) {
				if !slices.Contains(addresses[port], pod.Address) {
					addresses[port] = append(addresses[port], pod.Address)
				}
			}
		}
	}
	for port, list := range addresses {
		matches[fmt.Sprintf("%s { %s } %s", side, strings.Join(list, ", "), port)] = true
	}
}

func (v View) isPeer(peer *networkingv1.NetworkPolicyPeer, namespace string, pod Pod) bool {
	switch {
	case peer.NamespaceSelector != nil:
		of, known := v.Namespaces[pod.Namespace]
		if !known || !selects(peer.NamespaceSelector, of) {
			return false
		}
	case pod.Namespace != namespace:
		return false
	}
	return peer.PodSelector == nil || selects(peer.PodSelector, pod.Labels)
}

// blockMatch is empty for IPv6, of which the node has none, and for what nobody can read. The API server still takes 010.0.0.0/8, in which
// nft would read an octal number.
func blockMatch(side string, block *networkingv1.IPBlock) string {
	_, network, err := netutils.ParseCIDRSloppy(block.CIDR)
	if err != nil || network.IP.To4() == nil {
		return ""
	}
	match := side + " " + network.String() + " "
	for _, text := range block.Except {
		_, except, err := netutils.ParseCIDRSloppy(text)
		if err != nil {
			return "" // rather less than what was meant passes than more
		}
		if except.IP.To4() != nil {
			match += side + " != " + except.String() + " "
		}
	}
	return match
}

func named(p networkingv1.NetworkPolicyPort) bool {
	return p.Port != nil && p.Port.Type == intstr.String
}

// portMatches are the matches for ports; one that matches all if the rule names none. A name that owner doesn't have matches nothing.
func portMatches(ports []networkingv1.NetworkPolicyPort, owner *Pod) []string {
	if len(ports) == 0 {
		return []string{""}
	}
	var list []string
	for _, p := range ports {
		protocol := corev1.ProtocolTCP
		if p.Protocol != nil {
			protocol = *p.Protocol
		}
		word := strings.ToLower(string(protocol))
		switch {
		case p.Port == nil:
			list = append(list, "meta l4proto "+word+" ")
		case named(p):
			if owner == nil {
				continue
			}
			for _, q := range owner.Ports {
				if q.Name == p.Port.StrVal && q.Protocol == protocol {
					list = append(list, fmt.Sprintf("%s dport %d ", word, q.Number))
				}
			}
		case p.EndPort != nil:
			list = append(list, fmt.Sprintf("%s dport %d-%d ", word, p.Port.IntVal, *p.EndPort))
		default:
			list = append(list, fmt.Sprintf("%s dport %d ", word, p.Port.IntVal))
		}
	}
	return list
}

func protocolOr(p corev1.Protocol) corev1.Protocol {
	if p == "" {
		return corev1.ProtocolTCP
	}
	return p
}

func selects(s *metav1.LabelSelector, l map[string]string) bool {
	selector, err := metav1.LabelSelectorAsSelector(s)
	return err == nil && selector.Matches(labels.Set(l)) // the API server accepts no wrong ones
}

// directions are those that a policy is about; the API server fills them in.
func directions(p *networkingv1.NetworkPolicy) []networkingv1.PolicyType {
	if len(p.Spec.PolicyTypes) > 0 {
		return p.Spec.PolicyTypes
	}
	if len(p.Spec.Egress) > 0 {
		return []networkingv1.PolicyType{networkingv1.PolicyTypeIngress, networkingv1.PolicyTypeEgress}
	}
	return []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
}
