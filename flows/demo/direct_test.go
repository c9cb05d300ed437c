package demo

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"signbench/flows/testkit/headless"
)

// application is a web application with a callback, which counts who comes back.
type application struct {
	callback string
	mu       sync.Mutex
	back     []url.Values
}

func newApplication(t *testing.T) *application {
	t.Helper()
	a := &application{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.back = append(a.back, r.URL.Query())
		_, _ = w.Write([]byte("You can close this page."))
	}))
	t.Cleanup(server.Close)
	a.callback = server.URL + "/callback"
	return a
}

// came is what the application was told, and how often.
func (a *application) came() (url.Values, int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.back) == 0 {
		return url.Values{}, 0
	}
	return a.back[len(a.back)-1], len(a.back)
}

// visit opens the authorization request of a native app, whose loopback port is
// free, in a browser that presses Allow, or what it is told.
func (b *bench) visit(a *application, press string, edits ...string) *headless.Page {
	b.Helper()
	q := edit(params("client_id", NativeAppID, "redirect_uri", a.callback), edits...)
	page, err := headless.New(nil, press).Visit(b.Context(), b.base+"/oidc/auth?"+q.Encode())
	if err != nil {
		b.Fatal(err)
	}
	return page
}

const (
	directSocial = "social:" + SocialTarget
	directSSO    = "sso:" + SSOID
)

func TestDirectSignIn(t *testing.T) {
	for _, c := range []struct{ direct, on, name string }{
		{directSocial, "", "Hana Sato"},
		{directSSO, "", "Hana Sato"},
		{directSocial, "form_post", "Hana Sato"},
		{directSSO, "userinfo_other_claims", "Hana S."},
	} {
		t.Run(c.direct+" "+c.on, func(t *testing.T) {
			b, app := newBench(t), newApplication(t)
			b.tenant.SetUpstreamSwitches(c.on)
			b.visit(app, "allow", "direct_sign_in", c.direct, "scope", "openid profile email identities")
			back, times := app.came()
			if times != 1 || back.Get("code") == "" || back.Get("state") != "s1" {
				t.Fatalf("%d times, %v", times, back)
			}
			a := b.exchange(back.Get("code"), "client_id", NativeAppID, "redirect_uri", app.callback)
			tokens := b.object(a.body)
			_, claims := b.verified(text(tokens, "id_token"))
			if claims["name"] != c.name || claims["username"] != nil {
				t.Errorf("%v", claims)
			}
			me := b.object(b.me(text(tokens, "access_token")).body)
			social, _ := me["identities"].(map[string]any)
			sso, _ := me["sso_identities"].([]any)
			if linkedOnce := len(social) + len(sso); linkedOnce != 1 || (social[SocialTarget] != nil) != (c.direct == directSocial) {
				t.Errorf("%v %v", social, sso)
			}
		})
	}
}

// The second time it is the same account, and the two connectors give two.
func TestTheAccountIsFoundAgain(t *testing.T) {
	b, app := newBench(t), newApplication(t)
	subs := map[string]string{}
	for _, direct := range []string{directSocial, directSocial, directSSO} {
		b.visit(app, "allow", "direct_sign_in", direct)
		back, _ := app.came()
		a := b.exchange(back.Get("code"), "client_id", NativeAppID, "redirect_uri", app.callback)
		_, claims := b.verified(text(b.object(a.body), "id_token"))
		sub := text(claims, "sub")
		if known, again := subs[direct]; again && known != sub {
			t.Errorf("%s gives %s after %s", direct, sub, known)
		}
		subs[direct] = sub
	}
	if subs[directSocial] == subs[directSSO] {
		t.Error("one account for two connectors")
	}
}

// A broken connector keeps the user on the tenant's own page, and the application
// gets no callback.
func TestABrokenConnectorNeverReachesTheApplication(t *testing.T) {
	for _, c := range []struct{ direct, on, press, says string }{
		{directSocial, "wrong_secret", "allow", `Error occurred in connector: {"message":"{}"}`},
		{directSocial, "jwks_404", "allow", "Unknown error."},
		{directSocial, "error_access_denied", "allow", "access_denied"},
		{directSocial, "", "deny", "access_denied"},
		{directSSO, "wrong_secret", "allow", "The user's authorization process is unsuccessful."},
		{directSSO, "discovery_404", "allow", "The connector's config is invalid."},
	} {
		t.Run(c.direct+" "+c.on+c.press, func(t *testing.T) {
			b, app := newBench(t), newApplication(t)
			b.tenant.SetUpstreamSwitches(c.on)
			page := b.visit(app, c.press, "direct_sign_in", c.direct)
			if _, times := app.came(); times != 0 {
				t.Errorf("the application was called %d times", times)
			}
			if page.Title != "Sign in" || !strings.HasPrefix(page.URL.String(), b.base+"/") || !strings.Contains(page.Text, c.says) {
				t.Errorf("at %s: %s", page.URL, page.Text)
			}
		})
	}
}

