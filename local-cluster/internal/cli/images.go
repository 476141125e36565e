package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"beckon.dev/local-cluster/internal/containers"
	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/state"
)

func loadCommand() *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use:   "load-image FILE.tar… --state DIR",
		Short: "Give the images in docker or OCI archives to a node of containers",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := state.At(path)
			if err != nil {
				return err
			}
			kind, err := dir.Kind()
			if err != nil {
				return err
			}
			if kind != state.Containers {
				return errors.New("this cluster's containers are processes: up --images TABLE.yaml says what their images stand for")
			}
			record, err := dir.ReadRecord()
			if err != nil {
				return err
			}
			if !record.Supervisor.Alive() {
				return fmt.Errorf("no cluster is running in %s", dir)
			}
			return loadImages(cmd.Context(), cmd.OutOrStdout(), dir, args)
		},
	}
	stateFlag(cmd, &path)
	return cmd
}

func loadImages(ctx context.Context, out io.Writer, dir state.Dir, files []string) error {
	parts, err := machine.Parts()
	if err != nil {
		return err
	}
	names, err := containers.Load(ctx, dir, parts, files...)
	if err != nil {
		return err
	}
	for _, name := range names {
		fmt.Fprintln(out, "loaded", name)
	}
	return nil
}

// checkMachine tells all that is missing at once.
func checkMachine(ctx context.Context, dir state.Dir) error {
	record, err := dir.ReadRecord()
	if err != nil || record.Supervisor.Alive() { // it runs: all was well
		return err
	}
	problems := machine.Problems(ctx, dir)
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("this machine can't run a node of containers:\n  - %s", strings.Join(problems, "\n  - "))
}
