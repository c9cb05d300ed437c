package check_test

import (
	"crypto"
	"errors"
	"strings"
	"testing"
	"time"

	"signbench/flows/check"
	"signbench/flows/jose"
)

func goodLogout() m {
	return m{
		"iss": issuer, "sub": "user-1", "sid": "s-1", "aud": clientID, "jti": "j-1",
		"exp": now.Add(2 * time.Minute).Unix(), "iat": now.Unix(),
		"events": m{check.BackChannelLogout: m{}},
	}
}

// The negative modules of oidcc-client-back-channel-logout-rp-basic are named by
// their own names.
func TestLogoutToken(t *testing.T) {
	tests := []struct {
		name   string
		claims m
		header m
		alg    string
		want   []string
	}{
		{name: "oidcc-client-test-rp-backchannel-rpinitlogout"},
		{"oidcc-client-test-rp-backchannel-rpinitlogout-no-event", m{"events": nil}, nil, "", []string{"logout_token.events:absent"}},
		{"oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event", m{"events": m{"http://example.com/event": m{}}}, nil, "", []string{"logout_token.events:different"}},
		{"oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce", m{"nonce": nonce}, nil, "", []string{"logout_token.nonce:present"}},
		{"oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud", m{"aud": "client-2"}, nil, "", []string{"logout_token.aud:different"}},
		{"oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss", m{"iss": "https://other.example"}, nil, "", []string{"logout_token.iss:different"}},
		{"oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg", nil, nil, "HS256", []string{"logout_token.alg:alg_not_allowed", "logout_token.signature:alg_symmetric"}},
		{"sub alone", m{"sid": nil}, nil, "", nil},
		{"sid alone", m{"sub": nil}, nil, "", nil},
		{"neither", m{"sub": nil, "sid": nil}, nil, "", []string{"logout_token.subject:absent"}},
		{"sid a number", m{"sid": 1}, nil, "", []string{"logout_token.subject:wrong_type"}},
		{"the event a string", m{"events": m{check.BackChannelLogout: ""}}, nil, "", []string{"logout_token.events:wrong_type"}},
		{"events a list", m{"events": []string{check.BackChannelLogout}}, nil, "", []string{"logout_token.events:wrong_type"}},
		{"jti missing", m{"jti": nil}, nil, "", []string{"logout_token.jti:absent"}},
		{"jti a number", m{"jti": 1}, nil, "", []string{"logout_token.jti:wrong_type"}},
		{"exp missing", m{"exp": nil}, nil, "", []string{"logout_token.exp:absent"}},
		{"ended", m{"exp": now.Add(-time.Hour).Unix()}, nil, "", []string{"logout_token.exp:expired"}},
		{"iat missing", m{"iat": nil}, nil, "", []string{"logout_token.iat:absent"}},
		{"aud missing", m{"aud": nil}, nil, "", []string{"logout_token.aud:absent"}},
		{"aud a number", m{"aud": 1}, nil, "", []string{"logout_token.aud:wrong_type"}},
		{"typ JWT", nil, m{"typ": "JWT"}, "", []string{"~logout_token.typ:different"}},
		{"typ of an access token", nil, m{"typ": "at+jwt"}, "", []string{"logout_token.typ:different"}},
		{"typ missing", nil, m{"typ": nil}, "", []string{"~logout_token.typ:absent"}},
		{"crit", nil, m{"crit": []string{"exp"}, "exp": 1}, "", []string{"logout_token.crit:crit_unknown", "logout_token.signature:crit_unknown"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			alg, key := "ES384", any(p384)
			if test.alg != "" {
				alg, key = test.alg, []byte("0123456789abcdef0123456789abcdef")
			}
			header := with(m{"kid": "k1", "typ": "logout+jwt"}, test.header)
			expect(t, logout(t, sign(t, alg, key, header, marshal(t, with(goodLogout(), test.claims)))), test.want...)
		})
	}
	t.Run("oidcc-client-test-rp-backchannel-rpinitlogout-alg-none", func(t *testing.T) {
		raw := b64(`{"alg":"none","typ":"logout+jwt"}`) + "." + b64(string(marshal(t, goodLogout()))) + "."
		expect(t, logout(t, raw), "logout_token.alg:alg_none", "logout_token.signature:alg_none")
	})
	for name, raw := range map[string]string{
		"opaque": "opaque", "encrypted": b64(`{"alg":"dir","enc":"A256GCM"}`) + "....",
		"not_claims": sign(t, "ES384", p384, m{"kid": "k1", "typ": "logout+jwt"}, []byte("x")),
	} {
		expect(t, logout(t, raw), "logout_token.form:"+name)
	}
	raw := b64(`{"kid":"k1","typ":"logout+jwt"}`) + "." + b64(string(marshal(t, goodLogout()))) + ".="
	expect(t, logout(t, raw), "logout_token.form:malformed", "logout_token.alg:absent", "logout_token.signature:alg_unknown")
}

func logout(t *testing.T, raw string) check.Report {
	t.Helper()
	token := jose.Decode(raw)
	return check.LogoutToken(check.LogoutTokenInput{
		Token: token, Signature: keySet(t, map[string]crypto.Signer{"k1": p384}).Verify(token, nil),
		Algs: []string{"ES384"}, Issuer: issuer, ClientID: clientID, Now: now, Skew: time.Minute,
	})
}

