// policy-cni is the last CNI plugin of a pod's network: it tells the program that enforces NetworkPolicies the new pod's address
// and returns when the rules for it are in force. None of the pod's containers starts before.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// patience is how long a pod waits for its rules; after that the kubelet tries its sandbox again.
const patience = 10 * time.Second

type network struct {
	Socket string          `json:"socket"`
	Result json.RawMessage `json:"prevResult"`
}

func main() {
	if err := run(os.Getenv("CNI_COMMAND"), os.Stdin, os.Stdout); err != nil {
		_ = json.NewEncoder(os.Stdout).Encode(map[string]any{"cniVersion": "1.0.0", "code": 100, "msg": err.Error()})
		os.Exit(1)
	}
}

func run(command string, in io.Reader, out io.Writer) error {
	if command == "VERSION" {
		_, err := io.WriteString(out, `{"cniVersion":"1.0.0","supportedVersions":["1.0.0"]}`)
		return err
	}
	var n network
	if err := json.NewDecoder(in).Decode(&n); err != nil {
		return fmt.Errorf("network configuration: %w", err)
	}
	switch command {
	case "ADD":
		address, err := n.address()
		if err != nil {
			return err
		}
		if err := n.tell("add", address); err != nil {
			return err
		}
		_, err = out.Write(n.Result)
		return err
	case "DEL":
		// A pod must be able to go while nobody listens; who enforces forgets its address when another pod gets it.
		if err := n.tell("del", ""); err != nil {
			fmt.Fprintln(os.Stderr, "policy-cni:", err)
		}
	}
	return nil
}

// address is what the plugins before this one gave the pod.
func (n network) address() (string, error) {
	var result struct {
		IPs []struct {
			Address string `json:"address"`
		} `json:"ips"`
	}
	if err := json.Unmarshal(n.Result, &result); err != nil {
		return "", fmt.Errorf("the plugins' result so far: %w", err)
	}
	if len(result.IPs) != 1 {
		return "", fmt.Errorf("the pod has %d addresses instead of one", len(result.IPs))
	}
	address, _, _ := strings.Cut(result.IPs[0].Address, "/")
	return address, nil
}

func (n network) tell(what, address string) error {
	pod := map[string]string{}
	for pair := range strings.SplitSeq(os.Getenv("CNI_ARGS"), ";") {
		name, value, _ := strings.Cut(pair, "=")
		pod[name] = value
	}
	client := http.Client{Timeout: patience, Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", n.Socket)
		},
	}}
	response, err := client.PostForm("http://network-policy/"+what, url.Values{
		"namespace": {pod["K8S_POD_NAMESPACE"]}, "name": {pod["K8S_POD_NAME"]}, "uid": {pod["K8S_POD_UID"]},
		"sandbox": {os.Getenv("CNI_CONTAINERID")}, "address": {address},
	})
	if err != nil {
		return fmt.Errorf("who enforces NetworkPolicies does not answer: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, 1000))
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("NetworkPolicies: %s", strings.TrimSpace(string(text)))
	}
	return nil
}
