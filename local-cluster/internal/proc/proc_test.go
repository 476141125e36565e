package proc

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func start(t *testing.T, env string, script string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("/bin/sh", "-c", script)
	cmd.Env = append(os.Environ(), env)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd
}

func limit(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func TestAProcessIsKnownByItsStartAndNotByItsNumberAlone(t *testing.T) {
	id, err := Of(start(t, "A=1", "sleep 100").Process.Pid)
	if err != nil || !id.Alive() {
		t.Fatalf("%v alive=%v", err, id.Alive())
	}
	for _, other := range []Identity{{id.PID, id.Start + 1, id.Boot}, {id.PID, id.Start, "another boot"}, {}} {
		if other.Alive() {
			t.Errorf("%+v counts as alive", other)
		}
		if err := other.Signal(unix.SIGKILL); !errors.Is(err, ErrGone) {
			t.Errorf("a process that merely has the number was signalled: %v", err)
		}
	}
	if !id.Alive() {
		t.Error("the process was killed")
	}
}

func TestStopKillsWhatIgnoresSigterm(t *testing.T) {
	cmd := start(t, "A=1", `trap "" TERM; while :; do sleep 0.05; done`)
	id, err := Of(cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := id.Stop(limit(t), 100*time.Millisecond); err != nil || id.Alive() {
		t.Fatalf("err=%v alive=%v", err, id.Alive())
	}
	if err := id.Stop(limit(t), time.Second); err != nil {
		t.Errorf("stopping what is gone: %v", err)
	}
}

func TestTheMarkerFindsDescendantsThatLeftTheSession(t *testing.T) {
	marker := Marker("LOCAL_CLUSTER_TEST=" + t.Name())
	start(t, string(marker), `setsid sleep 101 & (setsid sleep 102 &); sleep 103`)
	other := start(t, "LOCAL_CLUSTER_TEST=another", "sleep 104")
	deadline := time.Now().Add(10 * time.Second)
	for found, _ := marker.Processes(); len(found) < 4; found, _ = marker.Processes() {
		if time.Now().After(deadline) {
			t.Fatalf("found only %v", found)
		}
	}
	killed, err := marker.KillAll(limit(t))
	if err != nil || killed < 4 {
		t.Errorf("killed %d, %v", killed, err)
	}
	if left, err := marker.Processes(); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	if id, err := Of(other.Process.Pid); err != nil || !id.Alive() {
		t.Error("a process with another marker was killed")
	}
}

func TestAChildTellsHowItEnded(t *testing.T) {
	child, err := StartChild(exec.Command("/bin/sh", "-c", "exit 3"))
	if err != nil {
		t.Fatal(err)
	}
	<-child.Done()
	var exit *exec.ExitError
	if !errors.As(child.Err(), &exit) || exit.ExitCode() != 3 {
		t.Errorf("ended with %v", child.Err())
	}
	if _, err := StartChild(exec.Command("/no/such/program")); err == nil {
		t.Error("a missing program was started")
	}
}

// From another mount namespace the machine's own looks like a container's: who shares it with a marked process is everybody.
func TestTheMachinesOwnProcessesBelongToNobody(t *testing.T) {
	if os.Getenv("BE_ELSEWHERE") != "" {
		if HoldNamespace(1) != nil || HoldNamespace(os.Getppid()) != nil {
			os.Exit(3)
		}
		os.Exit(4)
	}
	if os.Geteuid() != 0 {
		t.Skip("only root has another mount namespace")
	}
	cmd := exec.Command("unshare", "--mount", os.Args[0], "-test.run=^TestTheMachinesOwnProcessesBelongToNobody$")
	cmd.Env = append(os.Environ(), "BE_ELSEWHERE=1")
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 4 {
		t.Error(err)
	}
}
