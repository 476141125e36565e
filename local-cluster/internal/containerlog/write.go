// Package containerlog keeps what containers print, in the format of the container runtime interface
// (TIME STREAM TAG LINE), and reads it back with the options of kubectl logs.
package containerlog

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// A longer line is kept in pieces, each but the last one tagged as partial.
const maxLine = 16 << 10

// Writer appends the output of one run of a container.
type Writer struct {
	mu   sync.Mutex
	file *os.File
	now  func() time.Time
}

// Create begins the log of a run.
func Create(path string, now func() time.Time) (*Writer, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &Writer{file: file, now: now}, nil
}

// Close ends the log.
func (w *Writer) Close() error { return w.file.Close() }

// CopyFrom takes down a stream (stdout or stderr) until it ends.
func (w *Writer) CopyFrom(stream string, from io.Reader) error {
	reader := bufio.NewReaderSize(from, maxLine)
	for {
		line, err := reader.ReadSlice('\n')
		if len(line) > 0 {
			whole := line[len(line)-1] == '\n'
			if whole {
				line = line[:len(line)-1]
			}
			if err := w.append(stream, line, whole); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

func (w *Writer) append(stream string, line []byte, whole bool) error {
	tag := "P"
	if whole {
		tag = "F"
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err := fmt.Fprintf(w.file, "%s %s %s %s\n", w.now().UTC().Format("2006-01-02T15:04:05.000000000Z"), stream, tag, line)
	return err
}
