package demo

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// lingers is the timers that a tenant started, to be fired by the test.
type lingers struct {
	pending []func()
	stopped int
}

type stopCount struct{ *lingers }

func (s stopCount) Stop() bool { s.stopped++; return true }

func (l *lingers) after(_ time.Duration, f func()) stopper {
	l.pending = append(l.pending, f)
	return stopCount{l}
}

// listening is a tenant whose linger the test controls.
func listening(t *testing.T, addr string) (*Tenant, *lingers) {
	t.Helper()
	l := &lingers{}
	tenant := New(Options{Addr: addr})
	tenant.listener.after = l.after
	t.Cleanup(func() { _ = tenant.Close() })
	return tenant, l
}

func acquire(t *testing.T, tenant *Tenant) (*url.URL, func()) {
	t.Helper()
	endpoint, release, err := tenant.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	return u, release
}

// fetch gets the issuer from an address, on a connection of its own.
func fetch(t *testing.T, host string) (string, error) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+host+"/oidc/.well-known/openid-configuration", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return text((&bench{T: t}).object(string(body)), "issuer"), nil
}

// Every loopback family that the machine has answers on the one port, with one
// issuer.
func TestBothFamilies(t *testing.T) {
	tenant, _ := listening(t, "localhost:0")
	u, _ := acquire(t, tenant)
	if u.Hostname() != "localhost" || u.Scheme != "http" || u.Port() == "0" {
		t.Fatalf("endpoint %s", u)
	}
	families := addresses(t.Context(), "localhost")
	if len(families) == 0 {
		t.Fatal("no loopback address")
	}
	for _, ip := range families {
		issuer, err := fetch(t, net.JoinHostPort(ip, u.Port()))
		if err != nil || issuer != u.String()+"/oidc" {
			t.Errorf("%s: issuer %q, %v", ip, issuer, err)
		}
	}
}

func TestHoldsAreCounted(t *testing.T) {
	tenant, l := listening(t, "localhost:0")
	u, first := acquire(t, tenant)
	again, second := acquire(t, tenant)
	if again.String() != u.String() {
		t.Fatalf("%s and %s", u, again)
	}
	first()
	first() // a second time it does nothing
	if len(l.pending) != 0 {
		t.Fatal("the linger began while the tenant was held")
	}
	second()
	if len(l.pending) != 1 {
		t.Fatalf("%d lingers", len(l.pending))
	}
	if _, err := fetch(t, u.Host); err != nil {
		t.Errorf("while lingering: %v", err)
	}

	_, third := acquire(t, tenant)
	if l.stopped != 1 {
		t.Error("the linger was not stopped")
	}
	l.pending[0]() // it fires all the same, having been late
	if _, err := fetch(t, u.Host); err != nil {
		t.Errorf("a late linger closed a held tenant: %v", err)
	}
	third()
	l.pending[0]()
	if _, err := fetch(t, u.Host); err != nil {
		t.Errorf("the first linger ended the second: %v", err)
	}
	l.pending[1]()
	if _, err := fetch(t, u.Host); err == nil {
		t.Error("it listens after the linger")
	}

	back, _ := acquire(t, tenant)
	if back.String() != u.String() {
		t.Errorf("came back on %s, was on %s", back, u)
	}
}

func TestPreferredPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	_, port, err := net.SplitHostPort(taken.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, _ := listening(t, "localhost:"+port)
	u, _ := acquire(t, elsewhere)
	if u.Port() == port {
		t.Fatalf("it listens on a port that was taken: %s", u)
	}
	if issuer, err := fetch(t, u.Host); err != nil || issuer != u.String()+"/oidc" {
		t.Errorf("issuer %q, %v", issuer, err)
	}
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	there, _ := listening(t, "localhost:"+port)
	if u, _ := acquire(t, there); u.Port() != port {
		t.Errorf("the preferred port %s was free, but it listens on %s", port, u)
	}
}

func TestNegativeLingerClosesAtOnce(t *testing.T) {
	tenant := New(Options{Addr: "127.0.0.1:0", Linger: -1})
	u, release := acquire(t, tenant)
	release()
	if _, err := fetch(t, u.Host); err == nil {
		t.Error("it still listens")
	}
}

func TestClose(t *testing.T) {
	tenant, _ := listening(t, "localhost:0")
	u, release := acquire(t, tenant)
	if err := tenant.Close(); err != nil {
		t.Fatal(err)
	}
	release()
	if _, err := fetch(t, u.Host); err == nil {
		t.Error("it listens after Close")
	}
	if _, _, err := tenant.Acquire(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("Acquire after Close: %v", err)
	}
}

func TestLoopbackOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":x", "example.test:80", "nonsense", "192.0.2.1:80", "localhost:99999"} {
		tenant := New(Options{Addr: addr})
		if _, _, err := tenant.Acquire(t.Context()); err == nil {
			t.Errorf("%s was taken", addr)
			_ = tenant.Close()
		}
	}
	tenant, _ := listening(t, "localhost:0")
	u, _ := acquire(t, tenant)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, u.String()+"/oidc/jwks", nil)
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]int{
		"rebound.example.test": 421, "rebound.example.test:" + u.Port(): 421,
		"localhost:" + u.Port(): 200, "127.0.0.1": 200, "[::1]:" + u.Port(): 200, "[::1]": 200,
	} {
		r.Host = host
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("Host %s: %d, want %d", host, resp.StatusCode, want)
		}
	}
}

func TestAcquireHeedsTheContext(t *testing.T) {
	tenant, _ := listening(t, "localhost:0")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := tenant.Acquire(ctx); err == nil {
		t.Error("it listens for a context that has ended")
	}
	if strings.Contains(tenant.listener.currentEndpoint(), "http") {
		t.Error("it names an endpoint")
	}
}
