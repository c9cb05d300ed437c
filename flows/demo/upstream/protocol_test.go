package upstream

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

func TestClientAuthentication(t *testing.T) {
	escaped := func(secret string) func(*http.Request) {
		return func(r *http.Request) { r.SetBasicAuth(url.QueryEscape(clientID), url.QueryEscape(secret)) }
	}
	const special = clientSecret + "%+:/ü"
	for name, c := range map[string]struct {
		on     string
		edit   func(*http.Request)
		fields func(*bench) []string
		status int
		says   string
	}{
		"post":                      {fields: func(*bench) []string { return posted() }, status: 200},
		"basic":                     {edit: rawBasic(clientSecret), status: 200},
		"basic, wrong":              {edit: rawBasic("wrong"), status: 401, says: "the client secret is wrong"},
		"basic, unescaped":          {on: "strict_basic_encoding", edit: rawBasic(special), status: 401, says: "form-encoded"},
		"basic, escaped":            {on: "strict_basic_encoding", edit: escaped(special), status: 200},
		"bearer":                    {edit: func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }, status: 401, says: "not Basic"},
		"none":                      {status: 401, says: "no client authentication"},
		"two":                       {edit: rawBasic(clientSecret), fields: func(*bench) []string { return posted() }, status: 400, says: "more than one"},
		"unknown":                   {fields: func(*bench) []string { return []string{"client_id", "x", "client_secret", "y"} }, status: 401, says: "not known"},
		"post where only basic may": {on: "basic_only", fields: func(*bench) []string { return posted() }, status: 401, says: "may not use client_secret_post"},
		"basic where only post may": {on: "post_only", edit: rawBasic(clientSecret), status: 401, says: "may not use client_secret_basic"},
		"HS256":                     {fields: func(b *bench) []string { return b.assertion(jose.HS256, clientSecret, b.base+tokenPath) }, status: 200},
		"HS384":                     {fields: func(b *bench) []string { return b.assertion(jose.HS384, clientSecret, b.base+tokenPath) }, status: 200},
		"HS512":                     {fields: func(b *bench) []string { return b.assertion(jose.HS512, clientSecret, b.base+tokenPath) }, status: 200},
		"HS256, wrong secret": {
			fields: func(b *bench) []string {
				return b.assertion(jose.HS256, strings.ToUpper(clientSecret), b.base+tokenPath)
			},
			status: 401, says: "signature",
		},
		"HS256, for another": {
			fields: func(b *bench) []string { return b.assertion(jose.HS256, clientSecret, "https://other.test/token") },
			status: 401, says: "claim",
		},
		"no JWT": {fields: func(*bench) []string { return []string{"client_id", clientID, "client_assertion", "x"} }, status: 401, says: "not a JWT"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, c.on)
			code := back(b.ask(asked(), "allow")).Get("code")
			var fields []string
			if c.fields != nil {
				fields = c.fields(b)
			}
			a := b.exchange(code, c.edit, fields...)
			description, _ := a.member("error_description").(string)
			if a.StatusCode != c.status || !strings.Contains(description, c.says) {
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
			if challenged := a.Header.Get("WWW-Authenticate") != ""; challenged != (c.status == 401 && c.edit != nil) {
				t.Errorf("WWW-Authenticate %q", a.Header.Get("WWW-Authenticate"))
			}
		})
	}
}

// What belongs to no client is told to the user only.
func TestUnknownClientsAndRedirectURIs(t *testing.T) {
	b := newBench(t)
	for name, q := range map[string]url.Values{
		"client":   asked("client_id", "nobody"),
		"path":     asked("redirect_uri", "http://localhost:3911/callback/other"),
		"slash":    asked("redirect_uri", redirectURI+"/"),
		"query":    asked("redirect_uri", redirectURI+"?x=1"),
		"host":     asked("redirect_uri", "http://elsewhere.test/callback/social-1"),
		"scheme":   asked("redirect_uri", "https://localhost:3911/callback/social-1"),
		"fragment": asked("redirect_uri", redirectURI+"#x"),
		"none":     asked("redirect_uri", ""),
	} {
		a := b.ask(q, "allow")
		if a.StatusCode != http.StatusBadRequest || !html(a) || a.Header.Get("Location") != "" {
			t.Errorf("%s: %d to %q", name, a.StatusCode, a.Header.Get("Location"))
		}
	}
	for _, other := range []string{"http://127.0.0.1:5/callback/social-1", "http://[::1]/callback/social-1"} {
		if a := b.ask(asked("redirect_uri", other), "allow"); back(a).Get("code") == "" {
			t.Errorf("%s: %d", other, a.StatusCode)
		}
	}
}

