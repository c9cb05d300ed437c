package demo

import "slices"

// idTokenClaimFaults break the claims of the ID token (OIDC Core 3.1.3.7).
func idTokenClaimFaults() []definition {
	const (
		oidcc = "oidcc-client-test-"
		fapi  = "fapi2-security-profile-final-client-test-"
	)
	return []definition{
		claim("invalid-iss", oidcc+"invalid-iss", "The ID token was issued by another issuer.",
			set("iss", "https://other.signbench.test/oidc")),
		claim("missing-iss", fapi+"invalid-missing-iss", "The ID token names no issuer.", remove("iss")),
		claim("missing-sub", oidcc+"missing-sub", "The ID token names no subject.", remove("sub")),
		claim("invalid-aud", oidcc+"invalid-aud", "The ID token is for another client.",
			set("aud", "another-client")),
		claim("missing-aud", oidcc+"missing-aud", "The ID token is for nobody in particular.", remove("aud")),
		claim("invalid-secondary-aud", fapi+"invalid-secondary-aud",
			"The ID token is also for another client, which is the authorized party (azp).",
			func(d *idTokenDraft) {
				d.claims["aud"] = []string{d.app.id, "another-client"}
				d.claims["azp"] = "another-client"
			}),
		claim("valid-aud-as-array", fapi+"valid-aud-as-array", "aud is a list with the client as its only member. This is allowed.",
			func(d *idTokenDraft) { d.claims["aud"] = []string{d.app.id} }),
		claim("scope-userinfo-claims", oidcc+"scope-userinfo-claims",
			"The ID token says nothing of the user; the claims of the scopes come from UserInfo. This is allowed.",
			func(d *idTokenDraft) {
				for name := range d.claims {
					if !slices.Contains(protocolClaims, name) {
						delete(d.claims, name)
					}
				}
			}),
		claim("missing-iat", oidcc+"missing-iat", "The ID token does not say when it was issued.", remove("iat")),
		claim("future-iat", "", "The ID token was issued an hour from now.", shift("iat", 3600, "exp")),
		claim("missing-exp", fapi+"invalid-missing-exp", "The ID token never expires.", remove("exp")),
		claim("expired-exp", fapi+"invalid-expired-exp", "The ID token expired ten minutes ago.",
			shift("exp", -tokenLife-600, "iat")),
		claim("future-nbf", "", "The ID token is not valid before an hour from now.",
			func(d *idTokenDraft) {
				d.claims["nbf"] = d.claims["iat"]
				d.shift("nbf", 3600)
			}),
		claim("missing-nonce", fapi+"invalid-missing-nonce", "The ID token lacks the nonce of the request.",
			remove("nonce")),
		claim("nonce-invalid", oidcc+"nonce-invalid", "The ID token has another nonce than the request.",
			set("nonce", "not-the-nonce-of-the-request")),
		claim("invalid-athash", oidcc+"invalid-athash", "at_hash belongs to another access token.",
			func(d *idTokenDraft) { d.claims["at_hash"] = leftHalf(d.ring.signer().alg, "another access token") }),
		claim("missing-athash", oidcc+"missing-athash",
			"The ID token has no at_hash, which the code flow allows.", remove("at_hash")),
	}
}

// protocolClaims are those of an ID token that say nothing of the user.
var protocolClaims = []string{"iss", "sub", "aud", "azp", "exp", "iat", "auth_time", "nonce", "at_hash"}

// claim is a switch that changes the claims of the ID token.
func claim(name Fault, module, about string, change func(*idTokenDraft)) definition {
	return definition{Switch{name, module, about}, hooks{idToken: change}}
}

func set(name string, value any) func(*idTokenDraft) {
	return func(d *idTokenDraft) { d.claims[name] = value }
}

func remove(name string) func(*idTokenDraft) {
	return func(d *idTokenDraft) { delete(d.claims, name) }
}

// shift moves a time claim, and others with it so that they still fit together.
func shift(name string, seconds int64, others ...string) func(*idTokenDraft) {
	return func(d *idTokenDraft) {
		d.shift(name, seconds)
		for _, other := range others {
			d.shift(other, seconds)
		}
	}
}
