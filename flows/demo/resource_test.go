package demo

import (
	"strings"
	"testing"
)

func TestOpaqueTokensHave43Characters(t *testing.T) {
	b := newBench(t)
	got := b.tokens(params())
	for _, name := range []string{"access_token", "refresh_token"} {
		if token := text(got, name); len(token) != 43 || strings.ContainsAny(token, ".+/=") {
			t.Errorf("%s %q", name, token)
		}
	}
}

// RFC 8707 and RFC 9068: the resource at both endpoints gives a JWT for it, which
// is no token for UserInfo.
func TestResourceToken(t *testing.T) {
	b := newBench(t)
	q := params("resource", Resource, "scope", "openid read:orders write:orders")
	got := b.tokens(q, "resource", Resource)
	if got["scope"] != "read:orders write:orders" {
		t.Errorf("scope %q", got["scope"])
	}
	header, claims := b.verified(text(got, "access_token"))
	if header.ExtraHeaders["typ"] != "at+jwt" {
		t.Errorf("typ %v", header.ExtraHeaders["typ"])
	}
	for name, want := range map[string]any{
		"iss": b.base + "/oidc", "aud": Resource, "sub": "alice0demo01", "client_id": AppID,
		"scope": "read:orders write:orders",
		"iat":   float64(b.clock.now().Unix()), "exp": float64(b.clock.now().Unix() + 3600),
	} {
		if claims[name] != want {
			t.Errorf("%s = %v, want %v", name, claims[name], want)
		}
	}
	if text(claims, "jti") == "" {
		t.Error("no jti")
	}
	if a := b.me(text(got, "access_token")); a.StatusCode != 401 {
		t.Errorf("user info with it: %d", a.StatusCode)
	}
}

// Logto does not take the resource over from the authorization request.
func TestResourceMustBeRepeated(t *testing.T) {
	b := newBench(t)
	got := b.tokens(params("resource", Resource, "scope", "openid read:orders"))
	if token := text(got, "access_token"); len(token) != 43 || got["scope"] != "openid" {
		t.Errorf("token %q, scope %q", token, got["scope"])
	}
	if a := b.me(text(got, "access_token")); a.StatusCode != 200 {
		t.Errorf("user info: %d", a.StatusCode)
	}
}

func TestResourceRefusals(t *testing.T) {
	b := newBench(t)
	for name, c := range map[string]struct {
		atAuthorize, atToken, member, value string
		status                              int
		code                                string
	}{
		"not asked for at authorize": {"", Resource, "", "", 400, "invalid_target"},
		"unknown":                    {Resource, "https://api.unknown.test", "", "", 400, "invalid_target"},
		"organization":               {"", "", "organization_id", "org1", 403, "access_denied"},
	} {
		code := b.signIn(params("resource", c.atAuthorize)).Get("code")
		a := b.exchange(code, "resource", c.atToken, c.member, c.value)
		if a.StatusCode != c.status || b.object(a.body)["error"] != c.code {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
}

// Taro may read orders only, whatever is asked for.
func TestPermissionsOfTheUserLimitTheScope(t *testing.T) {
	b := newBench(t)
	q := params("resource", Resource, "scope", "openid read:orders write:orders")
	code := b.location(b.press(b.location(b.authorize(q)), "action", "taro")).Query().Get("code")
	a := b.exchange(code, "resource", Resource)
	if got := b.object(a.body)["scope"]; got != "read:orders" {
		t.Errorf("scope %q", got)
	}
}
