package probe_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

func contains(b []byte, s string) bool { return bytes.Contains(b, []byte(s)) }

func TestSwitchesThatAreSeenWithoutAUser(t *testing.T) {
	type rows map[string]string
	for fault, want := range map[demo.Fault]rows{
		"discovery-issuer-mismatch":        {"discovery.issuer": "different", "secret.accepted": "untrusted", "discovery.hosts": "other_hosts"},
		"discovery-404":                    {"discovery.found": "not_found", "keys.reachable": "no_discovery", "reach.connect": "connected"},
		"discovery-html":                   {"discovery.found": "html", "secret.accepted": "no_discovery"},
		"discovery-not-json":               {"discovery.found": "not_json", "redirect_uri.registered": "no_discovery"},
		"discovery-missing-token-endpoint": {"discovery.required": "broken", "secret.accepted": "no_endpoint"},
		"end-session-missing":              {"sign_out.endpoint": "missing", "sign_out.uri": "no_endpoint"},
		"jwks-404":                         {"keys.reachable": "not_found", "keys.usable": "no_keys"},
		"jwks-empty":                       {"keys.reachable": "fetched", "keys.usable": "empty", "keys.kids": "no_keys"},
		"jwks-html":                        {"keys.reachable": "html", "keys.public": "no_keys"},
		"kid-absent-multiple-jwks":         {"keys.kids": "unique"},
		"idtoken-sig-rs256":                {"keys.usable": "usable", "discovery.recommended": "followed"},
		"error-server-error":               {"client.pkce": "not_reached", "redirect_uri.registered": "registered"},
	} {
		t.Run(string(fault), func(t *testing.T) {
			b := newBench(t, fault)
			b.run(t.Context())
			for id, reason := range want {
				b.want(id, probe.VerdictOf(id, reason), reason)
			}
			if fault == "discovery-issuer-mismatch" && b.attempts() != 0 {
				t.Error("the secret was sent to an endpoint that somebody else's document names")
			}
		})
	}
}

func TestWhereADocumentIsInstead(t *testing.T) {
	for name, change := range map[string]func(*oauth.Profile){
		"the issuer as the endpoint": func(p *oauth.Profile) { p.Endpoint += "/oidc" },
		"the endpoint as the issuer": func(p *oauth.Profile) { p.Kind, p.Issuer = oauth.KindOIDC, p.Endpoint },
		"the console's path":         func(p *oauth.Profile) { p.Endpoint += "/console" },
		"the document's address": func(p *oauth.Profile) {
			p.Kind, p.Issuer = oauth.KindOIDC, p.Endpoint+"/oidc/.well-known/openid-configuration"
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			issuer := b.setup.Profile.IssuerID()
			change(&b.setup.Profile)
			b.run(t.Context())
			row := b.want("discovery.found", probe.Fail, "elsewhere")
			if row.Params["found_issuer"] != issuer {
				t.Errorf("found %s, want %s", row.Params["found_issuer"], issuer)
			}
			b.want("secret.accepted", probe.Unknown, "no_discovery")
			if b.attempts() != 0 {
				t.Error("a secret was sent without a document")
			}
		})
	}
}

func TestASlowHostIsLeftAtOnce(t *testing.T) {
	b := newBench(t, "discovery-slow")
	ctx, cancel := context.WithCancel(t.Context())
	base := b.base
	b.base = roundTrip(func(req *http.Request) (*http.Response, error) {
		if req.URL.Path == "/oidc/.well-known/openid-configuration" {
			cancel() // while the answer is waited for
		}
		return base.RoundTrip(req)
	})
	b.run(ctx) // the tenant would take an hour
	b.want("discovery.found", probe.Unknown, "cancelled")
	b.want("secret.accepted", probe.Unknown, "cancelled")
	if got := b.with(probe.Fail); len(got) != 0 {
		t.Errorf("failing rows: %v", got)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestADeadHostIsOneFault(t *testing.T) {
	b := newBench(t)
	server := httptest.NewServer(http.NotFoundHandler())
	b.setup.Profile.Endpoint = server.URL
	server.Close()
	b.run(t.Context())
	if got := b.with(probe.Fail); !slices.Equal(got, []string{"reach.connect"}) {
		t.Errorf("failing rows: %v", got)
	}
	b.want("reach.connect", probe.Fail, "refused")
	b.want("redirect_uri.registered", probe.Unknown, "no_connection")
	b.want("logto.sso", probe.Unknown, "no_connection")
	b.want("machine.port", probe.Pass, "free")
	if n := len(b.exchanges); n > 2 {
		t.Errorf("%d requests to a dead host", n)
	}
}

func TestAHostOfPages(t *testing.T) {
	b := newBench(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Welcome</title>"))
	}))
	t.Cleanup(server.Close)
	b.setup.Profile.Endpoint = server.URL
	b.run(t.Context())
	b.want("discovery.found", probe.Fail, "html")
	b.want("logto.experience", probe.Warn, "not_logto")
	if got := b.with(probe.Fail); len(got) != 1 {
		t.Errorf("failing rows: %v", got)
	}
}
