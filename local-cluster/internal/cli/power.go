package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"beckon.dev/local-cluster/internal/controlplane"
	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/state"
)

// powerLimit bounds how long the node's parts are kept away if this process dies before it lets them go.
const powerLimit = time.Minute

// isWholeNode tells whether the name means all parts of a node of containers.
func isWholeNode(path, name string) (bool, error) {
	dir, err := state.At(path)
	if err != nil {
		return false, err
	}
	kind, err := dir.Kind()
	return kind == state.Containers && name == controlplane.Node, err
}

// cutPower kills kubelet, kube-proxy, containerd and every container at once, and lets the supervisor start them after away.
func cutPower(ctx context.Context, out io.Writer, path string, away time.Duration) error {
	_, err := powerOff(ctx, path, away)
	if err == nil {
		_, err = fmt.Fprintln(out, "killed the node: kubelet, kube-proxy, containerd and every container")
	}
	return err
}

// reboot is a power cut after which all parts are waited for.
func reboot(ctx context.Context, out io.Writer, path string) error {
	killed, err := powerOff(ctx, path, 0)
	if err != nil {
		return err
	}
	for _, component := range slices.Backward(killed) { // containerd first: the kubelet wants it
		dir, err := state.At(path)
		if err != nil {
			return err
		}
		next, err := waitReplaced(ctx, dir, component)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s runs again as process %d\n", next.Name, next.PID)
	}
	return nil
}

func powerOff(ctx context.Context, path string, away time.Duration) ([]state.Component, error) {
	var killed []state.Component
	var dir state.Dir
	for _, name := range controlplane.PoweredParts {
		found, component, err := find(path, name)
		if err != nil {
			return nil, err
		}
		dir = found
		killed = append(killed, component)
	}
	if err := machine.CheckMounts(dir); err != nil {
		return nil, err
	}
	// None may come back while the others' remains are cleared away.
	for _, component := range killed {
		if err := dir.Hold(component.Name, time.Now().Add(powerLimit)); err != nil {
			return nil, err
		}
	}
	var errs []error
	for _, component := range killed {
		if err := component.Signal(unix.SIGKILL); err != nil && !errors.Is(err, proc.ErrGone) {
			errs = append(errs, err)
		}
	}
	limit, cancel := context.WithTimeout(ctx, powerLimit/2)
	defer cancel()
	for _, component := range killed {
		errs = append(errs, component.WaitGone(limit))
	}
	errs = append(errs, machine.PowerOff(limit, dir))
	for _, component := range killed {
		if away > 0 {
			errs = append(errs, dir.Hold(component.Name, time.Now().Add(away)))
		} else {
			errs = append(errs, dir.Release(component.Name))
		}
	}
	return killed, errors.Join(errs...)
}
