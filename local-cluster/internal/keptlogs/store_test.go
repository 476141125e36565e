package keptlogs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beckon.dev/local-cluster/internal/state"
)

func podFolder(t *testing.T, size int) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "containers")
	if err := os.MkdirAll(filepath.Join(folder, "main"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "main", "0.log"), []byte(strings.Repeat("x", size)), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func newDir(t *testing.T, limit int64) state.Dir {
	t.Helper()
	dir, err := state.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := dir.SetKeepLogs(limit); err != nil {
		t.Fatal(err)
	}
	return dir
}

func kept(dir state.Dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir.KeptLogs(), name, "main", "0.log"))
	return err == nil
}

func TestTheOldestLogsGoWhenThereIsNoRoomAndItIsTold(t *testing.T) {
	dir := newDir(t, 250)
	for _, name := range []string{"first", "second"} {
		if err := New(dir).Take(podFolder(t, 100), name); err != nil {
			t.Fatal(err)
		}
	}
	if !kept(dir, "first") || !kept(dir, "second") {
		t.Error("dropped too early")
	}
	if _, err := os.Stat(filepath.Join(dir.KeptLogs(), DroppedFile)); !os.IsNotExist(err) {
		t.Errorf("told without need: %v", err)
	}
	// Another node, that is, one that was restarted, knows what an earlier one kept.
	if err := New(dir).Take(podFolder(t, 100), "third"); err != nil {
		t.Fatal(err)
	}
	if kept(dir, "first") || !kept(dir, "second") || !kept(dir, "third") {
		t.Error("not the oldest one was dropped")
	}
	var dropped Dropped
	if err := state.ReadJSON(filepath.Join(dir.KeptLogs(), DroppedFile), &dropped); err != nil || dropped != (Dropped{1, 100}) {
		t.Errorf("%+v %v", dropped, err)
	}
}

func TestWithoutABoundNothingIsKept(t *testing.T) {
	dir := newDir(t, 0)
	folder := podFolder(t, 1)
	if err := New(dir).Take(folder, "p"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); err != nil || kept(dir, "p") {
		t.Errorf("kept: %v", err)
	}
}

func TestAPodWithoutLogsIsNoError(t *testing.T) {
	if err := New(newDir(t, 10)).Take(filepath.Join(t.TempDir(), "none"), "p"); err != nil {
		t.Error(err)
	}
}
