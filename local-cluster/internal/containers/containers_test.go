package containers

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/state"
)

func archive(t *testing.T, files map[string]string) *bytes.Buffer {
	t.Helper()
	var out bytes.Buffer
	writer := tar.NewWriter(&out)
	for name, text := range files {
		if err := writer.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := writer.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return &out
}

func TestAnArchiveTellsItsImages(t *testing.T) {
	docker := `[{"Config":"c","RepoTags":["team/app:1","team/app:2"]}]`
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"docker":               {map[string]string{"manifest.json": docker}, []string{"team/app:1", "team/app:2"}},
		"OCI":                  {map[string]string{"./index.json": `{"manifests":[{"annotations":{"org.opencontainers.image.ref.name":"team/app:3"}},{}]}`}, []string{"team/app:3"}},
		"both, as dockers do":  {map[string]string{"manifest.json": docker, "index.json": `{"manifests":[{"annotations":{"io.containerd.image.name":"docker.io/team/app:1","org.opencontainers.image.ref.name":"1"}}]}`}, []string{"docker.io/team/app:1"}},
		"among other entries ": {map[string]string{"blobs/sha256/a": "x", "manifest.json": docker}, []string{"team/app:1", "team/app:2"}},
	} {
		if got, err := readNames(archive(t, c.files)); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

func TestAnArchiveThatCannotBeUsedIsExplained(t *testing.T) {
	for sentence, files := range map[string]map[string]string{
		"neither a docker nor an OCI archive":   {"etc/passwd": "root"},
		"have no names":                         {"manifest.json": `[{"Config":"c","RepoTags":null}]`},
		`only by its tag "1.0"`:                 {"index.json": `{"manifests":[{"annotations":{"org.opencontainers.image.ref.name":"1.0"}}]}`},
		`the name "Team/App:1"`:                 {"manifest.json": `[{"RepoTags":["Team/App:1"]}]`},
		"manifest.json: unexpected end of JSON": {"manifest.json": `[`},
	} {
		if _, err := readNames(archive(t, files)); err == nil || !strings.Contains(err.Error(), sentence) {
			t.Errorf("wanted %q, got %v", sentence, err)
		}
	}
	if _, err := readNames(strings.NewReader(strings.Repeat("no tar ", 200))); err == nil || !strings.Contains(err.Error(), "no tar file") {
		t.Error(err)
	}
	if _, err := Names("/no/such.tar"); !os.IsNotExist(err) {
		t.Error(err)
	}
}

func TestTheKubeletAsksForWholeNames(t *testing.T) {
	for name, want := range map[string]string{"app:1": "docker.io/library/app:1", "team/app:1": "docker.io/team/app:1", "localhost/a/b:1": "localhost/a/b:1", "app": "docker.io/library/app:latest"} {
		if got, err := FullName(name); err != nil || got != want {
			t.Errorf("%s: %s %v", name, got, err)
		}
	}
}

func settings(t *testing.T) Settings {
	t.Helper()
	dir, err := state.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	network := machine.Network{}
	if err := json.Unmarshal([]byte(`{"pods":"10.244.9.0/24","gateway":"10.244.9.1"}`), &network); err != nil {
		t.Fatal(err)
	}
	return Settings{State: dir, Parts: "/parts", Network: network, Certs: &pki.Cluster{CA: "/pki/ca.crt", ProxyConfig: "/pki/proxy"}, Kubelet: 1, KubeletHealth: 2, ProxyHealth: 3}
}

func TestTheFilesOfSettingsAreWhole(t *testing.T) {
	s := settings(t)
	if err := s.WriteFiles(); err != nil {
		t.Fatal(err)
	}
	var kubelet map[string]any
	text, err := os.ReadFile(s.State.Node("kubelet.yaml"))
	if err == nil {
		err = yaml.UnmarshalStrict(text, &kubelet)
	}
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{"address": "10.244.9.1", "failCgroupV1": false, "cgroupRoot": "/" + machine.Cgroup(s.State), "readOnlyPort": 0.0, "healthzBindAddress": "127.0.0.1"} {
		if kubelet[key] != want {
			t.Errorf("%s is %v", key, kubelet[key])
		}
	}
	anonymous := kubelet["authentication"].(map[string]any)["anonymous"].(map[string]any)["enabled"]
	if anonymous != false || kubelet["authorization"].(map[string]any)["mode"] != "Webhook" {
		t.Error("the kubelet lets in who shows no certificate")
	}
	var cni struct {
		Plugins []map[string]any `json:"plugins"`
	}
	if err := state.ReadJSON(s.State.Node("cni", "pods.conflist"), &cni); err != nil {
		t.Fatal(err)
	}
	// Rules must be in force before the first container starts: whoever sets them comes last.
	if last := cni.Plugins[len(cni.Plugins)-1]; last["type"] != "policy-cni" || last["socket"] != AgentSocket(s.State) {
		t.Errorf("%v", last)
	}
	if cni.Plugins[0]["isGateway"] != false {
		t.Error("the bridge plugin would switch on forwarding for the whole machine")
	}
	for _, command := range [][]string{s.ContainerdCommand(), s.KubeletCommand(), s.ProxyCommand()} {
		if !strings.HasPrefix(command[0], "/parts/") {
			t.Errorf("%v", command)
		}
	}
}

func TestContainersAreReadFromTheRuntimesNotes(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(folder+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := read(folder); !os.IsNotExist(err) {
		t.Errorf("without notes: %v", err)
	}
	write("init.pid", "1")
	write("config.json", `{"annotations":{"io.kubernetes.cri.sandbox-namespace":"ns","io.kubernetes.cri.sandbox-name":"p","io.kubernetes.cri.sandbox-uid":"u","io.kubernetes.cri.container-name":"c"}}`)
	if got, err := read(folder); err != nil || got.Namespace != "ns" || got.Pod != "p" || got.UID != "u" || got.Container != "c" || got.PID != 1 || !got.Alive() {
		t.Errorf("%+v %v", got, err)
	}
	write("init.pid", "999999999")
	if got, err := read(folder); err != nil || got.Container != "" {
		t.Errorf("one that has ended: %+v %v", got, err)
	}
}

func TestNothingIsLeftToFillInInTheManifests(t *testing.T) {
	for line := range strings.Lines(manifests) {
		for _, word := range []string{"@DNS@", "@COREDNS@", "@AGENT@", "@KUBELET-CLIENT@"} {
			line = strings.ReplaceAll(line, word, "")
		}
		if strings.Contains(line, "@") {
			t.Errorf("nobody replaces %s", line)
		}
	}
}
