package inspect_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"signbench/flows/fault"
	"signbench/flows/inspect"
)

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func compact(header, payload, signature string) string {
	return b64(header) + "." + b64(payload) + "." + b64(signature)
}

var plain = compact(`{"alg":"ES256","typ":"JWT"}`, `{"a":1}`, "s")

func codes(d inspect.Document) []string {
	var out []string
	for _, n := range d.Notes {
		out = append(out, n.Code)
	}
	return out
}

// samples has a text for every kind.
func samples() map[string]inspect.Kind {
	typed := func(typ, claims string) string { return compact(`{"alg":"ES256","typ":"`+typ+`"}`, claims, "s") }
	return map[string]inspect.Kind{
		"":             inspect.Empty,
		" \n":          inspect.Empty,
		"abc":          inspect.Opaque,
		"{":            inspect.Opaque,
		"eyJhbGci.e30": inspect.Opaque,
		plain:          inspect.JWT,
		typed("JWT", `{"iss":"i","sub":"s","aud":"c","exp":1,"nonce":"n"}`):                            inspect.IDToken,
		typed("JWT", `{"iss":"i","sub":"s","aud":"c","exp":1}`):                                        inspect.IDToken,
		typed("at+jwt", `{"iss":"i"}`):                                                                 inspect.AccessToken,
		typed("JWT", `{"iss":"i","sub":"s","aud":"c","exp":1,"scope":"openid"}`):                       inspect.AccessToken,
		typed("logout+jwt", `{}`):                                                                      inspect.LogoutToken,
		typed("JWT", `{"events":{"http://schemas.openid.net/event/backchannel-logout":{}}}`):           inspect.LogoutToken,
		typed("dpop+jwt", `{}`):                                                                        inspect.DPoP,
		typed("JWT", `{"htm":"POST","htu":"https://a"}`):                                               inspect.DPoP,
		typed("JWT", `{"iss":"c","sub":"c","aud":"a","jti":"j","exp":1}`):                              inspect.ClientAssertion,
		typed("client-authentication+jwt", `{}`):                                                       inspect.ClientAssertion,
		typed("JWT", `{"iss":"i","aud":"c","exp":1,"code":"x","state":"y"}`):                           inspect.JARM,
		compact(`{"alg":"ES256"}`, "text", "s"):                                                        inspect.JWS,
		`{"payload":"` + b64("x") + `","protected":"` + b64(`{"alg":"ES256"}`) + `","signature":"AA"}`: inspect.JWSJSON,
		`{"protected":"` + b64(`{"alg":"ES256"}`) + `","signature":"AA"}`:                              inspect.JWSJSON,
		`{"signatures":[{"protected":"` + b64(`{"alg":"ES256"}`) + `","signature":"AA"}]}`:             inspect.JWSJSON,
		`{"payload":"` + b64("x") + `","signatures":[{"signature":"AA"},{"signature":"AA"}]}`:          inspect.JWSJSON,
		b64(`{"alg":"dir","enc":"A128GCM","zip":"DEF"}`) + "..AA.AA.AA":                                inspect.JWE,
		`{"protected":"` + b64(`{"enc":"A128GCM"}`) + `","ciphertext":"AA","recipients":[{},{}]}`:      inspect.JWEJSON,
		`{"kty":"EC"}`:             inspect.JWK,
		`{"keys":[]}`:              inspect.JWKS,
		`{"kty":"oct","k":"AAAA"}`: inspect.PrivateKey,
		"-----BEGIN X-----\nAAAA\n-----END X-----":                              inspect.PEM,
		"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----":          inspect.PrivateKey,
		`{"issuer":"https://a","jwks_uri":"https://a/jwks"}`:                    inspect.Discovery,
		"http://127.0.0.1:1/cb?code=a&state=b&iss=https%3A%2F%2Fa":              inspect.Callback,
		"https://a/cb#id_token=" + plain:                                        inspect.Callback,
		"code=a&state=b":                                                        inspect.Callback,
		"https://a/auth?client_id=c&response_type=code":                         inspect.Authorization,
		`{"access_token":"a","token_type":"Bearer","id_token":"` + plain + `"}`: inspect.TokenResponse,
		`{"error":"invalid_grant"}`:                                             inspect.OAuthError,
		`{"code":"oidc.invalid_grant","message":"m"}`:                           inspect.LogtoError,
		`{"sub":"s","email":"e"}`:                                               inspect.UserInfo,
		`{"active":true,"sub":"s","scope":"a"}`:                                 inspect.Introspection,
		"<!doctype html><title>Oops</title><p>It broke</p>":                     inspect.Page,
		`{"log":{"version":"1.2","entries":[]}}`:                                inspect.HAR,
		`[1]`:                                                                   inspect.JSON,
		`{"a":1}`:                                                               inspect.JSON,
	}
}

