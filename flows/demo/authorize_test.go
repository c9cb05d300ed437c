package demo

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// What concerns the client or its redirect URI is answered with 400 and JSON, also
// to a browser, and never with a redirect.
func TestAuthorizeRefusesWithoutRedirect(t *testing.T) {
	b := newBench(t)
	invalidURI := map[string]any{
		"code":              "oidc.invalid_redirect_uri",
		"message":           "`redirect_uri` did not match any of the client's registered `redirect_uris`.",
		"error":             "invalid_redirect_uri",
		"error_description": "redirect_uri did not match any of the client's registered redirect_uris",
	}
	invalidClient := map[string]any{
		"code": "oidc.invalid_client", "message": "An OIDC error occurred: invalid_client.",
		"error": "invalid_client", "error_description": "invalid client nosuchclient",
	}
	missing := func(name string) map[string]any {
		return map[string]any{
			"code": "oidc.invalid_request", "message": "Request is invalid.",
			"error": "invalid_request", "error_description": "missing required parameter '" + name + "'",
		}
	}
	for name, c := range map[string]struct {
		q    url.Values
		want map[string]any
	}{
		"unregistered URI":    {params("redirect_uri", "http://localhost:4000/callback"), invalidURI},
		"unknown client":      {params("client_id", "nosuchclient"), invalidClient},
		"no client":           {params("client_id", ""), missing("client_id")},
		"no redirect URI":     {params("redirect_uri", ""), missing("redirect_uri")},
		"wrong request too":   {params("redirect_uri", "https://evil.test/", "response_type", "x"), invalidURI},
		"SPA on another port": {params("client_id", SPAAppID, "redirect_uri", "http://localhost:51234/callback"), invalidURI},
	} {
		t.Run(name, func(t *testing.T) {
			r := b.request(http.MethodGet, "/oidc/auth?"+c.q.Encode(), nil)
			r.Header.Set("Accept", "text/html")
			a := b.do(b.browser, r)
			if a.StatusCode != http.StatusBadRequest || a.Header.Get("Location") != "" {
				t.Fatalf("status %d, Location %q", a.StatusCode, a.Header.Get("Location"))
			}
			c.want["state"], c.want["iss"] = "s1", b.base+"/oidc"
			sameObject(t, b.object(a.body), c.want)
		})
	}
}

func TestRedirectURIMatching(t *testing.T) {
	for _, c := range []struct {
		app, uri string
		want     bool
	}{
		{AppID, "http://localhost:3000/callback", true},
		{AppID, "http://LOCALHOST:3000/callback", true},
		{AppID, "http://127.0.0.1:3009/callback", true},
		{AppID, "http://[::1]:3005/callback", true},
		{AppID, "http://localhost:3020/callback", false},
		{AppID, "http://localhost/callback", false},
		{AppID, "https://localhost:3000/callback", false},
		{AppID, "http://localhost:3000/callback/", false},
		{AppID, "http://localhost:3000/Callback", false},
		{AppID, "http://localhost:3000/callback?x=1", false},
		{AppID, "http://localhost:3000/callback#x", false},
		{AppID, "http://user@localhost:3000/callback", false},
		{AppID, "://", false},
		{NativeAppID, "http://localhost:51234/callback", true},
		{NativeAppID, "http://127.0.0.1:51234/callback", true},
		{NativeAppID, "http://[::1]:51234/callback", true},
		{NativeAppID, "http://127.0.0.1:51234/other", false},
		{NativeAppID, "http://127.0.0.2:51234/callback", false},
		{SPAAppID, "http://localhost:3000/callback", true},
		{SPAAppID, "http://localhost:51234/callback", false},
	} {
		if got := registeredApp(t, c.app).allowsRedirect(c.uri); got != c.want {
			t.Errorf("%s %s: %v, want %v", c.app, c.uri, got, c.want)
		}
	}
	for uri, want := range map[string]bool{
		"http://localhost:3000/": true, "http://localhost:3000": true, "http://127.0.0.1:3001/": true,
		"http://localhost:3000/bye": false, "http://localhost:4000/": false,
	} {
		if got := registeredApp(t, AppID).allowsPostLogout(uri); got != want {
			t.Errorf("post sign-out %s: %v, want %v", uri, got, want)
		}
	}
}

