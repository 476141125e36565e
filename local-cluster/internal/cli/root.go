// Package cli is the command line: up, down, status and the faults on purpose.
package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"google.golang.org/grpc/grpclog"

	"beckon.dev/local-cluster/internal/state"
)

// Execute runs the command line and returns the exit code.
func Execute(arguments []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	// Who asks a component that is away how it is gets an answer; gRPC would write several lines besides.
	grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, io.Discard))
	root := &cobra.Command{
		Use:           "local-cluster",
		Short:         "A real Kubernetes on this machine, whose containers are processes, or real ones",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(upCommand(), downCommand(), statusCommand(), containersCommand(), loadCommand(), restartCommand(), killCommand(),
		superviseCommand(), nodeCommand(), agentCommand(), &cobra.Command{
			Use:   "kubectl",
			Short: "The real kubectl (also under the name kubectl: DIR/bin/kubectl)",
			RunE:  func(*cobra.Command, []string) error { return nil }, // for the list of commands only: main hands it on
		})
	root.SetArgs(arguments)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "local-cluster:", err)
		return 1
	}
	return 0
}

// stateFlag adds --state, whose default is the environment's LOCAL_CLUSTER_DIR.
func stateFlag(cmd *cobra.Command, path *string) {
	cmd.Flags().StringVar(path, "state", os.Getenv("LOCAL_CLUSTER_DIR"), "the cluster's state folder (or LOCAL_CLUSTER_DIR)")
}

func printExport(out io.Writer, dir state.Dir) {
	fmt.Fprintf(out, "export KUBECONFIG=%s\n", dir.Kubeconfig())
}
