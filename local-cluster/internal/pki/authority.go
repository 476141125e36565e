// Package pki makes the cluster's certificate authorities, certificates, keys and kubeconfigs. Everything is random,
// belongs to one state folder, is readable by its owner only, and is kept from run to run.
package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	"beckon.dev/local-cluster/internal/state"
)

const (
	authorityLife   = 10 * 365 * 24 * time.Hour
	certificateLife = 365 * 24 * time.Hour
	// A certificate with less time left than this is replaced at the next start.
	renewBefore = 30 * 24 * time.Hour
)

// Pair names the files of a certificate and its key.
type Pair struct{ Cert, Key string }

// Request says what a certificate is for.
type Request struct {
	Name         string // of the files
	CommonName   string
	Organization []string
	Hosts        []string // names and addresses of a server; none for a client
}

type authority struct {
	Pair
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// newAuthority loads the authority of that name from dir, or makes it.
func newAuthority(dir, name string, now time.Time) (*authority, error) {
	a := &authority{Pair: Pair{filepath.Join(dir, name+".crt"), filepath.Join(dir, name+".key")}}
	var err error
	if a.cert, a.key, err = load(a.Pair); err == nil {
		return a, nil
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "local-cluster-" + name},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(authorityLife),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, a.key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	return a, store(a.Pair, der, a.key)
}

// issue returns a certificate for the request: the one on disk while it is good, else a new one.
func (a *authority) issue(dir string, r Request, now time.Time) (Pair, error) {
	pair := Pair{filepath.Join(dir, r.Name+".crt"), filepath.Join(dir, r.Name+".key")}
	if cert, _, err := load(pair); err == nil && cert.CheckSignatureFrom(a.cert) == nil && now.Before(cert.NotAfter.Add(-renewBefore)) &&
		serves(cert, r.Hosts) {
		return pair, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return pair, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: r.CommonName, Organization: r.Organization},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(certificateLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	if len(r.Hosts) > 0 {
		template.ExtKeyUsage = append(template.ExtKeyUsage, x509.ExtKeyUsageServerAuth)
	}
	for _, host := range r.Hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		return pair, err
	}
	return pair, store(pair, der, key)
}

// serves tells whether the certificate is good for all the names and addresses.
func serves(cert *x509.Certificate, hosts []string) bool {
	return !slices.ContainsFunc(hosts, func(host string) bool { return cert.VerifyHostname(host) != nil })
}

func serial() *big.Int {
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(err) // crypto/rand never fails on Linux
	}
	return n
}

func load(p Pair) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	certPEM, err := os.ReadFile(p.Cert)
	if err != nil {
		return nil, nil, err
	}
	keyPEM, err := os.ReadFile(p.Key)
	if err != nil {
		return nil, nil, err
	}
	certBlock, _ := pem.Decode(certPEM)
	keyBlock, _ := pem.Decode(keyPEM)
	if certBlock == nil || keyBlock == nil {
		return nil, nil, fmt.Errorf("%s or its key is no PEM file: run down --purge to start anew", p.Cert)
	}
	cert, err := x509.ParseCertificate(certBlock.Bytes)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", p.Cert, err)
	}
	key, err := x509.ParseECPrivateKey(keyBlock.Bytes)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", p.Key, err)
	}
	if !key.PublicKey.Equal(cert.PublicKey) {
		// A kill between the two writes: as good as missing.
		return nil, nil, fmt.Errorf("%s does not fit its certificate: %w", p.Key, os.ErrNotExist)
	}
	return cert, key, nil
}

func store(p Pair, der []byte, key *ecdsa.PrivateKey) error {
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	if err := state.WriteFile(p.Key, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER}), 0o600); err != nil {
		return err
	}
	return state.WriteFile(p.Cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600)
}
