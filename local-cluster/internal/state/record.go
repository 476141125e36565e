package state

import (
	"os"
	"time"

	"beckon.dev/local-cluster/internal/proc"
)

// Component is what the supervisor writes down of one of its children.
type Component struct {
	Name string `json:"component"`
	proc.Identity
	Port     int       `json:"port"`   // 0: it has none
	Health   string    `json:"health"` // where it tells how it is
	Restarts int       `json:"restarts"`
	Since    time.Time `json:"since"`
}

// Record is what the supervisor writes down of itself and its children.
type Record struct {
	Supervisor proc.Identity `json:"supervisor"`
	// Ready is set once everything was healthy for the first time.
	Ready      bool        `json:"ready"`
	Components []Component `json:"components"`
}

func (d Dir) recordFile() string { return d.Path("run", "processes.json") }

// ReadRecord reads the last record; an empty one if there is none.
func (d Dir) ReadRecord() (Record, error) {
	var r Record
	return r, ReadJSON(d.recordFile(), &r)
}

// WriteRecord replaces the record.
func (d Dir) WriteRecord(r Record) error { return WriteJSON(d.recordFile(), r) }

// RemoveRecord forgets all processes, after they were stopped.
func (d Dir) RemoveRecord() error {
	if err := os.Remove(d.recordFile()); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

// Hold keeps a component from being started again before the given moment (a fault on purpose).
func (d Dir) Hold(component string, until time.Time) error {
	return WriteFile(d.Path("run", "hold-"+component), []byte(until.Format(time.RFC3339Nano)), 0o600)
}

// Release lets a component be started that Hold kept away.
func (d Dir) Release(component string) error {
	if err := os.Remove(d.Path("run", "hold-"+component)); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

// HeldUntil is the moment before which a component must not be started; the zero time if it may be.
func (d Dir) HeldUntil(component string) time.Time {
	text, err := os.ReadFile(d.Path("run", "hold-"+component))
	if err != nil {
		return time.Time{}
	}
	until, err := time.Parse(time.RFC3339Nano, string(text))
	if err != nil {
		return time.Time{}
	}
	return until
}
