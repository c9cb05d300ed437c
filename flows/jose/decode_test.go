package jose

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
)

// b64 writes a part of a token.
func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func compact(header, payload, signature string) string {
	return b64(header) + "." + b64(payload) + "." + b64(signature)
}

func TestDecodeTellsTheFormAndNamesEveryFlaw(t *testing.T) {
	good := compact(`{"alg":"ES256","kid":"k"}`, `{"iss":"i"}`, "sig")
	parts := strings.Split(good, ".")
	jwe := strings.Join([]string{b64(`{"alg":"RSA-OAEP","enc":"A256GCM"}`), b64("key"), b64("iv"), b64("text"), b64("tag")}, ".")
	tests := []struct {
		name, raw string
		form      Form
		problems  []Code
	}{
		{"a JWT", good, JWT, nil},
		{"a JWS of text", compact(`{"alg":"ES256"}`, "hello", "sig"), JWS, nil},
		{"a JWE", jwe, JWE, nil},
		{"unsigned", b64(`{"alg":"none"}`) + "." + b64(`{}`) + ".", JWT, nil},
		{"empty", "", Opaque, nil},
		{"Logto's opaque access token", "kzGDDMyXQHPXMyOuAJmCSkjJyHSIhQVbJIFyCsHEq8w", Opaque, nil},
		{"dots that are no JOSE object", "abc.def.ghi", Opaque, nil},
		{"nothing but dots", strings.Repeat(".", 1<<20), Opaque, nil},
		{"two parts", parts[0] + "." + parts[1], Opaque, []Code{SegmentCount}},
		{"four parts", good + ".x", Opaque, []Code{SegmentCount}},
		{"six parts", jwe + ".x", Opaque, []Code{SegmentCount}},
		{"the JSON serialization", `{"payload":"e30","signatures":[]}`, Opaque, []Code{JSONSerialization}},
		{"a JSON object of another kind", `{"access_token":"x"}`, Opaque, nil},
		{"a truncated header", parts[0][:8] + "." + parts[1] + "." + parts[2], Opaque, []Code{HeaderNotJSON}},
		{"an array as header", compact(`["alg"]`, `{}`, "s"), Opaque, nil},
		{"padding", parts[0] + "." + base64.URLEncoding.EncodeToString([]byte(`{"iss":"ii"}`)) + "==." + parts[2], JWT, []Code{Padding}},
		{"the standard alphabet", parts[0] + "." + parts[1] + ".ab+/", JWT, []Code{NotBase64URL}},
		{"a character of no alphabet", parts[0] + "." + parts[1] + ".ab*c", JWT, []Code{NotBase64URL}},
		{"stray bits", parts[0] + "." + parts[1] + ".YR", JWT, []Code{TrailingBits}},
		{"a line break inside", parts[0] + "." + parts[1][:4] + "\r\n" + parts[1][4:] + "." + parts[2], JWT, []Code{Whitespace}},
		{"space around", " " + good + "\n", JWT, []Code{Whitespace}},
		{"a name twice in the header", compact(`{"alg":"ES256","alg":"none"}`, `{}`, "s"), JWT, []Code{Duplicate}},
		{"a name twice in the claims", compact(`{"alg":"ES256"}`, `{"sub":"a","\u0073ub":"b"}`, "s"), JWT, []Code{Duplicate}},
		{"something after the claims", compact(`{"alg":"ES256"}`, `{"sub":"a"} {}`, "s"), JWT, []Code{TrailingData}},
		{"claims that are not JSON", compact(`{"alg":"ES256"}`, `{"sub":`, "s"), JWS, []Code{PayloadNotJSON}},
		{"typ JWT without claims", compact(`{"alg":"ES256","typ":"JWT"}`, `7`, "s"), JWS, []Code{PayloadNotJSON}},
		{"not UTF-8", compact(`{"alg":"ES256"}`, "{\"sub\":\"\xff\"}", "s"), JWT, []Code{NotUTF8}},
		{"alg that is a number", compact(`{"alg":7}`, `{}`, "s"), JWT, []Code{MemberType}},
		{"crit that is empty", compact(`{"alg":"ES256","crit":[]}`, `{}`, "s"), JWT, []Code{MemberType}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			token := Decode(test.raw)
			var got []Code
			for _, p := range token.Problems {
				got = append(got, p.Code)
			}
			if token.Form != test.form || !slices.Equal(got, test.problems) {
				t.Errorf("got %s %v, want %s %v", token.Form, got, test.form, test.problems)
			}
			if token.Raw != test.raw {
				t.Error("the raw text was changed")
			}
			if (token.Claims != nil) != (test.form == JWT) {
				t.Errorf("claims %v in a %s", token.Claims, token.Form)
			}
			var texts []string
			for _, s := range token.Segments {
				texts = append(texts, s.Text)
			}
			if strings.Join(texts, ".") != strings.TrimSpace(test.raw) {
				t.Errorf("the segments do not make up the token: %q", texts)
			}
		})
	}
}

func TestHeaderNotesForeignKeyMaterial(t *testing.T) {
	h := Decode(compact(`{"alg":"ES256","kid":"k","typ":"JWT","cty":"x","crit":["b64"],"jwk":{},"jku":"u","x5u":"u","x5c":[]}`, `{}`, "s")).Header
	if h.Alg != "ES256" || h.Kid != "k" || h.Typ != "JWT" || h.Cty != "x" || !slices.Equal(h.Crit, []string{"b64"}) {
		t.Errorf("%+v", h)
	}
	if !h.HasJWK || !h.HasJKU || !h.HasX5U || !h.HasX5C {
		t.Errorf("key material was not noted: %+v", h)
	}
	if !strings.HasPrefix(string(h.Raw), `{"alg":"ES256"`) {
		t.Errorf("raw header: %s", h.Raw)
	}
}
