package check_test

import (
	"crypto"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"signbench/flows/check"
	"signbench/flows/jose"
)

func TestGoodIDTokenPassesWithEveryAlgorithm(t *testing.T) {
	keys := map[string]crypto.Signer{
		"RS256": rsaKey, "RS384": rsaKey, "RS512": rsaKey, "PS256": rsaKey, "PS384": rsaKey, "PS512": rsaKey,
		"ES256": p256, "ES384": p384, "ES512": p521, "EdDSA": edKey,
	}
	for alg, key := range keys {
		t.Run(alg, func(t *testing.T) {
			in := goodInput(t)
			in.Metadata.IDTokenAlgs = []string{alg}
			in.Keys = keySet(t, map[string]crypto.Signer{"k1": key})
			claims := with(goodClaims(t), m{"at_hash": atHash(t, alg)})
			in.Token = jose.Decode(sign(t, alg, key, m{"kid": "k1", "typ": "JWT"}, marshal(t, claims)))
			report := check.IDToken(in)
			expect(t, report)
			for _, id := range []string{"id_token.signature", "id_token.at_hash", "id_token.nonce", "id_token.library"} {
				if res, _ := report.Find(id); res.Verdict != check.Pass {
					t.Errorf("%s: %+v", id, res)
				}
			}
		})
	}
}

