package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/state"
	"beckon.dev/local-cluster/internal/volumes"
)

func downCommand() *cobra.Command {
	var path string
	var purge bool
	cmd := &cobra.Command{
		Use:   "down --state DIR",
		Short: "Stop the cluster and every process that it started",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return down(cmd.Context(), cmd.OutOrStdout(), path, purge)
		},
	}
	stateFlag(cmd, &path)
	cmd.Flags().BoolVar(&purge, "purge", false, "also remove the state folder")
	return cmd
}

func down(ctx context.Context, out io.Writer, path string, purge bool) error {
	dir, err := state.At(path)
	if err != nil {
		return err
	}
	if _, err := os.Stat(dir.Path("run")); errors.Is(err, os.ErrNotExist) {
		return downWithoutFolder(ctx, out, dir)
	}
	lock, err := stopSupervisor(ctx, dir)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := undo(ctx, out, dir); err != nil {
		return err
	}
	if err := errors.Join(dir.RemoveRecord(), volumes.RemoveMemory(string(dir))); err != nil {
		return err
	}
	folders, err := os.ReadDir(dir.Volumes())
	if err != nil && !errors.Is(err, os.ErrNotExist) { // a folder of an earlier version has none
		return err
	}
	claimed := len(folders)
	if purge {
		if err := os.RemoveAll(string(dir)); err != nil {
			return err
		}
		fmt.Fprintf(out, "stopped, and removed %s with all its data%s\n", dir, volumesAmong(claimed))
		return nil
	}
	fmt.Fprintf(out, "stopped; %s keeps the data%s (down --purge removes it)\n", dir, volumesAmong(claimed))
	return nil
}

// downWithoutFolder puts the machine back when somebody removed the folder of a node of containers.
func downWithoutFolder(ctx context.Context, out io.Writer, dir state.Dir) error {
	left, err := machine.Left(dir)
	if err != nil {
		return err
	}
	if !left {
		fmt.Fprintf(out, "nothing to stop: %s is no state folder\n", dir)
		return nil
	}
	if err := undo(ctx, out, dir); err != nil {
		return err
	}
	fmt.Fprintf(out, "stopped what was left of the cluster whose folder was %s\n", dir)
	return nil
}

// undo ends what the supervisor, which is gone, did not end, and puts the machine back.
func undo(ctx context.Context, out io.Writer, dir state.Dir) error {
	left, err := machine.Left(dir)
	if err != nil {
		return err
	}
	if left {
		// Another node's tables have the same names.
		alone, err := machine.Alone()
		if err != nil {
			return fmt.Errorf("what the cluster in %s left on this machine stays for now: %w", dir, err)
		}
		defer alone.Close()
	}
	if err := machine.CheckMounts(dir); err != nil {
		return err
	}
	// The supervisor took its children along, or the kernel did when it died; what they in turn had started is found by the marker.
	limit, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	killed, err := dir.Marker().KillAll(limit)
	if killed > 0 {
		fmt.Fprintf(out, "ended %d processes that were left over\n", killed)
	}
	patient, end := context.WithTimeout(ctx, time.Minute)
	defer end()
	return errors.Join(err, machine.Undo(patient, dir))
}

func volumesAmong(count int) string {
	switch count {
	case 0:
		return ""
	case 1:
		return ", 1 volume of a claim among it"
	default:
		return fmt.Sprintf(", %d volumes of claims among it", count)
	}
}

// stopSupervisor returns the folder's lock, which it can get only when no supervisor lives any more.
func stopSupervisor(ctx context.Context, dir state.Dir) (*os.File, error) {
	limit, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		lock, err := dir.Lock()
		if !errors.Is(err, state.ErrHeld) {
			return lock, err
		}
		record, err := dir.ReadRecord()
		if err != nil {
			return nil, err
		}
		// A supervisor that only just began has the lock but no record yet.
		if err := record.Supervisor.Stop(limit, 45*time.Second); err != nil {
			return nil, err
		}
		select {
		case <-limit.Done():
			return nil, fmt.Errorf("another process holds %s and does not end: %w", dir, limit.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}
