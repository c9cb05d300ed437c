package demo

import (
	"net/http"
	"net/url"
	"testing"
)

func TestSignInToSignOut(t *testing.T) {
	b := newBench(t)
	back := b.signIn(params())
	if back.Get("state") != "s1" || back.Get("iss") != b.base+"/oidc" || len(back.Get("code")) != 43 {
		t.Fatalf("authorization response: %v", back)
	}
	a := b.exchange(back.Get("code"))
	if a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("token: status %d, Cache-Control %q: %s", a.StatusCode, a.Header.Get("Cache-Control"), a.body)
	}
	tokens := b.object(a.body)
	if tokens["token_type"] != "Bearer" || tokens["expires_in"] != 3600.0 ||
		tokens["scope"] != "openid offline_access profile email" {
		t.Errorf("token response: %v", tokens)
	}

	header, claims := b.verified(text(tokens, "id_token"))
	if header.Algorithm != "ES384" || header.ExtraHeaders["typ"] != "JWT" {
		t.Errorf("ID token header: %+v", header)
	}
	for name, want := range map[string]any{
		"sub": "alice0demo01", "aud": AppID, "iss": b.base + "/oidc", "nonce": "n1",
		"iat": float64(b.clock.now().Unix()), "exp": float64(b.clock.now().Unix() + 3600),
		"name": "Alice Example", "username": "alice", "picture": nil,
		"email": "alice@example.test", "email_verified": true,
		"created_at": 1736931600000.0, "updated_at": 1736931600000.0,
		"at_hash": leftHalf("ES384", text(tokens, "access_token")),
	} {
		got, present := claims[name]
		if !present || got != want {
			t.Errorf("claim %s = %v (present %v), want %v", name, got, present, want)
		}
	}
	for _, name := range []string{"sid", "auth_time"} {
		if _, present := claims[name]; present {
			t.Errorf("claim %s is present", name)
		}
	}

	info := b.me(text(tokens, "access_token"))
	if info.StatusCode != http.StatusOK || b.object(info.body)["sub"] != "alice0demo01" {
		t.Errorf("userinfo: %d %s", info.StatusCode, info.body)
	}

	q := url.Values{
		"id_token_hint": {text(tokens, "id_token")}, "client_id": {AppID},
		"post_logout_redirect_uri": {"http://localhost:3000/"}, "state": {"out1"},
	}
	page := b.get("/oidc/session/end?" + q.Encode())
	if page.StatusCode != http.StatusOK {
		t.Fatalf("end session: %d %s", page.StatusCode, page.body)
	}
	end := b.location(b.post("/oidc/session/end/confirm", formOf(page.body)))
	if end.String() != "http://localhost:3000/?state=out1" {
		t.Errorf("came back at %s", end)
	}
	silent := b.location(b.authorize(params("prompt", "none"))).Query()
	if silent.Get("error") != "login_required" {
		t.Errorf("after signing out prompt=none answered %v", silent)
	}
	if after := b.me(text(tokens, "access_token")); after.StatusCode != http.StatusUnauthorized {
		t.Errorf("the access token still works after signing out: %d", after.StatusCode)
	}
}
