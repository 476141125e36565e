package sandbox

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"beckon.dev/local-cluster/internal/proc"
)

func TestMountPathsAreRewrittenWhole(t *testing.T) {
	spec := rewritten(Spec{
		Argv: []string{"/etc/app/bin", "--file=/etc/app/x", "/etc/application", "x/etc/app", "a:/etc/app:/etc/app/sub/y"},
		Env:  []string{"A=/etc/app/", "/etc/app=1"}, Dir: "/etc/app/sub",
		Mounts: []Mount{{Source: "/s/app", Target: "/etc/app"}, {Source: "/s/sub", Target: "/etc/app/sub"}},
	})
	if want := []string{"/s/app/bin", "--file=/s/app/x", "/etc/application", "x/etc/app", "a:/s/app:/s/sub/y"}; !slices.Equal(spec.Argv, want) {
		t.Errorf("%q", spec.Argv)
	}
	if want := []string{"A=/s/app/", "/etc/app=1"}; !slices.Equal(spec.Env, want) {
		t.Errorf("%q", spec.Env)
	}
	if spec.Dir != "/s/sub" {
		t.Errorf("%q", spec.Dir)
	}
}

// start runs a shell script and returns its output and exit code.
func start(t *testing.T, spec Spec, script string, isolated bool) (string, int32) {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	spec.Argv = []string{"sh", "-c", script}
	spec.Env = append(spec.Env, "PATH=/usr/bin:/bin")
	spec.Stdout, spec.Stderr, spec.Marker = writer, writer, proc.Marker("LOCAL_CLUSTER_TEST="+t.Name())
	if spec.Dir == "" {
		spec.Dir = "/"
	}
	p, err := Start(spec, isolated)
	writer.Close()
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	<-p.Done()
	code, _ := p.ExitCode()
	return string(text), code
}

func TestExitCodesAndSignals(t *testing.T) {
	if _, code := start(t, Spec{}, "exit 42", false); code != 42 {
		t.Errorf("%d", code)
	}
	if _, code := start(t, Spec{}, "kill -9 $$", false); code != 137 {
		t.Errorf("%d", code)
	}
}

func TestWhatCannotStartHasACode(t *testing.T) {
	plain := filepath.Join(t.TempDir(), "plain")
	if err := os.WriteFile(plain, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		spec Spec
		code int32
	}{
		{Spec{Argv: []string{"/no/such"}, Dir: "/"}, 127},
		{Spec{Argv: []string{"no-such-name"}, Env: []string{"PATH=/bin"}, Dir: "/"}, 127},
		{Spec{Argv: []string{plain}, Dir: "/"}, 126},
		{Spec{Argv: []string{"/bin/true"}, Dir: "/no/such"}, 127},
	} {
		_, err := Start(c.spec, false)
		var start *StartError
		if !errors.As(err, &start) || start.Code != c.code {
			t.Errorf("%v: %v", c.spec.Argv, err)
		}
	}
}

func needIsolation(t *testing.T) {
	t.Helper()
	if err := CanIsolate(); err != nil {
		t.Skip("this machine's user may not make namespaces:", err)
	}
}

func TestTheProgramIsProcessOneAndTakesAllWithIt(t *testing.T) {
	needIsolation(t)
	spec := Spec{Hostname: "pod-a", Scratch: t.TempDir()}
	nap := fmt.Sprintf("1010.%d", os.Getpid()) // nobody else's
	text, code := start(t, spec, `echo $$ $(ls -d /proc/[0-9]* | wc -l); kill -9 $$; (setsid env -i sleep `+nap+` &); exit 6`, true)
	// Itself, the subshell that lists, ls and wc; a signal from inside does not reach it.
	if fields := strings.Fields(text); code != 6 || len(fields) != 2 || fields[0] != "1" || len(fields[1]) != 1 {
		t.Errorf("exit code %d, %q", code, text)
	}
	if out, _ := exec.Command("pgrep", "-f", "^sleep "+nap+"$").Output(); len(out) > 0 {
		t.Errorf("outlived its container: %s", out)
	}
}

