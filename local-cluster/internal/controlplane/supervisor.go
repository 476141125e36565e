package controlplane

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"time"

	"beckon.dev/local-cluster/internal/machine"
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

	kind       state.Kind
	components []Component

	mu       sync.Mutex
	record   state.Record
	children map[string]*proc.Child
}

// Run brings the cluster up, keeps it up until ctx ends, and then takes it down. Lines for a person go to progress.
// started is called once, when pods can run; if it fails, all is taken down. The caller holds the folder's lock.
func Run(ctx context.Context, dir state.Dir, progress io.Writer, started func() error) error {
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
	if s.kind, err = dir.Kind(); err != nil {
		return err
	}
	if s.kind == state.Containers {
		alone, err := machine.Alone()
		if err != nil {
			return err
		}
		defer alone.Close()
	}
	if err := s.removeLeftovers(ctx); err != nil {
		return err
	}
	if err := s.prepare(ctx); err != nil {
		return errors.Join(err, s.undo())
	}
	components := s.components
	if err := dir.WriteRecord(s.record); err != nil {
		return errors.Join(err, s.undo())
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
		err = started()
	}
	if err == nil {
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
	if err := machine.CheckMounts(s.dir); err != nil {
		return err
	}
	killed, err := s.dir.Marker().KillAll(limit)
	if killed > 0 {
		s.say("ended %d processes of an earlier run", killed)
	}
	return errors.Join(err, s.undo())
}

// undo puts the machine back as it was before a node of containers came.
func (s *Supervisor) undo() error {
	limit, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return machine.Undo(limit, s.dir)
}

func (s *Supervisor) prepare(ctx context.Context) error {
	ports, err := choosePorts(s.dir, s.kind)
	if err != nil {
		return err
	}
	var network machine.Network
	address, hosts := "127.0.0.1", []string{}
	if s.kind == state.Containers {
		if network, err = machine.ChooseNetwork(ctx, s.dir); err != nil {
			return err
		}
		address = network.Gateway.String()
		hosts = append(hosts, address)
		for _, chain := range machine.Dropping(ctx) {
			s.say("the chain %s of this machine's packet filter drops what no rule accepts: pods reach each other and the API server only if it accepts the link %s", chain, machine.Bridge(s.dir))
		}
	}
	certs, err := pki.Ensure(s.dir, httpsHealth(address, ports[APIServer], ""), time.Now(), hosts...)
	if err != nil {
		return err
	}
	if s.checker, err = NewChecker(s.dir); err != nil {
		return err
	}
	if s.kind == state.Processes {
		s.components = Components(s.dir, ports, certs)
		return nil
	}
	parts, err := machine.Parts()
	if err != nil {
		return err
	}
	settings := settingsOf(s.dir, parts, ports, certs, network)
	if err := errors.Join(settings.WriteFiles(), machine.SetUp(ctx, s.dir, network)); err != nil {
		return err
	}
	s.components = ContainerComponents(settings, ports, s.program)
	return nil
}

func (s *Supervisor) waitStarted(ctx context.Context, components []Component, healthy map[string]chan struct{}) error {
	limit, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	begin := time.Now()
	for _, c := range components {
		if err := s.checker.wait(limit, c.Name, c.Health); err != nil {
			return fmt.Errorf("%w; its log: %s", err, s.dir.Log(c.Name))
		}
		if c.Healthy != nil {
			if err := c.Healthy(limit); err != nil {
				return fmt.Errorf("after the start of %s: %w", c.Name, err)
			}
		}
		close(healthy[c.Name])
		s.say("%-24s healthy after %4.1f s%s", c.Name, time.Since(begin).Seconds(), c.place())
	}
	if err := waitUsable(limit, s.dir, s.kind); err != nil {
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
		for time.Until(s.dir.HeldUntil(c.Name)) > 0 && sleep(ctx, 50*time.Millisecond) { // it may be released before its time
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
	command := c.Command
	if command == nil {
		command = []string{s.program, c.Name}
	}
	cmd := exec.Command(command[0], slices.Concat(command[1:], c.Args)...)
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
	now := state.Component{Name: c.Name, Identity: child.Identity, Port: c.Port, Health: c.Health, Restarts: restarts, Since: time.Now().UTC()}
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

// shutDown stops the node first, so that it can still report how its containers ended, and etcd last.
func (s *Supervisor) shutDown(loops *sync.WaitGroup) error {
	var errs []error
	ctx := context.Background()
	for _, c := range slices.Backward(s.components) {
		s.mu.Lock()
		child := s.children[c.Name]
		s.mu.Unlock()
		if child != nil {
			errs = append(errs, child.Stop(ctx, c.Patience))
		}
		if c.Stopped != nil {
			errs = append(errs, c.Stopped(ctx))
		}
	}
	loops.Wait()
	limit, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	_, err := s.dir.Marker().KillAll(limit)
	return errors.Join(append(errs, err, s.undo(), s.dir.RemoveRecord())...)
}

func (s *Supervisor) say(format string, args ...any) {
	// Whoever reads the progress may be gone; the cluster goes on.
	_, _ = fmt.Fprintf(s.progress, format+"\n", args...)
}
