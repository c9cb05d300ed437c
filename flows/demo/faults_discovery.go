package demo

import "github.com/go-jose/go-jose/v4"

// discoveryFaults break the provider's metadata (Discovery 1.0 4).
func discoveryFaults() []definition {
	return []definition{
		{
			Switch{
				"discovery-issuer-mismatch", "oidcc-client-test-discovery-issuer-mismatch",
				"The issuer in the discovery document is not the one it was asked of.",
			},
			hooks{discovery: func(p *reply) { p.document["issuer"] = "https://other.signbench.test/oidc" }},
		},
		{
			Switch{"discovery-404", "", "The discovery document is not there."},
			hooks{discovery: asNotFound},
		},
		{
			Switch{"discovery-html", "", "A web page is in the place of the discovery document."},
			hooks{discovery: asHTML},
		},
		{
			Switch{"discovery-not-json", "", "The discovery document breaks off in the middle."},
			hooks{discovery: func(p *reply) { p.replace(200, "application/json", `{"issuer":"http://localhost`) }},
		},
		{
			Switch{"discovery-slow", "", "The discovery document takes half a minute."},
			hooks{discovery: func(p *reply) { p.slow = true }},
		},
		{
			Switch{"discovery-missing-token-endpoint", "", "The discovery document names no token endpoint."},
			hooks{discovery: func(p *reply) { delete(p.document, "token_endpoint") }},
		},
		{
			Switch{"end-session-missing", "", "The discovery document names no end-session endpoint."},
			hooks{discovery: func(p *reply) { delete(p.document, "end_session_endpoint") }},
		},
	}
}

// jwksFaults break the published keys (Discovery 1.0 3, jwks_uri).
func jwksFaults() []definition {
	return []definition{
		{
			Switch{"jwks-404", "", "The key set is not there."},
			hooks{jwks: func(p *reply) { p.contentType = ""; asNotFound(p) }},
		},
		{
			Switch{"jwks-empty", "", "The key set holds no key."},
			hooks{jwks: func(p *reply) { p.document["keys"] = []jose.JSONWebKey{} }},
		},
		{
			Switch{"jwks-html", "", "A web page is in the place of the key set."},
			hooks{jwks: asHTML},
		},
	}
}
