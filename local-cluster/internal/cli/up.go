package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"
	"k8s.io/apimachinery/pkg/api/resource"

	"beckon.dev/local-cluster/internal/containers"
	"beckon.dev/local-cluster/internal/controlplane"
	"beckon.dev/local-cluster/internal/images"
	"beckon.dev/local-cluster/internal/state"
)

func upCommand() *cobra.Command {
	var o upOptions
	cmd := &cobra.Command{
		Use:   "up --state DIR",
		Short: "Start the cluster, or find it running",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return up(cmd.Context(), cmd.OutOrStdout(), o)
		},
	}
	stateFlag(cmd, &o.path)
	cmd.Flags().StringVar(&o.kind, "node", "", "what containers are: processes (the default; needs nothing) or containers (real ones by kubelet, containerd and runc; needs root). A folder keeps its kind")
	cmd.Flags().StringSliceVar(&o.images, "images", nil, "with processes: the YAML file that says which program stands behind which image, re-read when it changes; with containers: docker or OCI archives, FILE.tar,FILE.tar…")
	cmd.Flags().StringVar(&o.keepLogs, "keep-logs", "", "how much to keep of the logs of removed pods, such as 64Mi; 0: nothing, as at the start")
	cmd.Flags().BoolVar(&o.detach, "detach", false, "return when the cluster is ready, and leave it running")
	return cmd
}

type upOptions struct {
	path, kind, keepLogs string
	images               []string
	detach               bool
}

// table is the image table of a node of processes.
func (o *upOptions) table() string {
	if len(o.images) == 0 {
		return ""
	}
	return o.images[0]
}

// settle makes the options hold, at once also for a cluster that runs. What is not said stays as it was.
func (o *upOptions) settle() (state.Dir, error) {
	limit := resource.Quantity{}
	if o.keepLogs != "" {
		var err error
		if limit, err = resource.ParseQuantity(o.keepLogs); err != nil || limit.Sign() < 0 {
			return "", fmt.Errorf("--keep-logs %s is no size: say 64Mi, for example, or 0", o.keepLogs)
		}
	}
	kind, err := o.settleKind()
	if err != nil {
		return "", err
	}
	if err := o.checkImages(kind); err != nil {
		return "", err
	}
	dir, err := state.Open(o.path)
	if err != nil {
		return "", err
	}
	if err := dir.SettleKind(kind); err != nil {
		return "", err
	}
	if kind == state.Processes && o.table() != "" {
		err = dir.UseImages(o.table())
	}
	if o.keepLogs != "" {
		err = errors.Join(err, dir.SetKeepLogs(limit.Value()))
	}
	return dir, err
}

// settleKind is the kind of node that was said, or else the folder's own.
func (o *upOptions) settleKind() (state.Kind, error) {
	if o.kind != "" {
		return state.ParseKind(o.kind)
	}
	dir, err := state.At(o.path)
	if err != nil {
		return "", err
	}
	return dir.Kind()
}

// checkImages reads what --images names before anything is started.
func (o *upOptions) checkImages(kind state.Kind) error {
	if kind == state.Containers {
		if o.keepLogs != "" {
			return errors.New("--keep-logs is for a node of processes: real containers' logs are the kubelet's")
		}
		for _, file := range o.images {
			if _, err := containers.Names(file); err != nil {
				return err
			}
		}
		return nil
	}
	if len(o.images) > 1 {
		return fmt.Errorf("--images names %d files: a node of processes has one image table (archives are for --node containers)", len(o.images))
	}
	if o.table() != "" {
		_, err := images.Read(o.table())
		return err
	}
	return nil
}

func up(ctx context.Context, out io.Writer, o upOptions) error {
	dir, err := o.settle()
	if err != nil {
		return err
	}
	kind, err := dir.Kind()
	if err != nil {
		return err
	}
	load := func() error { return nil }
	if kind == state.Containers {
		if err := checkMachine(ctx, dir); err != nil {
			return err
		}
		load = func() error { return loadImages(ctx, out, dir, o.images) }
	}
	lock, err := lockOrFind(ctx, dir)
	if err != nil {
		return err
	}
	if lock == nil {
		return alreadyRunning(out, dir, load)
	}
	if err := linkKubectl(dir); err != nil {
		return err
	}
	if o.detach {
		lock.Close() // the supervisor takes it
		return startDetached(ctx, out, dir, load)
	}
	defer lock.Close()
	return controlplane.Run(ctx, dir, out, func() error {
		if err := load(); err != nil {
			return err
		}
		printExport(out, dir)
		fmt.Fprintln(out, "press Ctrl-C to stop")
		return nil
	})
}

