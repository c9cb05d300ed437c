package demo

import "net/http"

// tokenFaults break the token response (RFC 6749 5.1; OIDC Core 3.1.3.3).
func tokenFaults() []definition {
	return []definition{
		{
			Switch{"token-html", "", "A web page is in the place of the token response."},
			hooks{token: asHTML},
		},
		{
			Switch{"token-500", "", "The token endpoint fails with 500, as Logto does when something unforeseen happens."},
			hooks{token: func(p *reply) {
				p.replace(http.StatusInternalServerError, "application/json; charset=utf-8", `{"message":"Internal server error."}`)
			}},
		},
		{
			Switch{"token-slow", "", "The token endpoint takes half a minute."},
			hooks{token: func(p *reply) { p.slow = true }},
		},
		{
			Switch{"token-missing-access-token", "", "The token response has no access token."},
			hooks{token: func(p *reply) { delete(p.document, "access_token") }},
		},
		{
			Switch{"token-type-mac", "", "The token type is not Bearer."},
			hooks{token: func(p *reply) { p.document["token_type"] = "mac" }},
		},
		{
			Switch{"token-text-plain", "", "The token response is JSON but says that it is plain text."},
			hooks{token: func(p *reply) { p.contentType = "text/plain; charset=utf-8" }},
		},
		{
			Switch{
				"token-type-case-insensitivity", "fapi2-security-profile-final-client-test-token-type-case-insensitivity",
				"The token type is written bEaReR. This is allowed.",
			},
			hooks{token: func(p *reply) { p.document["token_type"] = "bEaReR" }},
		},
		{
			Switch{
				"token-endpoint-response-without-expires_in",
				"fapi2-security-profile-final-client-test-token-endpoint-response-without-expires_in",
				"The token response does not say how long the access token lives. This is allowed.",
			},
			hooks{token: func(p *reply) { delete(p.document, "expires_in") }},
		},
		{
			Switch{"no-refresh-token", "", "The token response has no refresh token, although offline_access was granted."},
			hooks{token: func(p *reply) { delete(p.document, "refresh_token") }},
		},
		{
			Switch{"expires-in-string", "", "expires_in is a string and not a number."},
			hooks{token: func(p *reply) { p.document["expires_in"] = "3600" }},
		},
		{
			Switch{"missing-id-token", "", "The token response has no ID token."},
			hooks{token: func(p *reply) { delete(p.document, "id_token") }},
		},
	}
}
