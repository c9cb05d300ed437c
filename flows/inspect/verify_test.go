package inspect_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	gojose "github.com/go-jose/go-jose/v4"

	"signbench/flows/check"
	"signbench/flows/inspect"
	"signbench/flows/oauth"
)

const (
	issuer = "https://issuer.example/oidc"
	client = "client-1"
	shared = "0123456789abcdef0123456789abcdef"
)

var (
	now    = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
)

func sign(t *testing.T, alg gojose.SignatureAlgorithm, k any, typ string, claims map[string]any) string {
	t.Helper()
	s, err := gojose.NewSigner(gojose.SigningKey{Algorithm: alg, Key: k}, (&gojose.SignerOptions{}).WithType(gojose.ContentType(typ)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	object, err := s.Sign(b)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := object.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func published(t *testing.T) inspect.Keys {
	t.Helper()
	b, err := json.Marshal(gojose.JSONWebKeySet{Keys: []gojose.JSONWebKey{{Key: key.Public(), Use: "sig"}}})
	if err != nil {
		t.Fatal(err)
	}
	return inspect.Keys{Text: oauth.Secret(b)}
}

func claimsOf(more map[string]any) map[string]any {
	out := map[string]any{
		"iss": issuer, "sub": "user-1", "aud": client, "iat": now.Unix(), "exp": now.Add(time.Hour).Unix(), "jti": "j",
	}
	for name, value := range more {
		out[name] = value
	}
	return out
}

func TestVerifyChoosesTheChecksOfTheKind(t *testing.T) {
	event := map[string]any{"events": map[string]any{check.BackChannelLogout: map[string]any{}}}
	for _, test := range []struct {
		name    string
		text    string
		keys    inspect.Keys
		prefix  string
		verdict inspect.Verdict
	}{
		{"an ID token", sign(t, "ES256", key, "JWT", claimsOf(map[string]any{"nonce": "n-1"})), published(t), "id_token.", inspect.Good},
		{"an ID token with another nonce", sign(t, "ES256", key, "JWT", claimsOf(map[string]any{"nonce": "n-2"})), published(t), "id_token.", inspect.BadClaims},
		{"an access token", sign(t, "ES256", key, "at+jwt", claimsOf(map[string]any{"client_id": client})), published(t), "access_token.", inspect.Good},
		{"a logout token", sign(t, "ES256", key, "logout+jwt", claimsOf(event)), published(t), "logout_token.", inspect.Good},
		{"a shared secret", sign(t, "HS256", []byte(shared), "JWT", claimsOf(map[string]any{"nonce": "n-1"})), inspect.Keys{Secret: shared}, "jws.", inspect.Good},
		{"another secret", sign(t, "HS256", []byte(shared), "JWT", claimsOf(map[string]any{"nonce": "n-1"})), inspect.Keys{Secret: shared + "x"}, "jws.", inspect.BadSigned},
		{"no keys", sign(t, "ES256", key, "JWT", claimsOf(nil)), inspect.Keys{}, "id_token.", inspect.BadSigned},
		{"keys that could not be fetched", sign(t, "ES256", key, "JWT", claimsOf(nil)), inspect.Keys{Err: errors.New("refused")}, "id_token.", inspect.BadSigned},
		{"none", b64(`{"alg":"none"}`) + "." + b64(`{"iss":"x"}`) + ".", published(t), "jws.", inspect.BadSigned},
		{"opaque", "opaque", published(t), "", inspect.NotSigned},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := inspect.Read([]byte(test.text))
			report := inspect.Verify(d, test.keys, inspect.Expect{
				Issuer: issuer, Audience: client, ClientID: client, Nonce: "n-1", Now: now, Skew: time.Minute,
			})
			if got := inspect.Judge(d, report); got != test.verdict {
				t.Errorf("%s: %v", got, report)
			}
			for _, res := range report {
				if !strings.HasPrefix(res.ID, test.prefix) {
					t.Errorf("%s is a check of another kind", res.ID)
				}
			}
		})
	}
}

// A proof is verified with the key that it brings, and nothing else is.
func TestOnlyAProofBringsItsKey(t *testing.T) {
	own := func(typ string, claims map[string]any) string {
		s, err := gojose.NewSigner(gojose.SigningKey{Algorithm: gojose.ES256, Key: key}, (&gojose.SignerOptions{EmbedJWK: true}).WithType(gojose.ContentType(typ)))
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(claims)
		if err != nil {
			t.Fatal(err)
		}
		object, err := s.Sign(b)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := object.CompactSerialize()
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	proof := map[string]any{"jti": "j", "htm": "POST", "htu": "https://as.example/token", "iat": now.Unix()}
	for _, test := range []struct {
		name    string
		text    string
		request inspect.Request
		want    inspect.Verdict
	}{
		{"a proof", own("dpop+jwt", proof), inspect.Request{}, inspect.Good},
		{"a proof for the request", own("dpop+jwt", proof), inspect.Request{Method: "POST", URL: "https://as.example/token"}, inspect.Good},
		{"a proof for another", own("dpop+jwt", proof), inspect.Request{Method: "GET"}, inspect.BadClaims},
		{"a proof for another token", own("dpop+jwt", proof), inspect.Request{AccessToken: "opaque"}, inspect.BadClaims},
		{"a proof by its claims only", own("JWT", proof), inspect.Request{}, inspect.BadClaims},
		{"an altered proof", own("dpop+jwt", proof) + "A", inspect.Request{}, inspect.BadSigned},
		{"an ID token with its own key", own("JWT", claimsOf(map[string]any{"nonce": "n"})), inspect.Request{}, inspect.BadSigned},
		{"an access token with its own key", own("at+jwt", claimsOf(nil)), inspect.Request{}, inspect.BadSigned},
	} {
		d := inspect.Read([]byte(test.text))
		report := inspect.Verify(d, inspect.Keys{}, inspect.Expect{Request: test.request, Now: now})
		if got := inspect.Judge(d, report); got != test.want {
			t.Errorf("%s: %s %v", test.name, got, report)
		}
	}
}

func TestWhatAClientAndAProviderSignForEachOther(t *testing.T) {
	assertion := map[string]any{"iss": client, "sub": client, "aud": issuer, "exp": now.Add(time.Minute).Unix(), "jti": "j"}
	response := map[string]any{"iss": issuer, "aud": client, "exp": now.Add(time.Minute).Unix(), "code": "c", "state": "s-1"}
	for _, test := range []struct {
		name   string
		text   string
		keys   inspect.Keys
		want   inspect.Expect
		prefix string
		good   bool
	}{
		{"an assertion", sign(t, "ES256", key, "JWT", assertion), published(t), inspect.Expect{Issuer: client, Audience: issuer}, "client_assertion.", true},
		{"an assertion by the secret", sign(t, "HS256", []byte(shared), "JWT", assertion), inspect.Keys{Secret: shared}, inspect.Expect{Issuer: client}, "client_assertion.", true},
		{"an assertion of another", sign(t, "ES256", key, "JWT", assertion), published(t), inspect.Expect{Issuer: "another"}, "client_assertion.", false},
		{"a response", sign(t, "ES256", key, "JWT", response), published(t), inspect.Expect{Issuer: issuer, Audience: client, State: "s-1"}, "jarm.", true},
		{"a response to nobody in particular", sign(t, "ES256", key, "JWT", response), published(t), inspect.Expect{}, "jarm.", true},
		{"a response to another request", sign(t, "ES256", key, "JWT", response), published(t), inspect.Expect{State: "s-2"}, "jarm.", false},
	} {
		test.want.Now = now
		d := inspect.Read([]byte(test.text))
		report := inspect.Verify(d, test.keys, test.want)
		if got := inspect.Judge(d, report); (got == inspect.Good) != test.good || (got == inspect.BadClaims) == test.good {
			t.Errorf("%s: %s %v", test.name, got, report)
		}
		for _, res := range report {
			if !strings.HasPrefix(res.ID, test.prefix) {
				t.Errorf("%s: %s is a check of another kind", test.name, res.ID)
			}
		}
	}
}

func TestAShortSecretVerifiesWithAWarning(t *testing.T) {
	// RFC 7518, 3.2 leaves it to the verifier, and libraries sign with such keys.
	text := sign(t, "HS256", []byte(shared), "JWT", claimsOf(nil))
	report := inspect.Verify(inspect.Read([]byte(text)), inspect.Keys{Secret: "short"}, inspect.Expect{Now: now})
	if res, ok := report.Find("jws.secret"); !ok || res.Verdict != check.Warn || res.Got != "40" || res.Want != "256" {
		t.Errorf("%+v", res)
	}
}

func TestDecryptReadsWhatIsInside(t *testing.T) {
	e, err := gojose.NewEncrypter(gojose.A256GCM, gojose.Recipient{Algorithm: gojose.DIRECT, Key: []byte(shared)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	object, err := e.Encrypt([]byte(sign(t, "ES256", key, "JWT", claimsOf(map[string]any{"nonce": "n"}))))
	if err != nil {
		t.Fatal(err)
	}
	d := inspect.Read([]byte(object.FullSerialize()))
	inner, outcome := inspect.Decrypt(d, inspect.Keys{Secret: shared})
	if d.Kind != inspect.JWEJSON || inner.Kind != inspect.IDToken || inner.Where != "plaintext" {
		t.Errorf("%s, %s: %s", d.Kind, inner.Kind, outcome.Reason)
	}
	if inspect.Judge(d, nil) != inspect.Undecrypted {
		t.Error("a JWE has another verdict")
	}
}

// What nobody expects is not compared, and no row says that it was.
func TestWhatIsNotExpectedIsNotCompared(t *testing.T) {
	for _, typ := range []string{"JWT", "at+jwt", "logout+jwt"} {
		more := map[string]any{"nonce": "n", "client_id": "c"}
		if typ == "logout+jwt" {
			more = map[string]any{"events": map[string]any{check.BackChannelLogout: map[string]any{}}}
		}
		d := inspect.Read([]byte(sign(t, "ES256", key, typ, claimsOf(more))))
		report := inspect.Verify(d, published(t), inspect.Expect{Now: now})
		if got := inspect.Judge(d, report); got != inspect.Good {
			t.Errorf("%s: %s %v", typ, got, report)
		}
		for _, res := range report {
			if strings.HasSuffix(res.ID, ".iss") || strings.HasSuffix(res.ID, ".aud") || strings.HasSuffix(res.ID, ".nonce") && d.Kind != inspect.LogoutToken {
				t.Errorf("%s: %s was not asked for", typ, res.ID)
			}
		}
	}
}
