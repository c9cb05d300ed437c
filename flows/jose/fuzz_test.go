package jose

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzDecode: whatever is pasted, Decode answers, shows exactly what it was given,
// reads claims as encoding/json does, and never lets it be verified.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		rfc7515A1, rfc7515A2, rfc7515A4, rfc7515A5, rfc8037A4, "", ".", "..", "a.b.c", "{}", " \n",
		compact(`{"alg":"ES256","crit":["x"],"x":1}`, `{"a":{"b":[1,"}"]},"a":null}`, "s"),
		compact(`{"alg":"ES256"}`, "{\"\xff\":1,\"\\u0061\":2} {", "s"),
		compact(`{"alg":"dir","enc":"A128GCM"}`, "", "") + "..",
		"eyJhbGciOiJFUzI1NiJ9==.e30+/.\r\n",
	} {
		f.Add(s)
	}
	set := keySet(f, keyA3, keyEd)
	f.Fuzz(func(t *testing.T, raw string) {
		token := Decode(raw)
		var parts []string
		for _, s := range token.Segments {
			parts = append(parts, s.Text)
		}
		if token.Raw != raw || strings.Join(parts, ".") != strings.TrimSpace(raw) {
			t.Fatalf("%q became %q", raw, parts)
		}
		if (token.Claims != nil) != (token.Form == JWT) || (token.Header.Object == nil) != (token.Form == Opaque) {
			t.Fatalf("%q: form %s, header %v, claims %v", raw, token.Form, token.Header.Object, token.Claims)
		}
		if token.Claims != nil && !token.Claims.Trailing {
			agree(t, token.Payload, token.Claims)
		}
		known := raw == rfc7515A3 || raw == rfc8037A4
		if got := set.Verify(token, nil); got.OK() && !known && !sameSigned(token) {
			t.Fatalf("%q was verified", raw)
		}
	})
}

// sameSigned admits the published token with another encoding of its signature,
// should there ever be one.
func sameSigned(token Token) bool {
	input := string(token.signingInput())
	return strings.HasPrefix(rfc7515A3, input+".") || strings.HasPrefix(rfc8037A4, input+".")
}

// agree compares the object with what encoding/json makes of the same text.
func agree(t *testing.T, text []byte, o *Object) {
	t.Helper()
	var want map[string]json.RawMessage
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatalf("%q is not JSON: %v", text, err)
	}
	distinct := map[string]bool{}
	for _, m := range o.Members {
		distinct[m.Name] = true
		if !json.Valid(m.Raw) {
			t.Fatalf("%q: the value of %q is %q", text, m.Name, m.Raw)
		}
	}
	if len(distinct) != len(want) || len(o.Members) != len(distinct)+len(o.Duplicates()) {
		t.Fatalf("%q: %d names, %d members, want %d", text, len(distinct), len(o.Members), len(want))
	}
	for name, raw := range want {
		if got, ok := o.Get(name); !ok || string(got) != string(raw) {
			t.Fatalf("%q: %q is %q, want %q", text, name, got, raw)
		}
	}
}

// FuzzParseKeySet: whatever a provider publishes as keys, each is either usable
// and whole, or has a problem.
func FuzzParseKeySet(f *testing.F) {
	for _, s := range []string{
		`{"keys":[` + strings.Join([]string{keyA1, keyA2, keyA3, keyA4, keyEd, key7638}, ",") + `]}`,
		`{"keys":[]}`, `{"keys":[null,1,{},[]]}`, `{"keys":{}}`, `[]`, ``,
		`{"keys":[{"kty":"RSA","n":"AA","e":"AA"},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},{"kty":"OKP","crv":"Ed25519","x":""}]}`,
		`{"keys":[{"kty":"EC","crv":"P-384","x5c":["AAAA"],"key_ops":[],"d":"x"}]} x`,
	} {
		f.Add([]byte(s))
	}
	token := Decode(rfc7515A3)
	f.Fuzz(func(t *testing.T, b []byte) {
		set, err := ParseKeySet(b)
		if err != nil && len(set.Keys) > 0 {
			t.Fatalf("%v with %d keys", err, len(set.Keys))
		}
		for _, k := range set.Keys {
			if k.Usable != (k.Problem == "") || k.Usable && (k.Public() == nil || len(k.Thumbprint) != 43 || k.Private) {
				t.Fatalf("%q: %+v", b, k)
			}
		}
		set.Verify(token, nil)
	})
}

