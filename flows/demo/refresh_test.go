package demo

import (
	"net/url"
	"testing"
	"time"
)

func (b *bench) refresh(token string, edits ...string) answered {
	b.Helper()
	return b.token(edit(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}, edits...))
}

func TestRefreshOfATraditionalApp(t *testing.T) {
	b := newBench(t)
	first := b.tokens(params())
	b.clock.advance(2 * time.Hour)
	if a := b.me(text(first, "access_token")); a.StatusCode != 401 {
		t.Errorf("an access token after two hours: %d", a.StatusCode)
	}
	a := b.refresh(text(first, "refresh_token"))
	if a.StatusCode != 200 {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	second := b.object(a.body)
	if second["refresh_token"] != first["refresh_token"] {
		t.Error("the refresh token of a confidential client was rotated early")
	}
	if second["access_token"] == first["access_token"] {
		t.Error("the access token is the old one")
	}
	if a := b.me(text(second, "access_token")); a.StatusCode != 200 {
		t.Errorf("user info with the new token: %d", a.StatusCode)
	}
	_, claims := b.verified(text(second, "id_token"))
	if claims["nonce"] != "n1" || claims["iat"] != float64(b.clock.now().Unix()) ||
		claims["at_hash"] != leftHalf("ES384", text(second, "access_token")) {
		t.Errorf("claims %v", claims)
	}
}

func TestRefreshNarrowsButNeverWidens(t *testing.T) {
	b := newBench(t)
	refresh := text(b.tokens(params("scope", "openid profile offline_access")), "refresh_token")
	if a := b.refresh(refresh, "scope", "openid"); a.StatusCode != 200 || b.object(a.body)["scope"] != "openid" {
		t.Errorf("narrower: %d %s", a.StatusCode, a.body)
	}
	if a := b.refresh(refresh, "scope", "openid email"); a.StatusCode != 400 || b.object(a.body)["error"] != "invalid_scope" {
		t.Errorf("wider: %d %s", a.StatusCode, a.body)
	}
}

func TestRefreshForAResource(t *testing.T) {
	b := newBench(t)
	refresh := text(b.tokens(params("resource", Resource, "scope", "openid offline_access read:orders")), "refresh_token")
	a := b.refresh(refresh, "resource", Resource)
	if a.StatusCode != 200 {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	if _, claims := b.verified(text(b.object(a.body), "access_token")); claims["aud"] != Resource || claims["scope"] != "read:orders" {
		t.Errorf("claims %v", claims)
	}
}

func TestRefreshRefusals(t *testing.T) {
	b := newBench(t)
	got := b.tokens(params())
	for name, a := range map[string]answered{
		"not a token":     b.refresh("bogus"),
		"an access token": b.refresh(text(got, "access_token")),
		"another client":  b.refresh(text(got, "refresh_token"), "client_id", SPAAppID),
	} {
		if a.StatusCode != 400 || b.object(a.body)["error"] != "invalid_grant" {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
	if a := b.refresh(""); a.StatusCode != 400 || b.object(a.body)["error"] != "invalid_request" {
		t.Errorf("none: %d %s", a.StatusCode, a.body)
	}
	b.clock.advance(14 * 24 * time.Hour)
	if a := b.refresh(text(got, "refresh_token")); a.StatusCode != 400 {
		t.Errorf("after 14 days: %d", a.StatusCode)
	}
}

// native is a sign-in of the public app, up to its refresh token.
func (b *bench) native() string {
	b.Helper()
	uri := "http://127.0.0.1:51234/callback"
	got := b.tokens(params("client_id", NativeAppID, "redirect_uri", uri), "client_id", NativeAppID, "redirect_uri", uri)
	return text(got, "refresh_token")
}

func TestRotationOfAPublicApp(t *testing.T) {
	b := newBench(t)
	first := b.native()
	a := b.refresh(first, "client_id", NativeAppID)
	second := text(b.object(a.body), "refresh_token")
	if a.StatusCode != 200 || second == "" || second == first {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	b.clock.advance(3 * time.Second)
	grace := b.refresh(first, "client_id", NativeAppID)
	if grace.StatusCode != 200 {
		t.Fatalf("the old token within 3 s: %d %s", grace.StatusCode, grace.body)
	}
	b.clock.advance(time.Second)
	if a := b.refresh(first, "client_id", NativeAppID); a.StatusCode != 400 {
		t.Errorf("the old token after 4 s: %d", a.StatusCode)
	}
	for name, token := range map[string]string{
		"its successor": second, "the one of the grace": text(b.object(grace.body), "refresh_token"),
	} {
		if a := b.refresh(token, "client_id", NativeAppID); a.StatusCode != 400 {
			t.Errorf("%s after the reuse: %d", name, a.StatusCode)
		}
	}
	if a := b.me(text(b.object(grace.body), "access_token")); a.StatusCode != 401 {
		t.Errorf("user info after the reuse: %d", a.StatusCode)
	}
}

// A refresh token of a confidential client is rotated when seven tenths of its
// life are over, and the new one has a life of its own.
func TestLateRotation(t *testing.T) {
	b := newBench(t)
	first := text(b.tokens(params()), "refresh_token")
	b.clock.advance(10 * 24 * time.Hour)
	a := b.refresh(first)
	second := text(b.object(a.body), "refresh_token")
	if a.StatusCode != 200 || second == first {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	b.clock.advance(10 * 24 * time.Hour)
	if a := b.refresh(second); a.StatusCode != 200 {
		t.Errorf("the new one after ten more days: %d %s", a.StatusCode, a.body)
	}
}
