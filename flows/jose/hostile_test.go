package jose

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"

	gojose "github.com/go-jose/go-jose/v4"
	josecipher "github.com/go-jose/go-jose/v4/cipher"
)

// The classes of hostile input that the public vectors of JSON web cryptography
// have, made here: each is refused, for its own reason.

func TestModifiedPaddingAndSignatures(t *testing.T) {
	raw := sign(t, "RS256", rsaKey, nil, `{"sub":"a"}`)
	set := keySet(t, jwk(t, rsaKey.Public(), nil))
	parts := strings.Split(raw, ".")
	if v := set.Verify(Decode(raw), nil); !v.OK() {
		t.Fatal(v.Reason)
	}
	for i := range parts {
		for _, change := range []func(string) string{
			func(s string) string { return s + "=" },
			func(s string) string { return s + "==" },
			func(s string) string { return s[:4] + "\n" + s[4:] },
			func(s string) string { return s[:4] + " " + s[4:] },
			func(s string) string { return s[:4] + "+" + s[5:] },
			func(s string) string { return s[:4] + "?" + s[4:] },
		} {
			changed := append([]string{}, parts...)
			changed[i] = change(parts[i])
			if v := set.Verify(Decode(strings.Join(changed, ".")), nil); v.OK() {
				t.Errorf("part %d as %.12q is verified", i, changed[i])
			}
		}
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string][]byte{
		"empty": {}, "cut": signature[:len(signature)-1], "longer": append(append([]byte{}, signature...), 0),
		"zero": make([]byte, len(signature)), "one": append(make([]byte, len(signature)-1), 1),
	} {
		if v := set.Verify(Decode(parts[0]+"."+parts[1]+"."+base64.RawURLEncoding.EncodeToString(s)), nil); v.Reason != BadSignature {
			t.Errorf("%s: %s", name, v.Reason)
		}
	}
}

func TestNoneInEverySpelling(t *testing.T) {
	for bits := range 16 {
		alg := []byte("none")
		for i := range alg {
			if bits&(1<<i) != 0 {
				alg[i] -= 'a' - 'A'
			}
		}
		for _, signature := range []string{"", "s"} {
			token := Decode(compact(`{"alg":"`+string(alg)+`"}`, `{}`, signature))
			if v := keySet(t, keyA3).Verify(token, nil); v.Reason != AlgNone {
				t.Errorf("%s: %s", alg, v.Reason)
			}
			if v := VerifySecret(token, []byte("s")); v.Reason != AlgNone {
				t.Errorf("%s with a secret: %s", alg, v.Reason)
			}
		}
	}
}

