package check_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"signbench/flows/check"
	"signbench/flows/oauth"
)

func TestAuthorizationResponse(t *testing.T) {
	good := oauth.AuthorizationResponse{Code: code, State: state, Issuer: issuer}
	advertised := oauth.Metadata{IssParameter: true}
	tests := []struct {
		name     string
		change   func(*oauth.AuthorizationResponse)
		metadata oauth.Metadata
		want     []string
	}{
		{"good", func(*oauth.AuthorizationResponse) {}, advertised, nil},
		{"no iss, none announced", func(r *oauth.AuthorizationResponse) { r.Issuer = "" }, oauth.Metadata{}, nil},
		{"iss although none is announced", func(*oauth.AuthorizationResponse) {}, oauth.Metadata{}, nil},
		{"no iss although announced", func(r *oauth.AuthorizationResponse) { r.Issuer = "" }, advertised, []string{"authorization_response.iss:absent"}},
		{"iss of another", func(r *oauth.AuthorizationResponse) { r.Issuer = "https://evil.example" }, oauth.Metadata{}, []string{"authorization_response.iss:different"}},
		{"iss with a slash", func(r *oauth.AuthorizationResponse) { r.Issuer += "/" }, advertised, []string{"authorization_response.iss:trailing_slash"}},
		{"no state", func(r *oauth.AuthorizationResponse) { r.State = "" }, advertised, []string{"authorization_response.state:absent"}},
		{"another state", func(r *oauth.AuthorizationResponse) { r.State = "forged" }, advertised, []string{"authorization_response.state:different"}},
		{"no code", func(r *oauth.AuthorizationResponse) { r.Code = "" }, advertised, []string{"authorization_response.code:absent"}},
		{"an error", func(r *oauth.AuthorizationResponse) {
			r.Code, r.Error, r.ErrorDescription = "", "access_denied", "the user\x1b[2J refused"
		}, advertised, []string{"authorization_response.error:present"}},
		{
			"an error and a code", func(r *oauth.AuthorizationResponse) { r.Error = "server_error" }, advertised,
			[]string{"authorization_response.error:present", "~authorization_response.code:with_error"},
		},
		{
			"nothing", func(r *oauth.AuthorizationResponse) { *r = oauth.AuthorizationResponse{} }, advertised,
			[]string{"authorization_response.state:absent", "authorization_response.iss:absent", "authorization_response.code:absent"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response := good
			test.change(&response)
			expect(t, check.AuthorizationResponse(check.AuthorizationResponseInput{
				Response: response, State: state, Metadata: test.metadata, Issuer: issuer,
			}), test.want...)
		})
	}
}

// A state that nobody sent must not match a state that nobody returned.
func TestEmptyStatesDoNotMatch(t *testing.T) {
	r := check.AuthorizationResponse(check.AuthorizationResponseInput{Response: oauth.AuthorizationResponse{Code: code}})
	expect(t, r, "authorization_response.state:absent")
}

