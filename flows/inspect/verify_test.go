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
	inner, reason := inspect.Decrypt(d, inspect.Keys{Secret: shared})
	if d.Kind != inspect.JWEJSON || inner.Kind != inspect.IDToken || inner.Where != "plaintext" {
		t.Errorf("%s, %s: %s", d.Kind, inner.Kind, reason)
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
