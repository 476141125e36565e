package volumes

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const dataLink = "..data"

// write makes the payload appear in dir all at once, the way the kubelet does and programs rely on: the files lie in a
// folder of their own, ..data is a link to that folder, and each name in dir is a link through ..data.
// It does nothing when the content is already there.
func write(dir string, payload Payload, group *int64) error {
	for path := range payload {
		if !filepath.IsLocal(path) || strings.HasPrefix(path, "..") {
			return fmt.Errorf("path %q leads out of the volume", path)
		}
	}
	last, _ := os.Readlink(filepath.Join(dir, dataLink))
	if last != "" && same(filepath.Join(dir, last), payload) {
		return nil
	}
	folder, err := os.MkdirTemp(dir, "..version_")
	if err != nil {
		return err
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		return err
	}
	for path, file := range payload {
		if err := writeFile(folder, path, file, group); err != nil {
			return err
		}
	}
	next := filepath.Join(dir, "..data_next")
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Symlink(filepath.Base(folder), next); err != nil {
		return err
	}
	if err := os.Rename(next, filepath.Join(dir, dataLink)); err != nil {
		return err
	}
	return errors.Join(link(dir, payload), removeOld(dir, filepath.Base(folder)))
}

func writeFile(folder, path string, file File, group *int64) error {
	full := filepath.Join(folder, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	mode := file.Mode
	if group != nil { // fsGroup: the group may read
		mode |= 0o440
	}
	if err := os.WriteFile(full, file.Data, 0o600); err != nil {
		return err
	}
	if group != nil && os.Geteuid() == 0 {
		if err := os.Chown(full, -1, int(*group)); err != nil {
			return err
		}
	}
	return os.Chmod(full, mode)
}

// link makes dir hold exactly the top names of the payload.
func link(dir string, payload Payload) error {
	wanted := map[string]bool{}
	for path := range payload {
		name, _, _ := strings.Cut(path, "/")
		wanted[name] = true
	}
	for name := range wanted {
		if err := os.Symlink(filepath.Join(dataLink, name), filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), "..") && !wanted[entry.Name()] && entry.Type()&fs.ModeSymlink != 0 {
			if err := os.Remove(filepath.Join(dir, entry.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func removeOld(dir, current string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), "..version_") && entry.Name() != current {
			if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func same(folder string, payload Payload) bool {
	count := 0
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		count++
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if file, ok := payload[name]; err != nil || !ok || !bytes.Equal(data, file.Data) {
			return errors.Join(err, errors.New("differs"))
		}
		return nil
	})
	return err == nil && count == len(payload)
}
