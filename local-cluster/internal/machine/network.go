package machine

import (
	"context"
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
	file := dir.Path("network.json")
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

// filter keeps pods' packets on this machine: they reach pods, Services and the machine itself.
func filter(table, bridge string) string {
	return fmt.Sprintf(`table inet %[1]s
delete table inet %[1]s
table inet %[1]s {
  chain forward {
    type filter hook forward priority filter + 10; policy accept;
    iifname %[2]q oifname != %[2]q reject
    oifname %[2]q iifname != %[2]q reject
  }
}
`, table, bridge)
}

// makeNetwork makes the bridge. Forwarding is switched on for it alone, and so is the passage of packets between its pods through
// the packet filter, without which neither Services nor NetworkPolicies would see them. The folder's name at the link tells a
// person, and the next cluster, whose it is.
func makeNetwork(ctx context.Context, dir state.Dir, n Network) error {
	bridge := Bridge(dir)
	for _, args := range [][]string{
		{"link", "add", bridge, "type", "bridge", "nf_call_iptables", "1"},
		{"link", "set", bridge, "alias", "local-cluster " + string(dir)},
		{"address", "add", fmt.Sprintf("%s/%d", n.Gateway, n.Pods.Bits()), "dev", bridge},
	} {
		if _, err := run(ctx, "", "ip", args...); err != nil {
			return err
		}
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
	if _, err := run(ctx, "", "ip", "route", "add", ServiceNetwork, "dev", bridge); err != nil {
		return err
	}
	_, err := run(ctx, filter(Table(dir), bridge), "nft", "-f", "-")
	return err
}

// removeNetwork removes the bridge with the pods' links, and every table of ours and of kube-proxy.
func removeNetwork(ctx context.Context, dir state.Dir, j *Journal) error {
	var errs []error
	links, err := run(ctx, "", "ip", "-o", "link", "show", "type", "bridge")
	errs = append(errs, err)
	if strings.Contains(links, " "+j.Bridge+":") {
		ports, err := run(ctx, "", "ip", "-o", "link", "show", "master", j.Bridge)
		errs = append(errs, err)
		for line := range strings.Lines(ports) {
			// "7: veth1234@if2: <…": a link that ended with its pod meanwhile is no error.
			if fields := strings.Fields(line); len(fields) > 1 {
				name, _, _ := strings.Cut(strings.TrimSuffix(fields[1], ":"), "@")
				_, _ = run(ctx, "", "ip", "link", "delete", name)
			}
		}
		_, err = run(ctx, "", "ip", "link", "delete", j.Bridge)
		errs = append(errs, err)
	}
	present, err := run(ctx, "", "nft", "list", "tables")
	errs = append(errs, err)
	for _, table := range append([]string{"inet " + Table(dir), "ip " + PolicyTable(dir)}, tables...) {
		if hasTable(present, table) {
			_, err := run(ctx, "", "nft", append([]string{"delete", "table"}, strings.Fields(table)...)...)
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

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
