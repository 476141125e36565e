package controlplane

import (
	"slices"
	"strings"
	"testing"
	"time"

	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/state"
)

func TestThePauseBeforeARestartGrowsAndIsForgotten(t *testing.T) {
	pause := minPause
	for range 20 {
		pause = nextPause(pause, time.Second)
	}
	if pause != maxPause {
		t.Errorf("%v", pause)
	}
	if pause = nextPause(pause, time.Minute); pause != minPause {
		t.Errorf("after a good run: %v", pause)
	}
}

func TestEveryComponentStaysOnLoopbackWithTheAnonymousOut(t *testing.T) {
	ports := state.Ports{Etcd: 1, etcdPeer: 2, APIServer: 3, ControllerManager: 4, Scheduler: 5, Node: 6}
	list := Components("/state", ports, &pki.Cluster{})
	var names []string
	for _, c := range list {
		names = append(names, c.Name)
		if c.Port != ports[c.Name] {
			t.Errorf("%s has port %d", c.Name, c.Port)
		}
		for _, arg := range c.Args {
			if strings.Contains(arg, "0.0.0.0") || strings.Contains(arg, "http://") {
				t.Errorf("%s: %s", c.Name, arg)
			}
		}
	}
	if !slices.Equal(names, Names(state.Processes)) {
		t.Errorf("%v", names)
	}
	server := list[1].Args
	for _, want := range []string{"--anonymous-auth=false", "--authorization-mode=Node,RBAC", "--bind-address=127.0.0.1"} {
		if !slices.Contains(server, want) {
			t.Errorf("the API server lacks %s", want)
		}
	}
	if !slices.Contains(list[0].Args, "--client-cert-auth") {
		t.Error("etcd lets in who shows no certificate")
	}
}
