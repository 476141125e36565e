package pki

import (
	"crypto/x509"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8s.io/client-go/tools/clientcmd"

	"beckon.dev/local-cluster/internal/state"
)

var now = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func ensure(t *testing.T, dir state.Dir, server string, at time.Time) *Cluster {
	t.Helper()
	c, err := Ensure(dir, server, at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func open(t *testing.T) state.Dir {
	t.Helper()
	dir, err := state.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func text(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestEverythingIsKeptFromRunToRun(t *testing.T) {
	dir := open(t)
	c := ensure(t, dir, "https://127.0.0.1:1", now)
	before := text(t, dir.Kubeconfig()) + text(t, c.CA) + text(t, c.ServiceAccountKey)
	ensure(t, dir, "https://127.0.0.1:1", now.Add(24*time.Hour))
	if text(t, dir.Kubeconfig())+text(t, c.CA)+text(t, c.ServiceAccountKey) != before {
		t.Error("credentials changed between two runs")
	}
}

func TestAnExpiringCertificateIsRenewedByTheSameAuthority(t *testing.T) {
	dir := open(t)
	c := ensure(t, dir, "https://127.0.0.1:1", now)
	ca, admin := text(t, c.CA), text(t, c.Admin.Cert)
	later := now.Add(certificateLife - renewBefore + time.Hour)
	ensure(t, dir, "https://127.0.0.1:1", later)
	if text(t, c.CA) != ca {
		t.Error("the authority changed")
	}
	if text(t, c.Admin.Cert) == admin {
		t.Error("the certificate was not renewed")
	}
	if config, err := clientcmd.LoadFromFile(dir.Kubeconfig()); err != nil || string(config.AuthInfos["local-cluster"].ClientCertificateData) != text(t, c.Admin.Cert) {
		t.Errorf("the kubeconfig has not the new one: %v", err)
	}
}

func TestCertificatesServeTheirPurposeOnly(t *testing.T) {
	dir := open(t)
	c := ensure(t, dir, "https://127.0.0.1:1", now)
	verify := func(pair Pair, authority string, usage x509.ExtKeyUsage, host string) error {
		cert, _, err := load(pair)
		if err != nil {
			return err
		}
		roots, err := Pool(authority)
		if err != nil {
			return err
		}
		_, err = cert.Verify(x509.VerifyOptions{Roots: roots, DNSName: host, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{usage}})
		return err
	}
	if err := verify(c.APIServer, c.CA, x509.ExtKeyUsageServerAuth, "127.0.0.1"); err != nil {
		t.Error(err)
	}
	if err := verify(c.Admin, c.CA, x509.ExtKeyUsageClientAuth, ""); err != nil {
		t.Error(err)
	}
	if verify(c.Admin, c.CA, x509.ExtKeyUsageServerAuth, "") == nil {
		t.Error("a client certificate may serve")
	}
	if verify(c.Admin, c.EtcdCA, x509.ExtKeyUsageClientAuth, "") == nil {
		t.Error("a cluster certificate opens etcd")
	}
}

func TestNobodyElseReadsTheKeys(t *testing.T) {
	dir := open(t)
	ensure(t, dir, "https://127.0.0.1:1", now)
	files, err := filepath.Glob(dir.Path("pki", "*"))
	if err != nil || len(files) < 20 {
		t.Fatalf("%v %v", files, err)
	}
	for _, file := range append(files, dir.Kubeconfig()) {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", file, info.Mode(), err)
		}
	}
}

func TestAUsersNamespaceInTheKubeconfigSurvivesUntilTheAddressChanges(t *testing.T) {
	dir := open(t)
	ensure(t, dir, "https://127.0.0.1:1", now)
	config, err := clientcmd.LoadFromFile(dir.Kubeconfig())
	if err != nil {
		t.Fatal(err)
	}
	config.Contexts["local-cluster"].Namespace = "mine"
	if err := clientcmd.WriteToFile(*config, dir.Kubeconfig()); err != nil {
		t.Fatal(err)
	}
	ensure(t, dir, "https://127.0.0.1:1", now)
	if !strings.Contains(text(t, dir.Kubeconfig()), "namespace: mine") {
		t.Error("the user's namespace was lost")
	}
	ensure(t, dir, "https://127.0.0.1:2", now)
	if !strings.Contains(text(t, dir.Kubeconfig()), "https://127.0.0.1:2") {
		t.Error("the new address is missing")
	}
}

func TestAKeyThatDoesNotFitItsCertificateIsReplaced(t *testing.T) {
	dir := open(t)
	c := ensure(t, dir, "https://127.0.0.1:1", now)
	// A kill between the two writes leaves such a pair.
	if err := os.WriteFile(c.Admin.Key, []byte(text(t, c.Scheduler.Key)), 0o600); err != nil {
		t.Fatal(err)
	}
	ensure(t, dir, "https://127.0.0.1:1", now)
	if _, _, err := load(c.Admin); err != nil {
		t.Error(err)
	}
}

func TestACertificateIsRenewedForANewAddress(t *testing.T) {
	dir := open(t)
	c := ensure(t, dir, "https://127.0.0.1:1", now)
	before := text(t, c.APIServer.Cert)
	if _, err := Ensure(dir, "https://10.244.0.1:1", now, "10.244.0.1"); err != nil {
		t.Fatal(err)
	}
	after := text(t, c.APIServer.Cert)
	if after == before {
		t.Error("the API server's certificate is not good for its address")
	}
	if _, err := Ensure(dir, "https://10.244.0.1:1", now, "10.244.0.1"); err != nil || text(t, c.APIServer.Cert) != after {
		t.Error("it was made again", err)
	}
}
