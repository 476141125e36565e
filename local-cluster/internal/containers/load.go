package containers

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"beckon.dev/local-cluster/internal/state"
)

// Load gives the node the images in docker and OCI archives, and returns the names under which pods find them.
func Load(ctx context.Context, dir state.Dir, parts string, files ...string) ([]string, error) {
	var loaded []string
	for _, file := range files {
		names, err := Names(file)
		if err != nil {
			return nil, err
		}
		if _, err := ctr(ctx, dir, parts, "images", "import", file); err != nil {
			return nil, err
		}
		present, err := ctr(ctx, dir, parts, "images", "list", "--quiet")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			full, err := FullName(name)
			if err != nil {
				return nil, err
			}
			// A short name of an OCI archive is kept as it is, and the kubelet asks for the whole one.
			if name != full && contains(present, name) {
				if _, err := ctr(ctx, dir, parts, "images", "tag", "--force", name, full); err != nil {
					return nil, err
				}
			}
			loaded = append(loaded, full)
		}
	}
	return loaded, nil
}

func contains(list, name string) bool {
	for line := range strings.Lines(list) {
		if strings.TrimSpace(line) == name {
			return true
		}
	}
	return false
}

// ctr is containerd's own command line.
func ctr(ctx context.Context, dir state.Dir, parts string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(parts, "ctr"), append([]string{"--address", ContainerdSocket(dir), "--namespace", "k8s.io"}, args...)...)
	var out, problems strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &problems
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("ctr %s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(problems.String()))
	}
	return out.String(), nil
}
