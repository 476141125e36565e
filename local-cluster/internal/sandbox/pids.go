package sandbox

import (
	"errors"
	"fmt"
	"os/exec"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/proc"
)

// startFirst starts the container's program as the first process of a process-id namespace of its own, as container runtimes
// do: when it ends, the kernel ends every other process in it; and the kernel spares it from signals that come from inside and that it does
// not handle. /proc must be mounted by a process in the namespace and before the program looks at it, so the
// program is stopped before its first instruction (as under a debugger) until that is done.
func startFirst(cmd *exec.Cmd) error {
	if err := unix.Unshare(unix.CLONE_NEWPID); err != nil { // for the processes that this thread starts from now on
		return fmt.Errorf("process-id namespace: %w", err)
	}
	cmd.SysProcAttr.Ptrace = true
	if err := cmd.Start(); err != nil {
		return err
	}
	err := letGo(cmd.Process.Pid)
	if err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	return err
}

func letGo(pid int) error {
	var status unix.WaitStatus
	if _, err := unix.Wait4(pid, &status, 0, nil); err != nil {
		return fmt.Errorf("wait for the program to stop: %w", err)
	}
	if !status.Stopped() {
		return fmt.Errorf("the program ended before its first instruction: %v", status)
	}
	return errors.Join(mountProc(), unix.PtraceDetach(pid))
}

// startAmong starts the program among the processes of the pod, or of the machine if there is no pause process.
func startAmong(cmd *exec.Cmd, pause *Process) error {
	if pause != nil {
		if err := joinPIDs(pause.PID); err != nil {
			return err
		}
		if err := mountProc(); err != nil {
			return err
		}
		return startWithin(cmd)
	}
	return cmd.Start()
}

// startWithin starts a process in a process-id namespace that this thread has joined. It needs no parent-death signal, since it
// dies with the namespace's first process, which has one; and Go's way of setting it sees that the parent is not in the
// namespace, takes it for dead, and kills the child.
func startWithin(cmd *exec.Cmd) error {
	cmd.SysProcAttr.Pdeathsig = 0
	return cmd.Start()
}

// mountProc mounts /proc for the namespace into which this thread starts processes.
func mountProc() error {
	if text, err := exec.Command("mount", "-n", "-t", "proc", "proc", "/proc").CombinedOutput(); err != nil {
		return fmt.Errorf("mount /proc: %w: %s", err, text)
	}
	return nil
}

// joinPIDs lets this thread start processes in the process-id namespace of another process.
func joinPIDs(pid int) error { return join(pid, "pid", unix.CLONE_NEWPID) }

// StartPause starts the first process of a process-id namespace that the containers of a pod share. It does nothing, and
// is there so that none of them is the first.
func StartPause(marker proc.Marker, env []string) (*Process, error) {
	spec := Spec{Argv: []string{"sleep", "infinity"}, Env: append([]string{"PATH=/usr/bin:/bin"}, env...), Dir: "/", Marker: marker}
	return launch(spec, unprepared, func(cmd *exec.Cmd) error {
		if err := unix.Unshare(unix.CLONE_NEWPID); err != nil {
			return err
		}
		return cmd.Start()
	})
}

// canSeparatePIDs tries it, since it needs more than a right: the mount program too.
func canSeparatePIDs() error {
	// Go looks once, when it starts its first process, whether the kernel has pidfds, by starting a process. That one must
	// not become the first of a container's namespace, which would end with it.
	if err := exec.Command("true").Run(); err != nil {
		return err
	}
	p, err := launch(Spec{Argv: []string{"true"}, Env: []string{"PATH=/usr/bin:/bin"}, Dir: "/", Marker: "LOCAL_CLUSTER_TRIAL=1"}, unshare, startFirst)
	if err != nil {
		return err
	}
	defer p.Close()
	<-p.Done()
	if code, _ := p.ExitCode(); code != 0 {
		return fmt.Errorf("the trial ended with exit code %d", code)
	}
	return nil
}
