package pod

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	probehttp "k8s.io/kubernetes/pkg/probe/http"

	"beckon.dev/local-cluster/internal/sandbox"
)

// launch describes a further process of the container: its environment, identity and working directory.
func (c *container) further(argv []string) (*sandbox.Spec, error) {
	image, err := c.Images.Find(c.spec.Image)
	if err != nil {
		return nil, err
	}
	pod := c.Pod()
	env, err := c.environment(pod, image)
	if err != nil {
		return nil, err
	}
	who, err := identity(pod, c.spec, image)
	if err != nil {
		return nil, err
	}
	return &sandbox.Spec{Argv: argv, Env: env.List(), Dir: workingDir(c.spec, image), User: who, Marker: c.marker()}, nil
}

// run runs a program in the running container and gives its exit code and the beginning of its output.
func (c *container) run(ctx context.Context, p *sandbox.Process, argv []string) (int32, string, error) {
	out, err := os.CreateTemp(c.dir, "hook-*")
	if err != nil {
		return 0, "", err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	launch, err := c.further(argv)
	if err != nil {
		return 0, "", err
	}
	launch.Stdout, launch.Stderr = out, out
	child, err := p.StartIn(*launch, c.Isolated)
	if err != nil {
		return 0, "", err
	}
	defer child.Close()
	select {
	case <-child.Done():
	case <-ctx.Done():
		child.KillGroup()
		return 0, "", fmt.Errorf("%s did not end in time: %w", argv[0], ctx.Err())
	}
	text := make([]byte, 1024)
	n, _ := out.ReadAt(text, 0)
	code, _ := child.ExitCode()
	return code, string(text[:n]), nil
}

// preStop runs the hook within the grace period; when it fails, the container is stopped all the same.
func (c *container) preStop(limit context.Context, p *sandbox.Process) {
	if c.spec.Lifecycle == nil || c.spec.Lifecycle.PreStop == nil {
		return
	}
	var err error
	switch hook := c.spec.Lifecycle.PreStop; {
	case hook.Exec != nil:
		var code int32
		var text string
		if code, text, err = c.run(limit, p, hook.Exec.Command); err == nil && code != 0 {
			err = fmt.Errorf("exit code %d: %s", code, text)
		}
	case hook.HTTPGet != nil:
		err = c.get(limit, hook.HTTPGet)
	case hook.Sleep != nil:
		select {
		case <-time.After(time.Duration(hook.Sleep.Seconds) * time.Second):
		case <-limit.Done():
		case <-p.Done():
		}
	}
	if err != nil {
		c.warn("FailedPreStopHook", "PreStopHook failed: %v", err)
	}
}

func (c *container) get(ctx context.Context, action *corev1.HTTPGetAction) error {
	request, err := probehttp.NewRequestForHTTPGetAction(action, c.spec, c.Pod().Status.PodIP, "lifecycle")
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request.WithContext(ctx))
	if err != nil {
		return err
	}
	return response.Body.Close()
}