// FuzzDecodeJSON: whatever is pasted as the JSON form of a JWS, each signature is a
// token with three parts, and none is verified but those that were published.
func FuzzDecodeJSON(f *testing.F) {
	set := keySet(f, keyA3, keyEd)
	for _, s := range []string{
		`{"payload":"e30","protected":"eyJhbGciOiJFUzI1NiJ9","signature":"AA"}`, `{"signatures":[]}`, `{"signatures":[null]}`,
		`{"payload":"","signatures":[{"header":{"alg":"ES256","crit":["b64"],"b64":false},"signature":""}]}`, `{"signature":1}`, `{`, ``,
	} {
		f.Add([]byte(s))
	}
	for _, e := range readPublished(f).Signatures {
		for _, raw := range e.Texts {
			f.Add([]byte(raw))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		tokens, err := DecodeJSON(b)
		if (err == nil) != (len(tokens) > 0) || len(tokens) > maxSignatures {
			t.Fatalf("%q: %d tokens, %v", b, len(tokens), err)
		}
		for _, token := range tokens {
			if len(token.Segments) != len(jwsParts) || token.Header.Object == nil {
				t.Fatalf("%q: %+v", b, token.Segments)
			}
			if set.Verify(token, nil).OK() && !sameSigned(token) || VerifySecret(token, []byte("secret")).OK() {
				t.Fatalf("%q was verified", b)
			}
		}
	})
}

// FuzzParseKeys: whatever is given as keys, none of them is private, and an error
// gives none.
func FuzzParseKeys(f *testing.F) {
	for _, s := range []string{
		keyA2, keyA3, keyEd, keyA1, `{"keys":[` + keyA3 + `]}`, `{"kty":"EC","d":"AA"}`, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
		"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n", "-----BEGIN ", "{", "",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		set, err := ParseKeys(b)
		if err != nil && len(set.Keys) > 0 {
			t.Fatalf("%v with %d keys", err, len(set.Keys))
		}
		for _, k := range set.Keys {
			if k.Usable && (k.Private || k.Public() == nil) {
				t.Fatalf("%q: %+v", b, k)
			}
		}
	})
}

// FuzzDecrypt: whatever is pasted and whatever it is opened with, there is a reason, and
// content only where it was opened.
func FuzzDecrypt(f *testing.F) {
	for _, s := range [][2]string{
		{"eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AA.AA.AA", "secret"},
		{"{\"ciphertext\":\"\"}", keyA1},
		{"....", "{"},
		{`{"protected":"eyJlbmMiOiJBMTI4R0NNIn0","recipients":[{"header":{"alg":"PBES2-HS256+A128KW","p2s":"AA","p2c":2}}],"ciphertext":"AA"}`, `{"keys":[` + keyA1 + `]}`},
		{b64(`{"alg":"ECDH-ES","enc":"A128GCM","epk":{"kty":"OKP","crv":"X25519","x":"AA"}}`) + "..AA.AA.AA", `{"kty":"OKP","crv":"X25519","d":"AA"}`},
		{b64(`{"alg":"RSA1_5","enc":"A128GCM"}`) + ".AA.AA.AA.AA", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"},
	} {
		f.Add(s[0], []byte(s[1]))
	}
	p := readPublished(f)
	for _, e := range p.Encryptions {
		for _, raw := range e.Texts {
			f.Add(text(f, raw), []byte(text(f, p.Keys[e.Keys[0]])))
		}
	}
	f.Fuzz(func(t *testing.T, text string, key []byte) {
		if d := Decrypt(text, key, true); d.Reason == "" || d.Reason != Decrypted && d.Plain != nil {
			t.Fatalf("%q with %q: %+v", text, key, d.Reason)
		}
	})
}
