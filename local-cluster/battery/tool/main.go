// tool is the only program in the images with which the battery tries a node of containers.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const usage = `tool serve PORT        answer HTTP with "hello from HOST"
tool get URL           ask once; fails unless the answer is 200
tool connect HOST:PORT open a connection, and close it
tool lookup NAME       ask DNS
tool api PATH          ask the API server by the pod's own token
tool eat MEGABYTES     take memory, and stay
tool fill FILE MEGABYTES  write a file, and stay
tool show FILE…        print files
tool put FILE TEXT     write a file
tool say TEXT          print it and end
tool stay              print ready, and end on SIGTERM`

const token = "/var/run/secrets/kubernetes.io/serviceaccount/"

func main() {
	args := append(os.Args[1:], "", "", "")
	var err error
	switch args[0] {
	case "serve":
		err = serve(args[1])
	case "get":
		err = get(http.DefaultTransport, args[1], "")
	case "connect":
		err = connect(args[1])
	case "lookup":
		err = lookup(args[1])
	case "api":
		err = api(args[1])
	case "eat":
		err = eat(args[1])
	case "fill":
		err = fill(args[1], args[2])
	case "show":
		err = show(os.Args[2:])
	case "put":
		err = os.WriteFile(args[1], []byte(args[2]+"\n"), 0o644)
	case "say":
		fmt.Println(args[1])
	case "stay":
		stay()
	default:
		err = errors.New(usage)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func stay() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	fmt.Println("ready")
	<-stop
}

func serve(port string) error {
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	go func() { stay(); os.Exit(0) }()
	return http.ListenAndServe(":"+port, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "hello from %s", host)
	}))
}

func get(transport http.RoundTripper, url, bearer string) error {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	if bearer != "" {
		request.Header.Set("Authorization", "Bearer "+bearer)
	}
	response, err := (&http.Client{Transport: transport, Timeout: 2 * time.Second}).Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 200))
	if err != nil {
		return err
	}
	fmt.Printf("%d %s\n", response.StatusCode, text)
	if response.StatusCode != http.StatusOK {
		return errors.New("not answered as wanted")
	}
	return nil
}

func connect(address string) error {
	connection, err := net.DialTimeout("tcp", address, 3*time.Second)
	if err != nil {
		return err
	}
	fmt.Println("connected")
	return connection.Close()
}

func lookup(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	addresses, err := net.DefaultResolver.LookupHost(ctx, name)
	if err == nil {
		fmt.Println(strings.Join(addresses, " "))
	}
	return err
}

func api(path string) error {
	bearer, err := os.ReadFile(token + "token")
	if err != nil {
		return err
	}
	authority, err := os.ReadFile(token + "ca.crt")
	if err != nil {
		return err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(authority)
	return get(&http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}, "https://kubernetes.default.svc"+path, string(bearer))
}

func eat(megabytes string) error {
	count, err := strconv.Atoi(megabytes)
	if err != nil {
		return err
	}
	var all [][]byte
	for range count {
		block := make([]byte, 1<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		all = append(all, block)
	}
	linger()
	fmt.Println(len(all))
	return nil
}

func fill(file, megabytes string) error {
	count, err := strconv.Atoi(megabytes)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, make([]byte, count<<20), 0o644); err != nil {
		return err
	}
	linger()
	return nil
}

// linger doesn't end well on SIGTERM: the kubelet calls a pod that it evicts Succeeded if its program does.
func linger() { time.Sleep(time.Hour) }

func show(files []string) error {
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		fmt.Print(string(text))
	}
	return nil
}
