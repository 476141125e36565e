package state

import (
	"os"
	"strings"
	"testing"
)

func TestAFolderKeepsTheKindOfItsNode(t *testing.T) {
	dir := open(t)
	if kind, err := dir.Kind(); err != nil || kind != Processes {
		t.Fatalf("%v %v", kind, err)
	}
	// Nothing was started yet: the kind may still change.
	for _, wanted := range []Kind{Processes, Containers} {
		if err := dir.SettleKind(wanted); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(dir.Path("ports.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := dir.SettleKind(""); err != nil {
		t.Error(err)
	}
	if err := dir.SettleKind(Processes); err == nil || !strings.Contains(err.Error(), "of kind containers") {
		t.Error(err)
	}
	if kind, err := dir.Kind(); err != nil || kind != Containers {
		t.Errorf("%v %v", kind, err)
	}
}

func TestAFolderOfAnEarlierReleaseHasProcesses(t *testing.T) {
	dir := open(t)
	if err := os.WriteFile(dir.Path("ports.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := dir.SettleKind(Containers); err == nil {
		t.Error("etcd's data of the one kind was given to the other")
	}
	if _, err := ParseKind("pods"); err == nil || !strings.Contains(err.Error(), "processes or containers") {
		t.Error(err)
	}
}
