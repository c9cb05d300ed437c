package probe_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"signbench/flows/demo"
	"signbench/flows/probe"
)

// certificate signs itself for these names and until that time.
func certificate(t *testing.T, until time.Time, names ...string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "bench"}, DNSNames: names,
		NotBefore: time.Now().Add(-240 * time.Hour), NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func TestCertificates(t *testing.T) {
	year := time.Now().Add(365 * 24 * time.Hour)
	for name, c := range map[string]struct {
		until  time.Time
		host   string
		known  bool
		reason string
	}{
		"good":              {year, "localhost", true, "trusted"},
		"ends soon":         {time.Now().Add(48 * time.Hour), "localhost", true, "expires_soon"},
		"expired":           {time.Now().Add(-time.Hour), "localhost", true, "expired"},
		"another name":      {year, "other.test", true, "wrong_name"},
		"unknown authority": {year, "localhost", false, "unknown_authority"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			cert, pool := certificate(t, c.until, c.host)
			server := httptest.NewUnstartedServer(demo.New(demo.Options{}).Handler())
			server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			server.StartTLS()
			t.Cleanup(server.Close)
			if !c.known {
				pool = x509.NewCertPool()
			}
			b.base = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: "localhost", MinVersion: tls.VersionTLS12}}
			b.setup.Profile.Endpoint = server.URL
			b.run(t.Context())
			b.want("reach.tls", probe.VerdictOf("reach.tls", c.reason), c.reason)
			b.want("reach.connect", probe.Pass, "connected")
			if probe.VerdictOf("reach.tls", c.reason) == probe.Fail {
				if got := b.with(probe.Fail); !slices.Equal(got, []string{"reach.tls"}) {
					t.Errorf("failing rows: %v", got)
				}
				b.want("discovery.found", probe.Unknown, "no_connection")
			}
		})
	}
}

// A proxy that ends TLS and does not say so: the tenant names http addresses, and
// the secret must not follow them.
func TestHTTPBehindTLS(t *testing.T) {
	b := newBench(t)
	tenant := demo.New(demo.Options{}).Handler()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.TLS = nil
		tenant.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	b.base = server.Client().Transport
	b.setup.Profile.Endpoint = server.URL
	b.run(t.Context())
	b.want("discovery.scheme", probe.Fail, "http_behind_tls")
	b.want("secret.accepted", probe.Unknown, "untrusted")
	if b.attempts() != 0 {
		t.Error("the secret was sent in clear")
	}
}

func TestTLSWhereNoneIsSpoken(t *testing.T) {
	b := newBench(t)
	b.setup.Profile.Endpoint = "https" + b.setup.Profile.Endpoint[len("http"):]
	b.run(t.Context())
	b.want("reach.tls", probe.Fail, "not_tls")
}
