package demo

// refreshFaults break the ID token of a refresh (OIDC Core 12.2) and leave that of
// the sign-in as it is.
func refreshFaults() []definition {
	return []definition{
		claim("refresh-token-invalid-issuer", "oidcc-client-test-refresh-token-invalid-issuer",
			"The ID token of a refresh was issued by another issuer.",
			whenRefreshing(set("iss", "https://other.signbench.test/oidc"))),
		claim("refresh-token-invalid-sub", "oidcc-client-test-refresh-token-invalid-sub",
			"The ID token of a refresh speaks of another subject.",
			whenRefreshing(set("sub", "someone0else"))),
	}
}

func whenRefreshing(change func(*idTokenDraft)) func(*idTokenDraft) {
	return func(d *idTokenDraft) {
		if d.refresh {
			change(d)
		}
	}
}
