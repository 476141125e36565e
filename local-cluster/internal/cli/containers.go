package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"beckon.dev/local-cluster/internal/containers"
	"beckon.dev/local-cluster/internal/pod"
	"beckon.dev/local-cluster/internal/state"
)

func containersCommand() *cobra.Command {
	var path, format string
	cmd := &cobra.Command{
		Use:   "containers --state DIR",
		Short: "List the running containers and their process ids on this machine",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := state.At(path)
			if err != nil {
				return err
			}
			list, err := readContainers(dir)
			if err != nil {
				return err
			}
			switch format {
			case "json":
				return json.NewEncoder(cmd.OutOrStdout()).Encode(list)
			case "table":
				table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 8, 2, ' ', 0)
				fmt.Fprintln(table, "NAMESPACE\tPOD\tCONTAINER\tPID")
				for _, c := range list {
					fmt.Fprintf(table, "%s\t%s\t%s\t%d\n", c.Namespace, c.Pod, c.Container, c.PID)
				}
				return table.Flush()
			default:
				return fmt.Errorf("unknown output format %q: say table or json", format)
			}
		},
	}
	stateFlag(cmd, &path)
	outputFlag(cmd, &format)
	return cmd
}

func readContainers(dir state.Dir) ([]pod.Running, error) {
	kind, err := dir.Kind()
	if err != nil {
		return nil, err
	}
	if kind == state.Containers {
		return containers.Running(dir)
	}
	folders, err := os.ReadDir(dir.Pods())
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	all := []pod.Running{}
	for _, folder := range folders {
		var some []pod.Running
		if err := state.ReadJSON(filepath.Join(dir.Pods(), folder.Name(), pod.ProcessesFile), &some); err != nil {
			return nil, err
		}
		for _, c := range some {
			if c.Alive() { // the node may have been killed
				all = append(all, c)
			}
		}
	}
	slices.SortFunc(all, func(a, b pod.Running) int {
		return strings.Compare(a.Namespace+"/"+a.Pod+"/"+a.Container, b.Namespace+"/"+b.Pod+"/"+b.Container)
	})
	return all, nil
}
