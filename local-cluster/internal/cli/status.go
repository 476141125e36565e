package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"beckon.dev/local-cluster/internal/controlplane"
	"beckon.dev/local-cluster/internal/state"
)

type componentStatus struct {
	Component string    `json:"component"`
	PID       int       `json:"pid"`
	Port      int       `json:"port"`
	Healthy   bool      `json:"healthy"`
	Restarts  int       `json:"restarts"`
	Since     time.Time `json:"since"`
	Problem   string    `json:"problem,omitempty"`
}

type clusterStatus struct {
	State      string            `json:"state"` // the folder
	Node       state.Kind        `json:"node"`
	Kubeconfig string            `json:"kubeconfig"`
	Running    bool              `json:"running"`
	Ready      bool              `json:"ready"`
	Supervisor int               `json:"supervisorPid,omitempty"`
	Components []componentStatus `json:"components"`
}

var errNotWell = errors.New("not everything is running and healthy")

func statusCommand() *cobra.Command {
	var path, format string
	cmd := &cobra.Command{
		Use:   "status --state DIR",
		Short: "Show each component; exit code 1 unless all are healthy",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := state.At(path)
			if err != nil {
				return err
			}
			status, err := readStatus(cmd.Context(), dir)
			if err != nil {
				return err
			}
			if err := printStatus(cmd.OutOrStdout(), status, format); err != nil {
				return err
			}
			if !status.Ready {
				return errNotWell
			}
			return nil
		},
	}
	stateFlag(cmd, &path)
	outputFlag(cmd, &format)
	return cmd
}

func outputFlag(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVarP(format, "output", "o", "table", "table or json")
}

func readStatus(ctx context.Context, dir state.Dir) (clusterStatus, error) {
	status := clusterStatus{State: string(dir), Kubeconfig: dir.Kubeconfig(), Components: []componentStatus{}}
	var err error
	if status.Node, err = dir.Kind(); err != nil {
		return status, err
	}
	record, err := dir.ReadRecord()
	if err != nil || !record.Supervisor.Alive() {
		return status, err
	}
	checker, err := controlplane.NewChecker(dir)
	if err != nil {
		return status, err
	}
	status.Running, status.Supervisor, status.Ready = true, record.Supervisor.PID, record.Ready
	for _, c := range record.Components {
		line := componentStatus{Component: c.Name, PID: c.PID, Port: c.Port, Restarts: c.Restarts, Since: c.Since}
		if !c.Alive() {
			line.Problem = "not running"
		} else if err := checker.Check(ctx, c.Name, c.Health); err != nil {
			line.Problem = err.Error()
		} else {
			line.Healthy = true
		}
		status.Ready = status.Ready && line.Healthy
		status.Components = append(status.Components, line)
	}
	return status, nil
}

func printStatus(out io.Writer, status clusterStatus, format string) error {
	switch format {
	case "json":
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(status)
	case "table":
		if !status.Running {
			_, err := fmt.Fprintf(out, "not running in %s\n", status.State)
			return err
		}
		table := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
		fmt.Fprintln(table, "COMPONENT\tPID\tPORT\tHEALTHY\tRESTARTS\tSINCE\tPROBLEM")
		for _, c := range status.Components {
			fmt.Fprintf(table, "%s\t%d\t%d\t%t\t%d\t%s\t%s\n", c.Component, c.PID, c.Port, c.Healthy, c.Restarts, c.Since.Format(time.TimeOnly), c.Problem)
		}
		return table.Flush()
	default:
		return fmt.Errorf("unknown output format %q: say table or json", format)
	}
}
