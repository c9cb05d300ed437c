package demo

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestSignInPage(t *testing.T) {
	b := newBench(t)
	a := b.get(b.location(b.authorize(params())).String())
	for _, part := range []string{
		`id="username" name="username"`, `id="password" name="password" type="password"`, `<button id="submit" name="action" value="submit"`,
		`<button id="as-alice" name="action" value="alice">Sign in as Alice</button>`,
		`<button id="as-taro" name="action" value="taro">山田 太郎</button>`,
		`<button id="refuse"`, `prefers-color-scheme: dark`, `<title>Sign in</title>`, AppName,
		"Your e-mail address", "Access while you are away",
	} {
		if !strings.Contains(a.body, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
	for _, outside := range []string{`src="http`, `href="http`, "url(", "@import", "<script"} {
		if strings.Contains(a.body, outside) {
			t.Errorf("the page has %s", outside)
		}
	}
	policy := a.Header.Get("Content-Security-Policy")
	for _, part := range []string{
		"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self' http://localhost:3000",
	} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy %q lacks %s", policy, part)
		}
	}
	nonce, _, _ := strings.Cut(policy[strings.Index(policy, "style-src 'nonce-")+len("style-src 'nonce-"):], "'")
	if len(nonce) != 43 || !strings.Contains(a.body, `<style nonce="`+nonce+`"`) {
		t.Errorf("the style's nonce is not that of the policy %q", policy)
	}
	if a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers %v", a.Header)
	}
	without := b.get(b.location(b.authorize(params("prompt", "login"))).String())
	if strings.Contains(without.body, "It will be given") {
		t.Error("consent is asked for without prompt=consent")
	}
}

// The policy's grammar has no IPv6 address.
func TestFormActionForEachFamily(t *testing.T) {
	for uri, want := range map[string]string{
		"http://127.0.0.1:3000/callback": "'self' http://127.0.0.1:3000",
		"http://[::1]:3000/callback":     "'self' http:",
		"":                               "'self'",
	} {
		if got := leadsTo(uri); got != want {
			t.Errorf("%s: %s, want %s", uri, got, want)
		}
	}
}

func TestSignInWithPassword(t *testing.T) {
	b := newBench(t)
	at := b.location(b.authorize(params()))
	page := b.get(at.String())
	form := formOf(page.body)
	for name, c := range map[string][2]string{
		"wrong password": {"alice", "taro-demo"}, "unknown user": {"nobody", "alice-demo"}, "nothing": {"", ""},
	} {
		form.Set("username", c[0])
		form.Set("password", c[1])
		a := b.post("/sign-in", form)
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "The username or the password is wrong.") {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
		if !strings.Contains(a.body, `name="username" value="`+c[0]+`"`) {
			t.Errorf("%s: the username has to be typed again", name)
		}
	}
	back := b.location(b.press(at, "username", "taro", "password", "taro-demo")).Query()
	_, claims := b.verified(text(b.object(b.exchange(back.Get("code")).body), "id_token"))
	if claims["name"] != "山田 太郎" {
		t.Errorf("signed in as %v", claims["name"])
	}
}

func TestRefuse(t *testing.T) {
	b := newBench(t)
	for _, edits := range [][]string{nil, {"first_screen", "register"}} {
		got := b.location(b.press(b.location(b.authorize(params(edits...))), "action", "refuse")).Query()
		want := url.Values{
			"error": {"access_denied"}, "error_description": {"End-User aborted interaction"},
			"state": {"s1"}, "iss": {b.base + "/oidc"},
		}
		if got.Encode() != want.Encode() {
			t.Errorf("%v: %v", edits, got)
		}
	}
}