func TestContainersOfAPodCanShareTheirProcesses(t *testing.T) {
	needIsolation(t)
	pause, err := StartPause(proc.Marker("LOCAL_CLUSTER_TEST="+t.Name()), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer pause.Close()
	text, code := start(t, Spec{Hostname: "pod-a", Scratch: t.TempDir(), Pause: pause}, `cat /proc/1/cmdline; echo; kill -9 $$`, true)
	if code != 137 || !strings.HasPrefix(text, "sleep") {
		t.Errorf("exit code %d, %q", code, text)
	}
	pause.KillGroup()
}

func TestAMountMayCoverTheFolderInWhichMountPointsAreMade(t *testing.T) {
	needIsolation(t)
	folder := t.TempDir()
	scratch, volume := filepath.Join(folder, "scratch"), filepath.Join(folder, "volume")
	if err := errors.Join(os.Mkdir(scratch, 0o700), os.Mkdir(volume, 0o755), os.WriteFile(filepath.Join(volume, "f"), []byte("content"), 0o644)); err != nil {
		t.Fatal(err)
	}
	text, code := start(t, Spec{Hostname: "pod-a", Scratch: scratch, Mounts: []Mount{
		{Source: volume, Target: folder},
		{Source: volume, Target: filepath.Join(folder, "below")},
		{Source: volume, Target: "/var/run/local-cluster-new/deeper"},
	}}, `cat `+folder+`/f `+folder+`/below/f /var/run/local-cluster-new/deeper/f`, true)
	if text != "contentcontentcontent" || code != 0 {
		t.Errorf("exit code %d, %q", code, text)
	}
}

func TestMountsAreTheContainersOwn(t *testing.T) {
	needIsolation(t)
	folder := t.TempDir()
	make := func(name string, mode os.FileMode) string {
		path := filepath.Join(folder, name)
		if err := errors.Join(os.Mkdir(path, mode), os.Chmod(path, mode)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	volume, message := make("volume", 0o777), filepath.Join(folder, "message")
	if err := errors.Join(os.WriteFile(filepath.Join(volume, "f"), []byte("content"), 0o644),
		os.WriteFile(message, nil, 0o666), os.Chmod(message, 0o666)); err != nil {
		t.Fatal(err)
	}
	hidden := filepath.Join(make("hidden", 0o700), "program")
	if err := os.WriteFile(hidden, []byte("found\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	spec := Spec{
		Hostname: "pod-a", Scratch: make("scratch", 0o700), ReadOnlyRoot: true, User: &User{UID: 12345, GID: 2345},
		Mounts: []Mount{
			{Source: volume, Target: "/local-cluster-new/deep", ReadOnly: true},
			{Source: volume, Target: "/var/run/local-cluster-new/deeper"},
			{Source: filepath.Join(volume, "f"), Target: "/etc/local-cluster-new", ReadOnly: true},
			{Source: message, Target: "/dev/termination-log"},
		},
	}
	text, code := start(t, spec, `
		cat /local-cluster-new/deep/f /etc/local-cluster-new; hostname; id -u
		echo x > /local-cluster-new/deep/g || echo read-only
		echo x > /var/run/local-cluster-new/deeper/g && echo written
		echo x > /tmp/local-cluster-new || echo no-root
		echo x > /dev/shm/x && echo shared
		echo x > /dev/null && echo bye > /dev/termination-log
		test -r `+hidden+` && cat `+hidden+`
		grep CapEff /proc/self/status
		ls /etc/passwd > /dev/null && exit 5`, true)
	want := []string{"contentcontentpod-a", "12345", "read-only", "written", "no-root", "shared", "found", "0000000000000004"}
	var got []string
	for _, line := range strings.Fields(text) {
		if !strings.HasPrefix(line, "sh:") && slices.Contains(want, line) {
			got = append(got, line)
		}
	}
	if !slices.Equal(got, want) || code != 5 {
		t.Errorf("exit code %d, %s", code, text)
	}
	if said, err := os.ReadFile(message); err != nil || string(said) != "bye\n" {
		t.Errorf("%q %v", said, err)
	}
	for _, path := range []string{"/local-cluster-new", "/var/run/local-cluster-new", "/etc/local-cluster-new"} {
		if _, err := os.Lstat(path); !os.IsNotExist(err) {
			t.Errorf("the machine has %s now", path)
		}
	}
}
