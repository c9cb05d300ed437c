package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The table recorded from a running Logto: every way to get the token endpoint
// wrong with a code that cannot exist.
func TestTokenErrors(t *testing.T) {
	b := newBench(t)
	body := func(code, message, description string) map[string]any {
		return map[string]any{
			"code": "oidc." + code, "message": message, "error": code, "error_description": description,
		}
	}
	invalidGrant := body("invalid_grant", "Grant request is invalid.", "grant request is invalid")
	invalidGrant["error_uri"] = "https://openid.sh/debug/invalid_grant"
	unauthenticated := body("invalid_client", "An OIDC error occurred: invalid_client.", "client authentication failed")
	invalidRequest := func(description string) map[string]any {
		return body("invalid_request", "Request is invalid.", description)
	}
	bogus := func(edits ...string) url.Values {
		return edit(url.Values{
			"grant_type": {"authorization_code"}, "code": {"bogus"}, "redirect_uri": {callback}, "code_verifier": {verifier},
		}, edits...)
	}
	for name, c := range map[string]struct {
		basic     []string
		form      url.Values
		status    int
		body      map[string]any
		challenge bool
	}{
		"right secret, basic": {[]string{AppID, AppSecret}, bogus(), 400, invalidGrant, false},
		"right secret, post":  {nil, bogus("client_id", AppID, "client_secret", AppSecret), 400, invalidGrant, false},
		"public client":       {nil, bogus("client_id", NativeAppID), 400, invalidGrant, false},
		"wrong secret, basic": {[]string{AppID, "wrong"}, bogus(), 401, unauthenticated, true},
		"wrong secret, post":  {nil, bogus("client_id", AppID, "client_secret", "wrong"), 401, unauthenticated, false},
		"client ID only":      {nil, bogus("client_id", AppID), 401, unauthenticated, false},
		"public with a secret": {
			nil, bogus("client_id", NativeAppID, "client_secret", "any"), 401, unauthenticated, false,
		},
		"unknown client": {
			[]string{"nosuch", "any"},
			bogus(), 400,
			body("invalid_client", "An OIDC error occurred: invalid_client.", "invalid client nosuch"), false,
		},
		"basic and secret in the body": {
			[]string{AppID, AppSecret},
			bogus("client_id", AppID, "client_secret", AppSecret), 400,
			invalidRequest("client authentication must only be provided using one mechanism"), false,
		},
		"no client": {nil, bogus(), 400, invalidRequest("no client authentication mechanism provided"), false},
		"two client IDs": {
			[]string{AppID, AppSecret},
			bogus("client_id", SPAAppID), 400,
			invalidRequest("mismatch in body and authorization client ids"), false,
		},
		"no grant type": {
			[]string{AppID, AppSecret},
			bogus("grant_type", ""), 400,
			invalidRequest("missing required parameter 'grant_type'"), false,
		},
		"no code": {
			[]string{AppID, AppSecret}, bogus("code", ""), 400, invalidRequest("missing required parameter 'code'"), false,
		},
		"unknown grant type": {
			[]string{AppID, AppSecret},
			bogus("grant_type", "password"), 400,
			body("unsupported_grant_type", "Unsupported `grant_type` requested.", "unsupported grant_type requested"), false,
		},
		"grant type of another kind of app": {
			[]string{AppID, AppSecret},
			bogus("grant_type", "client_credentials"), 400,
			body("unauthorized_client", "An OIDC error occurred: unauthorized_client.",
				"requested grant type is not allowed for this client"), false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := b.request(http.MethodPost, "/oidc/token", c.form)
			if c.basic != nil {
				r.SetBasicAuth(c.basic[0], c.basic[1])
			}
			a := b.do(http.DefaultClient, r)
			if a.StatusCode != c.status {
				t.Errorf("status %d, want %d", a.StatusCode, c.status)
			}
			sameObject(t, b.object(a.body), c.body)
			want := ""
			if c.challenge {
				want = fmt.Sprintf(`Basic realm="%s/oidc", error="invalid_client", error_description="client authentication failed"`, b.base)
			}
			if got := a.Header.Get("WWW-Authenticate"); got != want {
				t.Errorf("WWW-Authenticate %q, want %q", got, want)
			}
			if a.Header.Get("Cache-Control") != "no-store" {
				t.Error("the answer may be cached")
			}
		})
	}
}

func TestTokenBodies(t *testing.T) {
	b := newBench(t)
	code := b.signIn(params()).Get("code")
	r := b.request(http.MethodPost, "/oidc/token", nil)
	r.Body = http.NoBody
	if a := b.do(http.DefaultClient, r); a.StatusCode != http.StatusBadRequest || b.object(a.body)["error"] != "invalid_request" {
		t.Errorf("no content type: %d %s", a.StatusCode, a.body)
	}
	document := fmt.Sprintf(`{"grant_type":"authorization_code","code":%q,"redirect_uri":%q,"code_verifier":%q,"client_id":%q,"client_secret":%q}`,
		code, callback, verifier, AppID, AppSecret)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.base+"/oidc/token", strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if a := b.do(http.DefaultClient, r); a.StatusCode != http.StatusOK {
		t.Errorf("JSON: %d %s", a.StatusCode, a.body)
	}
}

