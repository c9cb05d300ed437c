package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
)

func TestUserInfoClaims(t *testing.T) {
	b := newBench(t)
	q := params("scope", "openid profile email phone address custom_data identities roles "+
		"urn:logto:scope:organizations urn:logto:scope:organization_roles")
	code := b.location(b.press(b.location(b.authorize(q)), "action", "taro")).Query().Get("code")
	got := b.object(b.exchange(code).body)
	info := b.object(b.me(text(got, "access_token")).body)
	_, claims := b.verified(text(got, "id_token"))

	for name, want := range map[string]any{
		"sub": "taro00demo02", "name": "山田 太郎", "family_name": "山田", "given_name": "太郎",
		"username": "taro", "picture": nil, "locale": "ja", "zoneinfo": "Asia/Tokyo",
		"created_at": 1736931600000.0, "updated_at": 1736931600000.0,
		"email": "taro@example.test", "email_verified": true,
		"phone_number": nil, "phone_number_verified": false, "address": nil,
	} {
		for where, m := range map[string]map[string]any{"userinfo": info, "ID token": claims} {
			if value, present := m[name]; !present || value != want {
				t.Errorf("%s: %s = %v (present %v), want %v", where, name, value, present, want)
			}
		}
	}
	for name, inIDToken := range map[string]bool{
		"roles": true, "organizations": true, "organization_roles": true,
		"custom_data": false, "identities": false, "sso_identities": false, "organization_data": false,
	} {
		if _, present := info[name]; !present {
			t.Errorf("userinfo has no %s", name)
		}
		if _, present := claims[name]; present != inIDToken {
			t.Errorf("ID token: %s present %v, want %v", name, present, inIDToken)
		}
	}
	bare := b.object(b.me(text(b.tokens(params("prompt", "login", "scope", "openid")), "access_token")).body)
	sameObject(t, bare, map[string]any{"sub": "alice0demo01"})
}

func TestUserInfoRefusals(t *testing.T) {
	b := newBench(t)
	access := text(b.tokens(params()), "access_token")
	noOpenID := text(b.tokens(params("scope", "profile")), "access_token")
	with := func(header string) *http.Request {
		r := b.request(http.MethodGet, "/oidc/me", nil)
		if header != "" {
			r.Header.Set("Authorization", header)
		}
		return r
	}
	for name, c := range map[string]struct {
		request   *http.Request
		status    int
		code      string
		challenge string
	}{
		"unknown token": {
			with("Bearer bogus"), 401, "invalid_token",
			fmt.Sprintf(`Bearer realm="%s/oidc", error="invalid_token", error_description="invalid token provided"`, b.base),
		},
		"no openid": {
			with("Bearer " + noOpenID), 403, "insufficient_scope",
			fmt.Sprintf(`Bearer realm="%s/oidc", error="insufficient_scope", error_description="access token missing openid scope"`, b.base),
		},
		"no token": {
			with(""), 400, "invalid_request",
			fmt.Sprintf(`Bearer realm="%s/oidc", error="invalid_request", error_description="no access token provided"`, b.base),
		},
		"basic": {with("Basic " + access), 400, "invalid_request", ""},
		"in the query": {
			b.request(http.MethodGet, "/oidc/me?"+url.Values{"access_token": {access}}.Encode(), nil),
			400, "invalid_request", "",
		},
	} {
		a := b.do(http.DefaultClient, c.request)
		if a.StatusCode != c.status || b.object(a.body)["error"] != c.code {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
		if got := a.Header.Get("WWW-Authenticate"); got != c.challenge {
			t.Errorf("%s: WWW-Authenticate %q, want %q", name, got, c.challenge)
		}
	}
	if a := b.post("/oidc/me", url.Values{"access_token": {access}}); a.StatusCode != 200 {
		t.Errorf("in the form: %d %s", a.StatusCode, a.body)
	}
	if a := b.do(http.DefaultClient, with("bearer "+access)); a.StatusCode != 200 {
		t.Errorf("another case of the scheme: %d", a.StatusCode)
	}
}

func (b *bench) about(endpoint, token string, edits ...string) answered {
	b.Helper()
	form := edit(url.Values{"token": {token}}, edits...)
	r := b.request(http.MethodPost, endpoint, form)
	if !form.Has("client_id") {
		r.SetBasicAuth(AppID, AppSecret)
	}
	return b.do(http.DefaultClient, r)
}

func TestIntrospection(t *testing.T) {
	const endpoint = "/oidc/token/introspection"
	b := newBench(t)
	got := b.tokens(params())
	now := float64(b.clock.now().Unix())
	sameObject(t, b.object(b.about(endpoint, text(got, "access_token")).body), map[string]any{
		"active": true, "iss": b.base + "/oidc", "sub": "alice0demo01", "client_id": AppID, "token_type": "Bearer",
		"scope": "openid offline_access profile email", "iat": now, "exp": now + 3600,
	})
	refresh := b.object(b.about(endpoint, text(got, "refresh_token")).body)
	if refresh["active"] != true || refresh["exp"] != now+14*24*3600 {
		t.Errorf("refresh token: %v", refresh)
	}
	inactive := map[string]any{"active": false}
	sameObject(t, b.object(b.about(endpoint, "bogus").body), inactive)
	sameObject(t, b.object(b.about(endpoint, text(got, "access_token"), "client_id", NativeAppID).body), inactive)
	if a := b.about(endpoint, text(got, "access_token"), "client_id", AppID, "client_secret", "wrong"); a.StatusCode != 401 {
		t.Errorf("wrong secret: %d", a.StatusCode)
	}
	if a := b.about(endpoint, text(got, "id_token")); a.StatusCode != 400 || b.object(a.body)["error"] != "unsupported_token_type" {
		t.Errorf("a JWT: %d %s", a.StatusCode, a.body)
	}
}

func TestRevocation(t *testing.T) {
	const endpoint = "/oidc/token/revocation"
	b := newBench(t)
	got := b.tokens(params())
	access, refresh := text(got, "access_token"), text(got, "refresh_token")

	if a := b.about(endpoint, access, "client_id", NativeAppID); a.StatusCode != 200 || b.me(access).StatusCode != 200 {
		t.Error("another client revoked the token")
	}
	if a := b.about(endpoint, "bogus"); a.StatusCode != 200 {
		t.Errorf("unknown token: %d", a.StatusCode)
	}
	if a := b.about(endpoint, ""); a.StatusCode != 400 {
		t.Errorf("no token: %d", a.StatusCode)
	}
	if a := b.about(endpoint, access); a.StatusCode != 200 || a.body != "" {
		t.Errorf("access token: %d %q", a.StatusCode, a.body)
	}
	if a := b.me(access); a.StatusCode != 401 {
		t.Errorf("user info with a revoked token: %d", a.StatusCode)
	}
	renewed := text(b.object(b.refresh(refresh).body), "access_token")
	if a := b.me(renewed); a.StatusCode != 200 {
		t.Errorf("the refresh token after that: %d", a.StatusCode)
	}
	b.about(endpoint, refresh)
	if a := b.refresh(refresh); a.StatusCode != 400 {
		t.Errorf("refresh with a revoked token: %d", a.StatusCode)
	}
	if a := b.me(renewed); a.StatusCode != 401 {
		t.Errorf("the access token of a revoked grant: %d", a.StatusCode)
	}
}
