package containerlog

import (
	"bytes"
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var begin = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

// written makes a log whose lines are a second apart.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "0.log")
	at := begin
	w, err := Create(path, func() time.Time { at = at.Add(time.Second); return at })
	if err != nil {
		t.Fatal(err)
	}
	if err := w.CopyFrom("stdout", strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path, query string) string {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	o, err := ParseOptions(values, begin.Add(4*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Stream(context.Background(), &out, path, o, nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestOptions(t *testing.T) {
	path := written(t, "one\ntwo\n\nfour\n")
	for query, want := range map[string]string{
		"":                               "one\ntwo\n\nfour\n",
		"tailLines=2":                    "\nfour\n",
		"tailLines=0":                    "",
		"tailLines=99":                   "one\ntwo\n\nfour\n",
		"limitBytes=5":                   "one\nt",
		"sinceSeconds=1":                 "\nfour\n",
		"sinceTime=2026-11-01T12:00:04Z": "four\n",
		"tailLines=1&timestamps=true":    "2026-11-01T12:00:04.000000000Z four\n",
	} {
		if got := read(t, path, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestBadOptionsAreRefused(t *testing.T) {
	for _, query := range []string{"tailLines=-1", "tailLines=x", "follow=perhaps", "sinceTime=yesterday", "limitBytes=1.5"} {
		values, _ := url.ParseQuery(query)
		if _, err := ParseOptions(values, begin); err == nil {
			t.Errorf("%s was accepted", query)
		}
	}
}

func TestLongAndUnfinishedLinesComeBackWhole(t *testing.T) {
	long := strings.Repeat("x", 3*maxLine+7)
	path := written(t, "a\n"+long+"\nend without a newline")
	if got := read(t, path, ""); got != "a\n"+long+"\nend without a newline" {
		t.Errorf("%d bytes came back", len(got))
	}
	if got := read(t, path, "tailLines=2"); got != long+"\nend without a newline" {
		t.Errorf("tail: %d bytes", len(got))
	}
}

func TestFollowingEndsWithTheContainer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "0.log")
	w, err := Create(path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	ended, result := make(chan struct{}), make(chan string)
	go func() {
		var out bytes.Buffer
		if err := Stream(context.Background(), &out, path, Options{Follow: true}, ended); err != nil {
			t.Error(err)
		}
		result <- out.String()
	}()
	for _, line := range []string{"one\n", "two\n"} {
		if err := w.CopyFrom("stdout", strings.NewReader(line)); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case got := <-result:
		t.Fatalf("ended early with %q", got)
	case <-time.After(2 * pollPause):
	}
	if err := w.CopyFrom("stderr", strings.NewReader("last words\n")); err != nil {
		t.Fatal(err)
	}
	close(ended)
	if got := <-result; got != "one\ntwo\nlast words\n" {
		t.Errorf("%q", got)
	}
}

func TestTheTailForATerminationMessageIsBounded(t *testing.T) {
	path := written(t, strings.Repeat("line\n", 100))
	if got, err := Tail(path, 80, 2048); err != nil || got != strings.Repeat("line\n", 80) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if got, err := Tail(path, 80, 7); err != nil || got != "e\nline\n" {
		t.Errorf("%q %v", got, err)
	}
}
