package probe_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"signbench/flows/oauth"
)

// stub is a provider of which each endpoint answers as the test says.
type stub struct {
	*http.ServeMux
	url      string
	document map[string]any
}

// newStub is a bench with a provider that answers well enough: the document, one
// sound key, a redirect to a login.
func newStub(t *testing.T, change func(*stub)) *bench {
	t.Helper()
	s := &stub{ServeMux: http.NewServeMux()}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = server.URL
	s.document = map[string]any{
		"issuer": s.url, "authorization_endpoint": s.url + "/auth", "token_endpoint": s.url + "/token",
		"jwks_uri": s.url + "/jwks", "userinfo_endpoint": s.url + "/me", "end_session_endpoint": s.url + "/end",
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256"}, "scopes_supported": []string{"openid"},
		"code_challenge_methods_supported": []string{"S256"},
	}
	change(s)
	s.add("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, 200, s.document) })
	s.add("/jwks", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, 200, keys(rsaKey("one", "AQAB"))) })
	s.add("/auth", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", http.StatusFound) })
	s.add("/token", func(w http.ResponseWriter, _ *http.Request) { refuse(w, 400, "invalid_grant") })
	s.add("/end", func(w http.ResponseWriter, _ *http.Request) { html(w, 200, "Sign out") })

	b := newBench(t)
	p := oauth.NewProfile(oauth.KindOIDC, "Stub")
	p.Issuer, p.Client.ID = s.url, "app"
	b.setup.Profile, b.setup.Secret = p, "CANARY:secret +/%&"
	return b
}

// add is HandleFunc for what the test has not set itself.
func (s *stub) add(path string, h http.HandlerFunc) {
	if _, pattern := s.Handler(&http.Request{Method: http.MethodGet, URL: &url.URL{Path: path}}); pattern == "" {
		s.HandleFunc(path, h)
	}
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func refuse(w http.ResponseWriter, status int, code string) {
	writeJSON(w, status, map[string]string{"error": code})
}

func html(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<!doctype html><title>" + text + "</title>"))
}

// modulus is that of RFC 7517, A.1, which has 2048 bits.
const modulus = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"

func rsaKey(kid, exponent string) map[string]any {
	k := map[string]any{"kty": "RSA", "n": modulus, "e": exponent}
	if kid != "" {
		k["kid"] = kid
	}
	return k
}

func keys(list ...map[string]any) map[string]any { return map[string]any{"keys": list} }
