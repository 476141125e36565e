package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/controlplane"
	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/state"
)

func restartCommand() *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use:   "restart-component NAME --state DIR",
		Short: "Stop a component with SIGTERM and wait until it runs and is healthy again; node, of containers: a reboot",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if reboots, err := isWholeNode(path, args[0]); err != nil {
				return err
			} else if reboots {
				return reboot(cmd.Context(), cmd.OutOrStdout(), path)
			}
			dir, component, err := find(path, args[0])
			if err != nil {
				return err
			}
			if err := component.Stop(cmd.Context(), controlplane.NodeGrace+5*time.Second); err != nil {
				return err
			}
			next, err := waitReplaced(cmd.Context(), dir, component)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s runs again as process %d\n", next.Name, next.PID)
			return err
		},
	}
	stateFlag(cmd, &path)
	return cmd
}

func killCommand() *cobra.Command {
	var path string
	var away time.Duration
	cmd := &cobra.Command{
		Use:   "kill-component NAME --state DIR",
		Short: "Kill a component with SIGKILL; the supervisor starts it again. node, of containers: a power cut",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if whole, err := isWholeNode(path, args[0]); err != nil {
				return err
			} else if whole {
				return cutPower(cmd.Context(), cmd.OutOrStdout(), path, away)
			}
			dir, component, err := find(path, args[0])
			if err != nil {
				return err
			}
			if away > 0 {
				if err := dir.Hold(component.Name, time.Now().Add(away)); err != nil {
					return err
				}
			}
			if err := component.Signal(unix.SIGKILL); err != nil && !errors.Is(err, proc.ErrGone) {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "killed %s, process %d\n", component.Name, component.PID)
			return err
		},
	}
	stateFlag(cmd, &path)
	cmd.Flags().DurationVar(&away, "for", 0, "keep it away for this long before it is started again")
	return cmd
}

// componentNames are what a person may say: of a node of containers also "node", for all its parts together.
func componentNames(dir state.Dir) []string {
	kind, err := dir.Kind()
	if err != nil || kind == state.Processes {
		return controlplane.Names(state.Processes)
	}
	return append(controlplane.Names(kind), controlplane.Node)
}

func find(path, name string) (state.Dir, state.Component, error) {
	dir, err := state.At(path)
	if err != nil {
		return "", state.Component{}, err
	}
	record, err := dir.ReadRecord()
	if err != nil {
		return "", state.Component{}, err
	}
	if !record.Supervisor.Alive() {
		return "", state.Component{}, fmt.Errorf("no cluster is running in %s", dir)
	}
	i := slices.IndexFunc(record.Components, func(c state.Component) bool { return c.Name == name })
	if i < 0 {
		return "", state.Component{}, fmt.Errorf("no component %q: there are %s", name, strings.Join(componentNames(dir), ", "))
	}
	return dir, record.Components[i], nil
}

func waitReplaced(ctx context.Context, dir state.Dir, old state.Component) (state.Component, error) {
	limit, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	checker, err := controlplane.NewChecker(dir)
	if err != nil {
		return old, err
	}
	for {
		_, next, err := find(string(dir), old.Name)
		if err != nil {
			return old, err
		}
		if next.Identity != old.Identity && checker.Check(limit, next.Name, next.Health) == nil {
			return next, nil
		}
		select {
		case <-limit.Done():
			return old, fmt.Errorf("%s was not replaced by a healthy one: %w", old.Name, limit.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}
