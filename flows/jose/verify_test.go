package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/big"
	"strings"
	"testing"
	"time"

	gojose "github.com/go-jose/go-jose/v4"
)

// keys of one process: making an RSA key takes long enough to do it once.
var (
	rsaKey, _   = rsa.GenerateKey(rand.Reader, 2048)
	p256, _     = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	p384, _     = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	p521, _     = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	_, edKey, _ = ed25519.GenerateKey(rand.Reader)
)

func signerFor(alg string) crypto.Signer {
	switch alg {
	case "ES256":
		return p256
	case "ES384":
		return p384
	case "ES512":
		return p521
	case "EdDSA", "Ed25519":
		return edKey
	}
	return rsaKey
}

// jwk is a public key as a provider publishes it, with members changed.
func jwk(t testing.TB, pub crypto.PublicKey, change map[string]any) string {
	t.Helper()
	b, err := json.Marshal(gojose.JSONWebKey{Key: pub})
	if err != nil {
		t.Fatal(err)
	}
	members := map[string]any{}
	if err := json.Unmarshal(b, &members); err != nil {
		t.Fatal(err)
	}
	maps.Copy(members, change)
	maps.DeleteFunc(members, func(_ string, v any) bool { return v == nil })
	if b, err = json.Marshal(members); err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sign makes a token with go-jose, which shares no code with this package.
func sign(t testing.TB, alg string, key any, header map[string]any, payload string) string {
	t.Helper()
	opts := &gojose.SignerOptions{}
	for k, v := range header {
		opts.WithHeader(gojose.HeaderKey(k), v)
	}
	s, err := gojose.NewSigner(gojose.SigningKey{Algorithm: gojose.SignatureAlgorithm(alg), Key: key}, opts)
	if err != nil {
		t.Fatal(err)
	}
	object, err := s.Sign([]byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := object.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestEveryAlgorithmVerifiesAndRefusesAnotherKeyAndAnotherPayload(t *testing.T) {
	for _, alg := range Algorithms() {
		if alg == "Ed25519" {
			continue // go-jose does not sign by that name; see TestEd25519ByItsNewName
		}
		t.Run(alg, func(t *testing.T) {
			key := signerFor(alg)
			raw := sign(t, alg, key, map[string]any{"kid": "k1"}, `{"sub":"a"}`)
			set := keySet(t, jwk(t, key.Public(), map[string]any{"kid": "k1", "alg": alg, "use": "sig"}))
			got := set.Verify(Decode(raw), []string{alg})
			if !got.OK() || got.Key == nil || got.Key.KID != "k1" || got.KID != "k1" || got.Alg != alg {
				t.Fatalf("%+v", got)
			}
			parts := strings.Split(raw, ".")
			altered := parts[0] + "." + b64(`{"sub":"b"}`) + "." + parts[2]
			if got := set.Verify(Decode(altered), nil); got.Reason != BadSignature {
				t.Errorf("an altered payload: %s", got.Reason)
			}
			if got := set.Verify(Decode(parts[0]+"."+parts[1]+"."), nil); got.Reason != BadSignature {
				t.Errorf("an empty signature: %s", got.Reason)
			}
			if got := set.Verify(Decode(raw), []string{"XX"}); got.Reason != AlgNotAllowed {
				t.Errorf("not allowed: %s", got.Reason)
			}
		})
	}
}

// RFC 9864 gives Ed25519 a name of its own, and deprecates EdDSA.
func TestEd25519ByItsNewName(t *testing.T) {
	input := b64(`{"alg":"Ed25519"}`) + "." + b64(`{"sub":"a"}`)
	raw := input + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(edKey, []byte(input)))
	for _, alg := range []any{nil, "EdDSA", "Ed25519"} {
		set := keySet(t, jwk(t, edKey.Public(), map[string]any{"alg": alg}))
		if got := set.Verify(Decode(raw), nil); !got.OK() {
			t.Errorf("a key for %v: %s", alg, got.Reason)
		}
	}
}

// An all-zero ECDSA signature once passed as valid in a widely used library.
func TestZeroECDSASignature(t *testing.T) {
	raw := b64(`{"alg":"ES256"}`) + "." + b64(`{}`) + "." + base64.RawURLEncoding.EncodeToString(make([]byte, 64))
	set := keySet(t, jwk(t, p256.Public(), nil))
	if got := set.Verify(Decode(raw), nil); got.Reason != BadSignature {
		t.Error(got.Reason)
	}
}

func TestVerifyRefuses(t *testing.T) {
	good := sign(t, "ES384", p384, map[string]any{"kid": "k1"}, `{"sub":"a"}`)
	public := jwk(t, p384.Public(), map[string]any{"kid": "k1"})
	parts := strings.Split(good, ".")
	publicBytes, err := x509.MarshalPKIXPublicKey(rsaKey.Public())
	if err != nil {
		t.Fatal(err)
	}
	attacker := jwk(t, p256.Public(), nil)
	var attackerKey map[string]any
	if err := json.Unmarshal([]byte(attacker), &attackerKey); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, token, reason string
		keys                []string
	}{
		{"opaque", "opaque", NotJWS, []string{public}},
		{"encrypted", strings.Join([]string{b64(`{"alg":"RSA-OAEP","enc":"A256GCM"}`), "aa", "aa", "aa", "aa"}, "."), NotJWS, []string{public}},
		{"none", compact(`{"alg":"none"}`, `{}`, ""), AlgNone, []string{public}},
		{"none in disguise", compact(`{"alg":"nOnE"}`, `{}`, ""), AlgNone, []string{public}},
		{"no alg", compact(`{"kid":"k1"}`, `{}`, "s"), AlgUnknown, []string{public}},
		{"an unknown alg", compact(`{"alg":"ES256K"}`, `{}`, "s"), AlgUnknown, []string{public}},
		{"the public key as a shared secret", sign(t, "HS256", publicBytes, nil, `{}`), AlgSymmetric, []string{jwk(t, rsaKey.Public(), nil)}},
		{"an unknown critical extension", sign(t, "ES384", p384, map[string]any{"crit": []string{"exp"}, "exp": 1}, `{}`), CritUnknown, []string{public}},
		{"a critical extension that nobody needs", compact(`{"alg":"ES384","crit":null}`, `{}`, "s"), CritUnknown, []string{public}},
		{"padding", parts[0] + "." + parts[1] + "." + parts[2] + "==", Malformed, []string{public}},
		{"a line break", good[:len(good)-4] + "\n" + good[len(good)-4:], Malformed, []string{public}},
		{"space around", good + " ", Malformed, []string{public}},
		{"two algs", compact(`{"alg":"ES384","alg":"ES384"}`, `{}`, "s"), Malformed, []string{public}},
		{"no keys", good, NoKey, nil},
		{"an unknown kid", good, UnknownKID, []string{jwk(t, p384.Public(), map[string]any{"kid": "k2"})}},
		{"a key without a kid is not the one named", good, UnknownKID, []string{jwk(t, p384.Public(), nil)}},
		{"the kid of an encryption key", good, KeyUnusable, []string{jwk(t, p384.Public(), map[string]any{"kid": "k1", "use": "enc"})}},
		{"the kid of a key of another type", good, KeyUnusable, []string{jwk(t, rsaKey.Public(), map[string]any{"kid": "k1"})}},
		{"the kid of a key for another alg", good, KeyUnusable, []string{jwk(t, p384.Public(), map[string]any{"kid": "k1", "alg": "ES512"})}},
		{"the kid of another curve", good, KeyUnusable, []string{jwk(t, p256.Public(), map[string]any{"kid": "k1"})}},
		{"another key of the same name", good, BadSignature, []string{jwk(t, freshP384(t).Public(), map[string]any{"kid": "k1"})}},
		{"no kid and no key that fits", sign(t, "ES256", p256, nil, `{}`), NoKey, []string{public}},
		{"a key that the header brings", sign(t, "ES256", p256, map[string]any{"jwk": attackerKey}, `{}`), NoKey, []string{public}},
		{"a key set that the header points to", sign(t, "ES256", p256, map[string]any{"jku": "https://evil.example/jwks", "x5u": "https://evil.example/c"}, `{}`), NoKey, []string{public}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := keySet(t, test.keys...).Verify(Decode(test.token), nil)
			if got.Reason != test.reason || got.OK() || got.Key != nil {
				t.Errorf("got %+v, want %s", got, test.reason)
			}
		})
	}
}

