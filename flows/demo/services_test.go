package demo

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"signbench/flows/demo/upstream"
)

// What is behind the connectors listens from the first need until the tenant stops,
// and then on the same port again.
func TestServicesLiveWithTheTenant(t *testing.T) {
	tenant := New(Options{Addr: "localhost:0", Linger: -1})
	_, release, err := tenant.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(tenant.services.places) != 0 {
		t.Error("something listens that nobody needed")
	}
	base, err := tenant.UpstreamURL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	reached := func() bool {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/.well-known/openid-configuration", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
		if err != nil {
			return false
		}
		_ = resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	}
	if !reached() || !strings.HasPrefix(base, "http://localhost:") {
		t.Errorf("%s does not answer", base)
	}
	release()
	if reached() {
		t.Error("it answers after the tenant stopped")
	}
	if again, err := tenant.UpstreamURL(t.Context()); err != nil || again != base || !reached() {
		t.Errorf("%v: at %s after %s", err, again, base)
	}
	if err := tenant.Close(); err != nil {
		t.Error(err)
	}
	if _, err := tenant.UpstreamURL(t.Context()); !errors.Is(err, ErrClosed) || reached() {
		t.Errorf("after Close: %v", err)
	}
}

func TestServicesStayOnLoopback(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", "example.com:80", "nonsense"} {
		tenant := New(Options{Addr: addr})
		if base, err := tenant.UpstreamURL(t.Context()); err == nil {
			t.Errorf("%s listens at %s", addr, base)
		}
		if err := tenant.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestConfigurationsFit(t *testing.T) {
	b := newBench(t)
	if _, err := b.tenant.ConnectorConfig(t.Context(), "nosuch"); err == nil {
		t.Error("there is a configuration for a connector that there is not")
	}
	b.tenant.SetUpstreamSwitches("strict_basic_encoding")
	for _, c := range b.tenant.connections() {
		if c.client == "" {
			continue
		}
		config, err := b.tenant.ConnectorConfig(t.Context(), c.id)
		client, _ := b.tenant.services.upstream.Client(c.client)
		if err != nil || b.object(string(config))["clientSecret"] != client.Secret {
			t.Errorf("%s: %v", c.id, err)
		}
	}
	names := map[string]bool{}
	for _, s := range upstream.Switches() {
		if names[s.Name] {
			t.Errorf("two switches %s", s.Name)
		}
		names[s.Name] = true
	}
}