func TestAuthorizationErrors(t *testing.T) {
	b := newBench(t)
	for want, q := range map[string]url.Values{
		"unsupported_response_type": asked("response_type", "id_token"),
		"invalid_scope":             asked("scope", "profile"),
		"invalid_request":           asked("code_challenge", "x", "code_challenge_method", "plain"),
		"login_required":            asked("prompt", "none"),
	} {
		got := back(b.ask(q, "allow"))
		if got.Get("error") != want || got.Get("state") != "s1" || got.Has("code") {
			t.Errorf("%s: %v", want, got)
		}
	}
	if got := back(b.ask(asked(), "deny")); got.Get("error") != "access_denied" || got.Has("code") {
		t.Errorf("denied: %v", got)
	}
	if a := b.do(http.MethodPost, decidePath, url.Values{"request": {"x"}, "decision": {"allow"}}, nil); a.StatusCode != 400 {
		t.Errorf("a request that was not made: %d", a.StatusCode)
	}
	page := b.get(authorizePath + "?" + asked().Encode())
	b.now = b.now.Add(requestLife + time.Second)
	form := hiddenOf(page.body)
	form.Set("decision", "allow")
	if a := b.do(http.MethodPost, decidePath, form, nil); a.StatusCode != 400 {
		t.Errorf("too late: %d", a.StatusCode)
	}
}

func TestCodes(t *testing.T) {
	b := newBench(t)
	fresh := func(q url.Values) string { return back(b.ask(q, "allow")).Get("code") }
	grant := func(a answered, want int) {
		t.Helper()
		if a.StatusCode != want || (want == 400) != (a.member("error") == "invalid_grant") {
			t.Errorf("%d %v", a.StatusCode, a.member("error"))
		}
	}
	code := fresh(asked())
	grant(b.exchange(code, nil, append(posted(), "redirect_uri", redirectURI+"x")...), 400)
	grant(b.exchange(code, nil, append(posted(), "code_verifier", "none was announced")...), 400)
	grant(b.exchange(code, nil, posted()...), 200)
	grant(b.exchange(code, nil, posted()...), 400)
	grant(b.exchange("never issued", nil, posted()...), 400)

	code = fresh(asked())
	b.now = b.now.Add(codeLife + time.Second)
	grant(b.exchange(code, nil, posted()...), 400)

	// The example of RFC 7636 appendix B.
	q := asked("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method", "S256")
	code = fresh(q)
	grant(b.exchange(code, nil, posted()...), 400)
	grant(b.exchange(code, nil, append(posted(), "code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")...), 200)

	if a := b.exchange("x", nil, append(posted(), "grant_type", "password")...); a.member("error") != "unsupported_grant_type" {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
}

func TestScopesAndTokens(t *testing.T) {
	b := newBench(t)
	a := b.exchange(back(b.ask(asked("scope", "openid email"), "allow")).Get("code"), nil, posted()...)
	me := func(token string) answered {
		return b.do(http.MethodGet, userInfoPath, nil, func(r *http.Request) { r.Header.Set("Authorization", token) })
	}
	token, _ := a.member("access_token").(string)
	if got := me("Bearer " + token); got.member("email") == nil || got.member("name") != nil || got.member("phone_number") != nil {
		t.Errorf("%s", got.body)
	}
	for _, header := range []string{"", "Basic " + token, "Bearer x"} {
		if got := me(header); got.StatusCode != 401 || got.member("error") != "invalid_token" {
			t.Errorf("%q: %d %s", header, got.StatusCode, got.body)
		}
	}
	b.now = b.now.Add(tokenLife + time.Second)
	if got := me("Bearer " + token); got.StatusCode != 401 {
		t.Errorf("expired: %d", got.StatusCode)
	}
}

// An issuer that is configured with a slash at its end makes Logto ask for this.
func TestPathsAreNotCleanedUp(t *testing.T) {
	b := newBench(t)
	for _, path := range []string{"/" + discoveryPath, discoveryPath + "/", "/"} {
		if a := b.get(path); a.StatusCode != http.StatusNotFound || a.body != "Not Found" {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}
}

func TestAFixedIssuer(t *testing.T) {
	b := newBench(t)
	b.provider.opts.Issuer = "https://idp.acme.example/"
	a := b.get(discoveryPath)
	if a.member("issuer") != "https://idp.acme.example" || a.member("token_endpoint") != "https://idp.acme.example/token" {
		t.Errorf("%s", a.body)
	}
}

func TestPolicyOfThePages(t *testing.T) {
	b := newBench(t)
	a := b.get(authorizePath + "?" + asked("client_id", "<script>alert(1)</script>").Encode())
	policy := a.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(a.body, "<script>alert") {
		t.Errorf("%s\n%s", policy, a.body)
	}
}
