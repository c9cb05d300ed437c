package trace

import (
	"strings"
	"testing"
)

func TestViewsDecode(t *testing.T) {
	for in, want := range map[string]string{
		"%41%zz%4":                       "A%zz%4",
		`\"\\\/\n\r\t\b\f\'\x41\xzz\q\`:  "\"\\/\n\r\t\b\f'A\\xzz\\q\\",
		`\u0041\u00e9\ud834\udd1e`:       "Aé𝄞",
		`\ud834 \ud834\u0041 \u12`:       "\ufffd \ufffdA \\u12",
		"&amp;&lt;&#65;&#x42;&unknown;&": "&<AB&unknown;&",
		"&amp":                           "&amp",
	} {
		got := views(in)
		text := got[min(1, len(got)-1)].text
		if text != want {
			t.Errorf("%q: %q, want %q", in, text, want)
		}
	}
	if got := views("nothing to decode"); len(got) != 1 {
		t.Errorf("%d views", len(got))
	}
	if got := views(strings.Repeat("%25", 3) + strings.Repeat("25", 10)); len(got) > 4 {
		t.Errorf("%d views", len(got))
	}
}

// A span of what is read leads back to what was written, whole escapes only.
func TestViewsLeadBack(t *testing.T) {
	for _, c := range []struct{ raw, find, want string }{
		{"x%41%42y", "AB", "%41%42"},
		{`a\u00e9b`, "é", `\u00e9`},
		{`a\u00e9b`, "\xc3", `\u00e9`}, // half of a character is all of its escape
		{"a%2541b", "A", "%2541"},
		{"&amp;lt;", "<", "&amp;lt;"},
		{"plain", "lai", "lai"},
	} {
		found := false
		for _, v := range views(c.raw) {
			if i := strings.Index(v.text, c.find); i >= 0 && !found {
				found = true
				sp := v.raw(span{from: i, to: i + len(c.find)})
				if got := c.raw[sp.from:sp.to]; got != c.want {
					t.Errorf("%q in %q: %q, want %q", c.find, c.raw, got, c.want)
				}
			}
		}
		if !found {
			t.Errorf("%q is in no view of %q", c.find, c.raw)
		}
	}
}

func TestKindsByName(t *testing.T) {
	for name, want := range map[string]Kind{
		"client_secret": KindClientSecret, "clientSecret": KindClientSecret, "Client-Secret": KindClientSecret, "app_secret": KindClientSecret,
		"accessKeySecret": KindClientSecret, "authToken": KindToken, "tenant_access_token": KindAccessToken, "X-Api-Key": KindAPIKey,
		"code_verifier": KindVerifier, "id_token_hint": KindIDToken, "user[password]": KindPassword, "client_assertion": KindAssertion,
		"X-CSRF-Token": KindToken, "SAMLResponse": KindAssertion, strings.Repeat("x", 200) + "_token": KindToken, "DPoP-Nonce": KindNonce,
		"": "", "token_type": "", "token_endpoint": "", "code_challenge": "", "grant_type": "", "client_id": "", "passwordPolicy": "",
		"token_endpoint_auth_method": "", "scope": "", "iss": "", "error": "", "client_secret_expires_at": "", "expires_in": "", "username": "",
	} {
		if got := kindOf(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
