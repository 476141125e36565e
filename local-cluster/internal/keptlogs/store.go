// Package keptlogs keeps what the containers of removed pods printed, within a bound, for those who search all logs of a run.
package keptlogs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"beckon.dev/local-cluster/internal/state"
)

// DroppedFile, in the folder of kept logs, tells how many pods' logs were dropped for want of room: a search is not whole then.
const DroppedFile = "dropped.json"

// Dropped is what DroppedFile holds.
type Dropped struct {
	Pods  int   `json:"pods"`
	Bytes int64 `json:"bytes"`
}

// Store is the folder of kept logs.
type Store struct {
	dir   string
	limit func() int64

	mu    sync.Mutex
	read  bool
	kept  []entry // oldest first
	total int64
}

type entry struct {
	path string
	size int64
	at   time.Time
}

// New describes the kept logs of a cluster. Its bound is asked anew for each pod: "up" may change it while the node runs.
func New(dir state.Dir) *Store {
	return &Store{dir: dir.KeptLogs(), limit: dir.KeepLogs}
}

// Take moves a removed pod's folder of logs in here, under a name of its own, and drops the oldest ones beyond the bound.
// A folder that is missing was taken before, or never was.
func (s *Store) Take(folder, name string) error {
	limit := s.limit()
	if limit <= 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(); err != nil {
		return err
	}
	target := filepath.Join(s.dir, name)
	if err := os.Rename(folder, target); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("keep the logs of %s: %w", name, err)
	}
	s.add(entry{target, sizeOf(target), time.Now()})
	return s.drop(limit)
}

// open finds what an earlier node kept.
func (s *Store) open() error {
	if s.read {
		return nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	folders, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		info, err := folder.Info()
		if err != nil {
			return err
		}
		if info.IsDir() {
			path := filepath.Join(s.dir, folder.Name())
			s.add(entry{path, sizeOf(path), info.ModTime()})
		}
	}
	slices.SortStableFunc(s.kept, func(a, b entry) int { return a.at.Compare(b.at) })
	s.read = true
	return nil
}

func (s *Store) add(e entry) {
	s.kept = append(s.kept, e)
	s.total += e.size
}

func (s *Store) drop(limit int64) error {
	file := filepath.Join(s.dir, DroppedFile)
	for s.total > limit {
		// Told first: who searches and finds nothing of it must know that there was something.
		var dropped Dropped
		oldest := s.kept[0]
		if err := state.ReadJSON(file, &dropped); err != nil {
			return err
		}
		if err := state.WriteJSON(file, Dropped{dropped.Pods + 1, dropped.Bytes + oldest.size}); err != nil {
			return err
		}
		if err := os.RemoveAll(oldest.path); err != nil {
			return err
		}
		s.kept, s.total = s.kept[1:], s.total-oldest.size
	}
	return nil
}

func sizeOf(folder string) int64 {
	var total int64
	_ = filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // nobody writes here any more, but a person may tidy up
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			total += info.Size()
		}
		return nil
	})
	return total
}
