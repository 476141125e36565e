// Package proc recognises, signals and ends processes, and never touches one that merely reuses a number:
// a process is known by its id together with the moment it started.
package proc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// Identity names one process of this machine, also after this program was killed and started again.
type Identity struct {
	PID int `json:"pid"`
	// Start is the clock tick at which the process started (field 22 of /proc/PID/stat).
	Start uint64 `json:"start"`
	// Boot is the kernel's boot id: ticks count from the boot.
	Boot string `json:"boot"`
}

// ErrGone says that the process has ended, or that its number now belongs to another one.
var ErrGone = errors.New("process is gone")

// Of reads the identity of the running process pid. A zombie counts as gone.
func Of(pid int) (Identity, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return Identity{}, ErrGone
	}
	// The second field is the program's name in brackets and may itself hold spaces and brackets.
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 20 || fields[0][0] == 'Z' || fields[0][0] == 'X' {
		return Identity{}, ErrGone
	}
	start, err := strconv.ParseUint(string(fields[19]), 10, 64)
	if err != nil {
		return Identity{}, fmt.Errorf("start time of process %d: %w", pid, err)
	}
	boot, err := BootID()
	return Identity{PID: pid, Start: start, Boot: boot}, err
}

// BootID is the kernel's name for this boot.
var BootID = sync.OnceValues(func() (string, error) {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", fmt.Errorf("boot id: %w", err)
	}
	return string(bytes.TrimSpace(id)), nil
})

// Self is the identity of this process.
func Self() (Identity, error) { return Of(os.Getpid()) }

// Alive tells whether exactly this process still runs.
func (i Identity) Alive() bool {
	if i.PID <= 0 {
		return false
	}
	now, err := Of(i.PID)
	return err == nil && now == i
}

// Signal sends sig to exactly this process, or returns ErrGone.
// The descriptor is taken before the look at the start time, so the number can't change hands in between.
func (i Identity) Signal(sig unix.Signal) error {
	if i.PID <= 0 {
		return ErrGone
	}
	fd, err := unix.PidfdOpen(i.PID, 0)
	if err != nil {
		return ErrGone
	}
	defer unix.Close(fd)
	if !i.Alive() {
		return ErrGone
	}
	if err := unix.PidfdSendSignal(fd, sig, nil, 0); errors.Is(err, unix.ESRCH) {
		return ErrGone
	} else if err != nil {
		return fmt.Errorf("signal %v to process %d: %w", sig, i.PID, err)
	}
	return nil
}

// WaitGone waits until the process has ended, or the context has.
func (i Identity) WaitGone(ctx context.Context) error {
	for i.Alive() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// Stop sends SIGTERM, and SIGKILL if the process still lives after grace. It returns when the process is gone.
func (i Identity) Stop(ctx context.Context, grace time.Duration) error {
	if err := i.Signal(unix.SIGTERM); errors.Is(err, ErrGone) {
		return nil
	} else if err != nil {
		return err
	}
	patient, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	if i.WaitGone(patient) == nil {
		return nil
	}
	if err := i.Signal(unix.SIGKILL); err != nil && !errors.Is(err, ErrGone) {
		return err
	}
	return i.WaitGone(ctx)
}