// Each row changes one thing about a good sign-in; the findings are all there are.
func TestIDTokenFindings(t *testing.T) {
	const refused = "id_token.library:refused"
	at := func(d time.Duration) int64 { return now.Add(d).Unix() }
	maxAge := 300
	tests := []struct {
		name   string
		claims m
		header m
		input  func(*check.IDTokenInput)
		want   []string
	}{
		{"iss of another", m{"iss": "https://other.example"}, nil, nil, []string{"id_token.iss:different", refused}},
		{"iss with a slash", m{"iss": issuer + "/"}, nil, nil, []string{"id_token.iss:trailing_slash", refused}},
		{"iss missing", m{"iss": nil}, nil, nil, []string{"id_token.iss:absent", refused}},
		{"iss a number", m{"iss": 7}, nil, nil, []string{"id_token.iss:wrong_type", refused}},

		{"iss empty", m{"iss": ""}, nil, nil, []string{"id_token.iss:different", refused}},
		{"sub missing", m{"sub": nil}, nil, nil, []string{"id_token.sub:absent"}},
		{"sub a number", m{"sub": 7}, nil, nil, []string{"id_token.sub:wrong_type", refused}},
		{"sub empty", m{"sub": ""}, nil, nil, []string{"id_token.sub:empty"}},
		{"sub too long", m{"sub": strings.Repeat("a", 256)}, nil, nil, []string{"id_token.sub:too_long"}},
		{"sub as long as may be", m{"sub": strings.Repeat("a", 255)}, nil, nil, nil},
		{"sub not ASCII", m{"sub": "ユーザー"}, nil, nil, []string{"id_token.sub:not_ascii"}},

		{"aud of another", m{"aud": "client-2"}, nil, nil, []string{"id_token.aud:different", "id_token.azp:absent", refused}},
		{"aud missing", m{"aud": nil}, nil, nil, []string{"id_token.aud:absent", refused}},
		{"aud a number", m{"aud": 7}, nil, nil, []string{"id_token.aud:wrong_type", refused}},
		{"aud an array of one", m{"aud": []string{clientID}}, nil, nil, nil},
		{"aud twice the same", m{"aud": []string{clientID, clientID}}, nil, nil, nil},
		{"a second aud", m{"aud": []string{clientID, "client-2"}}, nil, nil, []string{"~id_token.aud:additional", "id_token.azp:absent"}},
		{"a second aud and azp", m{"aud": []string{clientID, "client-2"}, "azp": clientID}, nil, nil, []string{"~id_token.aud:additional"}},
		{"azp of another", m{"azp": "client-2"}, nil, nil, []string{"id_token.azp:different"}},
		{"azp empty", m{"azp": ""}, nil, nil, []string{"id_token.azp:different"}},
		{"azp a number", m{"azp": 7}, nil, nil, []string{"id_token.azp:wrong_type"}},
		{"azp null, as Logto writes absent values", m{"azp": jsonNull{}}, nil, nil, nil},

		{"exp past", m{"exp": at(-2 * time.Minute)}, nil, nil, []string{"id_token.exp:expired", refused}},
		{"exp past within the skew", m{"exp": at(-30 * time.Second)}, nil, nil, nil},
		{"exp missing", m{"exp": nil}, nil, nil, []string{"id_token.exp:absent", refused}},
		{"exp a string", m{"exp": "soon"}, nil, nil, []string{"id_token.exp:wrong_type", refused}},
		{"exp in milliseconds", m{"exp": now.UnixMilli()}, nil, nil, []string{"id_token.exp:milliseconds", "~id_token.library:lenient"}},
		{"exp before the epoch", m{"exp": -1}, nil, nil, []string{"id_token.exp:wrong_type", refused}},
		{"nbf ahead", m{"nbf": at(10 * time.Minute)}, nil, nil, []string{"id_token.nbf:not_yet_valid", refused}},
		{"nbf ahead within the skew", m{"nbf": at(30 * time.Second)}, nil, nil, nil},
		{"nbf a boolean", m{"nbf": true}, nil, nil, []string{"id_token.nbf:wrong_type", refused}},
		{"nbf in milliseconds", m{"nbf": now.UnixMilli()}, nil, nil, []string{"id_token.nbf:milliseconds", refused}},
		{"iat missing", m{"iat": nil}, nil, nil, []string{"id_token.iat:absent"}},
		{"iat ahead", m{"iat": at(2 * time.Minute)}, nil, nil, []string{"id_token.iat:in_future"}},
		{"iat ahead within the skew", m{"iat": at(30 * time.Second)}, nil, nil, nil},
		{"iat with a fraction", m{"iat": float64(now.Unix()) + 0.5}, nil, nil, nil},
		{"iat a week ago", m{"iat": at(-7 * 24 * time.Hour)}, nil, nil, []string{"~id_token.iat:before_request"}},
		{"iat in milliseconds", m{"iat": now.UnixMilli()}, nil, nil, []string{"id_token.iat:milliseconds"}},
		{"iat an object", m{"iat": m{}}, nil, nil, []string{"id_token.iat:wrong_type", refused}},

		{"nonce of another", m{"nonce": "n-0S6_WzA2Mj-other"}, nil, nil, []string{"id_token.nonce:different"}},
		{"nonce empty", m{"nonce": ""}, nil, nil, []string{"id_token.nonce:different"}},
		{"nonce missing", m{"nonce": nil}, nil, nil, []string{"id_token.nonce:absent"}},
		{"nonce a number", m{"nonce": 7}, nil, nil, []string{"id_token.nonce:wrong_type", refused}},
		{"nonce that was not sent", nil, nil, func(in *check.IDTokenInput) { in.Nonce = "" }, []string{"~id_token.nonce:unexpected"}},
		{"no nonce at all", m{"nonce": nil}, nil, func(in *check.IDTokenInput) { in.Nonce = "" }, nil},

		{"at_hash of another token", m{"at_hash": "77QmUPtjPfzWtF2AnpK9RQ"}, nil, nil, []string{"id_token.at_hash:different"}},
		{"at_hash missing", m{"at_hash": nil}, nil, nil, nil},
		{"at_hash a number", m{"at_hash": 7}, nil, nil, []string{"id_token.at_hash:wrong_type", refused}},
		{"at_hash without an access token", nil, nil, func(in *check.IDTokenInput) { in.AccessToken = "" }, nil},

		{"acr as wished", m{"acr": "gold"}, nil, func(in *check.IDTokenInput) { in.ACRValues = "silver gold" }, nil},
		{"acr other than wished", m{"acr": "tin"}, nil, func(in *check.IDTokenInput) { in.ACRValues = "silver gold" }, []string{"~id_token.acr:different"}},
		{"acr wished and missing", nil, nil, func(in *check.IDTokenInput) { in.ACRValues = "gold" }, []string{"~id_token.acr:absent"}},
		{"acr a number", m{"acr": 0}, nil, func(in *check.IDTokenInput) { in.ACRValues = "gold" }, []string{"~id_token.acr:wrong_type"}},

		{"auth_time recent", m{"auth_time": at(-time.Minute)}, nil, func(in *check.IDTokenInput) { in.MaxAge = &maxAge }, nil},
		{"auth_time too old", m{"auth_time": at(-10 * time.Minute)}, nil, func(in *check.IDTokenInput) { in.MaxAge = &maxAge }, []string{"id_token.auth_time:too_old"}},
		{"auth_time missing", nil, nil, func(in *check.IDTokenInput) { in.MaxAge = &maxAge }, []string{"id_token.auth_time:absent"}},
		{"auth_time ahead", m{"auth_time": at(10 * time.Minute)}, nil, nil, []string{"id_token.auth_time:in_future"}},
		{"auth_time in milliseconds", m{"auth_time": now.UnixMilli()}, nil, nil, []string{"id_token.auth_time:milliseconds"}},
		{"auth_time a string", m{"auth_time": "now"}, nil, nil, []string{"id_token.auth_time:wrong_type"}},
		{"auth_time without max_age", m{"auth_time": at(-time.Hour)}, nil, nil, nil},

		{"updated_at in seconds", m{"updated_at": at(-time.Hour)}, nil, nil, nil},
		{"updated_at in milliseconds", m{"updated_at": now.UnixMilli()}, nil, nil, []string{"~id_token.updated_at:milliseconds"}},
		{"created_at in milliseconds", m{"updated_at": at(0), "created_at": now.UnixMilli()}, nil, nil, []string{"~id_token.updated_at:milliseconds"}},
		{"updated_at a date", m{"updated_at": "2026-01-01"}, nil, nil, []string{"~id_token.updated_at:wrong_type"}},

		{"typ of an access token", nil, m{"typ": "at+jwt"}, nil, []string{"id_token.typ:access_token"}},
		{"typ in full", nil, m{"typ": "application/at+JWT"}, nil, []string{"id_token.typ:access_token"}},
		{"typ of something else", nil, m{"typ": "logout+jwt"}, nil, []string{"~id_token.typ:unusual"}},
		{"typ empty", nil, m{"typ": ""}, nil, []string{"~id_token.typ:unusual"}},
		{"typ missing", nil, m{"typ": nil}, nil, nil},
		{"crit", nil, m{"crit": []string{"exp"}, "exp": 1}, nil, []string{"id_token.crit:crit_unknown", "id_token.signature:crit_unknown", refused}},
		{"a key in the header", nil, m{"jku": "https://evil.example/jwks", "x5u": "https://evil.example/c"}, nil, []string{"~id_token.header_key:present"}},

		{"an alg that is not advertised", nil, nil, func(in *check.IDTokenInput) { in.Metadata.IDTokenAlgs = []string{"RS256"} }, []string{"id_token.alg:alg_not_allowed", refused}},
		{"no algs advertised", nil, nil, func(in *check.IDTokenInput) { in.Metadata.IDTokenAlgs = nil }, nil},
		{"an unknown kid", nil, m{"kid": "k9"}, nil, []string{"id_token.signature:unknown_kid", refused}},
		{"kid missing, one key", nil, m{"kid": nil}, nil, nil},
		{"kid missing, several keys", nil, m{"kid": nil}, func(in *check.IDTokenInput) {
			in.Keys = keySet(t, map[string]crypto.Signer{"a": other384, "b": p384, "c": rsaKey})
		}, nil},
		{"another key of that name", nil, nil, func(in *check.IDTokenInput) {
			in.Keys = keySet(t, map[string]crypto.Signer{"k1": other384})
		}, []string{"id_token.signature:bad_signature", refused}},
		{"a key that cannot have signed it", nil, nil, func(in *check.IDTokenInput) {
			in.Keys = keySet(t, map[string]crypto.Signer{"k1": rsaKey})
		}, []string{"id_token.signature:key_unusable", refused}},
		{"an empty key set", nil, nil, func(in *check.IDTokenInput) { in.Keys = jose.KeySet{} }, []string{"id_token.signature:no_key", refused}},
		{"keys that could not be had", nil, nil, func(in *check.IDTokenInput) {
			in.Keys, in.KeysErr = jose.KeySet{}, errors.New("refused")
		}, []string{"id_token.signature:keys_unavailable"}},

		{"everything at once", m{"iss": "x", "aud": "y", "sub": nil, "exp": at(-time.Hour), "iat": nil, "nonce": nil, "at_hash": "z"}, m{"kid": "k9"}, nil, []string{
			"id_token.signature:unknown_kid", "id_token.iss:different", "id_token.sub:absent", "id_token.aud:different", "id_token.azp:absent",
			"id_token.exp:expired", "id_token.iat:absent", "id_token.nonce:absent", "id_token.at_hash:different", refused,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := goodInput(t)
			header := with(m{"kid": "k1", "typ": "JWT"}, test.header)
			in.Token = jose.Decode(sign(t, "ES384", p384, header, marshal(t, with(goodClaims(t), test.claims))))
			if test.input != nil {
				test.input(&in)
			}
			expect(t, check.IDToken(in), test.want...)
		})
	}
}

