package machine

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"net/netip"
	"os"
	"os/exec"
	"strings"

	"beckon.dev/local-cluster/internal/state"
)

// ServiceNetwork holds the addresses of Services; DNS is the one of the cluster's DNS.
const (
	ServiceNetwork = "10.96.0.0/16"
	DNS            = "10.96.0.10"
)

// Network is where the pods' addresses come from.
type Network struct {
	// Pods is a /24, of which Gateway is the first: the bridge's, which is the node's and the API server's address, too.
	Pods    netip.Prefix `json:"pods"`
	Gateway netip.Addr   `json:"gateway"`
}

// ChooseNetwork keeps the folder's network, and finds one in 10.244.0.0/16 that nothing else on this machine uses for a new one.
func ChooseNetwork(ctx context.Context, dir state.Dir) (Network, error) {
	file := networkFile(dir)
	var last Network
	if err := state.ReadJSON(file, &last); err != nil {
		return last, err
	}
	routes, err := run(ctx, "", "ip", "-4", "route", "show", "table", "all")
	if err != nil {
		return last, err
	}
	taken := parseRoutes(routes)
	if overlaps(taken, netip.MustParsePrefix(ServiceNetwork)) {
		return last, fmt.Errorf("this machine has a route into %s, the addresses of Services: a VPN or another cluster must go first (ip route)", ServiceNetwork)
	}
	next, err := chooseNetwork(last, dir.ID(), taken)
	if err != nil {
		return last, err
	}
	return next, state.WriteJSON(file, next)
}

func networkFile(dir state.Dir) string { return dir.Path("network.json") }

func chooseNetwork(last Network, seed string, taken []netip.Prefix) (Network, error) {
	if last.Pods.IsValid() && !overlaps(taken, last.Pods) {
		return last, nil
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(seed))
	for i := range uint32(256) {
		third := byte(hash.Sum32() + i)
		pods := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 244, third, 0}), 24)
		if !overlaps(taken, pods) {
			return Network{Pods: pods, Gateway: pods.Addr().Next()}, nil
		}
	}
	return last, errors.New("this machine has routes into all of 10.244.0.0/16, the addresses of pods (ip route)")
}

// parseRoutes reads the destinations of "ip route show table all"; the default route is nobody's network.
func parseRoutes(text string) []netip.Prefix {
	var list []netip.Prefix
	for line := range strings.Lines(text) {
		for word := range strings.FieldsSeq(line) {
			if prefix, err := netip.ParsePrefix(word); err == nil {
				list = append(list, prefix)
				break
			}
			if addr, err := netip.ParseAddr(word); err == nil {
				list = append(list, netip.PrefixFrom(addr, addr.BitLen()))
				break
			}
			switch word { // kinds of route stand before the destination
			case "local", "broadcast", "blackhole", "unreachable", "prohibit", "anycast", "multicast", "throw":
				continue
			}
			break
		}
	}
	return list
}

func overlaps(taken []netip.Prefix, wanted netip.Prefix) bool {
	for _, prefix := range taken {
		if prefix.Bits() > 0 && prefix.Overlaps(wanted) {
			return true
		}
	}
	return false
}

// Filter is the rules that keep the pods' packets on this machine, in nft's words: their table is replaced.
func Filter(dir state.Dir) (string, error) {
	var n Network
	if err := state.ReadJSON(networkFile(dir), &n); err != nil {
		return "", err
	}
	if !n.Pods.IsValid() {
		return "", fmt.Errorf("%s has no network for pods: run up", dir)
	}
	return filter(Table(dir), Bridge(dir), n), nil
}

// filter keeps pods' packets on this machine: they reach pods, Services and the machine itself, by IPv4 and one receiver at a time. Any
// other packet would pass by the rules of NetworkPolicies: pods have addresses of IPv6 for their own link, and a broadcast names no pod.
func filter(table, bridge string, n Network) string {
	return fmt.Sprintf(`table inet %[1]s
delete table inet %[1]s
table inet %[1]s {
  chain forward {
    type filter hook forward priority filter + 10; policy accept;
    iifname %[2]q oifname != %[2]q reject
    oifname %[2]q iifname != %[2]q reject
    iifname %[2]q meta nfproto ipv6 drop
    iifname %[2]q meta pkttype { broadcast, multicast } drop
    iifname %[2]q ip daddr { %[3]s, %[4]s, 224.0.0.0/4, 255.255.255.255 } drop
  }
}
`, table, bridge, n.Pods.Masked().Addr(), broadcast(n.Pods))
}

// broadcast is the last address of a network of IPv4.
func broadcast(network netip.Prefix) netip.Addr {
	address := network.Masked().Addr().As4()
	number := binary.BigEndian.Uint32(address[:]) | (1<<(32-network.Bits()) - 1)
	binary.BigEndian.PutUint32(address[:], number)
	return netip.AddrFrom4(address)
}

