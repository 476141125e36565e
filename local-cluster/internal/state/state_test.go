package state

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"beckon.dev/local-cluster/internal/proc"
)

func open(t *testing.T) Dir {
	t.Helper()
	dir, err := Open(filepath.Join(t.TempDir(), "state"))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTheFolderIsItsOwnersOnly(t *testing.T) {
	dir := open(t)
	info, err := os.Stat(string(dir))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if _, err := At(""); err == nil {
		t.Error("no folder was accepted")
	}
}

func TestAFolderBelowALinkHasOneNameBeforeAndAfterItIsMade(t *testing.T) {
	top := t.TempDir()
	if err := errors.Join(os.Mkdir(top+"/real", 0o700), os.Symlink("real", top+"/link")); err != nil {
		t.Fatal(err)
	}
	before, err1 := At(top + "/link/a/state")
	made, err2 := Open(top + "/link/a/state")
	after, err3 := At(top + "/real/a/state")
	if err := errors.Join(err1, err2, err3); err != nil || before != made || made != after {
		t.Errorf("%s, %s, %s: %v", before, made, after, err)
	}
}

func TestPortsAreKeptWhileTheyAreFree(t *testing.T) {
	dir := open(t)
	first, err := dir.ChoosePorts("a", "b")
	if err != nil || first["a"] == first["b"] {
		t.Fatalf("%v %v", first, err)
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", first["a"]))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	second, err := dir.ChoosePorts("a", "b")
	if err != nil || second["a"] == first["a"] || second["b"] != first["b"] {
		t.Errorf("first %v, then with a taken %v (%v)", first, second, err)
	}
}

func TestOnlyOneHoldsTheLock(t *testing.T) {
	dir := open(t)
	lock, err := dir.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dir.Lock(); !errors.Is(err, ErrHeld) {
		t.Errorf("second lock: %v", err)
	}
	lock.Close()
	again, err := dir.Lock()
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

func TestTheRecordComesBackAsItWasWritten(t *testing.T) {
	dir := open(t)
	if r, err := dir.ReadRecord(); err != nil || r.Ready {
		t.Errorf("without a record: %+v %v", r, err)
	}
	written := Record{Supervisor: proc.Identity{PID: 7, Start: 8, Boot: "b"}, Ready: true, Components: []Component{{Name: "etcd", Port: 5}}}
	if err := dir.WriteRecord(written); err != nil {
		t.Fatal(err)
	}
	read, err := dir.ReadRecord()
	if err != nil || read.Supervisor != written.Supervisor || len(read.Components) != 1 || read.Components[0].Port != 5 {
		t.Errorf("%+v %v", read, err)
	}
	if err := os.WriteFile(dir.recordFile(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := dir.ReadRecord(); err == nil {
		t.Error("a damaged record was accepted")
	}
}

func TestAHeldComponentIsHeldUntilItsTime(t *testing.T) {
	dir := open(t)
	if !dir.HeldUntil("etcd").IsZero() {
		t.Error("held without a reason")
	}
	until := time.Now().Add(time.Minute)
	if err := dir.Hold("etcd", until); err != nil || !dir.HeldUntil("etcd").Equal(until) {
		t.Errorf("%v, held until %v", err, dir.HeldUntil("etcd"))
	}
}

func TestTheImageTableInForceCanBeReplaced(t *testing.T) {
	dir := open(t)
	for _, text := range []string{"one", "two"} {
		file := filepath.Join(t.TempDir(), text)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := dir.UseImages(file); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(dir.Images()); err != nil || string(got) != text {
			t.Errorf("%q %v", got, err)
		}
	}
	if err := dir.UseImages("/no/such/file"); err == nil {
		t.Error("a missing table was accepted")
	}
}