// jsonNull is a null that with does not take for a removal.
type jsonNull struct{}

func (jsonNull) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

func segment(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// Tokens that go-jose will not make.
func TestForgedIDTokens(t *testing.T) {
	const refused = "id_token.library:refused"
	claims := string(marshal(t, goodClaims(t)))
	good := sign(t, "ES384", p384, m{"kid": "k1"}, []byte(claims))
	parts := strings.Split(good, ".")
	tests := []struct {
		name, raw string
		want      []string
	}{
		{"absent", "", []string{"id_token.form:absent"}},
		{"opaque", "opaque", []string{"id_token.form:opaque"}},
		{"cut in the header", parts[0][:9] + "." + parts[1] + "." + parts[2], []string{"id_token.form:opaque"}},
		{"encrypted", segment(`{"alg":"RSA-OAEP","enc":"A256GCM"}`) + ".a.b.c.d", []string{"id_token.form:encrypted"}},
		{"signed text", sign(t, "ES384", p384, m{"kid": "k1"}, []byte("hello")), []string{"id_token.form:not_claims"}},
		{"none", segment(`{"alg":"none"}`) + "." + segment(claims) + ".", []string{"id_token.alg:alg_none", "id_token.signature:alg_none", refused}},
		{"nOnE", segment(`{"alg":"nOnE"}`) + "." + segment(claims) + ".", []string{"id_token.alg:alg_none", "id_token.signature:alg_none", refused}},
		{"no alg", segment(`{}`) + "." + segment(claims) + ".", []string{"id_token.alg:absent", "id_token.signature:alg_unknown", refused}},
		{"an unknown alg", segment(`{"alg":"XS1"}`) + "." + segment(claims) + ".", []string{"id_token.alg:alg_unknown", "id_token.signature:alg_unknown", refused}},
		{"a shared secret", sign(t, "HS256", []byte(strings.Repeat("s", 32)), nil, []byte(claims)), []string{"id_token.alg:alg_symmetric", "id_token.signature:alg_symmetric", refused}},
		{"an altered payload", parts[0] + "." + segment(strings.Replace(claims, "user-1", "user-2", 1)) + "." + parts[2], []string{"id_token.signature:bad_signature", refused}},
		{"padding", good + "==", []string{"id_token.form:malformed", "id_token.signature:malformed", refused}},
		{"a name twice", sign(t, "ES384", p384, m{"kid": "k1"}, []byte(strings.Replace(claims, "{", `{"sub":"admin",`, 1))), []string{"id_token.duplicates:duplicate"}},
		{"something after the claims", sign(t, "ES384", p384, m{"kid": "k1"}, []byte(claims+"{}")), []string{"id_token.form:malformed", refused}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := goodInput(t)
			in.Token = jose.Decode(test.raw)
			expect(t, check.IDToken(in), test.want...)
		})
	}
}

