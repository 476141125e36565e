package machine

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/state"
)

// programs puts scripts in place of this machine's programs, which print what they are given here. It returns where their calls are noted.
func programs(t *testing.T, prints map[string]string) (calls func() []string) {
	t.Helper()
	bin, log := t.TempDir(), filepath.Join(t.TempDir(), "log")
	for _, name := range []string{"ip", "nft", "modprobe"} {
		script := "#!/bin/sh\necho \"" + name + " $*\" >> " + log + "\ncase \"" + name + " $*\" in\n"
		for call, output := range prints {
			script += "\"" + call + "\") " + output + " ;;\n"
		}
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script+"esac\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin+":/usr/bin:/bin")
	return func() []string {
		text, _ := os.ReadFile(log)
		return strings.Split(strings.TrimSpace(string(text)), "\n")
	}
}

// node is a state folder with a journal in it, and settings in a folder instead of the kernel's.
func node(t *testing.T, change func(*Journal)) state.Dir {
	t.Helper()
	dir, err := state.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	was := procSys
	procSys = t.TempDir()
	t.Cleanup(func() { procSys = was })
	boot, err1 := proc.BootID()
	mounts, err2 := proc.MountNamespace()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	j := &Journal{Boot: boot, Mounts: mounts, Bridge: Bridge(dir), Cgroup: Cgroup(dir)}
	if change != nil {
		change(j)
	}
	if err := state.WriteJSON(stateJournal(dir), j); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

const proxyTables = `printf 'table ip kube-proxy\ntable ip6 kube-proxy\n'`

func TestAfterAnotherBootNothingButFilesIsUndone(t *testing.T) {
	calls := programs(t, map[string]string{"nft list tables": proxyTables})
	dir := node(t, func(j *Journal) { j.Boot, j.Sysctls = "another", map[string]string{"kernel.panic": "0"} })
	write(t, sysctlFile("kernel.panic"), "10")
	if err := Undo(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if got := calls(); !slices.Equal(got, []string{""}) {
		t.Errorf("%q", got)
	}
	if text, err := os.ReadFile(sysctlFile("kernel.panic")); err != nil || string(text) != "10" {
		t.Errorf("%s %v", text, err)
	}
	if left, err := Left(dir); err != nil || left {
		t.Error("the journal stays", err)
	}
}

func TestTablesWithoutOurBridgeAreAnothers(t *testing.T) {
	calls := programs(t, map[string]string{"nft list tables": proxyTables})
	if err := Undo(t.Context(), node(t, nil)); err != nil {
		t.Fatal(err)
	}
	for _, call := range calls() {
		if strings.Contains(call, "delete") {
			t.Error(call)
		}
	}
}

func TestTheBridgeGoesAfterTheTables(t *testing.T) {
	dir := node(t, nil)
	calls := programs(t, map[string]string{"nft list tables": proxyTables, "ip -o link show type bridge": "echo '9: " + Bridge(dir) + ": <UP>'",
		"ip -o link show master " + Bridge(dir): "echo '10: veth1@if2: <UP>'"})
	if err := Undo(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	got := slices.DeleteFunc(calls(), func(call string) bool { return !strings.Contains(call, "delete") })
	want := []string{"nft delete table ip kube-proxy", "nft delete table ip6 kube-proxy", "ip link delete veth1", "ip link delete " + Bridge(dir)}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestTheJournalIsFoundWithoutTheFolder(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("writes into /run")
	}
	calls := programs(t, nil)
	dir := node(t, nil)
	t.Cleanup(func() { _ = removeJournal(dir) })
	j, err := readJournal(dir)
	if err == nil {
		err = state.WriteJSON(runJournal(dir), j)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(string(dir)); err != nil {
		t.Fatal(err)
	}
	if err := Undo(t.Context(), dir); err != nil || !slices.Contains(calls(), "nft list tables") {
		t.Error(err, calls())
	}
	if left, err := Left(dir); err != nil || left {
		t.Error("the journal stays", err)
	}
}

// unshared is a process in another mount namespace.
func unshared(t *testing.T, command ...string) *exec.Cmd {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root has another mount namespace")
	}
	cmd := exec.Command("unshare", append([]string{"--mount"}, command...)...)
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd
}

func TestANodeIsUndoneWhereItsMountsAre(t *testing.T) {
	ours, err := proc.MountNamespace()
	if err != nil {
		t.Fatal(err)
	}
	other := unshared(t, "sleep", "100")
	var theirs unix.Stat_t
	for deadline := time.Now().Add(5 * time.Second); theirs.Ino == 0 || theirs.Ino == ours; {
		if err := unix.Stat("/proc/"+strconv.Itoa(other.Process.Pid)+"/ns/mnt", &theirs); err != nil || time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	calls := programs(t, nil)
	dir := node(t, func(j *Journal) { j.Mounts = theirs.Ino })
	if err := Undo(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "mount namespace") {
		t.Error(err)
	}
	if got := calls(); !slices.Equal(got, []string{""}) {
		t.Errorf("the containers may live, and %q", got)
	}
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = other.Wait()
	if err := Undo(t.Context(), dir); err != nil {
		t.Errorf("the namespace went with its mounts: %v", err)
	}
}

func TestASettingThatSomebodyChangedMeanwhileStays(t *testing.T) {
	node(t, nil)
	write(t, sysctlFile("kernel.panic"), "10\n")        // the kubelet's
	write(t, sysctlFile("kernel.panic_on_oops"), "5\n") // somebody's
	write(t, sysctlFile("vm.overcommit_memory"), "1\n") // the kubelet's, and so it was
	write(t, sysctlFile("net.ipv4.ip_forward"), "1\n")  // nothing of ours changes it
	before := map[string]string{"kernel.panic": "0", "kernel.panic_on_oops": "0", "vm.overcommit_memory": "1", "net.ipv4.ip_forward": "0"}
	if err := putSysctlsBack(before); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"kernel.panic": "0", "kernel.panic_on_oops": "5\n", "vm.overcommit_memory": "1\n", "net.ipv4.ip_forward": "1\n"} {
		if got, err := os.ReadFile(sysctlFile(name)); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	if found, err := readSysctls(); err != nil || len(found) != 3 {
		t.Errorf("%v %v", found, err)
	}
}

func TestAFolderGoesOnlyIfItIsEmpty(t *testing.T) {
	top := t.TempDir()
	empty, full, mounted, file, gone := top+"/a/empty", top+"/b/full", top+"/mounted", top+"/file", top+"/gone"
	for _, folder := range []string{empty, full, mounted} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, full+"/somebody's", "x")
	write(t, file, "x")
	if os.Geteuid() == 0 {
		if err := unix.Mount("tmpfs", mounted, "tmpfs", 0, ""); err != nil {
			t.Skip(err)
		}
		t.Cleanup(func() { _ = unix.Unmount(mounted, 0) })
	}
	list := []string{top + "/a", empty, top + "/b", full, file, gone}
	if os.Geteuid() == 0 {
		list = append(list, mounted)
	}
	if err := removeEmpty(list); err != nil {
		t.Fatal(err)
	}
	if exists(top+"/a") || !exists(full+"/somebody's") || !exists(file) || !exists(mounted) {
		t.Error("a", exists(top+"/a"), "b", exists(full+"/somebody's"), "file", exists(file), "mounted", exists(mounted))
	}
	if got := missing(append(list, "/proc")); slices.Contains(got, full) || slices.Contains(got, "/proc") || !slices.Contains(got, gone) {
		t.Errorf("%q", got)
	}
}

func TestNothingIsRemovedThroughAMount(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root mounts")
	}
	top, other := t.TempDir(), t.TempDir()
	write(t, other+"/somebody's", "x")
	if err := os.MkdirAll(top+"/rootfs", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount(other, top+"/rootfs", "", unix.MS_BIND, ""); err != nil {
		t.Skip(err)
	}
	err := removeTree(top)
	if unmount := unix.Unmount(top+"/rootfs", 0); unmount != nil {
		t.Fatal(unmount)
	}
	if err == nil || !exists(other+"/somebody's") {
		t.Error(err)
	}
	if err := removeTree(top); err != nil || exists(top) {
		t.Error(err)
	}
}

func TestOnlyOurNotesAreRemoved(t *testing.T) {
	dir, folder := node(t, nil), t.TempDir()
	write(t, folder+"/"+NetworkName(dir)+"-1-eth0", "")
	write(t, folder+"/cni-loopback-1-lo", `{"netns":"`+dir.Volatile()+`/netns/1"}`)
	write(t, folder+"/cni-loopback-2-lo", `{"netns":"/run/netns/2"}`)
	write(t, folder+"/podman-3-eth0", "no JSON")
	if err := removeResults(dir, folder); err != nil {
		t.Fatal(err)
	}
	logs := t.TempDir()
	for name, target := range map[string]string{"ours": string(dir) + "/node/pod-logs/x", "theirs": string(dir) + "2/node/x"} {
		if err := os.Symlink(target, logs+"/"+name); err != nil {
			t.Fatal(err)
		}
	}
	if err := removeLinks(dir, logs); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{folder + "/" + NetworkName(dir) + "-1-eth0": false, folder + "/cni-loopback-1-lo": false,
		folder + "/cni-loopback-2-lo": true, folder + "/podman-3-eth0": true, logs + "/ours": false, logs + "/theirs": true} {
		if exists(path) != want {
			t.Errorf("%s: %v", path, !want)
		}
	}
}

func TestAnotherKubeletsSocketStays(t *testing.T) {
	for name, c := range map[string]struct {
		listens, before, stays bool
	}{
		"another's":    {listens: true, before: true, stays: true},
		"ours":         {before: true},
		"from earlier": {stays: true},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: folder + "/kubelet.sock"})
			if err != nil {
				t.Fatal(err)
			}
			listener.SetUnlinkOnClose(false)
			defer listener.Close()
			if !c.listens {
				listener.Close()
			}
			write(t, folder+"/kubelet_internal_checkpoint", "{}")
			var before []string
			if c.before {
				before = []string{folder}
			}
			if err := removeDevicePlugins(folder, before); err != nil {
				t.Fatal(err)
			}
			if exists(folder+"/kubelet.sock") != c.stays || exists(folder+"/kubelet_internal_checkpoint") != c.stays {
				t.Error("it stays:", !c.stays)
			}
		})
	}
}

