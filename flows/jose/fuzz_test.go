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
