package machine

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

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
	if _, err := os.Stat("/proc/sys/net/bridge"); err != nil {
		if _, err := run(ctx, "", "modprobe", "br_netfilter"); err != nil {
			list = append(list, "the kernel can't filter packets between pods (modprobe br_netfilter failed)")
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
	if j, err := readJournal(dir); err != nil {
		return []string{err.Error()}
	} else if j != nil {
		return nil // our own remains, which are removed first
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

// Alone makes sure that no other node of containers starts on this machine while the returned listener is open. The name is not in
// the file system: it goes with the process.
func Alone() (net.Listener, error) {
	listener, err := net.Listen("unix", "@local-cluster-node-of-containers")
	if err != nil {
		return nil, fmt.Errorf("another node of containers runs on this machine, and there can be one only (%w)", err)
	}
	return listener, nil
}
