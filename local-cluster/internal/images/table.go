// Package images says which program of this machine stands behind the name of a container image.
package images

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sigs.k8s.io/yaml"
)

// Image is what an image's own configuration would say.
type Image struct {
	// Command is the entry point; a container's command replaces it.
	Command []string `json:"command"`
	// Args are the default arguments; a container's args replace them.
	Args []string `json:"args,omitempty"`
	// Env may refer to earlier variables of the container by $(NAME), to $(POD_IP) for one.
	Env map[string]string `json:"env,omitempty"`
	// WorkingDir is absolute; / if empty.
	WorkingDir string `json:"workingDir,omitempty"`
	// Files are the files and folders of this machine of which the program consists: they stay visible, read-only, when the pod
	// mounts something over a folder above them.
	Files []string `json:"files,omitempty"`
	// User is the uid under which it runs unless the pod says otherwise; root if absent.
	User *int64 `json:"user,omitempty"`
}

// Table maps image names, as pods write them, to programs.
type Table map[string]Image

// Read reads and checks an image table.
func Read(file string) (Table, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("image table: %w", err)
	}
	table, err := Parse(text)
	if err != nil {
		return nil, fmt.Errorf("image table %s: %w", file, err)
	}
	return table, nil
}

// Parse checks the YAML text of an image table.
func Parse(text []byte) (Table, error) {
	var document struct {
		Images map[string]Image `json:"images"`
	}
	if err := yaml.UnmarshalStrict(text, &document); err != nil {
		return nil, fmt.Errorf("%w; expected: images: {\"name:tag\": {command: [/path/program, argument], env: {NAME: value}, workingDir: /path}}", err)
	}
	table := Table{}
	for name, image := range document.Images {
		if err := image.check(); err != nil {
			return nil, fmt.Errorf("image %q: %w", name, err)
		}
		table[normal(name)] = image
	}
	return table, nil
}

func (i Image) check() error {
	switch {
	case len(i.Command) == 0 || i.Command[0] == "":
		return errors.New("command is missing: say which program it is")
	case strings.Contains(i.Command[0], "/") && !filepath.IsAbs(i.Command[0]):
		return fmt.Errorf("command %q must be an absolute path or a bare name found in PATH", i.Command[0])
	case i.WorkingDir != "" && !filepath.IsAbs(i.WorkingDir):
		return fmt.Errorf("workingDir %q must be absolute", i.WorkingDir)
	}
	for _, file := range i.Files {
		if !filepath.IsAbs(file) {
			return fmt.Errorf("files: %q must be absolute", file)
		}
	}
	return nil
}

// normal adds the tag that Kubernetes adds to a name without one.
func normal(name string) string {
	last := name[strings.LastIndex(name, "/")+1:]
	if strings.ContainsAny(last, ":@") {
		return name
	}
	return name + ":latest"
}

// Store is a table that follows its file.
type Store struct {
	file  string
	mu    sync.Mutex
	read  fingerprint
	table Table
	err   error
}

// fingerprint tells a file from its later states, also when a link is pointed elsewhere.
type fingerprint struct {
	target   string
	size     int64
	modified time.Time
}

// NewStore follows file, which need not exist yet.
func NewStore(file string) *Store { return &Store{file: file} }

// Unknown says that no program stands behind an image.
type Unknown struct {
	Image  string
	Known  []string
	Reason error // why the table itself could not be read, if so
}

func (u *Unknown) Error() string {
	if u.Reason != nil {
		return fmt.Sprintf("image %q: %v", u.Image, u.Reason)
	}
	if len(u.Known) == 0 {
		return fmt.Sprintf("no program is known for image %q: the image table is empty (local-cluster up --images FILE.yaml)", u.Image)
	}
	return fmt.Sprintf("no program is known for image %q; the image table has %s", u.Image, strings.Join(u.Known, ", "))
}

// Find looks the image up in the file as it is now.
func (s *Store) Find(name string) (Image, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refresh()
	if image, ok := s.table[normal(name)]; ok && s.err == nil {
		return image, nil
	}
	return Image{}, &Unknown{Image: name, Known: slices.Sorted(maps.Keys(s.table)), Reason: s.err}
}

func (s *Store) refresh() {
	target, _ := filepath.EvalSymlinks(s.file)
	info, err := os.Stat(s.file)
	if errors.Is(err, os.ErrNotExist) {
		s.table, s.err, s.read = nil, nil, fingerprint{}
		return
	} else if err != nil {
		s.err = err
		return
	}
	now := fingerprint{target, info.Size(), info.ModTime()}
	if now == s.read {
		return
	}
	text, err := os.ReadFile(s.file)
	if err == nil && len(bytes.TrimSpace(text)) == 0 {
		return // being written just now
	}
	s.read = now
	s.table, s.err = Read(s.file)
}
