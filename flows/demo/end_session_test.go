package demo

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// endSession opens the endpoint in the browser and follows its form.
func (b *bench) endSession(q url.Values) *url.URL {
	b.Helper()
	page := b.get("/oidc/session/end?" + q.Encode())
	if page.StatusCode != http.StatusOK {
		b.Fatalf("%d %s", page.StatusCode, page.body)
	}
	return b.location(b.post("/oidc/session/end/confirm", formOf(page.body)))
}

// The table recorded from a running Logto: each of these signs out, and what
// differs is where the browser ends.
func TestEndSessionDestinations(t *testing.T) {
	b := newBench(t)
	hint := text(b.tokens(params()), "id_token")
	const home = "http://localhost:3000/"
	success := b.base + "/oidc/session/end/success"
	for name, c := range map[string]struct {
		q    url.Values
		want string
	}{
		"nothing":          {url.Values{}, success},
		"hint only":        {url.Values{"id_token_hint": {hint}}, success},
		"client only":      {url.Values{"client_id": {AppID}}, success},
		"URI only":         {url.Values{"post_logout_redirect_uri": {home}, "state": {"s"}}, success},
		"unknown URI only": {url.Values{"post_logout_redirect_uri": {"https://evil.test/"}}, success},
		"hint and URI":     {url.Values{"id_token_hint": {hint}, "post_logout_redirect_uri": {home}, "state": {"s"}}, home + "?state=s"},
		"client and URI":   {url.Values{"client_id": {AppID}, "post_logout_redirect_uri": {home}, "state": {"s"}}, home + "?state=s"},
		"no state":         {url.Values{"client_id": {AppID}, "post_logout_redirect_uri": {home}}, home},
		"all":              {url.Values{"client_id": {AppID}, "id_token_hint": {hint}, "post_logout_redirect_uri": {home}}, home},
	} {
		t.Run(name, func(t *testing.T) {
			access := text(b.tokens(params("prompt", "login")), "access_token")
			if got := b.endSession(c.q).String(); got != c.want {
				t.Errorf("ended at %s, want %s", got, c.want)
			}
			if got := b.location(b.authorize(params("prompt", "none"))).Query(); got.Get("error") != "login_required" {
				t.Errorf("prompt=none afterwards: %v", got)
			}
			if a := b.me(access); a.StatusCode != 401 {
				t.Errorf("the access token afterwards: %d", a.StatusCode)
			}
		})
	}
}

func TestEndSessionRefusals(t *testing.T) {
	b := newBench(t)
	hint := text(b.tokens(params()), "id_token")
	forged := hint[:len(hint)-8] + "AAAAAAAA"
	for name, c := range map[string]struct {
		q                 url.Values
		code, description string
	}{
		"unregistered URI": {
			url.Values{"client_id": {AppID}, "post_logout_redirect_uri": {"http://localhost:3000/bye"}},
			"invalid_request", "post_logout_redirect_uri not registered",
		},
		"bogus hint":  {url.Values{"id_token_hint": {"bogus"}}, "invalid_request", "could not decode id_token_hint"},
		"forged hint": {url.Values{"id_token_hint": {forged}}, "invalid_request", "could not validate id_token_hint"},
		"hint and client disagree": {
			url.Values{"id_token_hint": {hint}, "client_id": {NativeAppID}},
			"invalid_request", "client_id does not match the provided id_token_hint",
		},
		"unknown client": {url.Values{"client_id": {"nosuch"}}, "invalid_client", "invalid client nosuch"},
	} {
		a := b.get("/oidc/session/end?" + c.q.Encode())
		if a.StatusCode != 400 {
			t.Errorf("%s: status %d", name, a.StatusCode)
			continue
		}
		got := b.object(a.body)
		if got["error"] != c.code || got["error_description"] != c.description || got["code"] != "oidc."+c.code {
			t.Errorf("%s: %s", name, a.body)
		}
	}
	if got := b.location(b.authorize(params("prompt", "none"))).Query(); got.Get("code") == "" {
		t.Errorf("a refused request ended the session: %v", got)
	}
}

// Only the browser that opened the page can confirm, and only once.
func TestEndSessionConfirmation(t *testing.T) {
	b := newBench(t)
	b.signIn(params())
	page := b.get("/oidc/session/end")
	if !strings.Contains(page.body, `id="op.logoutForm" method="post" action="/oidc/session/end/confirm"`) {
		t.Errorf("page: %s", page.body)
	}
	form := formOf(page.body)
	foreign := b.do(b.newBrowser(), b.request(http.MethodPost, "/oidc/session/end/confirm", form))
	if foreign.StatusCode != 400 {
		t.Errorf("another browser: %d", foreign.StatusCode)
	}
	if a := b.post("/oidc/session/end/confirm", url.Values{"xsrf": {"guess"}, "logout": {"yes"}}); a.StatusCode != 400 {
		t.Errorf("a guess: %d", a.StatusCode)
	}
	b.location(b.post("/oidc/session/end/confirm", form))
	if a := b.post("/oidc/session/end/confirm", form); a.StatusCode != 400 {
		t.Errorf("twice: %d", a.StatusCode)
	}
	if a := b.get("/oidc/session/end/success"); a.StatusCode != 200 || !strings.Contains(a.body, "Signed out") {
		t.Errorf("success page: %d", a.StatusCode)
	}
}

func TestEndSessionByPost(t *testing.T) {
	b := newBench(t)
	if a := b.post("/oidc/session/end", url.Values{"client_id": {AppID}}); a.StatusCode != 200 {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
}
