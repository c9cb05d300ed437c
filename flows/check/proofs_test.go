package check_test

import (
	"crypto"
	"errors"
	"testing"
	"time"

	gojose "github.com/go-jose/go-jose/v4"

	"signbench/flows/check"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// The proofs of RFC 9449, as printed there: 4.2 for the token endpoint, 7.1 for a
// resource with an access token.
const (
	proofHeader = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQy" +
		"VVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19"
	rfc9449s42 = proofHeader + ".eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwi" +
		"aWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
	rfc9449s71 = proofHeader + ".eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNv" +
		"dXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9." +
		"2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA"
	boundToken = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"
	thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
)

func TestPublishedProofs(t *testing.T) {
	for raw, in := range map[string]check.DPoPInput{
		rfc9449s42: {Method: "POST", URL: "https://server.example.com/token?x=1#f", Now: time.Unix(1562262620, 0)},
		rfc9449s71: {Method: "GET", URL: "HTTPS://resource.example.org:443/protectedresource", AccessToken: boundToken, Now: time.Unix(1562262620, 0)},
	} {
		report := proof(raw, in)
		expect(t, report)
		if res, _ := report.Find("dpop.jkt"); res.Got != thumbprint {
			t.Errorf("6.1: %q", res.Got)
		}
		if in.AccessToken.Empty() {
			continue
		}
		if res, _ := report.Find("dpop.ath"); res.Verdict != check.Pass {
			t.Errorf("7.1: %+v", res)
		}
	}
}

func proof(raw string, in check.DPoPInput) check.Report {
	in.Token = jose.Decode(raw)
	in.Signature, in.Key = jose.VerifyByHeader(in.Token)
	return check.DPoP(in)
}

func publicJWK(k crypto.Signer) gojose.JSONWebKey { return gojose.JSONWebKey{Key: k.Public()} }

func TestProofs(t *testing.T) {
	const url = "https://as.example/token"
	good := m{"jti": "j-1", "htm": "POST", "htu": url, "iat": now.Unix(), "nonce": "nonce-of-the-server"}
	bound := func(jkt any) oauth.Secret {
		return oauth.Secret(sign(t, "ES384", p384, m{"typ": "at+jwt"}, marshal(t, m{"cnf": m{"jkt": jkt}})))
	}
	mine, err := jose.ParseKeys(marshal(t, publicJWK(p256)))
	if err != nil {
		t.Fatal(err)
	}
	ours := bound(mine.Keys[0].Thumbprint)
	for _, test := range []struct {
		name   string
		claims m
		header m
		change func(*check.DPoPInput)
		want   []string
	}{
		{name: "good"},
		{"typ JWT", nil, m{"typ": "JWT"}, nil, []string{"dpop.typ:different"}},
		{"no typ", nil, m{"typ": nil}, nil, []string{"dpop.typ:absent"}},
		{"crit", nil, m{"crit": []string{"exp"}, "exp": 1}, nil, []string{"dpop.crit:crit_unknown", "dpop.signature:crit_unknown"}},
		{"no key", nil, m{"jwk": nil}, nil, []string{"dpop.jwk:absent", "dpop.signature:no_key"}},
		{"the private key", nil, m{"jwk": gojose.JSONWebKey{Key: p256}}, nil, []string{"dpop.jwk:private", "dpop.signature:no_key"}},
		{"a shared key", nil, m{"jwk": m{"kty": "oct", "k": "AAAA"}}, nil, []string{"dpop.jwk:private", "dpop.signature:no_key"}},
		{"a broken key", nil, m{"jwk": m{"kty": "EC"}, "kid": "k"}, nil, []string{"dpop.jwk:key_unusable", "dpop.signature:key_unusable"}},
		{"another key", nil, m{"jwk": gojose.JSONWebKey{Key: &other256.PublicKey}}, nil, []string{"dpop.signature:bad_signature"}},
		{"no jti", m{"jti": nil}, nil, nil, []string{"dpop.jti:absent"}},
		{"jti a number", m{"jti": 1}, nil, nil, []string{"dpop.jti:wrong_type"}},
		{"jti empty", m{"jti": ""}, nil, nil, []string{"dpop.jti:empty"}},
		{"no htm", m{"htm": nil}, nil, nil, []string{"dpop.htm:absent"}},
		{"htm a number", m{"htm": 1}, nil, nil, []string{"dpop.htm:wrong_type"}},
		{"htm in lower case", m{"htm": "post"}, nil, nil, []string{"dpop.htm:different"}},
		{"no htu", m{"htu": nil}, nil, nil, []string{"dpop.htu:absent"}},
		{"htu a number", m{"htu": 1}, nil, nil, []string{"dpop.htu:wrong_type"}},
		{"htu a path", m{"htu": "/token"}, nil, nil, []string{"dpop.htu:not_absolute"}},
		{"htu with a query", m{"htu": url + "?a=b"}, nil, nil, []string{"~dpop.htu:has_query"}},
		{"htu elsewhere", m{"htu": url + "s"}, nil, nil, []string{"dpop.htu:different"}},
		{"htu by http", m{"htu": "http://as.example/token"}, nil, nil, []string{"dpop.htu:different"}},
		{"no iat", m{"iat": nil}, nil, nil, []string{"dpop.iat:absent"}},
		{"iat a string", m{"iat": "1"}, nil, nil, []string{"dpop.iat:wrong_type"}},
		{"iat in milliseconds", m{"iat": now.UnixMilli()}, nil, nil, []string{"dpop.iat:milliseconds"}},
		{"iat ahead", m{"iat": now.Add(time.Hour).Unix()}, nil, nil, []string{"dpop.iat:in_future"}},
		{"iat long ago", m{"iat": now.Add(-time.Hour).Unix()}, nil, nil, []string{"~dpop.iat:too_old"}},
		{"no nonce", m{"nonce": nil}, nil, nil, []string{"dpop.nonce:absent"}},
		{"another nonce", m{"nonce": "nonce-of-yesterday"}, nil, nil, []string{"dpop.nonce:different"}},
		{"nonce a number", m{"nonce": 1}, nil, nil, []string{"dpop.nonce:wrong_type"}},
		{"no nonce expected", nil, nil, func(in *check.DPoPInput) { in.Nonce = "" }, nil},
		{"no ath", nil, nil, func(in *check.DPoPInput) { in.AccessToken = ours }, []string{"dpop.ath:absent"}},
		{"ath a number", m{"ath": 1}, nil, func(in *check.DPoPInput) { in.AccessToken = ours }, []string{"dpop.ath:wrong_type"}},
		{"ath of another", m{"ath": "AAAA"}, nil, func(in *check.DPoPInput) { in.AccessToken = bound("another") }, []string{"dpop.ath:different", "dpop.jkt:different"}},
		{"a token bound to nothing", m{"ath": "AAAA"}, nil, func(in *check.DPoPInput) { in.AccessToken = bound(nil) }, []string{"dpop.ath:different", "dpop.jkt:absent"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			header := with(m{"typ": "dpop+jwt", "jwk": publicJWK(p256)}, test.header)
			in := check.DPoPInput{Method: "POST", URL: url, Nonce: "nonce-of-the-server", Now: now, Skew: time.Minute}
			if test.change != nil {
				test.change(&in)
			}
			expect(t, proof(sign(t, "ES256", p256, header, marshal(t, with(good, test.claims))), in), test.want...)
		})
	}
	t.Run("algorithms", func(t *testing.T) {
		claims := b64(string(marshal(t, good)))
		in := check.DPoPInput{Now: now}
		for header, reason := range map[string]string{`"alg":"none",`: "alg_none", `"alg":"HS256",`: "alg_symmetric", `"alg":"XX",`: "alg_unknown"} {
			raw := b64(`{`+header+`"typ":"dpop+jwt","jwk":`+string(marshal(t, publicJWK(p256)))+`}`) + "." + claims + "."
			expect(t, proof(raw, in), "dpop.alg:"+reason, "dpop.signature:"+reason)
		}
		raw := b64(`{"typ":"dpop+jwt","jwk":`+string(marshal(t, publicJWK(p256)))+`}`) + "." + claims + ".="
		expect(t, proof(raw, in), "dpop.form:malformed", "dpop.alg:absent", "dpop.signature:alg_unknown")
		raw = sign(t, "ES256", p256, m{"typ": "dpop+jwt", "jwk": publicJWK(p256)}, marshal(t, good)) + "="
		expect(t, proof(raw, in), "dpop.form:malformed", "dpop.signature:malformed")
	})
	forms(t, "dpop", func(raw string) check.Report { return proof(raw, check.DPoPInput{Now: now}) })
}

// forms are the texts that are no signed claims.
func forms(t *testing.T, subject string, look func(raw string) check.Report) {
	t.Helper()
	for reason, raw := range map[string]string{
		"opaque": "opaque", "encrypted": b64(`{"alg":"dir","enc":"A256GCM"}`) + "....", "not_claims": sign(t, "ES384", p384, nil, []byte("x")),
	} {
		expect(t, look(raw), subject+".form:"+reason)
	}
}

func TestClientAssertions(t *testing.T) {
	const audience = "https://as.example"
	good := m{"iss": clientID, "sub": clientID, "aud": audience, "jti": "j-1", "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
	look := func(raw string) check.Report {
		token := jose.Decode(raw)
		return check.ClientAssertion(check.ClientAssertionInput{
			Token: token, Signature: keySet(t, map[string]crypto.Signer{"k1": p384}).Verify(token, nil),
			ClientID: clientID, Audience: audience, Now: now, Skew: time.Minute,
		})
	}
	for _, test := range []struct {
		name   string
		claims m
		header m
		want   []string
	}{
		{name: "good"},
		{"its own type", nil, m{"typ": "client-authentication+jwt"}, nil},
		{"typ of an access token", nil, m{"typ": "at+jwt"}, []string{"client_assertion.typ:different"}},
		{"crit", nil, m{"crit": []string{"exp"}, "exp": 1}, []string{"client_assertion.crit:crit_unknown", "client_assertion.signature:crit_unknown"}},
		{"a key in the header", nil, m{"jku": "https://x.example"}, []string{"~client_assertion.header_key:present"}},
		{"no iss", m{"iss": nil}, nil, []string{"client_assertion.iss:absent"}},
		{"iss a number", m{"iss": 1}, nil, []string{"client_assertion.iss:wrong_type"}},
		{"iss empty", m{"iss": ""}, nil, []string{"client_assertion.iss:empty"}},
		{"iss of the server", m{"iss": audience}, nil, []string{"client_assertion.iss:different"}},
		{"no sub", m{"sub": nil}, nil, []string{"client_assertion.sub:absent"}},
		{"sub a number", m{"sub": 1}, nil, []string{"client_assertion.sub:wrong_type"}},
		{"sub empty", m{"sub": ""}, nil, []string{"client_assertion.sub:empty"}},
		{"sub a user", m{"sub": "user-1"}, nil, []string{"client_assertion.sub:different"}},
		{"no aud", m{"aud": nil}, nil, []string{"client_assertion.aud:absent"}},
		{"aud a number", m{"aud": 1}, nil, []string{"client_assertion.aud:wrong_type"}},
		{"aud elsewhere", m{"aud": audience + "/other"}, nil, []string{"client_assertion.aud:different"}},
		{"two audiences", m{"aud": []string{audience, audience + "/token"}}, nil, []string{"~client_assertion.aud:additional"}},
		{"no exp", m{"exp": nil}, nil, []string{"client_assertion.exp:absent"}},
		{"ended", m{"exp": now.Add(-time.Hour).Unix()}, nil, []string{"client_assertion.exp:expired"}},
		{"far too long", m{"exp": now.Add(48 * time.Hour).Unix()}, nil, []string{"~client_assertion.exp:too_long"}},
		{"nbf ahead", m{"nbf": now.Add(time.Hour).Unix()}, nil, []string{"client_assertion.nbf:not_yet_valid"}},
		{"no iat", m{"iat": nil}, nil, nil},
		{"iat ahead", m{"iat": now.Add(time.Hour).Unix()}, nil, []string{"client_assertion.iat:in_future"}},
		{"no jti", m{"jti": nil}, nil, []string{"client_assertion.jti:absent"}},
		{"jti a number", m{"jti": 1}, nil, []string{"client_assertion.jti:wrong_type"}},
		{"jti empty", m{"jti": ""}, nil, []string{"client_assertion.jti:empty"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			header := with(m{"kid": "k1", "typ": "JWT"}, test.header)
			expect(t, look(sign(t, "ES384", p384, header, marshal(t, with(good, test.claims)))), test.want...)
		})
	}
	claims := b64(string(marshal(t, good)))
	expect(t, look(b64(`{"alg":"none"}`)+"."+claims+"."), "client_assertion.alg:alg_none", "client_assertion.signature:alg_none")
	expect(t, look(b64(`{"kid":"k1"}`)+"."+claims+".="), "client_assertion.form:malformed", "client_assertion.alg:absent", "client_assertion.signature:alg_unknown")
	forms(t, "client_assertion", look)
	// Nobody says who the client is: iss and sub must be one all the same.
	token := jose.Decode(sign(t, "HS256", []byte("0123456789abcdef0123456789abcdef"), nil, marshal(t, with(good, m{"sub": "another"}))))
	expect(t, check.ClientAssertion(check.ClientAssertionInput{
		Token: token, Signature: jose.VerifySecret(token, []byte("0123456789abcdef0123456789abcdef")), Weak: 40, Now: now,
	}), "~client_assertion.secret:too_short", "client_assertion.sub:different")
}

func TestJARM(t *testing.T) {
	good := m{"iss": issuer, "aud": clientID, "exp": now.Add(5 * time.Minute).Unix(), "code": code, "state": state}
	look := func(raw string) check.Report {
		token := jose.Decode(raw)
		return check.JARM(check.JARMInput{
			Token: token, Signature: keySet(t, map[string]crypto.Signer{"k1": p384}).Verify(token, nil),
			Issuer: issuer, ClientID: clientID, State: state, Now: now, Skew: time.Minute,
		})
	}
	// The negative modules of the FAPI 2 message signing plan are named by their own names.
	for _, test := range []struct {
		name   string
		claims m
		header m
		want   []string
	}{
		{name: "good"},
		{"an error", m{"code": nil, "error": "access_denied"}, nil, nil},
		{"ensure-jarm-without-iss-fails", m{"iss": nil}, nil, []string{"jarm.iss:absent"}},
		{"ensure-jarm-with-invalid-iss-fails", m{"iss": "https://other.example"}, nil, []string{"jarm.iss:different"}},
		{"iss with a slash", m{"iss": issuer + "/"}, nil, []string{"jarm.iss:trailing_slash"}},
		{"iss a number", m{"iss": 1}, nil, []string{"jarm.iss:wrong_type"}},
		{"ensure-jarm-without-aud-fails", m{"aud": nil}, nil, []string{"jarm.aud:absent"}},
		{"ensure-jarm-with-invalid-aud-fails", m{"aud": "client-2"}, nil, []string{"jarm.aud:different"}},
		{"aud a number", m{"aud": 1}, nil, []string{"jarm.aud:wrong_type"}},
		{"ensure-jarm-without-exp-fails", m{"exp": nil}, nil, []string{"jarm.exp:absent"}},
		{"ensure-jarm-with-expired-exp-fails", m{"exp": now.Add(-time.Hour).Unix()}, nil, []string{"jarm.exp:expired"}},
		{"too long", m{"exp": now.Add(time.Hour).Unix()}, nil, []string{"~jarm.exp:too_long"}},
		{"no state", m{"state": nil}, nil, []string{"jarm.state:absent"}},
		{"another state", m{"state": "state-of-another"}, nil, []string{"jarm.state:different"}},
		{"state a number", m{"state": 1}, nil, []string{"jarm.state:wrong_type"}},
		{"neither", m{"code": nil}, nil, []string{"jarm.response:absent"}},
		{"both", m{"error": "access_denied"}, nil, []string{"jarm.response:with_error"}},
		{"code a number", m{"code": 1}, nil, []string{"jarm.response:wrong_type"}},
		{"error a number", m{"error": 1}, nil, []string{"jarm.response:wrong_type"}},
		{"typ of an access token", nil, m{"typ": "at+jwt"}, []string{"jarm.typ:different"}},
		{"crit", nil, m{"crit": []string{"exp"}, "exp": 1}, []string{"jarm.crit:crit_unknown", "jarm.signature:crit_unknown"}},
		{"a key in the header", nil, m{"jku": "https://x.example"}, []string{"~jarm.header_key:present"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			header := with(m{"kid": "k1", "typ": "JWT"}, test.header)
			expect(t, look(sign(t, "ES384", p384, header, marshal(t, with(good, test.claims)))), test.want...)
		})
	}
	t.Run("ensure-jarm-with-invalid-sig-fails", func(t *testing.T) {
		expect(t, look(sign(t, "ES384", other384, m{"kid": "k1"}, marshal(t, good))), "jarm.signature:bad_signature")
	})
	claims := b64(string(marshal(t, good)))
	t.Run("ensure-jarm-signature-is-not-none", func(t *testing.T) {
		expect(t, look(b64(`{"alg":"none"}`)+"."+claims+"."), "jarm.alg:alg_none", "jarm.signature:alg_none")
	})
	expect(t, look(b64(`{"kid":"k1"}`)+"."+claims+".="), "jarm.form:malformed", "jarm.alg:absent", "jarm.signature:alg_unknown")
	forms(t, "jarm", look)
	// Nothing is expected: what must be there must be there all the same.
	token := jose.Decode(sign(t, "HS256", []byte("0123456789abcdef0123456789abcdef"), nil, marshal(t, with(good, m{"iss": "", "aud": nil, "state": nil}))))
	expect(t, check.JARM(check.JARMInput{Token: token, KeysErr: errors.New("refused"), Weak: 40, Now: now}),
		"jarm.signature:keys_unavailable", "~jarm.secret:too_short", "jarm.iss:empty", "jarm.aud:absent")
}
