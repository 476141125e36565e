package cli

import (
	"context"
	"testing"
	"time"

	"beckon.dev/local-cluster/internal/state"
)

func TestUpTakesTheFolderOfOneWhoseStartWasInterrupted(t *testing.T) {
	dir, err := state.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	stopping, err := dir.Lock()
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(300*time.Millisecond, func() { stopping.Close() })

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	lock, err := lockOrFind(ctx, dir)

	if err != nil || lock == nil {
		t.Fatalf("the folder is free, and up got %v, %v", lock, err)
	}
	lock.Close()
}
