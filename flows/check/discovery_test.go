package check_test

import (
	"encoding/json"
	"strings"
	"testing"

	"signbench/flows/check"
	"signbench/flows/oauth"
)

func TestDiscovery(t *testing.T) {
	good := m{
		"issuer": issuer, "authorization_endpoint": issuer + "/auth", "token_endpoint": issuer + "/token",
		"jwks_uri": issuer + "/jwks", "userinfo_endpoint": issuer + "/me", "end_session_endpoint": issuer + "/session/end",
		"revocation_endpoint": issuer + "/revoke", "response_types_supported": []string{"code id_token", "code"},
		"subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256", "ES384"},
		"scopes_supported": []string{"openid", "email"}, "code_challenge_methods_supported": []string{"S256"},
		"authorization_response_iss_parameter_supported": true,
	}
	tests := []struct {
		name   string
		change m
		want   []string
	}{
		{"good", nil, nil},
		{"another issuer", m{"issuer": "https://other.example"}, []string{"discovery.issuer:different"}},
		{"issuer with a slash", m{"issuer": issuer + "/"}, []string{"discovery.issuer:trailing_slash"}},
		{"no issuer", m{"issuer": nil}, []string{"discovery.issuer:absent", "discovery.issuer_url:absent"}},
		{"issuer with a query", m{"issuer": issuer + "?t=1"}, []string{"discovery.issuer:different", "discovery.issuer_url:has_query"}},
		{"issuer with an empty fragment", m{"issuer": issuer + "#"}, []string{"discovery.issuer:different", "discovery.issuer_url:has_fragment"}},
		{"issuer in the clear", m{"issuer": "http://issuer.example/oidc"}, []string{"discovery.issuer:different", "~discovery.issuer_url:not_https"}},
		{"no authorization endpoint", m{"authorization_endpoint": nil}, []string{"discovery.authorization_endpoint:absent"}},
		{"a relative endpoint", m{"token_endpoint": "/token"}, []string{"discovery.token_endpoint:not_absolute"}},
		{"an endpoint without a host", m{"token_endpoint": "https:///token"}, []string{"discovery.token_endpoint:not_absolute"}},
		{"an endpoint that is no URL", m{"jwks_uri": "https://[::1"}, []string{"discovery.jwks_uri:not_absolute"}},
		{"an endpoint of another scheme", m{"jwks_uri": "file://host/etc/passwd"}, []string{"discovery.jwks_uri:not_https"}},
		{"an endpoint in the clear", m{"userinfo_endpoint": "http://issuer.example/me"}, []string{"~discovery.userinfo_endpoint:not_https"}},
		{"a name that only looks like loopback", m{"token_endpoint": "http://localhost.evil.example/"}, []string{"~discovery.token_endpoint:not_https"}},
		{"loopback", m{"token_endpoint": "http://localhost:3001/t", "jwks_uri": "http://127.0.0.1/j", "userinfo_endpoint": "http://[::1]:3001/m", "revocation_endpoint": "http://tenant.localhost/r"}, nil},
		{"no optional endpoints", m{"userinfo_endpoint": nil, "end_session_endpoint": nil, "revocation_endpoint": nil}, []string{"~discovery.userinfo_endpoint:absent"}},
		{"no response types", m{"response_types_supported": nil}, []string{"~discovery.response_types:absent"}},
		{"response types of the wrong type", m{"response_types_supported": "code"}, []string{"~discovery.response_types:wrong_type"}},
		{"no code flow", m{"response_types_supported": []string{"id_token"}}, []string{"discovery.response_types:no_code"}},
		{"no subject types", m{"subject_types_supported": nil}, []string{"~discovery.subject_types:absent"}},
		{"subject types of the wrong type", m{"subject_types_supported": 1}, []string{"~discovery.subject_types:wrong_type"}},
		{"ES384 alone, as Logto has it", m{"id_token_signing_alg_values_supported": []string{"ES384"}}, []string{"~discovery.id_token_algs:no_rs256"}},
		{"no algorithms", m{"id_token_signing_alg_values_supported": nil}, []string{"~discovery.id_token_algs:absent"}},
		{"no scopes", m{"scopes_supported": nil}, []string{"~discovery.scopes:absent"}},
		{"no openid", m{"scopes_supported": []string{"email"}}, []string{"~discovery.scopes:no_openid"}},
		{"no PKCE", m{"code_challenge_methods_supported": nil}, []string{"~discovery.pkce:absent"}},
		{"plain PKCE", m{"code_challenge_methods_supported": []string{"plain"}}, []string{"~discovery.pkce:no_s256"}},
		{"no iss in responses", m{"authorization_response_iss_parameter_supported": nil}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			expect(t, check.Discovery(issuer, document(t, string(marshal(t, with(good, test.change))))), test.want...)
		})
	}
	t.Run("a name twice", func(t *testing.T) {
		text := strings.Replace(string(marshal(t, good)), "{", `{"issuer":"https://evil.example",`, 1)
		expect(t, check.Discovery(issuer, document(t, text)), "~discovery.duplicates:duplicate")
	})
	t.Run("nothing", func(t *testing.T) {
		sound(t, check.Discovery(issuer, oauth.Metadata{}))
	})
}

func TestRequiredEndpoints(t *testing.T) {
	for _, id := range []string{"token_endpoint", "jwks_uri"} {
		r := check.Discovery(issuer, oauth.Metadata{})
		if res, _ := r.Find("discovery." + id); res.Verdict != check.Fail || res.Reason != check.Absent {
			t.Errorf("%+v", res)
		}
	}
}

func document(t *testing.T, text string) oauth.Metadata {
	t.Helper()
	var doc oauth.Metadata
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	doc.Raw = json.RawMessage(text)
	return doc
}
