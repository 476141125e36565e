package controlplane

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"beckon.dev/local-cluster/internal/machine"
	"beckon.dev/local-cluster/internal/pki"
	"beckon.dev/local-cluster/internal/state"
)

func containerComponents() []Component {
	ports := state.Ports{Etcd: 1, etcdPeer: 2, APIServer: 3, ControllerManager: 4, Scheduler: 5, Proxy: 6, Kubelet: 7, kubeletHealth: 8}
	network := machine.Network{Pods: netip.MustParsePrefix("10.244.9.0/24"), Gateway: netip.MustParseAddr("10.244.9.1")}
	return ContainerComponents(settingsOf("/state", "/parts", ports, &pki.Cluster{}, network), ports, "/program")
}

func TestANodeOfContainersStartsInItsOrder(t *testing.T) {
	var names []string
	for _, c := range containerComponents() {
		names = append(names, c.Name)
		if c.After != "" && !slices.Contains(names, c.After) {
			t.Errorf("%s waits for %s, which comes later", c.Name, c.After)
		}
		if c.Health == "" || c.Patience == 0 {
			t.Errorf("%s has no health or no patience", c.Name)
		}
	}
	if !slices.Equal(names, Names(state.Containers)) {
		t.Errorf("%v", names)
	}
	for _, part := range PoweredParts {
		if !slices.Contains(names, part) {
			t.Errorf("a power cut of %s, which is no component", part)
		}
	}
}

func TestPodsReachTheAPIServerAndNothingElseOfTheControlPlane(t *testing.T) {
	for _, c := range containerComponents() {
		for _, arg := range c.Args {
			if strings.Contains(arg, "0.0.0.0") || strings.Contains(arg, "10.244.9.1") && c.Name != APIServer {
				t.Errorf("%s: %s", c.Name, arg)
			}
			if c.Name == APIServer && strings.HasPrefix(arg, "--endpoint-reconciler-type") {
				t.Error("the Service of the API server would lead nowhere")
			}
		}
	}
}
