package jose

import (
	"strings"
	"testing"
)

// Further examples of the RFCs: JSON serializations, unencoded payloads, shared
// secrets and encryption, as printed there.
const (
	frodo      = "It’s a dangerous business, Frodo, going out your door. You step onto the road, and if you don't keep your feet, there’s no knowing where you might be swept off to."
	key7520    = `{"kty":"oct","kid":"018c0ae5-4d9b-471b-bfd6-eef314bc7037","use":"sig","alg":"HS256","k":"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"}`
	key7516A3  = `{"kty":"oct","k":"GawgguFyGrWKav7AX4VKUg"}`
	rfc7516A3  = "eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ.AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ"
	jweMembers = `"protected":"eyJlbmMiOiJBMTI4Q0JDLUhTMjU2In0","unprotected":{"jku":"https://server.example.com/keys.jwks"},` +
		`"iv":"AxY8DCtDaGlsbGljb3RoZQ","ciphertext":"KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY","tag":"Mz-VPPyU4RlcuYv1IwIvzw"`
	wrapped   = `"header":{"alg":"A128KW","kid":"7"},"encrypted_key":"6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ"`
	rfc7516A4 = `{` + jweMembers + `,"recipients":[{"header":{"alg":"RSA1_5","kid":"2011-04-29"},"encrypted_key":"AAAA"},{` + wrapped + `}]}`
	rfc7516A5 = `{` + jweMembers + `,` + wrapped + `}`
	rfc7797   = "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19"
)

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
		tokens, err := DecodeJSON([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, token := range tokens {
			if v := set.Verify(token, nil); !v.OK() || v.KID == "" || len(token.Problems) > 0 {
				t.Errorf("%s: %s, %v", name, v.Reason, token.Problems)
			}
		}
	}
}

func TestPublishedSecrets(t *testing.T) {
	kid := `"kid":"018c0ae5-4d9b-471b-bfd6-eef314bc7037"`
	payload := b64(frodo)
	for _, test := range []struct{ name, text, key string }{
		{"RFC 7515 A.1", rfc7515A1, keyA1},
		{"RFC 7520 4.4", b64(`{"alg":"HS256",`+kid+`}`) + "." + payload + ".s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0", key7520},
		{"RFC 7520 4.6", `{"payload":"` + payload + `","protected":"eyJhbGciOiJIUzI1NiJ9","header":{` + kid + `},"signature":"bWUSVaxorn7bEF1djytBd0kHv70Ly5pvbomzMWSOr20"}`, key7520},
		{"RFC 7520 4.7", `{"payload":"` + payload + `","header":{"alg":"HS256",` + kid + `},"signature":"xuLifqLGiblpv9zBpuZczWhNj1gARaLV3UxvxhJxZuk"}`, key7520},
		{"RFC 7797 4.2", `{"protected":"` + rfc7797 + `","payload":"$.02","signature":"A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY"}`, keyA1},
	} {
		token := Decode(test.text)
		if strings.HasPrefix(test.text, "{") {
			tokens, err := DecodeJSON([]byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			token = tokens[0]
		}
		if v := VerifySecret(token, []byte(test.key)); !v.OK() || len(token.Problems) > 0 {
			t.Errorf("%s: %s, %v", test.name, v.Reason, token.Problems)
		}
		if v := VerifySecret(token, []byte("another")); v.Reason != BadSignature {
			t.Errorf("%s with another secret: %s", test.name, v.Reason)
		}
	}
}

func TestPublishedEncryption(t *testing.T) {
	for name, text := range map[string]string{"RFC 7516 A.3": rfc7516A3, "RFC 7516 A.4": rfc7516A4, "RFC 7516 A.5": rfc7516A5} {
		if d := Decrypt(text, []byte(key7516A3)); string(d.Plain) != "Live long and prosper." {
			t.Errorf("%s: %s %q", name, d.Reason, d.Plain)
		}
		if d := Decrypt(text, []byte(`{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAA"}`)); d.Reason == Decrypted || d.Plain != nil {
			t.Errorf("%s was opened with another key", name)
		}
	}
}

// RFC 7517, A.1 and A.2: the public keys serve, the private ones are refused.
func TestPublishedKeys(t *testing.T) {
	const ec = `{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","kid":"1"`
	set := keySet(t, ec+`,"use":"enc"}`, key7638)
	if got := set.Keys[0]; got.Problem != KeyNotForVerify || got.Public() == nil {
		t.Errorf("%s", got.Problem)
	}
	if !set.Keys[1].Usable {
		t.Errorf("%s", set.Keys[1].Problem)
	}
	if _, err := ParseKeys([]byte(ec + `,"d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}`)); err != ErrKeysPrivate {
		t.Error(err)
	}
	if _, err := ParseKeys([]byte(key7520)); err != ErrKeysSymmetric {
		t.Error(err)
	}
}
