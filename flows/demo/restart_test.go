package demo

import (
	"net/url"
	"testing"
)

// restart replaces the tenant by a new one with an empty memory, as after the
// process has ended.
func (b *bench) restart() {
	b.tenant = New(Options{Now: b.clock.now})
	b.serve()
	b.browser = b.newBrowser()
}

func TestTokensSurviveARestart(t *testing.T) {
	b := newBench(t)
	got := b.tokens(params("resource", Resource, "scope", "openid profile email offline_access read:orders"))
	b.restart()

	a := b.me(text(got, "access_token"))
	if a.StatusCode != 200 || b.object(a.body)["email"] != "alice@example.test" {
		t.Errorf("user info: %d %s", a.StatusCode, a.body)
	}
	if _, claims := b.verified(text(got, "id_token")); claims["sub"] != "alice0demo01" {
		t.Errorf("ID token: %v", claims)
	}
	a = b.refresh(text(got, "refresh_token"), "resource", Resource)
	if a.StatusCode != 200 {
		t.Fatalf("refresh: %d %s", a.StatusCode, a.body)
	}
	_, claims := b.verified(text(b.object(a.body), "id_token"))
	if claims["sub"] != "alice0demo01" || claims["email"] != "alice@example.test" {
		t.Errorf("ID token of the refresh: %v", claims)
	}
	if nonce, present := claims["nonce"]; present { // OIDC Core 12.2: absent, or the original
		t.Errorf("a nonce that nobody remembers: %v", nonce)
	}
}

// Signing out after a restart has no session to end, but ends what the hint's user
// had granted to its app before.
func TestSignOutAfterARestart(t *testing.T) {
	b := newBench(t)
	got := b.tokens(params())
	b.restart()
	page := b.get("/oidc/session/end?" + url.Values{
		"id_token_hint": {text(got, "id_token")}, "post_logout_redirect_uri": {"http://localhost:3000/"}, "state": {"x"},
	}.Encode())
	end := b.location(b.post("/oidc/session/end/confirm", formOf(page.body)))
	if end.String() != "http://localhost:3000/?state=x" {
		t.Errorf("came back at %s", end)
	}
	if a := b.me(text(got, "access_token")); a.StatusCode != 401 {
		t.Errorf("the access token after signing out: %d", a.StatusCode)
	}
	if a := b.refresh(text(got, "refresh_token")); a.StatusCode != 400 {
		t.Errorf("the refresh token after signing out: %d", a.StatusCode)
	}
	again := b.tokens(params())
	if a := b.me(text(again, "access_token")); a.StatusCode != 200 {
		t.Errorf("a new sign-in right after: %d", a.StatusCode)
	}
}

// The index of a registered account is given again after a restart; its tokens
// must not become another's.
func TestRegisteredAccountsDoNotSurvive(t *testing.T) {
	b := newBench(t)
	got := b.tokensOfNewAccount("yuki")
	b.restart()
	if a := b.me(text(got, "access_token")); a.StatusCode != 401 {
		t.Errorf("before anyone registered: %d %s", a.StatusCode, a.body)
	}
	b.tokensOfNewAccount("mallory")
	if a := b.me(text(got, "access_token")); a.StatusCode != 401 {
		t.Errorf("after another account got the index: %d %s", a.StatusCode, a.body)
	}
}

func (b *bench) tokensOfNewAccount(username string) map[string]any {
	b.Helper()
	at := b.location(b.authorize(params("first_screen", "register")))
	back := b.location(b.press(at, "username", username, "password", "pw", "name", "New One"))
	a := b.exchange(back.Query().Get("code"))
	if a.StatusCode != 200 {
		b.Fatalf("%d %s", a.StatusCode, a.body)
	}
	return b.object(a.body)
}

func TestMintRefusesWhatItDidNotSeal(t *testing.T) {
	m := newMint()
	want := ticket{
		kind: kindRefresh, app: 2, user: 7, scopes: scopeOpenID | scopeWriteOrders, resources: 3,
		issued: newClock().now(), grant: 0xfedcba98, serial: 0x123456,
	}
	token := m.seal(want)
	got, ok := m.open(token)
	if !ok || !got.issued.Equal(want.issued) {
		t.Fatalf("%+v %v", got, ok)
	}
	got.issued = want.issued
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for i := range token {
		c := byte('A')
		if token[i] == c {
			c = 'E'
		}
		if _, ok := m.open(token[:i] + string(c) + token[i+1:]); ok {
			t.Errorf("a change at %d went unnoticed", i)
		}
	}
	if _, ok := m.open(token + "A"); ok {
		t.Error("a longer token was taken")
	}
}
