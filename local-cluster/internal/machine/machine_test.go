package machine

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"beckon.dev/local-cluster/internal/state"
)

const oldMounts = `/dev/vda / ext4 rw,relatime 0 0
tmpfs /sys/fs/cgroup tmpfs rw,relatime,mode=755 0 0
cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0
cgroup /sys/fs/cgroup/cpuset cgroup rw,relatime,cpuset 0 0
cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0
cgroup /sys/fs/cgroup/systemd cgroup rw,relatime,name=systemd 0 0
cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0
`

func TestAControllerThatIsMissingIsNamed(t *testing.T) {
	old := parseHierarchies(oldMounts)
	if len(old) != 5 || unifiedRoot(old) != "" {
		t.Fatalf("%+v", old)
	}
	if missing := missingControllers(old, nil); !slices.Equal(missing, []string{"pids"}) {
		t.Errorf("%v", missing)
	}
	unified := parseHierarchies("cgroup2 /sys/fs/cgroup cgroup2 rw,nsdelegate 0 0\n")
	if unifiedRoot(unified) != "/sys/fs/cgroup" {
		t.Errorf("%+v", unified)
	}
	if twice := append(unified, hierarchy{path: "/run/cilium/cgroupv2", unified: true}); unifiedRoot(twice) != "/sys/fs/cgroup" {
		t.Errorf("%+v", twice)
	}
	if missing := missingControllers(unified, []string{"cpu", "cpuset", "io", "memory", "pids"}); len(missing) != 0 {
		t.Errorf("%v", missing)
	}
	if missing := missingControllers(nil, nil); len(missing) != len(neededControllers) {
		t.Errorf("%v", missing)
	}
}

func TestAReadOnlyCgroupIsNoticed(t *testing.T) {
	if err := writable(parseHierarchies(oldMounts)); err != nil {
		t.Error(err)
	}
	if err := writable(parseHierarchies("cgroup2 /sys/fs/cgroup cgroup2 ro,nosuid 0 0\n")); err == nil || !strings.Contains(err.Error(), "/sys/fs/cgroup") {
		t.Error(err)
	}
}

func TestOnlyMountsOfTheNodeAreTakenAway(t *testing.T) {
	mounts := `tmpfs /state/node/kubelet/pods/1/volumes/a tmpfs rw 0 0
overlay /run/local-cluster-1/containerd/a\040b/rootfs overlay rw 0 0
tmpfs /state/nodes tmpfs rw 0 0
tmpfs /run/local-cluster-12/x tmpfs rw 0 0
`
	got := mountsBelow(mounts, []string{"/run/local-cluster-1", "/state/node"})
	if !slices.Equal(got, []string{"/state/node/kubelet/pods/1/volumes/a", "/run/local-cluster-1/containerd/a b/rootfs"}) {
		t.Errorf("%q", got)
	}
}

const routes = `default via 192.0.2.1 dev eth0
192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.2
10.244.7.0/24 dev other
local 10.8.0.1 dev vpn table local proto kernel scope host
broadcast 127.255.255.255 dev lo table local
unreachable 10.9.0.0/16 metric 5
`

func TestPodsGetANetworkThatNobodyElseHas(t *testing.T) {
	taken := parseRoutes(routes)
	var texts []string
	for _, prefix := range taken {
		texts = append(texts, prefix.String())
	}
	if !slices.Equal(texts, []string{"192.0.2.0/24", "10.244.7.0/24", "10.8.0.1/32", "127.255.255.255/32", "10.9.0.0/16"}) {
		t.Fatalf("%v", texts)
	}
	first, err := chooseNetwork(Network{}, "a", taken)
	if err != nil || first.Pods.Bits() != 24 || first.Gateway != first.Pods.Addr().Next() {
		t.Fatalf("%+v %v", first, err)
	}
	if again, err := chooseNetwork(first, "another seed", taken); err != nil || again != first {
		t.Errorf("not kept: %+v %v", again, err)
	}
	next, err := chooseNetwork(first, "a", append(taken, first.Pods))
	if err != nil || next.Pods == first.Pods {
		t.Errorf("taken: %+v %v", next, err)
	}
	if _, err := chooseNetwork(Network{}, "a", []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}); err == nil || !strings.Contains(err.Error(), "10.244.0.0/16") {
		t.Error(err)
	}
}

func TestADefaultRouteTakesNoNetwork(t *testing.T) {
	if overlaps([]netip.Prefix{netip.MustParsePrefix("0.0.0.0/0")}, netip.MustParsePrefix(ServiceNetwork)) {
		t.Error("a default route counts as a network")
	}
}

func TestATableIsKnownByItsWholeName(t *testing.T) {
	list := "table ip kube-proxy\ntable inet local-cluster-12345678-policies\n"
	if !hasTable(list, "ip kube-proxy") || hasTable(list, "inet local-cluster-12345678") || hasTable(list, "ip6 kube-proxy") {
		t.Error(list)
	}
}

func TestNamesOnTheMachineAreTheFoldersOwnAndShort(t *testing.T) {
	a, b := state.Dir("/tmp/a"), state.Dir("/tmp/b")
	if Bridge(a) == Bridge(b) || Cgroup(a) == Cgroup(b) || Table(a) == Table(b) || NetworkName(a) == NetworkName(b) || a.Volatile() == b.Volatile() {
		t.Error("two folders share a name")
	}
	if len(Bridge(a)) > 15 {
		t.Error("no link may have the name", Bridge(a))
	}
	// A shim's socket is the longest one below it.
	if len(a.Volatile("containerd.sock.ttrpc")) > 107 {
		t.Error(a.Volatile())
	}
}

func TestPackagesAreNamedAsDebianHasThem(t *testing.T) {
	if got := missingPackages(func(program string) bool { return program == "ip" || program == "mount" }); !slices.Equal(got, []string{"nftables", "runc"}) {
		t.Errorf("%v", got)
	}
}