// lockOrFind waits for whoever holds the folder: either its cluster is ready, and the answer is nil, or it ends, as one
// does whose start was interrupted, and the folder is ours.
func lockOrFind(ctx context.Context, dir state.Dir) (*os.File, error) {
	limit, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	for {
		lock, err := dir.Lock()
		if !errors.Is(err, state.ErrHeld) {
			return lock, err
		}
		record, err := dir.ReadRecord()
		if err != nil {
			return nil, err
		}
		if record.Ready && record.Supervisor.Alive() {
			return nil, nil
		}
		select {
		case <-limit.Done():
			return nil, fmt.Errorf("another process is starting or stopping the cluster in %s and has not finished: %w", dir, limit.Err())
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func alreadyRunning(out io.Writer, dir state.Dir, load func() error) error {
	record, err := dir.ReadRecord()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "already running in %s (supervisor process %d)\n", dir, record.Supervisor.PID)
	if err := load(); err != nil {
		return err
	}
	printExport(out, dir)
	return nil
}

func linkKubectl(dir state.Dir) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	link, next := dir.Path("bin", "kubectl"), dir.Path("bin", ".kubectl")
	if err := os.Remove(next); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Symlink(program, next); err != nil {
		return err
	}
	return os.Rename(next, link)
}

// startDetached starts the supervisor in a session of its own and repeats its progress until the cluster is ready.
func startDetached(ctx context.Context, out io.Writer, dir state.Dir, load func() error) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(dir.Log("supervisor"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	progress, theirs, err := os.Pipe()
	if err != nil {
		return err
	}
	defer progress.Close()
	cmd := exec.Command(program, "supervise", "--state", string(dir))
	cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = log, log, []*os.File{theirs}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return err
	}
	theirs.Close()
	// An impatient Ctrl-C takes the half-started cluster down again.
	interrupted := context.AfterFunc(ctx, func() { _ = cmd.Process.Signal(syscall.SIGTERM) })
	ready := false
	for lines := bufio.NewScanner(progress); !ready && lines.Scan(); {
		if ready = lines.Text() == readyLine; !ready {
			fmt.Fprintln(out, lines.Text())
		}
	}
	if ready && interrupted() {
		if err := errors.Join(cmd.Process.Release(), load()); err != nil {
			return err
		}
		printExport(out, dir)
		return nil
	}
	err = cmd.Wait()
	return fmt.Errorf("the cluster did not start (%v); the supervisor's log: %s", err, dir.Log("supervisor"))
}

// progressFD is where the supervisor finds the pipe to whoever started it.
const progressFD = 3

// readyLine ends the supervisor's progress when all is well.
const readyLine = "--ready--"

func superviseCommand() *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use:    "supervise",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := state.Open(path)
			if err != nil {
				return err
			}
			unix.CloseOnExec(progressFD) // or the components would keep it open
			progress := &progress{pipe: os.NewFile(progressFD, "progress")}
			defer progress.detach()
			lock, err := dir.Lock()
			if err != nil {
				fmt.Fprintln(progress, "not started:", err)
				return err
			}
			defer lock.Close()
			err = controlplane.Run(cmd.Context(), dir, progress, func() error {
				fmt.Fprintln(progress, readyLine)
				progress.detach()
				return nil
			})
			if err != nil {
				fmt.Fprintln(progress, "error:", err)
			}
			return err
		},
	}
	stateFlag(cmd, &path)
	return cmd
}

// progress writes to the supervisor's log and, until the cluster is ready, to whoever started it.
type progress struct {
	mu   sync.Mutex
	pipe *os.File
}

func (p *progress) Write(line []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pipe != nil {
		_, _ = p.pipe.Write(line) // the starter may have been killed
	}
	fmt.Print(time.Now().UTC().Format(time.RFC3339), " ", string(line))
	return len(line), nil
}

func (p *progress) detach() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pipe != nil {
		p.pipe.Close()
		p.pipe = nil
	}
}