func TestEveryKindIsRecognised(t *testing.T) {
	seen := map[inspect.Kind]bool{}
	for text, want := range samples() {
		d := inspect.Read([]byte(text))
		seen[d.Kind] = true
		if d.Kind != want {
			t.Errorf("%.60q is %s, want %s", text, d.Kind, want)
		}
		if again := inspect.Read([]byte("\n " + text + " \r\n")); again.Kind != want {
			t.Errorf("with space around, %.60q is %s, want %s", text, again.Kind, want)
		}
		for _, code := range codes(d) {
			if !slices.Contains(inspect.NoteCodes(), code) {
				t.Errorf("%s is not declared", code)
			}
		}
	}
	for _, k := range inspect.Kinds() {
		if !seen[k] {
			t.Errorf("no text is recognised as %s", k)
		}
	}
}

func TestWhatStandsAroundATokenIsTakenAway(t *testing.T) {
	for text, note := range map[string]string{
		"Bearer " + plain:                     inspect.NoteBearer,
		"authorization: bearer " + plain:      inspect.NoteBearer,
		"DPoP " + plain:                       inspect.NoteBearer,
		`"` + plain + `"`:                     inspect.NoteQuotes,
		"'" + plain + "'":                     inspect.NoteQuotes,
		plain[:9] + "\n  " + plain[9:]:        inspect.NoteSpace,
		strings.ReplaceAll(plain, ".", "%2E"): inspect.NoteEncoded,
		"\ufeff" + plain:                      inspect.NoteBOM,
	} {
		d := inspect.Read([]byte(text))
		if d.Kind != inspect.JWT || d.Text.Reveal() != plain || !slices.Contains(codes(d), note) {
			t.Errorf("%.40q: %s, notes %v", text, d.Kind, codes(d))
		}
	}
}

func TestNearMissesAreNamed(t *testing.T) {
	for text, note := range map[string]string{
		strings.TrimSuffix(plain, "."+b64("s")): inspect.NoteParts,
		plain + ".x":                            inspect.NoteParts,
		"eyJhbGci.e30.AA":                       inspect.NoteHeader,
		`{"access_token":`:                      inspect.NoteBadJSON,
		`[]`:                                    inspect.NoteArray,
		"\xff\xfe":                              inspect.NoteBinary,
		"123e4567-e89b-12d3-a456-426614174000":  inspect.NoteUUID,
		"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk": inspect.NotePKCE,
		"opaque":                            inspect.NoteLength,
		compact(`{"alg":"ES256"}`, "", "s"): inspect.NoteDetached,
		compact(`{"alg":"ES256","typ":"dpop+jwt"}`, "{}", "s"):   inspect.NoteOwnKey,
		b64(`{"alg":"RSA1_5","enc":"A128GCM"}`) + ".AA.AA.AA.AA": inspect.NoteRSA15,
	} {
		if d := inspect.Read([]byte(text)); !slices.Contains(codes(d), note) {
			t.Errorf("%.40q: %s, notes %v", text, d.Kind, codes(d))
		}
	}
}