// Everything else goes to the redirect URI with 303, state and iss.
func TestAuthorizeErrorsAreRedirected(t *testing.T) {
	b := newBench(t)
	for name, c := range map[string]struct {
		q                 url.Values
		code, description string
		fragment          bool
	}{
		"public client without PKCE": {
			params("client_id", SPAAppID, "code_challenge", "", "code_challenge_method", ""), "invalid_request",
			"Authorization Server policy requires PKCE to be used for this request", false,
		},
		"plain":          {params("code_challenge_method", "plain"), "invalid_request", "not supported value of code_challenge_method", false},
		"default method": {params("code_challenge_method", ""), "invalid_request", "not supported value of code_challenge_method", false},
		"short challenge": {
			params("code_challenge", "short"), "invalid_request", "code_challenge is not a base64url encoded SHA-256", false,
		},
		"silent without a session": {params("prompt", "none"), "login_required", "End-User authentication is required", false},
		"unknown resource": {
			params("resource", "https://api.unknown.test"), "invalid_target", "resource indicator is missing, or unknown", false,
		},
		"one unknown of two": {
			params("resource", Resource+",https://api.unknown.test"), "invalid_target",
			"resource indicator is missing, or unknown", false,
		},
		"response type":     {params("response_type", "token"), "unsupported_response_type", "unsupported response_type requested", true},
		"hybrid":            {params("response_type", "code id_token"), "unauthorized_client", "requested response_type is not allowed for this client", true},
		"no response type":  {params("response_type", ""), "invalid_request", "missing required parameter 'response_type'", false},
		"response mode":     {params("response_mode", "web_message"), "unsupported_response_mode", "unsupported response_mode requested", false},
		"prompt":            {params("prompt", "dance"), "invalid_request", "unsupported prompt value requested", false},
		"none with another": {params("prompt", "none login"), "invalid_request", "prompt none must only be used alone", false},
		"max_age":           {params("max_age", "-1"), "invalid_request", "invalid max_age parameter value", false},
	} {
		t.Run(name, func(t *testing.T) {
			at := b.location(b.authorize(c.q))
			if !strings.HasPrefix(at.String(), callback) {
				t.Fatalf("sent to %s", at)
			}
			got := at.Query()
			if c.fragment {
				got, _ = url.ParseQuery(at.Fragment)
			}
			want := url.Values{
				"error": {c.code}, "error_description": {c.description}, "state": {"s1"}, "iss": {b.base + "/oidc"},
			}
			if got.Encode() != want.Encode() {
				t.Errorf("got  %v\nwant %v", got, want)
			}
		})
	}
	twice := params()
	twice.Add("nonce", "n2")
	if got := b.location(b.authorize(twice)).Query(); got.Get("error") != "invalid_request" {
		t.Errorf("a parameter given twice: %v", got)
	}
}

func TestTraditionalAppMayOmitPKCE(t *testing.T) {
	b := newBench(t)
	bare := params("code_challenge", "", "code_challenge_method", "")
	if a := b.exchange(b.signIn(bare).Get("code"), "code_verifier", ""); a.StatusCode != http.StatusOK {
		t.Errorf("without a challenge: %d %s", a.StatusCode, a.body)
	}
	if a := b.exchange(b.signIn(bare).Get("code")); a.StatusCode != http.StatusBadRequest {
		t.Errorf("a verifier without a challenge: %d %s", a.StatusCode, a.body)
	}
}

func TestPromptAndMaxAge(t *testing.T) {
	b := newBench(t)
	b.signIn(params())
	began := b.clock.now()
	b.clock.advance(10 * time.Minute)
	straight := func(edits ...string) url.Values { return b.location(b.authorize(params(edits...))).Query() }

	if got := straight("prompt", "none"); len(got.Get("code")) != 43 {
		t.Errorf("prompt=none with a session: %v", got)
	}
	if got := straight("prompt", ""); len(got.Get("code")) != 43 {
		t.Errorf("no prompt with a session: %v", got)
	}
	if got := straight("prompt", "none", "max_age", "300"); got.Get("error") != "login_required" {
		t.Errorf("prompt=none with a stale session: %v", got)
	}
	for _, edits := range [][]string{{"prompt", "login"}, {"prompt", "consent"}, {"prompt", "", "max_age", "300"}} {
		if at := b.location(b.authorize(params(edits...))); at.Path != "/sign-in" {
			t.Errorf("%v was sent to %s", edits, at)
		}
	}

	fresh := b.tokens(params("prompt", "", "max_age", "3600"))
	if _, claims := b.verified(text(fresh, "id_token")); claims["auth_time"] != float64(began.Unix()) {
		t.Errorf("auth_time %v, want that of the session, %d", claims["auth_time"], began.Unix())
	}
}