func TestTokenResponse(t *testing.T) {
	body := m{"access_token": accessToken, "token_type": "Bearer", "expires_in": 3600, "id_token": "i", "refresh_token": "r", "scope": "openid email"}
	tests := []struct {
		name   string
		body   m
		change func(*check.TokenResponseInput)
		want   []string
	}{
		{"good", nil, nil, nil},
		{"bearer in small letters", nil, func(in *check.TokenResponseInput) { in.Tokens.TokenType = "bearer" }, nil},
		{"another token type", nil, func(in *check.TokenResponseInput) { in.Tokens.TokenType = "DPoP" }, []string{"token_response.token_type:different"}},
		{"no token type", nil, func(in *check.TokenResponseInput) { in.Tokens.TokenType = "" }, []string{"token_response.token_type:absent"}},
		{"no access token", nil, func(in *check.TokenResponseInput) { in.Tokens.AccessToken = "" }, []string{"token_response.access_token:absent"}},
		{"no lifetime", m{"expires_in": nil}, nil, []string{"~token_response.expires_in:absent"}},
		{"a lifetime in quotes", m{"expires_in": "3600"}, nil, []string{"~token_response.expires_in:wrong_type"}},
		{"a lifetime of nothing", m{"expires_in": 0}, nil, []string{"~token_response.expires_in:not_positive"}},
		{"a lifetime with a fraction", m{"expires_in": 3599.5}, nil, nil},
		{"no ID token", nil, func(in *check.TokenResponseInput) { in.Tokens.IDToken = "" }, []string{"token_response.id_token:absent"}},
		{"no ID token asked for", nil, func(in *check.TokenResponseInput) {
			in.Tokens.IDToken, in.RequestedScopes, in.Tokens.Scope = "", []string{"email"}, "email"
		}, nil},
		{"a refresh without ID and refresh token", nil, func(in *check.TokenResponseInput) {
			in.Refresh, in.Tokens.IDToken, in.Tokens.RefreshToken = true, "", ""
		}, nil},
		{"no refresh token", nil, func(in *check.TokenResponseInput) { in.Tokens.RefreshToken = "" }, []string{"~token_response.refresh_token:absent"}},
		{"no refresh token asked for", nil, func(in *check.TokenResponseInput) { in.OfflineRequested, in.Tokens.RefreshToken = false, "" }, nil},
		{"fewer scopes", nil, func(in *check.TokenResponseInput) { in.Tokens.Scope = "openid" }, []string{"~token_response.scope:narrower"}},
		{"more scopes", nil, func(in *check.TokenResponseInput) { in.Tokens.Scope = "openid email phone" }, []string{"~token_response.scope:wider"}},
		{"scopes in another order", nil, func(in *check.TokenResponseInput) { in.Tokens.Scope = "email  openid" }, nil},
		{"no scope", nil, func(in *check.TokenResponseInput) { in.Tokens.Scope = "" }, nil},
		{"may be cached", nil, func(in *check.TokenResponseInput) { in.Header.Set("Cache-Control", "private, max-age=0") }, []string{"~token_response.cache_control:different"}},
		{"no word on caching", nil, func(in *check.TokenResponseInput) { in.Header.Del("Cache-Control") }, []string{"~token_response.cache_control:absent"}},
		{"no-store among others", nil, func(in *check.TokenResponseInput) {
			in.Header.Set("Cache-Control", "no-cache")
			in.Header.Add("Cache-Control", "No-Store, private")
		}, nil},
		{"labelled as text", nil, func(in *check.TokenResponseInput) { in.Header.Set("Content-Type", "text/html") }, []string{"~token_response.content_type:different"}},
		{"no label", nil, func(in *check.TokenResponseInput) { in.Header.Del("Content-Type") }, []string{"~token_response.content_type:absent"}},
		{"a name twice", nil, func(in *check.TokenResponseInput) {
			in.Body = []byte(strings.Replace(string(in.Body), "{", `{"scope":"x",`, 1))
		}, []string{"token_response.body:duplicate"}},
		{"not an object", nil, func(in *check.TokenResponseInput) { in.Body = []byte(`access_token=x`) }, []string{"token_response.body:not_object", "~token_response.expires_in:absent"}},
		{"two objects", nil, func(in *check.TokenResponseInput) { in.Body = append(in.Body, "{}"...) }, []string{"token_response.body:not_object"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := check.TokenResponseInput{
				Tokens: oauth.TokenSet{AccessToken: accessToken, TokenType: "Bearer", RefreshToken: "r", IDToken: "i", Scope: "openid email"},
				Header: http.Header{"Cache-Control": {"no-store"}, "Content-Type": {"application/json; charset=utf-8"}},
				Body:   marshal(t, with(body, test.body)), RequestedScopes: []string{"openid", "email"}, OfflineRequested: true,
			}
			if test.change != nil {
				test.change(&in)
			}
			expect(t, check.TokenResponse(in), test.want...)
		})
	}
}

func TestUserInfo(t *testing.T) {
	const mime = "application/json"
	tests := []struct {
		name, claims, idSubject, contentType string
		signed                               bool
		want                                 []string
	}{
		{"good", `{"sub":"u","email_verified":true}`, "u", mime, false, nil},
		{"null, as Logto writes absent values", `{"sub":"u","email_verified":null}`, "u", mime, false, nil},
		{"signed", `{"sub":"u"}`, "u", "application/jwt", true, nil},
		{"signed, labelled as JSON", `{"sub":"u"}`, "u", mime, true, []string{"~userinfo.content_type:different"}},
		{"no label", `{"sub":"u"}`, "u", "", false, []string{"~userinfo.content_type:absent"}},
		{"another user", `{"sub":"v"}`, "u", mime, false, []string{"userinfo.sub:different"}},
		{"no user", `{}`, "u", mime, false, []string{"userinfo.sub:absent"}},
		{"a number for a user", `{"sub":1}`, "1", mime, false, []string{"userinfo.sub:wrong_type"}},
		{"no ID token", `{"sub":"u"}`, "", mime, false, nil},
		{"a verified that is text", `{"sub":"u","email_verified":"true"}`, "u", mime, false, []string{"~userinfo.email_verified:wrong_type"}},
		{"a name twice", `{"sub":"u","sub":"u"}`, "u", mime, false, []string{"userinfo.body:duplicate"}},
		{"not an object", `[]`, "u", mime, false, []string{"userinfo.body:not_object", "userinfo.sub:absent"}},
		{"two objects", `{"sub":"u"}{}`, "u", mime, false, []string{"userinfo.body:not_object"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			expect(t, check.UserInfo(check.UserInfoInput{
				IDSubject: test.idSubject, ContentType: test.contentType,
				Info: oauth.UserInfo{Claims: json.RawMessage(test.claims), Signed: test.signed},
			}), test.want...)
		})
	}
}