func TestSignedObjectOfNoProfile(t *testing.T) {
	const secret = "0123456789abcdef0123456789abcdef"
	good := m{"iss": issuer, "aud": []string{clientID, "b"}, "nonce": nonce, "exp": now.Add(time.Hour).Unix(), "iat": now.Unix()}
	tests := []struct {
		name   string
		claims m
		header m
		want   []string
	}{
		{name: "good"},
		{"crit", nil, m{"crit": []string{"exp"}, "exp": 1}, []string{"jws.crit:crit_unknown", "jws.signature:crit_unknown"}},
		{"a key in the header", nil, m{"jku": "https://x.example"}, []string{"~jws.header_key:present"}},
		{"typ of another", nil, m{"typ": "at+jwt"}, []string{"jws.typ:different"}},
		{"typ missing", nil, m{"typ": nil}, []string{"jws.typ:absent"}},
		{"iss", m{"iss": "x"}, nil, []string{"jws.iss:different"}},
		{"aud", m{"aud": "x"}, nil, []string{"jws.aud:different"}},
		{"aud missing", m{"aud": nil}, nil, []string{"jws.aud:absent"}},
		{"aud a number", m{"aud": 1}, nil, []string{"jws.aud:wrong_type"}},
		{"exp missing", m{"exp": nil}, nil, []string{"~jws.exp:absent"}},
		{"exp past", m{"exp": 1}, nil, []string{"jws.exp:expired"}},
		{"nbf ahead", m{"nbf": now.Add(time.Hour).Unix()}, nil, []string{"jws.nbf:not_yet_valid"}},
		{"iat missing", m{"iat": nil}, nil, nil},
		{"iat ahead", m{"iat": now.Add(time.Hour).Unix()}, nil, []string{"jws.iat:in_future"}},
		{"nonce of another", m{"nonce": "another-nonce-here"}, nil, []string{"jws.nonce:different"}},
		{"nonce missing", m{"nonce": nil}, nil, []string{"jws.nonce:absent"}},
		{"nonce a number", m{"nonce": 1}, nil, []string{"jws.nonce:wrong_type"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			header := with(m{"typ": "JWT"}, test.header)
			token := jose.Decode(sign(t, "HS256", []byte(secret), header, marshal(t, with(good, test.claims))))
			in := signedInput(token)
			in.Signature = jose.VerifySecret(token, []byte(secret))
			expect(t, check.Signed(in), test.want...)
		})
	}
}

func signedInput(token jose.Token) check.SignedInput {
	return check.SignedInput{Token: token, Issuer: issuer, Audience: clientID, Nonce: nonce, Type: "jwt", Now: now, Skew: time.Minute}
}

func TestSignaturesOfNoProfile(t *testing.T) {
	symmetric := jose.Decode(sign(t, "HS256", []byte("0123456789abcdef0123456789abcdef"), nil, []byte("x")))
	asymmetric := jose.Decode(sign(t, "ES384", p384, nil, []byte("x")))
	parts := strings.Split(asymmetric.Raw, ".")
	detached := jose.Decode(parts[0] + ".." + parts[2])
	for _, test := range []struct {
		name string
		in   check.SignedInput
		want []string
	}{
		{"a secret for a private key's signature", check.SignedInput{Token: asymmetric, Signature: jose.VerifySecret(asymmetric, []byte("s"))}, []string{"jws.signature:alg_asymmetric"}},
		{"a public key as the secret", check.SignedInput{Token: symmetric, Signature: jose.VerifySecret(symmetric, []byte(`{"kty":"RSA"}`))}, []string{"jws.signature:secret_is_key"}},
		{"a short secret", check.SignedInput{Token: symmetric, Weak: 8, Signature: jose.Verification{Reason: jose.Verified, Alg: "HS256"}}, []string{"~jws.secret:too_short"}},
		{"no keys", check.SignedInput{Token: asymmetric, KeysErr: errors.New("refused")}, []string{"jws.signature:keys_unavailable"}},
		{"no payload", check.SignedInput{Token: detached, Signature: keySet(t, map[string]crypto.Signer{"k1": p384}).Verify(detached, nil)}, []string{"jws.signature:detached"}},
		{"opaque", check.SignedInput{Token: jose.Decode("x")}, []string{"jws.form:opaque"}},
		{"encrypted", check.SignedInput{Token: jose.Decode(b64(`{"alg":"dir","enc":"A256GCM"}`) + "....")}, []string{"jws.form:encrypted"}},
		{"malformed", check.SignedInput{Token: jose.Decode(asymmetric.Raw + "="), Signature: keySet(t, map[string]crypto.Signer{"k1": p384}).Verify(jose.Decode(asymmetric.Raw+"="), nil)}, []string{"jws.form:malformed", "jws.signature:malformed"}},
	} {
		t.Run(test.name, func(t *testing.T) { expect(t, check.Signed(test.in), test.want...) })
	}
	if got := check.LogoutToken(check.LogoutTokenInput{Token: asymmetric}); !got.Failed() {
		t.Error("a logout token without claims passes")
	}
}
