package demo

// idTokenSigningFaults break or vary the header and the signature of the ID token,
// and the keys that belong to it (OIDC Core 10.1).
func idTokenSigningFaults() []definition {
	const (
		oidcc = "oidcc-client-test-"
		fapi  = "fapi2-security-profile-final-client-test-"
	)
	return []definition{
		{
			Switch{
				"kid-absent-single-jwks", oidcc + "kid-absent-single-jwks",
				"The ID token names no key, and there is only one. This is allowed.",
			},
			hooks{idToken: withoutKeyID},
		},
		{
			Switch{
				"kid-absent-multiple-jwks", oidcc + "kid-absent-multiple-jwks",
				"The ID token names no key, and two could be meant.",
			},
			hooks{keys: func(r *keyring) { r.publish(nextKey()) }, idToken: withoutKeyID},
		},
		{
			Switch{
				"idtoken-sig-rs256", oidcc + "idtoken-sig-rs256",
				"The tenant's key was rotated to RSA: the ID token is signed with RS256. This is allowed.",
			},
			hooks{keys: func(r *keyring) { r.rotate(rsaKey()) }},
		},
		{
			Switch{
				"idtoken-sig-es256", oidcc + "idtoken-sig-es256",
				"The tenant's key was rotated to P-256: the ID token is signed with ES256. This is allowed.",
			},
			hooks{keys: func(r *keyring) { r.rotate(p256Key()) }},
		},
		{
			Switch{"idtoken-sig-none", oidcc + "idtoken-sig-none", "The ID token is not signed: alg is none."},
			hooks{idToken: func(d *idTokenDraft) {
				d.header["alg"] = "none"
				delete(d.header, "kid")
				d.sign = func([]byte) ([]byte, error) { return nil, nil }
			}},
		},
		{
			Switch{"invalid-sig", oidcc + "invalid-sig-rs256", "The signature of the ID token does not fit."},
			hooks{idToken: func(d *idTokenDraft) {
				sign := d.sign
				d.sign = func(input []byte) ([]byte, error) { return sign(append([]byte("not "), input...)) }
			}},
		},
		{
			Switch{
				"invalid-alternate-alg", fapi + "invalid-alternate-alg",
				"The ID token is signed with HS256 and the client secret in place of the tenant's key.",
			},
			hooks{idToken: func(d *idTokenDraft) {
				d.header["alg"] = "HS256"
				delete(d.header, "kid")
				d.sign = hs256(d.app.secret)
			}},
		},
		{
			Switch{"unknown-kid", "", "The ID token names a key that is never published, and is signed with it."},
			hooks{idToken: func(d *idTokenDraft) { d.signWith(nextKey()) }},
		},
		{
			Switch{
				"signing-key-rotation-just-before-signing", oidcc + "signing-key-rotation-just-before-signing",
				"A new key signs the ID token, and is published only then. This is allowed.",
			},
			hooks{idToken: func(d *idTokenDraft) { d.signWith(d.ring.rotate(nextKey())) }},
		},
		{
			Switch{
				"signing-key-rotation", oidcc + "signing-key-rotation",
				"Every sign-in is signed with the other one of two published keys. This is allowed.",
			},
			hooks{keys: func(r *keyring) { r.publish(nextKey()) }, idToken: func(d *idTokenDraft) { d.signWith(d.ring.turn()) }},
		},
		{
			Switch{"invalid-typ", "", "The ID token says that it is an access token: typ is at+jwt."},
			hooks{idToken: func(d *idTokenDraft) { d.header["typ"] = "at+jwt" }},
		},
	}
}

func withoutKeyID(d *idTokenDraft) { delete(d.header, "kid") }
