package images

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTablesThatAreRefused(t *testing.T) {
	for text, sentence := range map[string]string{
		`images: {a: {command: []}}`:                             "command is missing",
		`images: {a: {command: [bin/x]}}`:                        "absolute path or a bare name",
		`images: {a: {command: [/x], workingDir: there}}`:        `workingDir "there" must be absolute`,
		`images: {a: {command: [/x], enviroment: {A: b}}}`:       `unknown field "enviroment"`,
		`image: {a: {command: [/x]}}`:                            `unknown field "image"`,
		`images: [a]`:                                            "expected: images:",
		`images: {a: {command: [/x], env: {A: [b]}}}`:            "env",
		"images:\n  a:\n    command: [/x]\n  a: {command: [/y]}": `key "a" already set`,
	} {
		if _, err := Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), sentence) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestANameWithoutTagMeansLatest(t *testing.T) {
	table, err := Parse([]byte(`images: {a: {command: [/x]}, "host:5000/b": {command: [/y]}, "c@sha256:1": {command: [/z]}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a:latest", "host:5000/b:latest", "c@sha256:1"} {
		if _, ok := table[name]; !ok {
			t.Errorf("no %s in %v", name, table)
		}
	}
}

func TestTheStoreFollowsItsFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "images.yaml")
	store := NewStore(file)
	var unknown *Unknown
	if _, err := store.Find("a"); !errors.As(err, &unknown) || !strings.Contains(err.Error(), "the image table is empty") {
		t.Errorf("without a file: %v", err)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`images: {"a:1": {command: [/x]}}`)
	if image, err := store.Find("a:1"); err != nil || image.Command[0] != "/x" {
		t.Errorf("%v %v", image, err)
	}
	if _, err := store.Find("b"); err == nil || !strings.Contains(err.Error(), `no program is known for image "b"; the image table has a:1`) {
		t.Errorf("%v", err)
	}
	write(`images: {"a:1": {command: []}}`)
	if _, err := store.Find("a:1"); err == nil || !strings.Contains(err.Error(), "command is missing") {
		t.Errorf("a damaged table: %v", err)
	}
	write(`images: {"a:1": {command: [/mended]}}`)
	if image, err := store.Find("a:1"); err != nil || image.Command[0] != "/mended" {
		t.Errorf("%v %v", image, err)
	}
}
