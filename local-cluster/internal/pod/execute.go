package pod

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sys/unix"
	corev1 "k8s.io/api/core/v1"

	"beckon.dev/local-cluster/internal/containerlog"
	"beckon.dev/local-cluster/internal/sandbox"
)

// Kubernetes' bounds of a termination message: 4096 bytes from its file; 2048 bytes or 80 lines from the log.
const (
	maxMessage      = 4096
	maxLogMessage   = 2048
	maxMessageLines = 80
)

// execute starts the program, takes down its output, and tells how it ended.
func (c *container) execute(launch *sandbox.Spec) (corev1.ContainerStateTerminated, error) {
	var end corev1.ContainerStateTerminated
	logPath := logFile(c.dir, c.spec.Name, c.status().RestartCount)
	log, err := containerlog.Create(logPath, time.Now)
	if err != nil {
		return end, err
	}
	defer log.Close()
	output, err := capture(log, launch)
	if err != nil {
		return end, err
	}
	launch.Pause = c.pause
	p, err := sandbox.Start(*launch, c.Isolated)
	output.started()
	if err != nil {
		output.wait()
		return end, err
	}
	defer p.Close()
	c.setProcess(p)
	c.Events.Eventf(c.pod, corev1.EventTypeNormal, "Started", "Started container %s", c.spec.Name)
	c.supervise(p)
	// What the program left running ends with it, as it does in a real container. Only then is its output complete.
	err = p.KillAll()
	output.wait()
	c.setProcess(nil)
	end.ExitCode, end.Signal = p.ExitCode()
	end.Reason = "Completed"
	if end.ExitCode != 0 {
		end.Reason = "Error"
	}
	message, messageErr := c.terminationMessage(end.ExitCode, logPath)
	end.Message = message
	return end, errors.Join(err, messageErr)
}

// end stops a process: the preStop hook, SIGTERM to its group, and SIGKILL to all when the limit has passed.
func (c *container) end(p *sandbox.Process, limit context.Context) {
	c.Events.Eventf(c.pod, corev1.EventTypeNormal, "Killing", "Stopping container %s", c.spec.Name)
	c.preStop(limit, p)
	if limit.Err() == nil {
		_ = p.SignalGroup(unix.SIGTERM) // it may have ended just now
		select {
		case <-p.Done():
			return
		case <-limit.Done():
		}
	}
	_ = p.SignalGroup(unix.SIGKILL)
	if err := p.KillAll(); err != nil {
		c.warn("FailedKillPod", "%v", err)
	}
	<-p.Done()
}

func (c *container) setProcess(p *sandbox.Process) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p == nil {
		delete(c.running, c.spec.Name)
	} else {
		c.running[c.spec.Name] = p
	}
	c.saveProcesses()
}

func (c *container) messageFile() string {
	return filepath.Join(c.dir, "containers", c.spec.Name, "termination-log")
}

func (c *container) terminationMessage(code int32, logPath string) (string, error) {
	text, err := os.ReadFile(c.messageFile())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	if len(text) == 0 && code != 0 && c.spec.TerminationMessagePolicy == corev1.TerminationMessageFallbackToLogsOnError {
		return containerlog.Tail(logPath, maxMessageLines, maxLogMessage)
	}
	return string(bytes.ToValidUTF8(text[:min(len(text), maxMessage)], []byte("\uFFFD"))), nil
}

// pipes carry the output of a process to its log.
type pipes struct {
	writers []*os.File
	copies  sync.WaitGroup
}

func capture(log *containerlog.Writer, launch *sandbox.Spec) (*pipes, error) {
	p := &pipes{}
	for stream, into := range map[string]**os.File{"stdout": &launch.Stdout, "stderr": &launch.Stderr} {
		reader, writer, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		if launch.User != nil && os.Geteuid() == 0 { // so that it may open /dev/stdout
			if err := writer.Chown(int(launch.User.UID), int(launch.User.GID)); err != nil {
				return nil, err
			}
		}
		*into = writer
		p.writers = append(p.writers, writer)
		p.copies.Go(func() {
			defer reader.Close()
			_ = log.CopyFrom(stream, reader) // a full disk ends the log, not the program
		})
	}
	return p, nil
}

// started closes our ends: from now on the pipes end when the container's processes do.
func (p *pipes) started() {
	for _, writer := range p.writers {
		writer.Close()
	}
}

func (p *pipes) wait() { p.copies.Wait() }