func TestSilentForAnotherUserNeedsLogin(t *testing.T) {
	b := newBench(t)
	alice := text(b.tokens(params()), "id_token")
	at := b.location(b.authorize(params("prompt", "login")))
	b.press(at, "action", "taro")
	if got := b.location(b.authorize(params("prompt", "none", "id_token_hint", alice))).Query(); got.Get("error") != "login_required" {
		t.Errorf("a hint at Alice while Taro is signed in: %v", got)
	}
}

func TestResponseModes(t *testing.T) {
	b := newBench(t)
	at := b.location(b.press(b.location(b.authorize(params("response_mode", "fragment"))), "action", "alice"))
	got, err := url.ParseQuery(at.Fragment)
	if err != nil || len(got.Get("code")) != 43 || got.Get("state") != "s1" || at.RawQuery != "" {
		t.Errorf("fragment: %s", at)
	}
	page := b.press(b.location(b.authorize(params("response_mode", "form_post"))), "action", "alice")
	form := formOf(page.body)
	if page.StatusCode != http.StatusOK || !strings.Contains(page.body, `action="`+callback+`"`) ||
		len(form.Get("code")) != 43 || form.Get("state") != "s1" || form.Get("iss") != b.base+"/oidc" {
		t.Errorf("form_post: %d %s", page.StatusCode, page.body)
	}
}

func TestFirstScreen(t *testing.T) {
	b := newBench(t)
	for name, c := range map[string]struct {
		edits []string
		path  string
	}{
		"register":            {[]string{"first_screen", "register"}, "/register"},
		"identifier:register": {[]string{"first_screen", "identifier:register"}, "/register"},
		"signUp":              {[]string{"interaction_mode", "signUp"}, "/register"},
		"prompt=create":       {[]string{"prompt", "create"}, "/register"},
		"first screen wins":   {[]string{"first_screen", "sign_in", "interaction_mode", "signUp"}, "/sign-in"},
		"direct":              {[]string{"direct_sign_in", "social:google"}, "/direct/social/google"},
		"one bad value voids": {[]string{"first_screen", "signup", "interaction_mode", "signUp"}, "/sign-in"},
		"bad direct voids":    {[]string{"first_screen", "register", "direct_sign_in", "google"}, "/sign-in"},
	} {
		at := b.location(b.authorize(params(c.edits...)))
		if at.Path != c.path || at.Query().Get("app_id") != AppID {
			t.Errorf("%s: sent to %s, want %s", name, at, c.path)
		}
	}
	hinted := b.get(b.location(b.authorize(params("login_hint", "taro"))).String())
	if !strings.Contains(hinted.body, `name="username" value="taro"`) {
		t.Error("login_hint is not in the field")
	}
	voided := b.get(b.location(b.authorize(params("login_hint", "taro", "first_screen", "signup"))).String())
	if !strings.Contains(voided.body, `name="username" value=""`) {
		t.Error("a bad first_screen did not void login_hint")
	}
}

func TestPushedAuthorizationRequest(t *testing.T) {
	b := newBench(t)
	push := func() string {
		r := b.request(http.MethodPost, "/oidc/request", params())
		r.SetBasicAuth(AppID, AppSecret)
		a := b.do(http.DefaultClient, r)
		if a.StatusCode != http.StatusCreated {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
		return text(b.object(a.body), "request_uri")
	}
	uri := push()
	q := url.Values{"client_id": {AppID}, "request_uri": {uri}}
	if at := b.location(b.authorize(q)); at.Path != "/sign-in" {
		t.Errorf("sent to %s", at)
	}
	if a := b.authorize(q); a.StatusCode != http.StatusBadRequest || b.object(a.body)["error"] != "invalid_request_uri" {
		t.Errorf("used twice: %d %s", a.StatusCode, a.body)
	}
	if a := b.authorize(url.Values{"client_id": {SPAAppID}, "request_uri": {push()}}); a.StatusCode != http.StatusBadRequest {
		t.Errorf("used by another client: %d", a.StatusCode)
	}
	r := b.request(http.MethodPost, "/oidc/request", params())
	r.SetBasicAuth(AppID, "wrong")
	if a := b.do(http.DefaultClient, r); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("wrong secret: %d", a.StatusCode)
	}
}

func registeredApp(t *testing.T, id string) *registration {
	t.Helper()
	reg, known := New(Options{}).registered(id)
	if !known {
		t.Fatalf("%s is not registered", id)
	}
	return reg
}