func TestATokenResponseIsTakenApart(t *testing.T) {
	d := inspect.Read([]byte(`{"id_token":"` + plain + `","access_token":"opaque-at","refresh_token":"opaque-rt"}`))
	var got []string
	d.Walk(func(d inspect.Document) { got = append(got, d.Where+":"+string(d.Kind)) })
	want := []string{":token_response", "id_token:id_token", "access_token:opaque", "refresh_token:opaque"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The parameter that holds a token says which it is, also when a claim is wrong.
func TestAParameterSaysWhatItHolds(t *testing.T) {
	for text, want := range map[string]inspect.Kind{
		"client_id=c&client_assertion=" + plain:  inspect.ClientAssertion,
		"https://a.example/cb?response=" + plain: inspect.JARM,
		"logout_token=" + plain:                  inspect.LogoutToken,
		"id_token_hint=" + plain:                 inspect.IDToken,
		"state=s&access_token=" + plain:          inspect.JWT,
		`{"response":"` + plain + `"}`:           inspect.JARM,
		`{"id_token":"opaque"}`:                  inspect.Opaque,
	} {
		if d := inspect.Read([]byte(text)); len(d.Children) != 1 || d.Children[0].Kind != want {
			t.Errorf("%.30q: %v", text, d.Children)
		}
	}
}

func TestACallbackIsTakenApart(t *testing.T) {
	d := inspect.Read([]byte("https://a.example/cb?code=a%20b&state=x#error=access_denied&error_description=No+way"))
	var got []string
	for _, m := range d.Members {
		got = append(got, m.Name+"="+m.Value.Reveal())
	}
	if want := []string{"code=a b", "state=x", "error=access_denied", "error_description=No way"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if len(d.Faults) != 1 || d.Faults[0].Code != "authorize.access_denied" {
		t.Errorf("faults %v", d.Faults)
	}
}

// Of an error code that nobody registered it is known that it was pasted, and its words.
func TestAnUnknownErrorKeepsItsRawWords(t *testing.T) {
	for text, raw := range map[string]string{
		`{"code":"something.unknown","message":"It broke"}`:          "something.unknown",
		`{"code":"oidc.something_unknown","message":"It broke"}`:     "oidc.something_unknown",
		`{"error":"flux_capacitor","error_description":"It broke"}`:  "flux_capacitor",
		`{"error":"flux","error_description":"It broke","code":"7"}`: "flux",
	} {
		d := inspect.Read([]byte(text))
		if len(d.Faults) != 1 || d.Faults[0].Code != fault.PastedUnknown {
			t.Errorf("%s: faults %v", text, d.Faults)
			continue
		}
		if f := d.Faults[0]; f.Params["Error"] != raw || f.Params["Description"] != "It broke" {
			t.Errorf("%s: the raw words are %v", text, f.Params)
		}
	}
}

func TestAPageIsReadAndNeverShown(t *testing.T) {
	d := inspect.Read([]byte(`<html><head><title>Sign-in &amp; error</title><style>p{}</style></head>
		<body><script>alert("x")</script><p>invalid   redirect_uri</p><img src=x onerror=alert(1)></body></html>`))
	if d.Title != "Sign-in & error" || d.Words != "invalid redirect_uri" {
		t.Errorf("%q, %q", d.Title, d.Words)
	}
}

func TestNothingPastedIsPrinted(t *testing.T) {
	const canary = "canary-3f9c2e"
	for _, text := range []string{canary, `{"access_token":"` + canary + `"}`, "https://a/?code=" + canary} {
		d := inspect.Read([]byte(text))
		keys := inspect.Keys{Text: canary, Secret: canary}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			if got := fmt.Sprintf(verb+verb, d, keys); strings.Contains(got, canary) {
				t.Errorf("%s prints %s", verb, got)
			}
		}
	}
}

// Five megabytes of anything are read in bounded memory; what is opened again and
// again inside itself ends.
func TestLargeAndDeepTexts(t *testing.T) {
	nested := plain
	for range 20 {
		nested = compact(`{"alg":"ES256","cty":"JWT"}`, nested, "s")
	}
	depth := 0
	for d := inspect.Read([]byte(nested)); len(d.Children) > 0; d = d.Children[0] {
		depth++
	}
	if depth == 0 || depth > 4 {
		t.Errorf("%d deep", depth)
	}
	for _, part := range []string{".", "{", "[", "<", "&code=", "a.", `{"a":`, "eyJ", "<p>x", "?", "%41", "-----BEGIN ", "\n"} {
		text := strings.Repeat(part, 5<<20/len(part))
		d := inspect.Read([]byte(text))
		if len(d.Members) > 100 || len(d.Children) > 100 || len(d.Words) > 10_000 {
			t.Errorf("%q: %d members, %d children, %d words", part, len(d.Members), len(d.Children), len(d.Words))
		}
	}
	if d := inspect.Read(make([]byte, inspect.MaxText+1)); !slices.Contains(codes(d), inspect.NoteTooLarge) {
		t.Errorf("notes %v", codes(d))
	}
}
