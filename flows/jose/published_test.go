package jose

import (
	"bytes"
	"crypto/ecdh"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// example is a signed or an encrypted object that an RFC prints, in each
// serialization that it prints.
type example struct {
	Section string            `json:"section"`
	Keys    []string          `json:"keys"` // names in published.Keys, one for each signature or recipient
	Payload string            `json:"payload"`
	Plain   string            `json:"plain"`
	Texts   []json.RawMessage `json:"texts"`
}

// published are the examples of RFC 7516, 7517, 7519, 7520 and 8037, as printed
// there. Those of RFC 7515 are in known_answers_test.go.
type published struct {
	Keys        map[string]json.RawMessage `json:"keys"`
	Signatures  []example                  `json:"signatures"`
	Encryptions []example                  `json:"encryptions"`
}

func readPublished(t testing.TB) published {
	t.Helper()
	b, err := os.ReadFile("testdata/published.json")
	if err != nil {
		t.Fatal(err)
	}
	var p published
	if err := json.Unmarshal(b, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// text is what stands in quotes, or the JSON as it is.
func text(t testing.TB, raw json.RawMessage) string {
	t.Helper()
	var s string
	if raw[0] == '"' {
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	return string(raw)
}

// public is what the owner of a key publishes.
func public(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var key map[string]any
	if err := json.Unmarshal(raw, &key); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"d", "p", "q", "dp", "dq", "qi"} {
		delete(key, name)
	}
	b, err := json.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// tokens reads a compact or a JSON serialization.
func tokens(t *testing.T, s string) []Token {
	t.Helper()
	if !strings.HasPrefix(s, "{") {
		return []Token{Decode(s)}
	}
	out, err := DecodeJSON([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// RFC 7520, 4.1 to 4.8, and the inner token of 6.
func TestPublishedSignaturesInEveryForm(t *testing.T) {
	p := readPublished(t)
	for _, e := range p.Signatures {
		for _, raw := range e.Texts {
			got := tokens(t, text(t, raw))
			if len(got) != len(e.Keys) {
				t.Fatalf("%s: %d signatures", e.Section, len(got))
			}
			for i, token := range got {
				t.Run(e.Section, func(t *testing.T) { verifyPublished(t, token, p.Keys[e.Keys[i]], e.Payload) })
			}
		}
	}
}

// verifyPublished verifies with the one key, and with no other.
func verifyPublished(t *testing.T, token Token, key json.RawMessage, payload string) {
	if len(token.Problems) > 0 {
		t.Errorf("problems: %v", token.Problems)
	}
	verify := func(token Token) Verification { return keySet(t, public(t, key)).Verify(token, nil) }
	if AlgClass(token.Header.Alg) == "symmetric" {
		verify = func(token Token) Verification { return VerifySecret(token, key) }
	}
	want := Verified
	if len(token.Payload) == 0 { // 4.5: the content is elsewhere, and put back it verifies
		if v := verify(token); v.Reason != Detached {
			t.Errorf("without its payload: %s", v.Reason)
		}
		token = Decode(token.Segments[0].Text + "." + b64(payload) + "." + token.Segments[2].Text)
	}
	if v := verify(token); v.Reason != want || string(token.Payload) != payload {
		t.Errorf("%s over %.40q", v.Reason, token.Payload)
	}
	token.Signature = slices.Clone(token.Signature)
	token.Signature[len(token.Signature)-1] ^= 1
	if v := verify(token); v.Reason != BadSignature {
		t.Errorf("an altered signature: %s", v.Reason)
	}
}

// RFC 7516, A.1 to A.5; RFC 7519, A.1 and A.2; RFC 7517, C; RFC 7520, 5.1 to 5.13 and
// the outer object of 6; and an object for the key of RFC 8037, A.6.
func TestPublishedEncryptions(t *testing.T) {
	p := readPublished(t)
	for _, e := range p.Encryptions {
		for _, raw := range e.Texts {
			for i, name := range e.Keys {
				t.Run(e.Section, func(t *testing.T) {
					decryptPublished(t, text(t, raw), text(t, p.Keys[name]), e.Plain, i)
				})
			}
		}
	}
}

func decryptPublished(t *testing.T, object, key, plain string, recipient int) {
	rsa15 := recipientsOf(object)[recipient].header.Alg == "RSA1_5"
	if d := Decrypt(object, []byte(key), rsa15); d.Reason != Decrypted || string(d.Plain) != plain {
		t.Errorf("%s %s: %s %.40q", d.Alg, d.Enc, d.Reason, d.Plain)
	}
	if d := Decrypt(object, []byte(key), false); rsa15 && d.Reason == Decrypted {
		t.Errorf("%s was opened without being asked for", d.Alg)
	}
	for _, other := range []string{`{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAA"}`, "another"} {
		if d := Decrypt(object, []byte(other), true); d.Reason == Decrypted || d.Plain != nil {
			t.Errorf("%s was opened with another key", d.Alg)
		}
	}
	at := strings.LastIndex(object, `"ciphertext"`) // of a JSON form; of the compact one its last part but one
	altered := []byte(object)
	if at = max(at+len(`"ciphertext": "`), strings.LastIndex(object, ".")-3); altered[at] == 'A' {
		altered[at] = 'B'
	} else {
		altered[at] = 'A'
	}
	if d := Decrypt(string(altered), []byte(key), rsa15); d.Reason == Decrypted {
		t.Error("an altered text was opened")
	}
}

// RFC 7515, A.6 and A.7.
func TestPublishedJSONSerializations(t *testing.T) {
	signatures := func(token string) string { return token[strings.LastIndex(token, ".")+1:] }
	es := `{"protected":"eyJhbGciOiJFUzI1NiJ9","header":{"kid":"e9bc097a-ce51-4036-9562-d2ade882db0d"},"signature":"` + signatures(rfc7515A3) + `"`
	rs := `{"protected":"eyJhbGciOiJSUzI1NiJ9","header":{"kid":"2010-12-29"},"signature":"` + signatures(rfc7515A2) + `"}`
	set := keySet(t,
		strings.Replace(keyA2, "{", `{"kid":"2010-12-29",`, 1),
		strings.Replace(keyA3, "{", `{"kid":"e9bc097a-ce51-4036-9562-d2ade882db0d",`, 1))
	for name, text := range map[string]string{
		"RFC 7515 A.6": `{"payload":"` + joe + `","signatures":[` + rs + `,` + es + `}]}`,
		"RFC 7515 A.7": es + `,"payload":"` + joe + `"}`,
	} {
		for _, token := range tokens(t, text) {
			if v := set.Verify(token, nil); !v.OK() || v.KID == "" || len(token.Problems) > 0 {
				t.Errorf("%s: %s, %v", name, v.Reason, token.Problems)
			}
		}
	}
}

func TestPublishedSecrets(t *testing.T) {
	const rfc7797 = "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19"
	// RFC 7517, A.3: the first key of the set is for something else.
	set := `{"keys":[{"kty":"oct","alg":"A128KW","k":"GawgguFyGrWKav7AX4VKUg"},` + keyA1 + `]}`
	for _, test := range []struct{ name, text, key string }{
		{"RFC 7515 A.1, RFC 7519 3.1", rfc7515A1, keyA1},
		{"RFC 7517 A.3", rfc7515A1, set},
		{"RFC 7797 4.2", `{"protected":"` + rfc7797 + `","payload":"$.02","signature":"A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY"}`, keyA1},
	} {
		token := tokens(t, test.text)[0]
		if v := VerifySecret(token, []byte(test.key)); !v.OK() || len(token.Problems) > 0 {
			t.Errorf("%s: %s, %v", test.name, v.Reason, token.Problems)
		}
		if v := VerifySecret(token, []byte("another")); v.Reason != BadSignature {
			t.Errorf("%s with another secret: %s", test.name, v.Reason)
		}
	}
}

// RFC 7517, A.1 and A.2: the public keys serve, the private ones are refused. B: the
// key and its certificate agree.
func TestPublishedKeys(t *testing.T) {
	const ec = `{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","kid":"1"`
	p := readPublished(t)
	certified := string(p.Keys["RFC 7517 B"])
	set := keySet(t, ec+`,"use":"enc"}`, key7638, certified)
	if got := set.Keys[0]; got.Problem != KeyNotForVerify || got.Public() == nil {
		t.Errorf("A.1: %s", got.Problem)
	}
	for _, key := range set.Keys[1:] {
		if !key.Usable {
			t.Errorf("%s: %s", key.KID, key.Problem)
		}
	}
	another := strings.Replace(certified, `"n": "vrjO`, `"n": "vrjP`, 1)
	if got := keySet(t, another).Keys[0]; got.Problem != KeyCertMismatch {
		t.Errorf("B with another key: %q", got.Problem)
	}
	if _, err := ParseKeys([]byte(ec + `,"d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}`)); err != ErrKeysPrivate {
		t.Errorf("A.2: %v", err)
	}
	for name, want := range map[string]error{"RFC 7520 3.2": ErrKeysPrivate, "RFC 7520 3.4": ErrKeysPrivate, "RFC 7520 3.5": ErrKeysSymmetric, "RFC 7520 3.6": ErrKeysSymmetric} {
		if _, err := ParseKeys(p.Keys[name]); err != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"RFC 7520 3.1", "RFC 7520 3.3"} {
		if keys, err := ParseKeys(p.Keys[name]); err != nil || !keys.Keys[0].Usable {
			t.Errorf("%s: %v %+v", name, err, keys)
		}
	}
}

// RFC 8037, A.1 and A.2: the private key, and the public one that belongs to it. A.3
// is in TestPublishedThumbprints, A.4 and A.5 in TestPublishedSignatures.
func TestPublishedEdwardsKeys(t *testing.T) {
	private := strings.Replace(keyEd, "{", `{"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",`, 1)
	if _, err := ParseKeys([]byte(private)); err != ErrKeysPrivate {
		t.Errorf("A.1: %v", err)
	}
	keys, err := ParseKeys([]byte(public(t, json.RawMessage(private))))
	if err != nil || !keys.Keys[0].Usable {
		t.Fatalf("A.2: %v", err)
	}
	if v := keys.Verify(Decode(rfc8037A4), nil); !v.OK() {
		t.Errorf("A.5: %s", v.Reason)
	}
}

// RFC 8037, A.6: both sides agree on the same secret. A.7 has the same on X448, which
// is not implemented and is said to be unknown.
func TestPublishedAgreement(t *testing.T) {
	key, err := ParseObject(readPublished(t).Keys["RFC 8037 A.6"])
	if err != nil {
		t.Fatal(err)
	}
	private, reason := agreementKey(key)
	if reason != "" {
		t.Fatal(reason)
	}
	header, err := ParseObject([]byte(`{"alg":"ECDH-ES+A128KW","epk":{"kty":"OKP","crv":"X25519","x":"hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo"},"enc":"A128GCM","kid":"Bob"}`))
	if err != nil {
		t.Fatal(err)
	}
	secret, err := agreement{private, Header{Object: header}}.secret()
	want, _ := hex.DecodeString("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
	if err != nil || !bytes.Equal(secret, want) {
		t.Errorf("A.6: %x, %v", secret, err)
	}
	const x448 = `"kty":"OKP","crv":"X448","x":"PreoKbDNIPW8_AtZm2_sz22kYnEHvbDU80W0MCfYuXL8PjT7QjKhPKcG3LV67D2uB73BxnvzNgk"`
	if keys, err := ParseKeys([]byte("{" + x448 + "}")); err != nil || keys.Keys[0].Problem != KeyNotForVerify {
		t.Errorf("A.7: %v, %+v", err, keys)
	}
	if _, reason := privateKeys([]byte(`{` + x448 + `,"d":"HDBqesKg4uCZCylEcMujOeZFN3KwdYEdj60NHWknwSC7XuiXKw0-N5AdN0nJIbCdGwNm8QtlFzmS1A"}`)); reason != KeyUnknownCurve {
		t.Errorf("A.7, private: %s", reason)
	}
}

// What X25519 wraps, as RFC 7518, 4.6 has it for the other curves.
func TestAgreementWrapsKeys(t *testing.T) {
	private, err := ecdh.X25519().NewPrivateKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	for _, alg := range []string{"ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"} {
		object := wrapped(t, alg, private.PublicKey(), "hello")
		key := `{"kty":"OKP","crv":"X25519","d":"` + encode(private.Bytes()) + `"}`
		if d := Decrypt(object, []byte(key), false); string(d.Plain) != "hello" {
			t.Errorf("%s: %s", alg, d.Reason)
		}
		other := `{"kty":"OKP","crv":"X25519","d":"` + encode(bytes.Repeat([]byte{8}, 32)) + `"}`
		if d := Decrypt(object, []byte(other), false); d.Reason != CannotOpen {
			t.Errorf("%s with another key: %s", alg, d.Reason)
		}
	}
	// The header says that it is for another kind of key.
	if d := Decrypt(encryptWith(t, "A256KW", bytes.Repeat([]byte{1}, 32), nil, "x"), []byte(`{"kty":"OKP","crv":"X25519","d":"`+encode(private.Bytes())+`"}`), false); d.Reason != KeyUnusable {
		t.Errorf("A256KW: %s", d.Reason)
	}
}