func TestEveryMatchingKeyIsTried(t *testing.T) {
	raw := sign(t, "ES384", p384, nil, `{"sub":"a"}`)
	wrong := jwk(t, freshP384(t).Public(), map[string]any{"kid": "a"})
	right := jwk(t, p384.Public(), map[string]any{"kid": "b"})
	got := keySet(t, jwk(t, rsaKey.Public(), nil), wrong, right).Verify(Decode(raw), nil)
	if !got.OK() || got.Key.KID != "b" || len(got.Tried) != 2 {
		t.Errorf("without a kid: %+v", got)
	}
	if c := keySet(t, wrong, right).Candidates(Decode(raw)); len(c) != 2 || c[0].KID != "a" {
		t.Errorf("candidates: %+v", c)
	}
	if c := keySet(t, wrong, right).Candidates(Decode(rfc7515A5)); c != nil {
		t.Errorf("candidates of an unsigned token: %+v", c)
	}
	// Two keys may bear one name (RFC 7517, 4.5: "SHOULD use distinct").
	raw = sign(t, "ES384", p384, map[string]any{"kid": "a"}, `{"sub":"a"}`)
	got = keySet(t, wrong, jwk(t, p384.Public(), map[string]any{"kid": "a"})).Verify(Decode(raw), nil)
	if !got.OK() || len(got.Tried) != 2 {
		t.Errorf("two keys of one name: %+v", got)
	}
}

func TestHalfHash(t *testing.T) {
	// The access token and at_hash of OIDC Core A.3 (RS256).
	const token, want = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "77QmUPtjPfzWtF2AnpK9RQ"
	if got, ok := HalfHash("RS256", token); !ok || got != want {
		t.Errorf("got %s", got)
	}
	lengths := map[string]int{"ES384": 24, "EdDSA": 32, "PS512": 32, "ES256": 16}
	for alg, n := range lengths {
		got, ok := HalfHash(alg, token)
		if b, err := base64.RawURLEncoding.DecodeString(got); !ok || err != nil || len(b) != n {
			t.Errorf("%s: %d bytes", alg, len(b))
		}
	}
	if _, ok := HalfHash("HS256", token); ok {
		t.Error("HS256 is not ours")
	}
}

func freshP384(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// certificate is a self-signed one, as in x5c.
func certificate(t testing.TB, key crypto.Signer) string {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}
