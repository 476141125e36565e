package pod

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"

	"beckon.dev/local-cluster/internal/containerlog"
	"beckon.dev/local-cluster/internal/sandbox"
)

// followPoll is how often a followed container is looked at.
const followPoll = 100 * time.Millisecond

// ErrNoSuch says that a pod, a container or a run of it is not here.
var ErrNoSuch = errors.New("not found")

// Logs writes the log of a container.
func (r *Runner) Logs(ctx context.Context, out io.Writer, name string, o containerlog.Options) error {
	c, err := r.named(name)
	if err != nil {
		return err
	}
	status := c.status()
	run := status.RestartCount
	if o.Previous {
		if run == 0 {
			return fmt.Errorf("previous terminated container %q in pod %q: %w", name, r.pod.Name, ErrNoSuch)
		}
		run--
	}
	file := logFile(r.dir, name, run)
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		if w := status.State.Waiting; w != nil {
			return fmt.Errorf("container %q in pod %q is waiting to start: %s", name, r.pod.Name, w.Reason)
		}
		return nil // it could not be started, or is about to be
	}
	return containerlog.Stream(ctx, out, file, o, c.runEnded(run, o.Follow && !o.Previous))
}

// runEnded returns a channel that is closed when the given run of the container is over.
func (c *container) runEnded(run int32, follow bool) <-chan struct{} {
	ended := make(chan struct{})
	if !follow {
		close(ended)
		return ended
	}
	go func() {
		defer close(ended)
		for {
			s := c.status()
			if s.RestartCount != run || s.State.Running == nil {
				return
			}
			if !wait(c.forgotten, followPoll) {
				return
			}
		}
	}()
	return ended
}

func (r *Runner) named(name string) (*container, error) {
	same := func(c corev1.Container) bool { return c.Name == name }
	if i := slices.IndexFunc(r.pod.Spec.Containers, same); i >= 0 {
		return r.container(&r.pod.Spec.Containers[i], false), nil
	}
	if i := slices.IndexFunc(r.pod.Spec.InitContainers, same); i >= 0 {
		return r.container(&r.pod.Spec.InitContainers[i], true), nil
	}
	return nil, fmt.Errorf("container %q of pod %q: %w", name, r.pod.Name, ErrNoSuch)
}

// Exec runs a program in a running container (kubectl exec) and returns its exit code.
func (r *Runner) Exec(ctx context.Context, name string, argv []string, in io.Reader, out, errs io.Writer) (int32, error) {
	c, err := r.named(name)
	if err != nil {
		return 0, err
	}
	r.mu.Lock()
	p := r.running[name]
	r.mu.Unlock()
	if p == nil {
		return 0, fmt.Errorf("container %q of pod %q is not running", name, r.pod.Name)
	}
	launch, err := c.further(argv)
	if err != nil {
		return 0, err
	}
	streams, err := connect(launch, in, out, errs)
	if err != nil {
		return 0, err
	}
	child, err := p.StartIn(*launch, r.Isolated)
	streams.started()
	if err != nil {
		streams.wait()
		return 0, err
	}
	defer child.Close()
	select {
	case <-child.Done():
	case <-ctx.Done():
		child.KillGroup()
	}
	streams.wait()
	code, _ := child.ExitCode()
	return code, nil
}

// connect ties the streams of a request to pipes of the process.
func connect(launch *sandbox.Spec, in io.Reader, out, errs io.Writer) (*pipes, error) {
	p := &pipes{}
	if in != nil {
		reader, writer, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		launch.Stdin = reader
		p.writers = append(p.writers, reader)
		go func() { // not waited for: it ends when the request or the process does
			defer writer.Close()
			_, _ = io.Copy(writer, in)
		}()
	}
	for _, stream := range []struct {
		to   io.Writer
		into **os.File
	}{{out, &launch.Stdout}, {errs, &launch.Stderr}} {
		if stream.to == nil {
			continue
		}
		reader, writer, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		*stream.into = writer
		p.writers = append(p.writers, writer)
		p.copies.Go(func() {
			defer reader.Close()
			_, _ = io.Copy(stream.to, reader) // whoever asked may be gone
		})
	}
	return p, nil
}