// RFC 6749 2.3.1: both halves of the header are form-encoded.
func TestBasicIsFormEncoded(t *testing.T) {
	for header, want := range map[string][2]string{
		"Basic YSUzQWI6YyslMjU=": {"a:b", "c %"}, // a%3Ab:c+%25
		"basic YTpiOmM=":         {"a", "b:c"},
	} {
		id, secret, ok := parseBasic(header)
		if !ok || id != want[0] || secret != want[1] {
			t.Errorf("%s: %q %q %v", header, id, secret, ok)
		}
	}
	for _, header := range []string{"Bearer YTpi", "Basic !", "Basic YQ==", "Basic", "Basic YTolekE="} { // a, a:%zA
		if _, _, ok := parseBasic(header); ok {
			t.Errorf("%s was taken", header)
		}
	}
}

// A wrong request does not consume the code; the right one does, and repeating it
// revokes what the first one got.
func TestCodeIsUsedOnce(t *testing.T) {
	b := newBench(t)
	code := b.signIn(params()).Get("code")
	for name, edits := range map[string][]string{
		"wrong verifier":     {"code_verifier", strings.Repeat("x", 43)},
		"short verifier":     {"code_verifier", "short"},
		"no verifier":        {"code_verifier", ""},
		"wrong redirect URI": {"redirect_uri", "http://localhost:3001/callback"},
		"no redirect URI":    {"redirect_uri", ""},
		"another client":     {"client_id", SPAAppID},
	} {
		if a := b.exchange(code, edits...); a.StatusCode != 400 || b.object(a.body)["error"] != "invalid_grant" {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
	if a := b.exchange(code, "client_id", AppID, "client_secret", "wrong"); a.StatusCode != 401 {
		t.Errorf("wrong secret: %d", a.StatusCode)
	}
	first := b.exchange(code)
	if first.StatusCode != 200 {
		t.Fatalf("the right request after wrong ones: %d %s", first.StatusCode, first.body)
	}
	access := text(b.object(first.body), "access_token")
	refresh := text(b.object(first.body), "refresh_token")
	if a := b.me(access); a.StatusCode != 200 {
		t.Errorf("user info before the replay: %d", a.StatusCode)
	}
	if a := b.exchange(code); a.StatusCode != 400 || b.object(a.body)["error"] != "invalid_grant" {
		t.Errorf("replay: %d %s", a.StatusCode, a.body)
	}
	if a := b.me(access); a.StatusCode != 401 {
		t.Errorf("user info after the replay: %d", a.StatusCode)
	}
	if a := b.token(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}}); a.StatusCode != 400 {
		t.Errorf("refresh after the replay: %d", a.StatusCode)
	}
}

func TestCodeLivesSixtySeconds(t *testing.T) {
	b := newBench(t)
	code := b.signIn(params()).Get("code")
	b.clock.advance(60 * time.Second)
	late := b.signIn(params()).Get("code")
	if a := b.exchange(code); a.StatusCode != 200 {
		t.Errorf("after 60 s: %d %s", a.StatusCode, a.body)
	}
	b.clock.advance(61 * time.Second)
	if a := b.exchange(late); a.StatusCode != 400 {
		t.Errorf("after 61 s: %d %s", a.StatusCode, a.body)
	}
}

func TestPublicAppAuthenticatesWithNothing(t *testing.T) {
	b := newBench(t)
	uri := "http://127.0.0.1:51234/callback"
	got := b.tokens(params("client_id", NativeAppID, "redirect_uri", uri), "client_id", NativeAppID, "redirect_uri", uri)
	if _, claims := b.verified(text(got, "id_token")); claims["aud"] != NativeAppID {
		t.Errorf("aud %v", claims["aud"])
	}
}

func TestOfflineAccessNeedsConsent(t *testing.T) {
	b := newBench(t)
	for prompt, want := range map[string]bool{"consent": true, "login": false, "login consent": true} {
		got := b.tokens(params("prompt", prompt))
		if _, present := got["refresh_token"]; present != want {
			t.Errorf("prompt=%s: a refresh token %v, want %v", prompt, present, want)
		}
		if strings.Contains(text(got, "scope"), "offline_access") != want {
			t.Errorf("prompt=%s: scope %q", prompt, got["scope"])
		}
	}
	got := b.tokens(params("scope", "profile"))
	if _, present := got["id_token"]; present {
		t.Error("an ID token without the openid scope")
	}
}
