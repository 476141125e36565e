package containers

import (
	"archive/tar"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/distribution/reference"
)

// longestIndex bounds how much of an archive's list of images is read.
const longestIndex = 4 << 20

// Names reads which images a docker or OCI archive holds, as they stand there. An archive whose images could not be found again by
// name is refused.
func Names(file string) ([]string, error) {
	archive, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	names, err := readNames(archive)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return names, nil
}

func readNames(archive io.Reader) ([]string, error) {
	texts := map[string][]byte{}
	for entries := tar.NewReader(archive); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("no tar file, or one that was cut off (a compressed one must be unpacked first): %w", err)
		}
		switch name := strings.TrimPrefix(entry.Name, "./"); name {
		case "manifest.json", "index.json":
			if texts[name], err = io.ReadAll(io.LimitReader(entries, longestIndex)); err != nil {
				return nil, err
			}
		}
	}
	var names []string
	var err error
	switch {
	case texts["index.json"] != nil: // also what newer dockers write, beside the other
		names, err = indexNames(texts["index.json"])
	case texts["manifest.json"] != nil:
		names, err = manifestNames(texts["manifest.json"])
	default:
		return nil, errors.New("neither a docker nor an OCI archive: it has no manifest.json and no index.json")
	}
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errors.New("its images have no names: save them with one, such as team/app:1")
	}
	for _, name := range names {
		if !strings.ContainsAny(name, ":/") {
			return nil, fmt.Errorf("it names an image only by its tag %q: the whole name is needed, such as team/app:%s", name, name)
		}
		if _, err := FullName(name); err != nil {
			return nil, fmt.Errorf("the name %q: %w", name, err)
		}
	}
	return names, nil
}

func indexNames(text []byte) ([]string, error) {
	var index struct {
		Manifests []struct {
			Annotations map[string]string `json:"annotations"`
		} `json:"manifests"`
	}
	if err := json.Unmarshal(text, &index); err != nil {
		return nil, fmt.Errorf("index.json: %w", err)
	}
	var names []string
	for _, manifest := range index.Manifests {
		for _, key := range []string{"io.containerd.image.name", "org.opencontainers.image.ref.name"} {
			if name := manifest.Annotations[key]; name != "" {
				names = append(names, name)
				break
			}
		}
	}
	return names, nil
}

func manifestNames(text []byte) ([]string, error) {
	var images []struct{ RepoTags []string }
	if err := json.Unmarshal(text, &images); err != nil {
		return nil, fmt.Errorf("manifest.json: %w", err)
	}
	var names []string
	for _, image := range images {
		names = append(names, image.RepoTags...)
	}
	return names, nil
}

// FullName is how the kubelet asks for an image, with all that may be left out: docker.io/library/app:latest for app.
func FullName(name string) (string, error) {
	full, err := reference.ParseDockerRef(name)
	if err != nil {
		return "", err
	}
	return full.String(), nil
}