// An upstream that does not know the callback URI keeps the user with itself.
func TestAnUnknownCallbackURI(t *testing.T) {
	b, app := newBench(t), newApplication(t)
	b.tenant.SetUpstreamSwitches("redirect_uri_unknown")
	page := b.visit(app, "allow", "direct_sign_in", directSocial)
	if _, times := app.came(); times != 0 || page.Status != http.StatusBadRequest || !strings.Contains(page.Text, "/callback/"+SocialID) {
		t.Errorf("%d times; %d %s", times, page.Status, page.Text)
	}
}

func TestUnknownTargetsFallBack(t *testing.T) {
	b := newBench(t)
	for direct, want := range map[string]string{
		"social:google": "/sign-in", "social:" + SocialID: "/sign-in", "sso:nosuch": "/sign-in", "sso:" + SocialID: "/sign-in",
	} {
		at := b.location(b.authorize(params("direct_sign_in", direct)))
		if !strings.HasPrefix(at.Path, "/direct/") || at.Query().Get("fallback") != "sign-in" {
			t.Errorf("%s: first to %s", direct, at)
		}
		if at = b.location(b.get(at.String())); at.Path != want {
			t.Errorf("%s: then to %s", direct, at)
		}
	}
	at := b.location(b.authorize(params("direct_sign_in", "social:google", "first_screen", "register")))
	if at = b.location(b.get(at.String())); at.Path != "/register" {
		t.Errorf("the fallback is %s", at)
	}
}

// A session answers before a connector is asked.
func TestDirectSignInWithASession(t *testing.T) {
	b := newBench(t)
	b.signIn(params())
	if at := b.location(b.authorize(params("direct_sign_in", directSocial))); at.Path != "/sign-in" {
		t.Errorf("sent to %s", at)
	}
	if at := b.location(b.authorize(params("direct_sign_in", directSocial, "prompt", "login"))); !strings.HasPrefix(at.Path, "/direct/") {
		t.Errorf("asked to sign in again: sent to %s", at)
	}
}

func TestTheSignInPageHasTheConnectors(t *testing.T) {
	b := newBench(t)
	at := b.location(b.authorize(params()))
	page := b.get(at.String())
	for _, c := range []string{"/direct/social/" + SocialTarget, "/direct/sso/" + SSOID} {
		if !strings.Contains(page.body, `class="button" href="`+c+"?") {
			t.Errorf("no link to %s", c)
		}
	}
	target := b.location(b.get("/direct/social/" + SocialTarget + "?" + at.RawQuery))
	if target.Path != "/authorize" || target.Query().Get("redirect_uri") != b.base+"/callback/"+SocialID || target.Query().Has("code_challenge") {
		t.Errorf("sent to %s", target)
	}
}

func TestCallbacksThatFitNothing(t *testing.T) {
	b := newBench(t)
	at := b.location(b.authorize(params("direct_sign_in", directSocial)))
	target := b.location(b.get(at.String()))
	state := target.Query().Get("state")
	for name, a := range map[string]answered{
		"state":     b.get("/callback/" + SocialID + "?code=x&state=other"),
		"no state":  b.get("/callback/" + SocialID + "?code=x"),
		"connector": b.get("/callback/" + SSOID + "?code=x&state=" + state),
		"browser":   b.do(b.newBrowser(), b.request(http.MethodGet, "/callback/"+SocialID+"?code=x&state="+state, nil)),
	} {
		if a.StatusCode != 200 || !strings.Contains(a.body, "The authorization is invalid.") {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
	if a := b.get("/direct/social/" + SocialTarget + "?interaction=nosuch"); a.StatusCode != http.StatusBadRequest {
		t.Errorf("no interaction: %d", a.StatusCode)
	}
	back := b.location(b.post("/callback/"+SocialID, url.Values{"code": {"x"}, "state": {state}}))
	if back.Path != "/callback/"+SocialID || back.Query().Get("state") != state || back.Query().Get("code") != "x" {
		t.Errorf("a posted callback goes to %s", back)
	}
}