func TestSkippedChecksSayWhy(t *testing.T) {
	in := goodInput(t)
	in.Token = jose.Decode(sign(t, "ES384", p384, m{"kid": "k1"}, marshal(t, with(goodClaims(t), m{"at_hash": nil}))))
	report := check.IDToken(in)
	sound(t, report)
	want := "-id_token.typ:absent -id_token.azp:not_required -id_token.nbf:absent -id_token.acr:not_requested " +
		"-id_token.auth_time:not_requested -id_token.at_hash:absent"
	if got := strings.Join(findings(report, check.Skip), " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// go-oidc does not yet know the name that RFC 9864 gave Ed25519.
func TestEd25519ByItsNewName(t *testing.T) {
	in := goodInput(t)
	in.Metadata.IDTokenAlgs, in.Keys = []string{"Ed25519"}, keySet(t, map[string]crypto.Signer{"k1": edKey})
	input := segment(`{"alg":"Ed25519","kid":"k1"}`) + "." + segment(string(marshal(t, with(goodClaims(t), m{"at_hash": atHash(t, "EdDSA")}))))
	sig, err := edKey.Sign(nil, []byte(input), crypto.Hash(0))
	if err != nil {
		t.Fatal(err)
	}
	in.Token = jose.Decode(input + "." + segment(string(sig)))
	report := check.IDToken(in)
	expect(t, report)
	if res, _ := report.Find("id_token.library"); res.Verdict != check.Skip || res.Reason != check.Unsupported {
		t.Errorf("%+v", res)
	}
}

// With a skew beyond the five minutes that go-oidc grants nbf, the two disagree,
// and that is a line of its own.
func TestDisagreementIsSeen(t *testing.T) {
	in := goodInput(t)
	in.Skew = time.Hour
	in.Token = jose.Decode(sign(t, "ES384", p384, m{"kid": "k1"}, marshal(t, with(goodClaims(t), m{"nbf": now.Add(30 * time.Minute).Unix()}))))
	expect(t, check.IDToken(in), "id_token.library:disagrees")
}

func TestTheClockOfThisMachineIsTheDefault(t *testing.T) {
	in := goodInput(t)
	in.Now, in.RequestedAt = time.Time{}, time.Time{}
	in.Token = jose.Decode(sign(t, "ES384", p384, m{"kid": "k1"}, marshal(t, with(goodClaims(t), m{
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
	}))))
	expect(t, check.IDToken(in))
}

func TestTimesShowBothFormsAndTheNonceItsEnds(t *testing.T) {
	in := goodInput(t)
	in.Token = jose.Decode(sign(t, "ES384", p384, m{"kid": "k1"}, marshal(t, goodClaims(t))))
	report := check.IDToken(in)
	exp, _ := report.Find("id_token.exp")
	if exp.Want != "2026-03-04T05:06:07Z (1772600767)" || exp.Got != "2026-03-04T06:06:07Z (1772604367)" {
		t.Errorf("%+v", exp)
	}
	if n, _ := report.Find("id_token.nonce"); n.Got != "n-0…ce" || n.Want != n.Got {
		t.Errorf("%+v", n)
	}
	if h, _ := report.Find("id_token.at_hash"); h.Got != "equal" {
		t.Errorf("%+v", h)
	}
}
