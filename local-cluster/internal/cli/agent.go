package cli

import (
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"beckon.dev/local-cluster/internal/containers"
	"beckon.dev/local-cluster/internal/controlplane"
	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/netpolicy"
	"beckon.dev/local-cluster/internal/node"
	"beckon.dev/local-cluster/internal/state"
	"beckon.dev/local-cluster/internal/storage"
)

// agentCommand is started by the supervisor on a node of containers: it enforces NetworkPolicies and makes volumes.
func agentCommand() *cobra.Command {
	var path, kubeconfig, provisionerKubeconfig string
	cmd := &cobra.Command{
		Use:    controlplane.NodeAgent,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := state.At(path)
			if err != nil {
				return err
			}
			client, err := node.Connect(kubeconfig)
			if err != nil {
				return err
			}
			provisioner, err := node.Connect(provisionerKubeconfig)
			if err != nil {
				return err
			}
			filter, err := machine.Filter(dir)
			if err != nil {
				return err
			}
			both, ctx := errgroup.WithContext(cmd.Context())
			both.Go(func() error { return storage.Run(ctx, provisioner, dir) })
			both.Go(func() error {
				return netpolicy.Run(ctx, netpolicy.Options{Client: client, Table: machine.PolicyTable(dir), Bridge: machine.Bridge(dir),
					Socket: containers.AgentSocket(dir), File: dir.Volatile("pod-addresses.json"), Filter: filter, Again: 30 * time.Second})
			})
			if err := both.Wait(); err != nil && cmd.Context().Err() == nil {
				return err
			}
			return nil
		},
	}
	stateFlag(cmd, &path)
	cmd.Flags().StringVar(&kubeconfig, "kubeconfig", "", "")
	cmd.Flags().StringVar(&provisionerKubeconfig, "provisioner-kubeconfig", "", "")
	return cmd
}