// With a session and prompt=consent the page offers to go on as who is signed in.
func TestContinue(t *testing.T) {
	b := newBench(t)
	b.signIn(params())
	at := b.location(b.authorize(params()))
	page := b.get(at.String())
	if !strings.Contains(page.body, "Continue as Alice Example") {
		t.Fatalf("page: %s", page.body)
	}
	if got := b.location(b.press(at, "action", "continue")).Query(); len(got.Get("code")) != 43 {
		t.Errorf("continue: %v", got)
	}

	forced := b.location(b.authorize(params("prompt", "login consent")))
	form := formOf(b.get(forced.String()).body)
	form.Set("action", "continue")
	if a := b.post("/sign-in", form); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("prompt=login was passed without signing in: %d", a.StatusCode)
	}
}

func TestRegister(t *testing.T) {
	b := newBench(t)
	at := b.location(b.authorize(params("first_screen", "register")))
	form := formOf(b.get(at.String()).body)
	for problem, c := range map[string][2]string{
		"This username is taken.":      {"Alice", "pw"},
		"does not begin with a digit.": {"1abc", "pw"},
		"Choose a password.":           {"hanako", ""},
	} {
		form.Set("username", c[0])
		form.Set("password", c[1])
		a := b.post("/register", form)
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, problem) {
			t.Errorf("%q: %d, want %q", c, a.StatusCode, problem)
		}
	}
	back := b.location(b.press(at, "username", "hanako", "password", "pw", "name", "鈴木 花子")).Query()
	_, claims := b.verified(text(b.object(b.exchange(back.Get("code")).body), "id_token"))
	if claims["username"] != "hanako" || claims["name"] != "鈴木 花子" || claims["email"] != nil || claims["email_verified"] != false ||
		claims["created_at"] != float64(b.clock.now().UnixMilli()) || len(text(claims, "sub")) != 12 {
		t.Errorf("claims %v", claims)
	}
	again := b.location(b.press(b.location(b.authorize(params("prompt", "login"))), "username", "hanako", "password", "pw"))
	if again.Query().Get("code") == "" {
		t.Errorf("the new account cannot sign in: %s", again)
	}
}

// The identifier in the page is not enough: the browser must be the one that began.
func TestAnotherBrowserCannotContinue(t *testing.T) {
	b := newBench(t)
	at := b.location(b.authorize(params()))
	form := formOf(b.get(at.String()).body)
	form.Set("action", "alice")
	other := b.newBrowser()
	for _, r := range []*http.Request{
		b.request(http.MethodGet, at.String(), nil),
		b.request(http.MethodPost, "/sign-in", form),
		b.request(http.MethodPost, "/register", form),
		b.request(http.MethodGet, "/oidc/auth/"+form.Get("interaction"), nil),
	} {
		if a := b.do(other, r); a.StatusCode != http.StatusBadRequest || a.Header.Get("Location") != "" {
			t.Errorf("%s %s: %d", r.Method, r.URL.Path, a.StatusCode)
		}
	}
	resume := b.location(b.post("/sign-in", form))
	b.location(b.get(resume.String()))
	again := b.get(resume.String())
	if again.StatusCode != http.StatusBadRequest || b.object(again.body)["code"] != "session.not_found" {
		t.Errorf("resumed twice: %d %s", again.StatusCode, again.body)
	}
}

func TestCookies(t *testing.T) {
	b := newBench(t)
	at := b.location(b.authorize(params()))
	form := formOf(b.get(at.String()).body)
	form.Set("action", "alice")
	a := b.get(b.location(b.post("/sign-in", form)).String())
	var found bool
	for _, c := range a.Cookies() {
		if c.Name == sessionCookie {
			found = c.HttpOnly && c.SameSite == http.SameSiteLaxMode && c.Path == "/" && len(c.Value) == 43
		}
	}
	if !found {
		t.Errorf("cookies %v", a.Header["Set-Cookie"])
	}
}

func TestHome(t *testing.T) {
	b := newBench(t)
	if a := b.get("/"); a.StatusCode != 200 || !strings.Contains(a.body, b.base+"/oidc") {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
}
