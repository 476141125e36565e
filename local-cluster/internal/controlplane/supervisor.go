package controlplane

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/proc"
	"beckon.dev/local-cluster/internal/state"
)

// startLimit bounds how long a start may take on a busy machine.
const startLimit = 3 * time.Minute

// Supervisor starts the components, starts those again that died, and stops them all.
type Supervisor struct {
	dir      state.Dir
	program  string // this executable
	progress io.Writer
	checker  *Checker

	mu       sync.Mutex
	record   state.Record
	children map[string]*proc.Child
}

// Run brings the cluster up, keeps it up until ctx ends, and then takes it down. Lines for a person go to progress.
// started is called once, when pods can run. The caller holds the folder's lock.
func Run(ctx context.Context, dir state.Dir, progress io.Writer, started func()) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	self, err := proc.Self()
	if err != nil {
		return err
	}
	s := &Supervisor{dir: dir, program: program, progress: progress, children: map[string]*proc.Child{}}
	s.record.Supervisor = self
	if err := s.removeLeftovers(ctx); err != nil {
		return err
	}
	components, err := s.prepare()
	if err != nil {
		return err
	}
	if err := dir.WriteRecord(s.record); err != nil {
		return err
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	var loops sync.WaitGroup
	healthy := map[string]chan struct{}{}
	for _, c := range components {
		healthy[c.Name] = make(chan struct{})
	}
	for _, c := range components {
		loops.Go(func() { s.keep(running, c, healthy[c.After]) })
	}
	err = s.waitStarted(ctx, components, healthy)
	if err == nil {
		started()
		<-ctx.Done()
	}
	s.say("stopping …")
	stop() // nothing is started again from here on
	return errors.Join(err, s.shutDown(&loops))
}

// removeLeftovers ends what a supervisor that was killed left behind. Its components died with it, by the kernel's hand;
// what their containers had started may not have.
func (s *Supervisor) removeLeftovers(ctx context.Context) error {
	limit, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	killed, err := s.dir.Marker().KillAll(limit)
	if killed > 0 {
		s.say("ended %d processes of an earlier run", killed)
	}
	return err
}

func (s *Supervisor) prepare() ([]Component, error) {
	ports, err := choosePorts(s.dir)
	if err != nil {
		return nil, err
	}
	certs, err := pki.Ensure(s.dir, fmt.Sprintf("https://127.0.0.1:%d", ports[APIServer]), time.Now())
	if err != nil {
		return nil, err
	}
	if s.checker, err = NewChecker(s.dir); err != nil {
		return nil, err
	}
	return Components(s.dir, ports, certs), nil
}

func (s *Supervisor) waitStarted(ctx context.Context, components []Component, healthy map[string]chan struct{}) error {
	limit, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	begin := time.Now()
	for _, c := range components {
		if err := s.checker.wait(limit, c.Name, HealthURL(c.Name, c.Port)); err != nil {
			return fmt.Errorf("%w; its log: %s", err, s.dir.Log(c.Name))
		}
		close(healthy[c.Name])
		s.say("%-24s healthy after %4.1f s on 127.0.0.1:%d", c.Name, time.Since(begin).Seconds(), c.Port)
	}
	if err := waitUsable(limit, s.dir); err != nil {
		return err
	}
	s.say("%-24s ready after   %4.1f s", "cluster", time.Since(begin).Seconds())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.record.Ready = true
	return s.dir.WriteRecord(s.record)
}

// keep starts the component whenever it does not run, with a growing pause while it keeps dying.
func (s *Supervisor) keep(ctx context.Context, c Component, after <-chan struct{}) {
	if c.After != "" {
		select {
		case <-after:
		case <-ctx.Done():
			return
		}
	}
	for restarts, pause := 0, minPause; ctx.Err() == nil; restarts++ {
		if held := time.Until(s.dir.HeldUntil(c.Name)); held > 0 {
			sleep(ctx, held)
		}
		begin := time.Now()
		child, err := s.start(ctx, c, restarts)
		if err == nil {
			<-child.Done()
			err = child.Err()
		}
		if ctx.Err() != nil {
			return
		}
		s.say("%s ended (%v), starting it again", c.Name, err)
		if pause = nextPause(pause, time.Since(begin)); !sleep(ctx, pause) {
			return
		}
	}
}

const (
	minPause = 250 * time.Millisecond
	maxPause = 10 * time.Second
)

// nextPause doubles the pause before a restart, and begins anew after a component that ran well for a while.
func nextPause(last, ran time.Duration) time.Duration {
	if ran > 30*time.Second {
		return minPause
	}
	return min(2*last, maxPause)
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func (s *Supervisor) start(ctx context.Context, c Component, restarts int) (*proc.Child, error) {
	log, err := openLog(s.dir.Log(c.Name))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(s.program, append([]string{c.Name}, c.Args...)...)
	cmd.Dir = string(s.dir)
	cmd.Env = append(os.Environ(), string(s.dir.Marker()))
	cmd.Stdout, cmd.Stderr = log, log
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil { // between the decision to stop and this start
		return nil, ctx.Err()
	}
	child, err := proc.StartChild(cmd)
	if err != nil {
		return nil, err
	}
	s.children[c.Name] = child
	now := state.Component{Name: c.Name, Identity: child.Identity, Port: c.Port, Restarts: restarts, Since: time.Now().UTC()}
	for i, old := range s.record.Components {
		if old.Name == c.Name {
			s.record.Components[i] = now
			return child, s.dir.WriteRecord(s.record)
		}
	}
	s.record.Components = append(s.record.Components, now)
	return child, s.dir.WriteRecord(s.record)
}

// openLog appends to a component's log; one that grew large becomes NAME.log.1 first.
func openLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > 16<<20 {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}

// patience is how long each component gets between SIGTERM and SIGKILL. The node gives its containers
// NodeGrace of its own first.
var patience = map[string]time.Duration{Node: NodeGrace + 5*time.Second, Scheduler: 3 * time.Second,
	ControllerManager: 3 * time.Second, APIServer: 8 * time.Second, Etcd: 5 * time.Second}

// NodeGrace bounds the grace period of containers when the whole cluster stops.
const NodeGrace = 10 * time.Second

// shutDown stops the node first, so that it can still report how its containers ended, and etcd last.
func (s *Supervisor) shutDown(loops *sync.WaitGroup) error {
	var errs []error
	ctx := context.Background()
	for i := len(Names) - 1; i >= 0; i-- {
		s.mu.Lock()
		child := s.children[Names[i]]
		s.mu.Unlock()
		if child != nil {
			errs = append(errs, child.Stop(ctx, patience[Names[i]]))
		}
	}
	loops.Wait()
	limit, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	_, err := s.dir.Marker().KillAll(limit)
	return errors.Join(append(errs, err, s.dir.RemoveRecord())...)
}

func (s *Supervisor) say(format string, args ...any) {
	// Whoever reads the progress may be gone; the cluster goes on.
	_, _ = fmt.Fprintf(s.progress, format+"\n", args...)
}
