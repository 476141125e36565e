package cli

import (
	"github.com/spf13/cobra"

	"beckon.dev/local-cluster/internal/controlplane"
	"beckon.dev/local-cluster/internal/node"
	"beckon.dev/local-cluster/internal/state"
)

// nodeCommand is started by the supervisor.
func nodeCommand() *cobra.Command {
	var path string
	o := node.Options{Grace: controlplane.NodeGrace}
	cmd := &cobra.Command{
		Use:    controlplane.Node,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if o.State, err = state.Open(path); err != nil {
				return err
			}
			return node.Run(cmd.Context(), o)
		},
	}
	stateFlag(cmd, &path)
	cmd.Flags().StringVar(&o.Kubeconfig, "kubeconfig", "", "")
	cmd.Flags().StringVar(&o.ProvisionerKubeconfig, "provisioner-kubeconfig", "", "")
	cmd.Flags().IntVar(&o.Port, "port", 0, "")
	cmd.Flags().IntVar(&o.APIServerPort, "api-server-port", 0, "")
	cmd.Flags().StringVar(&o.ClientCA, "client-ca-file", "", "")
	cmd.Flags().StringVar(&o.Serving.Cert, "tls-cert-file", "", "")
	cmd.Flags().StringVar(&o.Serving.Key, "tls-private-key-file", "", "")
	return cmd
}
