package state

import (
	"fmt"
	"math/rand/v2"
	"net"
)

// Ports are the loopback ports of the components, by name.
type Ports map[string]int

// The range lies below Linux's ephemeral ports (32768 and up): there, an outgoing connection could take the port of a
// component that is just being restarted.
const lowestPort, highestPort = 20000, 32000

// ChoosePorts keeps each port of the last run that is still free, so that a kubeconfig stays valid,
// and finds a new one for the others.
func (d Dir) ChoosePorts(names ...string) (Ports, error) {
	file := d.Path("ports.json")
	last := Ports{}
	if err := ReadJSON(file, &last); err != nil {
		return nil, err
	}
	ports, taken := Ports{}, map[int]bool{}
	for _, name := range names {
		if port := last[name]; port != 0 && !taken[port] && free(port) {
			ports[name], taken[port] = port, true
		}
	}
	for _, name := range names {
		for try := 0; ports[name] == 0; try++ {
			port := lowestPort + rand.IntN(highestPort-lowestPort)
			if !taken[port] && free(port) {
				ports[name], taken[port] = port, true
			} else if try > 1000 {
				return nil, fmt.Errorf("no free port between %d and %d on 127.0.0.1", lowestPort, highestPort)
			}
		}
	}
	return ports, WriteJSON(file, ports)
}

func free(port int) bool {
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return false
	}
	return listener.Close() == nil
}
