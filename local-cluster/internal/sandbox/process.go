// Package sandbox starts the process of a container. As root each container gets namespaces of its own for mounts (its
// volumes stand at their mount paths), process ids and the host name; otherwise the paths in its command and environment are
// rewritten.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/proc"
)

// Mount puts a file or folder of this machine at a path of the container.
type Mount struct {
	Source, Target string
	ReadOnly       bool
}

// User is the identity of the process.
type User struct {
	UID, GID uint32
	Groups   []uint32
}

// Spec describes the process of a container.
type Spec struct {
	Argv []string
	Env  []string
	Dir  string
	// Mounts are made in the order of their targets' depth.
	Mounts       []Mount
	Hostname     string
	ReadOnlyRoot bool
	User         *User // nil: the one we run as
	// Scratch is an empty folder of the container's own.
	Scratch string
	// Pause is the first process of the pod's shared process-id namespace; nil: the container has one of its own and is its
	// first process.
	Pause *Process
	// HostPIDs keeps the container in the machine's own process-id namespace.
	HostPIDs              bool
	Stdin, Stdout, Stderr *os.File
	// Marker must be unique to the container: it finds every descendant.
	Marker proc.Marker
}

// StartError says why a container's program could not be started, with the exit code that a container runtime gives it.
type StartError struct {
	Code int32
	Err  error
}

func (e *StartError) Error() string { return e.Err.Error() }
func (e *StartError) Unwrap() error { return e.Err }

// Process is a container's first process.
type Process struct {
	proc.Identity
	marker    proc.Marker
	namespace *proc.Namespace
	first     bool // of a process-id namespace: the kernel ends the others with it
	done      chan struct{}
	state     *os.ProcessState
}

// Start starts the process. The kernel kills it if this program dies.
func Start(spec Spec, isolated bool) (*Process, error) {
	if !isolated {
		return launch(rewritten(spec), unprepared, (*exec.Cmd).Start)
	}
	begin, first := startFirst, true
	if spec.Pause != nil || spec.HostPIDs {
		begin, first = func(cmd *exec.Cmd) error { return startAmong(cmd, spec.Pause) }, false
	}
	p, err := launch(spec, func() error { return enterNew(spec) }, begin)
	if p != nil {
		p.first = first
	}
	return p, err
}

// StartIn starts a further process in the namespaces of a running one (exec).
func (p *Process) StartIn(spec Spec, isolated bool) (*Process, error) {
	if !isolated {
		return launch(rewritten(spec), unprepared, (*exec.Cmd).Start)
	}
	return launch(spec, func() error { return enterExisting(p.PID) }, startWithin)
}

func unprepared() error { return nil }

// launch prepares a thread and has it start the process.
func launch(spec Spec, prepare func() error, begin func(*exec.Cmd) error) (*Process, error) {
	p := &Process{marker: spec.Marker, done: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		// The namespaces belong to the thread, and so does the parent-death signal. The thread is never unlocked:
		// Go ends it together with this goroutine, when the container has ended.
		runtime.LockOSThread()
		if err := prepare(); err != nil {
			started <- &StartError{128, fmt.Errorf("prepare the container: %w", err)}
			return
		}
		cmd, err := command(spec)
		if err == nil {
			err = begin(cmd)
		}
		if err != nil {
			started <- startError(spec, err)
			return
		}
		p.PID = cmd.Process.Pid
		started <- nil
		_ = cmd.Wait() // the state tells
		p.state = cmd.ProcessState
		close(p.done)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	// Here and not on that thread, which may see another /proc.
	if id, err := proc.Of(p.PID); err == nil {
		p.Identity = id
	}
	p.namespace = proc.HoldNamespace(p.PID)
	return p, nil
}

func command(spec Spec) (*exec.Cmd, error) {
	program, err := lookPath(spec.Argv[0], spec.Env)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(spec.Dir); err != nil {
		return nil, fmt.Errorf("working directory: %w", err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("working directory %s is no folder", spec.Dir)
	}
	cmd := &exec.Cmd{Path: program, Args: spec.Argv, Env: append(spec.Env, string(spec.Marker)), Dir: spec.Dir}
	if spec.Stdin != nil {
		cmd.Stdin = spec.Stdin
	}
	cmd.Stdout, cmd.Stderr = spec.Stdout, spec.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
	if u := spec.User; u != nil && os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: u.UID, Gid: u.GID, Groups: u.Groups}
		if u.UID != 0 {
			return cmd, letRead(cmd)
		}
	}
	return cmd, nil
}

// secureNoSetuidFixup is SECBIT_NO_SETUID_FIXUP of capabilities(7).
const secureNoSetuidFixup = 1 << 2

// letRead lets a process of another user read every file, as root may: its program may lie in a folder that only root may
// enter (a checkout in root's home). It concerns this thread's further processes.
func letRead(cmd *exec.Cmd) error {
	cmd.SysProcAttr.AmbientCaps = []uintptr{unix.CAP_DAC_READ_SEARCH}
	// Or access(2), by which Java looks whether a file exists, would leave the capability out of account.
	if err := unix.Prctl(unix.PR_SET_SECUREBITS, secureNoSetuidFixup, 0, 0, 0); err != nil {
		return fmt.Errorf("secure bits: %w", err)
	}
	return nil
}

// lookPath finds a program as the container sees the machine: by its own PATH.
func lookPath(name string, env []string) (string, error) {
	if strings.Contains(name, "/") {
		return name, executable(name)
	}
	for _, entry := range env {
		if path, ok := strings.CutPrefix(entry, "PATH="); ok {
			for _, folder := range filepath.SplitList(path) {
				if file := filepath.Join(folder, name); executable(file) == nil {
					return file, nil
				}
			}
		}
	}
	return "", fmt.Errorf("%q was not found in the container's PATH: %w", name, fs.ErrNotExist)
}

func executable(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	if info.IsDir() || info.Mode()&0o111 == 0 {
		return fmt.Errorf("%s: %w", file, fs.ErrPermission)
	}
	return nil
}

func startError(spec Spec, err error) error {
	code := int32(128)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		code = 127
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.ENOEXEC):
		code = 126
	}
	return &StartError{code, fmt.Errorf("start %s: %w", spec.Argv[0], err)}
}

// Done is closed when the process has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// ExitCode is 128 + the signal's number for a process that a signal ended, as shells and container runtimes have it.
func (p *Process) ExitCode() (code, signal int32) {
	if status, ok := p.state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int32(status.Signal()), int32(status.Signal())
	}
	return int32(p.state.ExitCode()), 0
}

// SignalGroup sends sig to the process group that the container's first process leads.
func (p *Process) SignalGroup(sig unix.Signal) error {
	// The group's number can't be another's while its leader is not waited for, and Done tells that it is.
	select {
	case <-p.done:
		return proc.ErrGone
	default:
		return unix.Kill(-p.PID, sig)
	}
}

// Close lets go of what is held of an ended process.
func (p *Process) Close() { p.namespace.Close() }

// KillAll ends every process of the container, also those that left the group, lost their parent or emptied their
// environment.
func (p *Process) KillAll() error {
	if p.first {
		_ = p.SignalGroup(unix.SIGKILL) // it may have ended, and all with it
		<-p.done
		return nil
	}
	limit, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	_, err := p.marker.KillAll(limit, p.namespace)
	return err
}

// KillGroup ends this process and its group, and returns when the process is gone. It is for a further process of a
// container, which carries the container's marker: KillAll would end the container.
func (p *Process) KillGroup() {
	_ = p.SignalGroup(unix.SIGKILL) // it may have ended just now
	<-p.done
}
