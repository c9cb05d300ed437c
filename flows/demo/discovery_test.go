package demo

import (
	"net/http"
	"slices"
	"testing"
)

func TestDiscovery(t *testing.T) {
	b := newBench(t)
	a := b.get("/oidc/.well-known/openid-configuration")
	if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Fatalf("%d %s", a.StatusCode, a.Header)
	}
	doc := b.object(a.body)
	issuer := b.base + "/oidc"
	for name, want := range map[string]any{
		"issuer": issuer, "authorization_endpoint": issuer + "/auth", "token_endpoint": issuer + "/token",
		"userinfo_endpoint": issuer + "/me", "jwks_uri": issuer + "/jwks",
		"end_session_endpoint":                           issuer + "/session/end",
		"revocation_endpoint":                            issuer + "/token/revocation",
		"introspection_endpoint":                         issuer + "/token/introspection",
		"pushed_authorization_request_endpoint":          issuer + "/request",
		"authorization_response_iss_parameter_supported": true, "backchannel_logout_supported": true,
		"claims_parameter_supported": false, "request_parameter_supported": false,
	} {
		if doc[name] != want {
			t.Errorf("%s = %v, want %v", name, doc[name], want)
		}
	}
	for name, want := range map[string][]string{
		"code_challenge_methods_supported":      {"S256"},
		"response_modes_supported":              {"form_post", "fragment", "query"},
		"response_types_supported":              {"code id_token", "code", "id_token", "none"},
		"id_token_signing_alg_values_supported": {"ES384"},
		"token_endpoint_auth_methods_supported": {
			"client_secret_basic", "client_secret_jwt", "client_secret_post", "private_key_jwt", "none",
		},
	} {
		list, _ := doc[name].([]any)
		var got []string
		for _, v := range list {
			s, _ := v.(string)
			got = append(got, s)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

func TestJWKSHoldsOneP384Key(t *testing.T) {
	b := newBench(t)
	keys, _ := b.object(b.get("/oidc/jwks").body)["keys"].([]any)
	if len(keys) != 1 {
		t.Fatalf("%d keys", len(keys))
	}
	key, _ := keys[0].(map[string]any)
	if key["kty"] != "EC" || key["crv"] != "P-384" || key["alg"] != "ES384" || key["use"] != "sig" || len(text(key, "kid")) != 43 {
		t.Errorf("key %v", key)
	}
	if _, private := key["d"]; private {
		t.Error("the private half is published")
	}
}

// The places that are not Logto's answer 404, and so does a known path with
// another method.
func TestUnknownRoutes(t *testing.T) {
	b := newBench(t)
	for _, path := range []string{
		"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server",
		"/.well-known/oauth-authorization-server/oidc", "/api/.well-known/nothing",
	} {
		if a := b.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	want := map[string]any{
		"code": "oidc.invalid_request", "message": "Request is invalid.",
		"error": "invalid_request", "error_description": "unrecognized route or not allowed method",
	}
	for _, a := range []answered{
		b.get("/oidc/nothing"), b.get("/oidc/token"), b.get("/oidc/.well-known/oauth-authorization-server"),
		b.post("/oidc/jwks", nil), b.get("/oidc/session/end/confirm"),
	} {
		if a.StatusCode != http.StatusNotFound {
			t.Errorf("%s %s: %d", a.Request.Method, a.Request.URL.Path, a.StatusCode)
		}
		sameObject(t, b.object(a.body), want)
	}
}

func sameObject(t *testing.T, got, want map[string]any) {
	t.Helper()
	for name, value := range want {
		if got[name] != value {
			t.Errorf("%s = %v, want %v", name, got[name], value)
		}
	}
	for name := range got {
		if _, expected := want[name]; !expected {
			t.Errorf("unexpected member %s = %v", name, got[name])
		}
	}
}

func TestIssuerFromOptions(t *testing.T) {
	tenant := New(Options{Issuer: "https://demo.signbench.test/oidc/"})
	b := &bench{T: t, tenant: tenant}
	b.browser = b.newBrowser()
	b.serve()
	if got := b.object(b.get("/oidc/.well-known/openid-configuration").body)["issuer"]; got != "https://demo.signbench.test/oidc" {
		t.Errorf("issuer %v", got)
	}
}