func TestConfusedKeys(t *testing.T) {
	der, err := x509.MarshalPKIXPublicKey(rsaKey.Public())
	if err != nil {
		t.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	forged := Decode(sign(t, "HS256", public, nil, `{}`))
	if v := VerifySecret(forged, public); v.Reason != SecretIsKey {
		t.Errorf("the PEM as a secret: %s", v.Reason)
	}
	if v := VerifySecret(forged, []byte(jwk(t, rsaKey.Public(), nil))); v.Reason != SecretIsKey {
		t.Errorf("the JWK as a secret: %s", v.Reason)
	}
	set, err := ParseKeys(public)
	if err != nil {
		t.Fatal(err)
	}
	if v := set.Verify(forged, nil); v.Reason != AlgSymmetric {
		t.Errorf("the public key: %s", v.Reason)
	}
	good := Decode(sign(t, "RS256", rsaKey, nil, `{}`))
	if v := set.Verify(good, nil); !v.OK() {
		t.Errorf("a good token by PEM: %s", v.Reason)
	}
	if v := VerifySecret(good, []byte("secret")); v.Reason != AlgAsymmetric {
		t.Errorf("a secret for RS256: %s", v.Reason)
	}
	short := []byte("short")
	if bits, weak := WeakSecret(Header{Alg: "HS256"}, short); !weak || bits != 40 {
		t.Errorf("%d bits, weak %v", bits, weak)
	}
	if _, weak := WeakSecret(Header{Alg: "HS256"}, []byte(keyA1)); weak {
		t.Error("the key of RFC 7515, A.1 is weak")
	}
	if v := VerifySecret(forged, []byte(`{"kty":"oct","k":"AAAA","use":"enc"}`)); v.Reason != KeyUnusable {
		t.Errorf("a key for encryption: %s", v.Reason)
	}
	if v := VerifySecret(forged, []byte(`{"keys":[`+jwk(t, rsaKey.Public(), nil)+`]}`)); v.Reason != SecretIsKey {
		t.Errorf("a set of public keys: %s", v.Reason)
	}
	if v := VerifySecret(forged, nil); v.Reason != NoKey {
		t.Errorf("no secret: %s", v.Reason)
	}
	// An attacker's key in the header is not looked at.
	embedded := Decode(sign(t, "ES256", p256, map[string]any{"jwk": gojose.JSONWebKey{Key: p256.Public()}}, `{}`))
	if v := set.Verify(embedded, nil); v.Reason != NoKey {
		t.Errorf("a key from the header: %s", v.Reason)
	}
}

func TestWeakKeys(t *testing.T) {
	token := Decode(sign(t, "RS256", rsaKey, map[string]any{"kid": "k"}, `{}`))
	for name, test := range map[string]struct {
		key     string
		problem string
	}{
		"short":          {jwk(t, &rsa.PublicKey{N: new(big.Int).Rsh(rsaKey.N, 1024), E: 65537}, nil), KeyTooSmall},
		"exponent one":   {jwk(t, rsaKey.Public(), map[string]any{"e": "AQ"}), KeyWeakExponent},
		"invalid point":  {`{"kty":"EC","crv":"P-256","x":"` + strings.Repeat("A", 42) + `E","y":"` + strings.Repeat("A", 42) + `E"}`, KeyNotOnCurve},
		"for encryption": {jwk(t, rsaKey.Public(), map[string]any{"use": "enc"}), KeyNotForVerify},
		"for signing":    {jwk(t, rsaKey.Public(), map[string]any{"key_ops": []string{"encrypt"}}), KeyNotForVerify},
	} {
		set := keySet(t, test.key)
		if got := set.Keys[0]; got.Usable || got.Problem != test.problem {
			t.Errorf("%s: %q", name, got.Problem)
		}
		if v := set.Verify(token, nil); v.OK() {
			t.Errorf("%s is verified", name)
		}
	}
	wrong := keySet(t, jwk(t, rsaKey.Public(), map[string]any{"kid": "k", "alg": "PS256"}))
	if v := wrong.Verify(token, nil); v.Reason != KeyUnusable {
		t.Errorf("a key for another algorithm: %s", v.Reason)
	}
	// Two keys of one name: the one that fits is found, whatever the order.
	twice := keySet(t, jwk(t, p256.Public(), map[string]any{"kid": "k"}), jwk(t, rsaKey.Public(), map[string]any{"kid": "k"}))
	if v := twice.Verify(token, nil); !v.OK() || v.Key.Kty != "RSA" {
		t.Errorf("two keys of one name: %s", v.Reason)
	}
}

func TestJSONSerializationRefuses(t *testing.T) {
	set := keySet(t, jwk(t, p256.Public(), nil))
	parts := strings.Split(sign(t, "ES256", p256, nil, "x"), ".")
	body := `"payload":"` + parts[1] + `","protected":"` + parts[0] + `","signature":"` + parts[2] + `"`
	for name, text := range map[string]string{
		"a header that overlaps":  `{` + body + `,"header":{"alg":"ES256"}}`,
		"crit without protection": `{` + body + `,"header":{"crit":["b64"],"b64":false}}`,
		"both forms":              `{` + body + `,"signatures":[{"protected":"` + parts[0] + `","signature":"` + parts[2] + `"}]}`,
		"a member twice":          `{` + body + `,"payload":"` + parts[1] + `"}`,
		"another payload":         `{"payload":"AAAA","protected":"` + parts[0] + `","signature":"` + parts[2] + `"}`,
	} {
		tokens, err := DecodeJSON([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, token := range tokens {
			if v := set.Verify(token, nil); v.OK() {
				t.Errorf("%s is verified", name)
			}
		}
	}
	for _, text := range []string{"", "{}", `{"payload":1}`, `{"payload":"","signatures":[]}`, `{"payload":"","signatures":[1]}`} {
		if _, err := DecodeJSON([]byte(text)); err == nil {
			t.Errorf("%q is taken for a JWS", text)
		}
	}
	many := `{"payload":"","signatures":[` + strings.Repeat("{},", maxSignatures) + `{}]}`
	if _, err := DecodeJSON([]byte(many)); err != ErrTooManySignatures {
		t.Error(err)
	}
}

func encryptWith(t *testing.T, alg gojose.KeyAlgorithm, key any, opts *gojose.EncrypterOptions, plain string) string {
	t.Helper()
	e, err := gojose.NewEncrypter(gojose.A256GCM, gojose.Recipient{Algorithm: alg, Key: key}, opts)
	if err != nil {
		t.Fatal(err)
	}
	object, err := e.Encrypt([]byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := object.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestDecryptOpensAndRefuses(t *testing.T) {
	der, err := x509.MarshalPKCS8PrivateKey(rsaKey)
	if err != nil {
		t.Fatal(err)
	}
	private := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	public := []byte(jwk(t, rsaKey.Public(), nil))
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		t.Fatal(err)
	}
	oaep := encryptWith(t, gojose.RSA_OAEP, rsaKey.Public(), nil, "hello")
	direct := encryptWith(t, gojose.DIRECT, secret, nil, "hello")
	bomb := encryptWith(t, gojose.DIRECT, secret, &gojose.EncrypterOptions{Compression: gojose.DEFLATE}, strings.Repeat("0", 20<<20))
	zipped := encryptWith(t, gojose.DIRECT, secret, &gojose.EncrypterOptions{Compression: gojose.DEFLATE}, "hello")
	turns := b64(`{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAA","p2c":2000000000}`) + ".AA.AA.AA.AA"
	once := b64(`{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAAAAAAAAAAAAAAAAAAAA","p2c":600000}`) + ".AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AA.AA.AA"
	for _, test := range []struct {
		name, text string
		key        []byte
		want       string
	}{
		{"RSA-OAEP", oaep, private, Decrypted},
		{"dir", direct, secret, Decrypted},
		{"zip", zipped, secret, Decrypted},
		{"a bomb", bomb, secret, TooLarge},
		{"RSA1_5", b64(`{"alg":"RSA1_5","enc":"A128GCM"}`) + ".AA.AA.AA.AA", private, RSA15},
		{"a public key", oaep, public, KeyPublic},
		{"no key", oaep, nil, NoKey},
		{"another secret", direct, make([]byte, 32), CannotOpen},
		{"altered", direct[:len(direct)-4] + "AAAA", secret, CannotOpen},
		{"an unknown alg", b64(`{"alg":"XX","enc":"A128GCM"}`) + ".AA.AA.AA.AA", secret, AlgUnknown},
		{"critical", b64(`{"alg":"dir","enc":"A128GCM","crit":["x"]}`) + ".AA.AA.AA.AA", secret, CritUnknown},
		{"many turns", turns, []byte("password"), TooManyTurns},
		{"turns for many keys", once, []byte(`{"keys":[{"kty":"oct","k":"AA"},{"kty":"oct","k":"AQ"}]}`), TooManyTurns},
		{"no JWE", "opaque", secret, NotJWE},
		{"a set of private keys", oaep, []byte(`{"keys":[1,` + string(public) + `,` + jwk(t, rsaKey, nil) + `]}`), Decrypted},
		{"a set of public keys", oaep, []byte(`{"keys":[` + string(public) + `]}`), KeyPublic},
		{"an empty set", oaep, []byte(`{"keys":[]}`), KeyUnusable},
		{"a broken JWK", oaep, []byte(`{"kty":"RSA","d":"AA"}`), KeyUnusable},
		{"a secret that looks like JSON", direct, []byte(`{"kty`), CannotOpen},
		{"broken PEM", oaep, []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"), KeyUnusable},
	} {
		d := Decrypt(test.text, test.key, false)
		if d.Reason != test.want || (string(d.Plain) == "hello") != (test.want == Decrypted) {
			t.Errorf("%s: %s, want %s", test.name, d.Reason, test.want)
		}
	}
}

// wrapped encrypts to a key on X25519, by the agreement that the receiver computes
// too, which here is the sender's.
func wrapped(t *testing.T, alg string, to *ecdh.PublicKey, plain string) string {
	t.Helper()
	mine, err := ecdh.X25519().NewPrivateKey(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	secret, err := mine.ECDH(to)
	if err != nil {
		t.Fatal(err)
	}
	header := `{"alg":"` + alg + `","enc":"A256GCM","apu":"QQ","epk":{"kty":"OKP","crv":"X25519","x":"` + encode(mine.PublicKey().Bytes()) + `"}}`
	bits := map[string]byte{"ECDH-ES+A128KW": 128, "ECDH-ES+A192KW": 192, "ECDH-ES+A256KW": 0}[alg]
	high := byte(0)
	if bits == 0 {
		high = 1 // 256
	}
	// RFC 7518, 4.6.2, written out: one round of SHA-256 is enough for each.
	sum := sha256.New()
	for _, part := range [][]byte{{0, 0, 0, 1}, secret, {0, 0, 0, byte(len(alg))}, []byte(alg), {0, 0, 0, 1}, []byte("A"), {0, 0, 0, 0}, {0, 0, high, bits}} {
		_, _ = sum.Write(part)
	}
	size := map[string]int{"ECDH-ES+A128KW": 16, "ECDH-ES+A192KW": 24, "ECDH-ES+A256KW": 32}[alg]
	block, err := aes.NewCipher(sum.Sum(nil)[:size])
	if err != nil {
		t.Fatal(err)
	}
	content := bytes.Repeat([]byte{5}, 32)
	key, err := josecipher.KeyWrap(block, content)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := aes.NewCipher(content)
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(inner)
	if err != nil {
		t.Fatal(err)
	}
	iv := make([]byte, gcm.NonceSize())
	sealed := gcm.Seal(nil, iv, []byte(plain), []byte(b64(header)))
	return strings.Join([]string{b64(header), encode(key), encode(iv), encode(sealed[:len(sealed)-16]), encode(sealed[len(sealed)-16:])}, ".")
}
