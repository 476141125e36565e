package machine

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/state"
)

// longestState is the longest path of a state folder: the kubelet's socket lies 40 characters below it, and Linux takes 107.
const longestState = 107 - len("/node/kubelet/pod-resources/kubelet.sock")

// needs are the programs that are taken from this machine, by the packages in which Debian has them.
var needs = map[string]string{"runc": "runc", "nft": "nftables", "ip": "iproute2", "mount": "mount"}

// Problems lists what keeps this machine from running a node of containers, each with what mends it.
func Problems(ctx context.Context, dir state.Dir) []string {
	if os.Geteuid() != 0 {
		return []string{"it needs root (kubelet and containerd do): run it by sudo, or with --node processes, which needs no root"}
	}
	var list []string
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if len(dir) > longestState {
		add("the state folder's path has %d characters, and the sockets in it allow %d: say a shorter --state", len(dir), longestState)
	}
	if missing := missingPackages(func(program string) bool { _, err := exec.LookPath(program); return err == nil }); len(missing) > 0 {
		add("programs are missing: apt-get install %s (local-cluster/build-node.sh does it)", strings.Join(missing, " "))
	}
	if file, err := Parts(); err != nil {
		add("%v", err)
	} else if _, err := os.Stat(file); err != nil {
		add("kubelet and containerd are not built: run local-cluster/build-node.sh (looked into %s)", file)
	}
	list = append(list, kernelProblems(ctx)...)
	if len(list) == 0 {
		list = append(list, strangers(ctx, dir)...)
	}
	return list
}

// Parts is the folder of the node's own programs: beside this program, under its name.
func Parts() (string, error) {
	program, err := os.Executable()
	return program + ".node", err
}

func missingPackages(has func(program string) bool) []string {
	var missing []string
	for program, debian := range needs {
		if !has(program) {
			missing = append(missing, debian)
		}
	}
	slices.Sort(missing)
	return missing
}

func kernelProblems(ctx context.Context) []string {
	var list []string
	all, err := hierarchies()
	if err != nil {
		return []string{err.Error()}
	}
	handed, err := unifiedControllers(all)
	if err != nil {
		list = append(list, err.Error())
	}
	if missing := missingControllers(all, handed); len(missing) > 0 {
		list = append(list, fmt.Sprintf("the cgroup controllers %s are not mounted: a container needs them from its host (Docker: --privileged --cgroupns=host), "+
			"a machine cgroup v2 at /sys/fs/cgroup", strings.Join(missing, ", ")))
	} else if err := writable(all); err != nil {
		list = append(list, fmt.Sprintf("cgroups can't be made (%v): a container needs them writable from its host (Docker: --privileged)", err))
	}
	text, err := os.ReadFile("/proc/filesystems")
	if err != nil || !strings.Contains(string(text), "\toverlay\n") {
		if _, err := run(ctx, "", "modprobe", "overlay"); err != nil {
			list = append(list, "the kernel has no overlay file system (modprobe overlay failed)")
		}
	}
	if _, err := os.Stat(sysctlFile("net.bridge")); err != nil {
		// Only whether it could: what it changes is up to the journal.
		if _, err := run(ctx, "", "modprobe", "--dry-run", "br_netfilter"); err != nil {
			list = append(list, "the kernel can't filter packets between pods (there is no module br_netfilter)")
		}
	}
	return list
}

func writable(all []hierarchy) error {
	for _, h := range all {
		if slices.Contains(h.options, "ro") {
			return fmt.Errorf("%s is mounted read-only", h.path)
		}
	}
	return nil
}

// strangers tells of another such node: kube-proxy's tables have the same name in each.
func strangers(ctx context.Context, dir state.Dir) []string {
	if left, err := Left(dir); err != nil {
		return []string{err.Error()}
	} else if _, err := os.Stat("/sys/class/net/" + Bridge(dir)); left && err == nil {
		return nil // our own remains, which are removed first; without the bridge no table is ours
	}
	present, err := run(ctx, "", "nft", "list", "tables")
	if err != nil {
		return []string{fmt.Sprintf("the kernel's packet filter can't be used: %v", err)}
	}
	owner := otherFolder(dir)
	for _, table := range tables {
		switch {
		case !hasTable(present, table):
		case owner != "":
			return []string{fmt.Sprintf("the node of the cluster in %s is or was running, and a machine can have one such node only: local-cluster down --state %s", owner, owner)}
		default:
			return []string{fmt.Sprintf("another Kubernetes node or its remains use the nftables table %q, and a machine can have one node only", table)}
		}
	}
	if owner != "" {
		return []string{fmt.Sprintf("the remains of a cluster in %s are on this machine: local-cluster down --state %s", owner, owner)}
	}
	return nil
}

// otherFolder reads from the bridges which other state folder has a node here.
func otherFolder(dir state.Dir) string {
	files, _ := filepath.Glob("/sys/class/net/lc-*/ifalias")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if folder, ours := strings.CutPrefix(strings.TrimSpace(string(text)), "local-cluster "); ours && folder != string(dir) {
			return folder
		}
	}
	return ""
}

// Dropping lists the chains of this machine's packet filter that drop packets between pods, or from pods to this machine, if they have no
// rule for them: Docker's and firewalls'. What an accept of ours lets pass they still drop.
func Dropping(ctx context.Context) []string {
	text, err := run(ctx, "", "nft", "--json", "list", "chains")
	if err != nil {
		return nil // nobody can tell; who asks the cluster's DNS later will
	}
	return parseDropping(text)
}

func parseDropping(text string) []string {
	var all struct {
		Objects []struct {
			Chain *struct {
				Family, Table, Name, Hook, Policy string
			} `json:"chain"`
		} `json:"nftables"`
	}
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return nil
	}
	var list []string
	for _, object := range all.Objects {
		if c := object.Chain; c != nil && c.Policy == "drop" && (c.Family == "ip" || c.Family == "inet") && (c.Hook == "forward" || c.Hook == "input") {
			list = append(list, c.Family+" "+c.Table+" "+c.Name)
		}
	}
	return list
}

// Alone makes sure that no other node of containers starts on this machine, or is put away, while the returned listener is open. The
// name is not in the file system: it goes with the process.
func Alone() (net.Listener, error) {
	const name = "@local-cluster-node-of-containers"
	listener, err := net.Listen("unix", name)
	if err != nil {
		return nil, fmt.Errorf("another node of containers runs on this machine%s, and there can be one only (%w)", heldBy(name), err)
	}
	return listener, nil
}

// heldBy names the process that listens there.
func heldBy(name string) string {
	connection, err := net.Dial("unix", name)
	if err != nil {
		return ""
	}
	defer connection.Close()
	raw, err := connection.(*net.UnixConn).SyscallConn()
	if err != nil {
		return ""
	}
	var holder *unix.Ucred
	if err := raw.Control(func(fd uintptr) { holder, _ = unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED) }); err != nil || holder == nil {
		return ""
	}
	return fmt.Sprintf(" (process %d)", holder.Pid)
}
