package demo

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// now is when the tenant issued everything.
var now = float64(newClock().now().Unix())

// rows say by what each fault can be seen. None may be true of the unbroken tenant.
var rows = map[Fault]func(*outcome) bool{
	"discovery-issuer-mismatch": func(o *outcome) bool {
		return member(o.discovery, "issuer") == "https://other.signbench.test/oidc"
	},
	"endpoint-without-port": func(o *outcome) bool {
		return member(o.discovery, "issuer") == o.base[:strings.LastIndexByte(o.base, ':')]+"/oidc"
	},
	"token-type-case-insensitivity": func(o *outcome) bool { return member(o.token, "token_type") == "bEaReR" },
	"token-endpoint-response-without-expires_in": func(o *outcome) bool {
		return member(o.token, "access_token") != nil && member(o.token, "expires_in") == nil
	},
	"no-refresh-token": func(o *outcome) bool {
		return member(o.token, "access_token") != nil && member(o.token, "refresh_token") == nil
	},
	"valid-aud-as-array":    func(o *outcome) bool { list, _ := o.claim("aud").([]any); return len(list) == 1 && list[0] == AppID },
	"scope-userinfo-claims": func(o *outcome) bool { return o.lacks("name") && member(o.me, "name") != nil },
	"signing-key-rotation": func(o *outcome) bool {
		second, _ := idToken(o.second)
		return o.verifies() && second != nil && second["kid"] != o.header("kid")
	},
	"discovery-404":      func(o *outcome) bool { return o.discovery.StatusCode == 404 },
	"discovery-html":     func(o *outcome) bool { return isHTML(o.discovery) },
	"discovery-not-json": func(o *outcome) bool { return o.discovery.StatusCode == 200 && !json.Valid([]byte(o.discovery.body)) },
	"discovery-slow":     func(o *outcome) bool { return o.waited == defaultSlow },
	"discovery-missing-token-endpoint": func(o *outcome) bool {
		return member(o.discovery, "issuer") != nil && member(o.discovery, "token_endpoint") == nil
	},
	"end-session-missing": func(o *outcome) bool {
		return member(o.discovery, "issuer") != nil && member(o.discovery, "end_session_endpoint") == nil
	},
	"jwks-404":   func(o *outcome) bool { return o.jwks.StatusCode == 404 && member(o.jwks, "error") == "invalid_request" },
	"jwks-empty": func(o *outcome) bool { return o.jwks.body == `{"keys":[]}` },
	"jwks-html":  func(o *outcome) bool { return isHTML(o.jwks) },

	"invalid-authorization-response-iss": func(o *outcome) bool {
		return o.back.Get("iss") == "https://other.signbench.test/oidc" && o.back.Has("code")
	},
	"remove-authorization-response-iss": func(o *outcome) bool { return !o.back.Has("iss") && o.back.Has("code") },
	"state-invalid":                     func(o *outcome) bool { return o.back.Get("state") == "not-s1" && o.back.Has("code") },
	"state-missing":                     func(o *outcome) bool { return !o.back.Has("state") && o.back.Has("code") },
	"code-missing":                      func(o *outcome) bool { return !o.back.Has("code") && !o.back.Has("error") },
	"error-access-denied":               func(o *outcome) bool { return o.back.Get("error") == "access_denied" && !o.back.Has("code") },
	"error-server-error":                func(o *outcome) bool { return o.back.Get("error") == "server_error" && !o.back.Has("code") },
	"error-temporarily-unavailable": func(o *outcome) bool {
		return o.back.Get("error") == "temporarily_unavailable" && !o.back.Has("code")
	},

	"token-html": func(o *outcome) bool { return isHTML(o.token) },
	"token-500":  func(o *outcome) bool { return o.token.StatusCode == 500 && member(o.token, "code") == nil },
	"token-slow": func(o *outcome) bool { return o.waited == 2*defaultSlow }, // the sign-in and the refresh
	"token-missing-access-token": func(o *outcome) bool {
		return member(o.token, "access_token") == nil && member(o.token, "id_token") != nil
	},
	"token-type-mac": func(o *outcome) bool { return member(o.token, "token_type") == "mac" },
	"token-text-plain": func(o *outcome) bool {
		return o.token.Header.Get("Content-Type") == "text/plain; charset=utf-8" && member(o.token, "id_token") != nil
	},
	"expires-in-string": func(o *outcome) bool { return member(o.token, "expires_in") == "3600" },
	"missing-id-token": func(o *outcome) bool {
		return member(o.token, "id_token") == nil && member(o.token, "access_token") != nil
	},

	"invalid-iss":   func(o *outcome) bool { return o.claim("iss") == "https://other.signbench.test/oidc" && o.verifies() },
	"missing-iss":   func(o *outcome) bool { return o.lacks("iss") && o.verifies() },
	"missing-sub":   func(o *outcome) bool { return o.lacks("sub") && o.verifies() },
	"invalid-aud":   func(o *outcome) bool { return o.claim("aud") == "another-client" && o.verifies() },
	"missing-aud":   func(o *outcome) bool { return o.lacks("aud") && o.verifies() },
	"missing-iat":   func(o *outcome) bool { return o.lacks("iat") && o.verifies() },
	"missing-exp":   func(o *outcome) bool { return o.lacks("exp") && o.verifies() },
	"missing-nonce": func(o *outcome) bool { return o.lacks("nonce") && o.verifies() },
	"invalid-secondary-aud": func(o *outcome) bool {
		list, _ := o.claim("aud").([]any)
		return slices.Equal(list, []any{AppID, "another-client"}) && o.claim("azp") == "another-client" && o.verifies()
	},
	"future-iat": func(o *outcome) bool {
		return o.claim("iat") == now+3600 && o.claim("exp") == now+7200 && o.verifies()
	},
	"expired-exp": func(o *outcome) bool {
		return o.claim("exp") == now-600 && o.claim("iat") == now-4200 && o.verifies()
	},
	"future-nbf": func(o *outcome) bool {
		return o.claim("nbf") == now+3600 && o.claim("iat") == now && o.verifies()
	},
	"nonce-invalid": func(o *outcome) bool { return o.claim("nonce") == "not-the-nonce-of-the-request" && o.verifies() },
	"invalid-athash": func(o *outcome) bool {
		access, _ := member(o.token, "access_token").(string)
		hash, _ := o.claim("at_hash").(string)
		return len(hash) == 32 && hash != leftHalf("ES384", access) && o.verifies()
	},
	"missing-athash": func(o *outcome) bool { return o.lacks("at_hash") && o.verifies() },

	"kid-absent-single-jwks": func(o *outcome) bool {
		return o.header("alg") == "ES384" && o.header("kid") == nil && len(o.later.Keys) == 1 && o.verifies()
	},
	"kid-absent-multiple-jwks": func(o *outcome) bool {
		return o.header("alg") == "ES384" && o.header("kid") == nil && len(o.later.Keys) == 2 && o.verifies()
	},
	"idtoken-sig-rs256": func(o *outcome) bool { return o.header("alg") == "RS256" && len(o.later.Keys) == 2 && o.verifies() },
	"idtoken-sig-es256": func(o *outcome) bool { return o.header("alg") == "ES256" && len(o.later.Keys) == 2 && o.verifies() },
	"idtoken-sig-none": func(o *outcome) bool {
		token, _ := member(o.token, "id_token").(string)
		return o.header("alg") == "none" && strings.HasSuffix(token, ".")
	},
	"invalid-sig": func(o *outcome) bool {
		return o.header("alg") == "ES384" && o.header("kid") == o.later.Keys[0].KeyID && !o.verifies()
	},
	"invalid-alternate-alg": func(o *outcome) bool {
		token, _ := member(o.token, "id_token").(string)
		signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.HS256})
		if err != nil {
			return false
		}
		_, err = signed.Verify([]byte(AppSecret))
		return err == nil
	},
	"unknown-kid": func(o *outcome) bool {
		kid, _ := o.header("kid").(string)
		return kid != "" && len(o.later.Key(kid)) == 0 && !o.verifies()
	},
	"signing-key-rotation-just-before-signing": func(o *outcome) bool {
		kid, _ := o.header("kid").(string)
		return kid != "" && !strings.Contains(o.jwks.body, kid) && len(o.later.Key(kid)) == 1 && o.verifies()
	},
	"invalid-typ": func(o *outcome) bool { return o.header("typ") == "at+jwt" && o.verifies() },

	"userinfo-invalid-sub": func(o *outcome) bool { return o.me.StatusCode == 200 && member(o.me, "sub") == "someone0else" },
	"userinfo-401":         func(o *outcome) bool { return o.me.StatusCode == 401 && o.token.StatusCode == 200 },
	"userinfo-html":        func(o *outcome) bool { return isHTML(o.me) },
	"userinfo-signed": func(o *outcome) bool {
		signed, err := jose.ParseSignedCompact(o.me.body, []jose.SignatureAlgorithm{jose.ES384})
		if err != nil || o.me.Header.Get("Content-Type") != "application/jwt" {
			return false
		}
		payload, err := signed.Verify(o.later)
		var claims map[string]any
		return err == nil && json.Unmarshal(payload, &claims) == nil &&
			claims["iss"] == o.base+"/oidc" && claims["aud"] == AppID && claims["sub"] == "alice0demo01"
	},

	"refresh-token-invalid-issuer": func(o *outcome) bool {
		_, claims := idToken(o.second)
		return claims["iss"] == "https://other.signbench.test/oidc" && o.claim("iss") == o.base+"/oidc"
	},
	"refresh-token-invalid-sub": func(o *outcome) bool {
		_, claims := idToken(o.second)
		return claims["sub"] == "someone0else" && o.claim("sub") == "alice0demo01"
	},
	"rp-init-logout-other-state": func(o *outcome) bool { return o.end.RawQuery == "state=not-out1" },
	"rp-init-logout-no-state":    func(o *outcome) bool { return o.end.String() == "http://localhost:3000/" },
	"logout-session-stays":       func(o *outcome) bool { return o.silent.Get("code") != "" },
}

func isHTML(a answered) bool {
	return a.StatusCode == http.StatusOK && strings.HasPrefix(a.Header.Get("Content-Type"), "text/html")
}
