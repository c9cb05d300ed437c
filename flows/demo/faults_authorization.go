package demo

// authorizationFaults break the authorization response (OIDC Core 3.1.2.5,
// 3.1.2.6; RFC 9207).
func authorizationFaults() []definition {
	const fapi = "fapi2-security-profile-final-client-test-"
	return []definition{
		{
			Switch{
				"invalid-authorization-response-iss", fapi + "invalid-authorization-response-iss",
				"The authorization response names another issuer.",
			},
			hooks{authorization: func(a authorizationAnswer) { a.Set("iss", "https://other.signbench.test/oidc") }},
		},
		{
			Switch{
				"remove-authorization-response-iss", fapi + "remove-authorization-response-iss",
				"The authorization response lacks the iss that discovery promises.",
			},
			hooks{authorization: func(a authorizationAnswer) { a.Del("iss") }},
		},
		{
			Switch{
				"state-invalid", fapi + "ensure-authorization-response-with-invalid-state-fails",
				"The authorization response has another state than the request.",
			},
			hooks{authorization: func(a authorizationAnswer) { a.Set("state", "not-"+a.Get("state")) }},
		},
		{
			Switch{
				"state-missing", fapi + "ensure-authorization-response-with-invalid-missing-state-fails",
				"The authorization response has no state.",
			},
			hooks{authorization: func(a authorizationAnswer) { a.Del("state") }},
		},
		{
			Switch{"code-missing", "", "The authorization response has neither a code nor an error."},
			hooks{authorization: func(a authorizationAnswer) { a.Del("code") }},
		},
		{
			Switch{"error-access-denied", "", "The provider refuses, whatever the user decided."},
			hooks{authorization: respondWith("access_denied", "the user is not allowed to use this application")},
		},
		{
			Switch{"error-server-error", "", "The authorization endpoint fails in itself."},
			hooks{authorization: respondWith("server_error", "an unexpected error happened")},
		},
		{
			Switch{"error-temporarily-unavailable", "", "The authorization endpoint is overloaded."},
			hooks{authorization: respondWith("temporarily_unavailable", "the server cannot handle the request now")},
		},
	}
}

// respondWith makes the answer an error response.
func respondWith(code, description string) func(authorizationAnswer) {
	return func(a authorizationAnswer) {
		a.Del("code")
		a.Set("error", code)
		a.Set("error_description", description)
	}
}
