package proc

import (
	"os/exec"
	"runtime"
	"syscall"
)

// Child is a process that the kernel kills when this program dies, however it dies.
type Child struct {
	Identity
	done chan struct{}
	err  error
}

// StartChild starts the command in a session of its own (a Ctrl-C at the terminal reaches only us) and has the kernel
// send it SIGKILL when we end.
func StartChild(cmd *exec.Cmd) (*Child, error) {
	child := &Child{done: make(chan struct{})}
	started := make(chan error)
	go func() {
		// The kernel ties the parent-death signal to the thread that forked, so that thread must live as long as the child:
		// the goroutine stays locked to it until Wait returns.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
		if err := cmd.Start(); err != nil {
			started <- err
			return
		}
		id, err := Of(cmd.Process.Pid)
		if err != nil { // it has ended already; Wait below tells how
			id = Identity{PID: cmd.Process.Pid}
		}
		child.Identity = id
		started <- nil
		child.err = cmd.Wait()
		close(child.done)
	}()
	return child, <-started
}

// Done is closed when the child has ended.
func (c *Child) Done() <-chan struct{} { return c.done }

// Err tells how the child ended, once Done is closed.
func (c *Child) Err() error { return c.err }