func TestTheModuleIsLoadedSwitchedOff(t *testing.T) {
	node(t, nil)
	bridge := sysctlFile("net.bridge")
	calls := programs(t, map[string]string{"modprobe br_netfilter": "mkdir -p " + bridge + "; for t in ip ip6 arp; do echo 1 > " + bridge + "/bridge-nf-call-${t}tables; done"})
	if err := loadFilter(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"ip", "ip6", "arp"} {
		if text, err := os.ReadFile(bridge + "/bridge-nf-call-" + table + "tables"); err != nil || string(text) != "0" {
			t.Errorf("%s %q %v", table, text, err)
		}
	}
	write(t, bridge+"/bridge-nf-call-iptables", "1") // somebody wants it now
	if err := loadFilter(t.Context()); err != nil || len(calls()) != 1 {
		t.Error(err, calls())
	}
	if text, err := os.ReadFile(bridge + "/bridge-nf-call-iptables"); err != nil || string(text) != "1" {
		t.Errorf("%s %v", text, err)
	}
}

func TestOnlyOneIsAlone(t *testing.T) {
	first, err := Alone()
	if err != nil {
		t.Skip("a node runs on this machine:", err)
	}
	defer first.Close()
	if _, err := Alone(); err == nil || !strings.Contains(err.Error(), "(process "+strconv.Itoa(os.Getpid())+")") {
		t.Error(err)
	}
}

