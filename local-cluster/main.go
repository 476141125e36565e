// local-cluster is a real Kubernetes in one program: etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kubectl,
// and a node whose containers are processes of this machine. Each part runs as a process of its own, started from this
// same file under the part's name.
package main

import (
	"os"
	"path/filepath"

	"beckon.dev/local-cluster/internal/cli"
)

func main() {
	if filepath.Base(os.Args[0]) == "kubectl" {
		os.Exit(programs["kubectl"]())
	}
	if len(os.Args) > 1 {
		if program, ok := programs[os.Args[1]]; ok {
			// The programs look at os.Args themselves, as if each had a file of its own.
			os.Args = os.Args[1:]
			os.Exit(program())
		}
	}
	os.Exit(cli.Execute(os.Args[1:]))
}