// makeLink makes the bridge. The passage of packets between its pods through the packet filter is switched on for it alone; without
// that neither Services nor NetworkPolicies would see them. The folder's name at the link tells a person, and the next cluster, whose
// it is.
func makeLink(ctx context.Context, dir state.Dir) error {
	bridge := Bridge(dir)
	for _, args := range [][]string{
		{"link", "add", bridge, "type", "bridge", "nf_call_iptables", "1", "nf_call_ip6tables", "1"},
		{"link", "set", bridge, "alias", "local-cluster " + string(dir)},
	} {
		if _, err := run(ctx, "", "ip", args...); err != nil {
			return err
		}
	}
	return nil
}

// makeAddress gives the bridge its address, and the machine its way to Services. Forwarding is switched on for the bridge alone.
func makeAddress(ctx context.Context, dir state.Dir, n Network) error {
	bridge := Bridge(dir)
	if _, err := run(ctx, "", "ip", "address", "add", fmt.Sprintf("%s/%d", n.Gateway, n.Pods.Bits()), "dev", bridge); err != nil {
		return err
	}
	for name, value := range map[string]string{"net.ipv4.conf." + bridge + ".forwarding": "1", "net.ipv6.conf." + bridge + ".disable_ipv6": "1"} {
		err := os.WriteFile(sysctlFile(name), []byte(value), 0o644)
		if err != nil && !(strings.HasPrefix(name, "net.ipv6") && os.IsNotExist(err)) { // a machine without IPv6
			return err
		}
	}
	if _, err := run(ctx, "", "ip", "link", "set", bridge, "up"); err != nil {
		return err
	}
	// The machine itself reaches Services by their addresses, also if it has no default route.
	_, err := run(ctx, "", "ip", "route", "add", ServiceNetwork, "dev", bridge)
	return err
}

// loadFilter loads the module by which packets between a bridge's ports reach the packet filter. It comes switched on for all bridges
// of this machine, which cuts the network of virtual machines: off again at once, for ours has a setting of its own. It stays loaded,
// and does nothing.
func loadFilter(ctx context.Context) error {
	if _, err := os.Stat(sysctlFile("net.bridge")); err == nil {
		return nil
	}
	if _, err := run(ctx, "", "modprobe", "br_netfilter"); err != nil {
		return err
	}
	for _, table := range []string{"iptables", "ip6tables", "arptables"} {
		if err := os.WriteFile(sysctlFile("net.bridge.bridge-nf-call-"+table), []byte("0"), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// removeNetwork removes every table of ours, and the bridge with the pods' links. Tables with kube-proxy's names are ours only while
// our bridge is there: it is made before kube-proxy starts, and goes after them.
func removeNetwork(ctx context.Context, dir state.Dir, j *Journal) error {
	links, err1 := run(ctx, "", "ip", "-o", "link", "show", "type", "bridge")
	present, err2 := run(ctx, "", "nft", "list", "tables")
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	ours := []string{"inet " + Table(dir), "ip " + PolicyTable(dir)}
	bridge := strings.Contains(links, " "+j.Bridge+":")
	if bridge {
		ours = append(ours, tables...)
	}
	for _, table := range ours {
		if hasTable(present, table) {
			if _, err := run(ctx, "", "nft", append([]string{"delete", "table"}, strings.Fields(table)...)...); err != nil {
				return err
			}
		}
	}
	if !bridge {
		return nil
	}
	ports, err := run(ctx, "", "ip", "-o", "link", "show", "master", j.Bridge)
	if err != nil {
		return err
	}
	for line := range strings.Lines(ports) {
		// "7: veth1234@if2: <…": a link that ended with its pod meanwhile is no error.
		if fields := strings.Fields(line); len(fields) > 1 {
			name, _, _ := strings.Cut(strings.TrimSuffix(fields[1], ":"), "@")
			_, _ = run(ctx, "", "ip", "link", "delete", name)
		}
	}
	_, err = run(ctx, "", "ip", "link", "delete", j.Bridge)
	return err
}

// tables are kube-proxy's and the port mapper's: no names of ours, which is why there can be only one such node on a machine.
var tables = []string{"ip kube-proxy", "ip6 kube-proxy", "inet cni_hostport"}

// hasTable looks into what "nft list tables" prints.
func hasTable(list, table string) bool {
	for line := range strings.Lines(list) {
		if strings.TrimSpace(line) == "table "+table {
			return true
		}
	}
	return false
}

// run runs a program of this machine and returns what it printed.
func run(ctx context.Context, input, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdin = strings.NewReader(input)
	var out, problems strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		return out.String(), fmt.Errorf("%s %s: %w: %s", program, strings.Join(args, " "), err, strings.TrimSpace(problems.String()))
	}
	return out.String(), nil
}