func TestChainsThatDropWhatTheyDoNotKnowAreFound(t *testing.T) {
	got := parseDropping(`{"nftables": [{"metainfo": {"version": "1"}}, {"chain": {"family": "ip", "table": "filter", "name": "FORWARD", "hook": "forward", "policy": "drop"}},
		{"chain": {"family": "ip", "table": "filter", "name": "OUTPUT", "hook": "output", "policy": "drop"}}, {"chain": {"family": "ip", "table": "filter", "name": "DOCKER"}},
		{"chain": {"family": "inet", "table": "ufw", "name": "in", "hook": "input", "policy": "drop"}}, {"chain": {"family": "ip6", "table": "filter", "name": "FORWARD", "hook": "forward", "policy": "drop"}},
		{"chain": {"family": "inet", "table": "x", "name": "f", "hook": "forward", "policy": "accept"}}]}`)
	if !slices.Equal(got, []string{"ip filter FORWARD", "inet ufw in"}) {
		t.Errorf("%q", got)
	}
}

func TestPodsTalkByIPv4ToOneReceiver(t *testing.T) {
	n, err := chooseNetwork(Network{}, "a", nil)
	if err != nil {
		t.Fatal(err)
	}
	rules := filter("t", "lc-1", n)
	last := strings.TrimSuffix(n.Pods.Addr().String(), "0") + "255"
	for _, want := range []string{`iifname "lc-1" meta nfproto ipv6 drop`, "meta pkttype { broadcast, multicast } drop", "{ " + n.Pods.Addr().String() + ", " + last + ", 224.0.0.0/4, 255.255.255.255 } drop"} {
		if !strings.Contains(rules, want) {
			t.Errorf("%s is not in %s", want, rules)
		}
	}
	if os.Geteuid() == 0 {
		if _, err := exec.LookPath("nft"); err != nil {
			t.Skip(err)
		}
		if _, err := run(context.Background(), rules, "nft", "--check", "-f", "-"); err != nil {
			t.Error(err)
		}
	}
}
