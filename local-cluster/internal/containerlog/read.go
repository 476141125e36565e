package containerlog

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"time"
)

// Options are those of the API's pod log request.
type Options struct {
	Tail       *int64 // the last lines only
	Since      time.Time
	LimitBytes *int64
	Timestamps bool
	Follow     bool
	Previous   bool
}

// ParseOptions reads the query of a log request. The API server has checked the values already.
func ParseOptions(query url.Values, now time.Time) (Options, error) {
	var o Options
	var errs []error
	number := func(name string) *int64 {
		text := query.Get(name)
		if text == "" {
			return nil
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			errs = append(errs, fmt.Errorf("%s must be a whole number, not negative, and is %q", name, text))
		}
		return &n
	}
	flag := func(name string) bool {
		value, err := strconv.ParseBool(query.Get(name))
		if query.Get(name) != "" && err != nil {
			errs = append(errs, fmt.Errorf("%s must be true or false and is %q", name, query.Get(name)))
		}
		return value
	}
	o.Tail, o.LimitBytes = number("tailLines"), number("limitBytes")
	o.Follow, o.Timestamps, o.Previous = flag("follow"), flag("timestamps"), flag("previous")
	if seconds := number("sinceSeconds"); seconds != nil {
		o.Since = now.Add(-time.Duration(*seconds) * time.Second)
	}
	if text := query.Get("sinceTime"); text != "" {
		since, err := time.Parse(time.RFC3339, text)
		if err != nil {
			errs = append(errs, fmt.Errorf("sinceTime: %w", err))
		}
		o.Since = since
	}
	return o, errors.Join(errs...)
}

// pollPause is how often a followed log is looked at.
const pollPause = 100 * time.Millisecond

// Stream writes the log at path to out. When it follows, it ends once ended is closed and all is read, or ctx ends.
func Stream(ctx context.Context, out io.Writer, path string, o Options, ended <-chan struct{}) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if o.Tail != nil {
		if err := seekTail(file, *o.Tail); err != nil {
			return err
		}
	}
	if o.LimitBytes != nil {
		out = &limited{out, *o.LimitBytes}
	}
	reader := bufio.NewReaderSize(file, maxLine+128)
	var half []byte // a line whose end is not written yet
	for {
		finished := !o.Follow || isClosed(ended) // before the read: what was written until then is read below
		for {
			piece, err := reader.ReadBytes('\n')
			half = append(half, piece...)
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return err
			}
			if err := writeEntry(out, half, o); errors.Is(err, errLimit) {
				return nil
			} else if err != nil {
				return err
			}
			half = half[:0]
		}
		if finished {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ended:
		case <-time.After(pollPause):
		}
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func writeEntry(out io.Writer, entry []byte, o Options) error {
	when, rest, _ := bytes.Cut(entry, []byte(" "))
	_, rest, _ = bytes.Cut(rest, []byte(" "))
	tag, line, ok := bytes.Cut(rest, []byte(" "))
	if !ok {
		return fmt.Errorf("damaged log entry %q", entry)
	}
	if !o.Since.IsZero() {
		if at, err := time.Parse(time.RFC3339Nano, string(when)); err != nil || at.Before(o.Since) {
			return err
		}
	}
	if string(tag) == "P" {
		line = bytes.TrimSuffix(line, []byte("\n"))
	}
	if o.Timestamps {
		line = append(append(append([]byte{}, when...), ' '), line...)
	}
	_, err := out.Write(line)
	return err
}

// seekTail moves to the beginning of the last n lines.
func seekTail(file *os.File, n int64) error {
	starts := make([]int64, 0, min(n, 1024))
	reader, offset, fresh := bufio.NewReaderSize(file, 1<<16), int64(0), true
	for {
		entry, err := reader.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if fresh {
			starts = append(starts, offset)
			if int64(len(starts)) > n {
				starts = starts[1:]
			}
		}
		fields := bytes.SplitN(entry, []byte(" "), 4)
		fresh = len(fields) < 4 || string(fields[2]) == "F"
		offset += int64(len(entry))
	}
	if len(starts) > 0 {
		offset = starts[0]
	}
	_, err := file.Seek(offset, io.SeekStart)
	return err
}

var errLimit = errors.New("byte limit reached")

type limited struct {
	out  io.Writer
	left int64
}

func (l *limited) Write(data []byte) (int, error) {
	if int64(len(data)) > l.left {
		data = data[:l.left]
	}
	n, err := l.out.Write(data)
	if l.left -= int64(n); err == nil && l.left == 0 {
		err = errLimit
	}
	return n, err
}

// Tail returns the last lines of a finished log, at most maxBytes of them, for a termination message.
func Tail(path string, lines int64, maxBytes int) (string, error) {
	var text bytes.Buffer
	if err := Stream(context.Background(), &text, path, Options{Tail: &lines}, nil); err != nil {
		return "", err
	}
	all := text.Bytes()
	return string(all[max(0, len(all)-maxBytes):]), nil
}
