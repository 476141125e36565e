package pod

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/kubernetes/pkg/probe"
	probehttp "k8s.io/kubernetes/pkg/probe/http"
	probetcp "k8s.io/kubernetes/pkg/probe/tcp"

	"beckon.dev/local-cluster/internal/sandbox"
)

var (
	httpProber = probehttp.New(false) // follow no redirect to another host
	tcpProber  = probetcp.New()
)

// startProbes runs the probes of a started container until alive ends. What comes out of the channel is the grace period
// for a container that must be restarted.
func (c *container) startProbes(alive context.Context, p *sandbox.Process) <-chan time.Duration {
	unhealthy := make(chan time.Duration, 1)
	restart := func(spec *corev1.Probe, kind string) {
		c.Events.Eventf(c.pod, corev1.EventTypeNormal, "Killing", "Container %s failed %s probe, will be restarted", c.spec.Name, kind)
		grace := c.gracePeriod()
		if spec.TerminationGracePeriodSeconds != nil {
			grace = time.Duration(*spec.TerminationGracePeriodSeconds) * time.Second
		}
		select {
		case unhealthy <- grace:
		default:
		}
	}
	go func() {
		if spec := c.spec.StartupProbe; spec != nil {
			if !c.watch(alive, p, spec, "Startup", func(well bool) bool {
				if !well {
					restart(spec, "startup")
				}
				return false
			}) {
				return
			}
			c.change(func(s *corev1.ContainerStatus) { s.Started, s.Ready = new(true), c.spec.ReadinessProbe == nil })
		}
		if spec := c.spec.ReadinessProbe; spec != nil {
			go c.watch(alive, p, spec, "Readiness", func(well bool) bool {
				well = well && c.stop.Err() == nil
				if c.status().Ready != well {
					c.change(func(s *corev1.ContainerStatus) { s.Ready = well && s.State.Running != nil })
				}
				return true
			})
		}
		if spec := c.spec.LivenessProbe; spec != nil {
			go c.watch(alive, p, spec, "Liveness", func(well bool) bool {
				if !well {
					restart(spec, "liveness")
				}
				return well
			})
		}
	}()
	return unhealthy
}

// watch probes again and again. Whenever the threshold of successes or failures is reached it calls verdict, and ends when
// that returns false. It returns the last verdict, false also when alive has ended.
func (c *container) watch(alive context.Context, p *sandbox.Process, spec *corev1.Probe, kind string, verdict func(well bool) bool) bool {
	if !wait(alive, time.Duration(spec.InitialDelaySeconds)*time.Second) {
		return false
	}
	successes, failures := int32(0), int32(0)
	for {
		well, output := c.probe(alive, p, spec)
		if alive.Err() != nil {
			return false
		}
		if well {
			successes, failures = successes+1, 0
		} else {
			successes, failures = 0, failures+1
			c.warn("Unhealthy", "%s probe failed: %s", kind, output)
		}
		if well && successes >= max(spec.SuccessThreshold, 1) || !well && failures >= max(spec.FailureThreshold, 1) {
			if !verdict(well) {
				return well
			}
		}
		if !wait(alive, time.Duration(max(spec.PeriodSeconds, 1))*time.Second) {
			return false
		}
	}
}

func (c *container) probe(ctx context.Context, p *sandbox.Process, spec *corev1.Probe) (bool, string) {
	timeout := time.Duration(max(spec.TimeoutSeconds, 1)) * time.Second
	address := c.Pod().Status.PodIP
	var result probe.Result
	var output string
	var err error
	switch {
	case spec.HTTPGet != nil:
		request, invalid := probehttp.NewRequestForHTTPGetAction(spec.HTTPGet, c.spec, address, "probe")
		if invalid != nil {
			return false, invalid.Error()
		}
		result, output, err = httpProber.Probe(request, timeout)
	case spec.TCPSocket != nil:
		host := spec.TCPSocket.Host
		if host == "" {
			host = address
		}
		port, invalid := portOf(spec.TCPSocket.Port, c.spec)
		if invalid != nil {
			return false, invalid.Error()
		}
		result, output, err = tcpProber.Probe(host, port, timeout)
	case spec.Exec != nil:
		limit, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		code, text, err := c.run(limit, p, spec.Exec.Command)
		if err != nil {
			return false, err.Error()
		}
		return code == 0, text
	}
	if err != nil {
		return false, err.Error()
	}
	return result == probe.Success || result == probe.Warning, output
}

func portOf(port intstr.IntOrString, c *corev1.Container) (int, error) {
	if port.Type == intstr.Int {
		return port.IntValue(), nil
	}
	for _, named := range c.Ports {
		if named.Name == port.StrVal {
			return int(named.ContainerPort), nil
		}
	}
	return 0, fmt.Errorf("container %s has no port named %q", c.Name, port.StrVal)
}
