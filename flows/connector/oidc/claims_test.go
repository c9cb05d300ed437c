package oidc

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"signbench/flows/connector"
)

// What a token endpoint says that is no success is told in its own words, and as
// text.
func TestAnswersOfATokenEndpointAreRead(t *testing.T) {
	for name, c := range map[string]struct {
		status            int
		contentType, body string
		what, words       string
	}{
		"a page":         {502, "text/html", "<!doctype html><title>Bad gateway</title><body><script>x()</script><p>nginx &amp; co</p>", tokenStatus, "Bad gateway: nginx & co"},
		"plain text":     {500, "text/plain", "oh no", tokenStatus, "oh no"},
		"nothing":        {500, "", "", tokenStatus, "Internal Server Error"},
		"message":        {400, "application/json", `{"message":"bad things"}`, tokenStatus, "bad things"},
		"quotes secret":  {401, "application/json", `{"error":"invalid_client","error_description":"CANARY-secret is wrong"}`, tokenClient, "invalid_client: [secret] is wrong"},
		"wants PKCE":     {400, "application/json", `{"error":"invalid_grant","error_description":"PKCE verification failed"}`, tokenPKCE, "invalid_grant: PKCE verification failed"},
		"another error":  {400, "application/json", `{"error":"invalid_scope"}`, tokenRefused, "invalid_scope"},
		"a list":         {200, "application/json", `[]`, tokenShape, ""},
		"a page as 200":  {200, "text/html", "<html><title>Sign in</title></html>", tokenUnreadable, "Sign in"},
		"expires_in":     {200, "application/json", `{"id_token":"a","expires_in":"3600"}`, tokenShape, ""},
		"no ID token":    {200, "application/json", `{"access_token":"a"}`, noIDToken, ""},
		"numeric token":  {200, "application/json", `{"id_token":1}`, tokenShape, ""},
		"large, no JSON": {200, "application/json", strings.Repeat("x", 100000), tokenUnreadable, strings.Repeat("x", 299) + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			h := hopTo(t, says(c.status, c.contentType, c.body), connector.OIDC, `{}`)
			_, err := h.redeem(t.Context(), connector.Departure{}, "code")
			stop, ok := err.(*connector.Stopped)
			if !ok || !slices.Equal(whats(err), []string{c.what}) {
				t.Fatalf("%v", err)
			}
			if got := stop.Faults[0].Params["Words"]; got != c.words {
				t.Errorf("words %q, want %q", got, c.words)
			}
			for name, v := range stop.Faults[0].Params {
				if strings.Contains(v, "CANARY") {
					t.Errorf("%s holds the secret", name)
				}
			}
		})
	}
}

// What the two connectors make of claims, by the code of each.
func TestClaimsAreMappedAsLogtoDoes(t *testing.T) {
	s := newSigner(t)
	header := map[string]any{"alg": "ES256", "kid": "a"}
	for name, c := range map[string]struct {
		trust   string
		claims  map[string]any
		email   string
		phone   string
		reasons []string
	}{
		"verified":       {"false", map[string]any{"email": "a@b.test", "email_verified": true}, "a@b.test", "", nil},
		"unverified":     {"true", map[string]any{"email": "a@b.test", "email_verified": false}, "", "", []string{"email " + connector.DropUnverified}},
		"unstated":       {"false", map[string]any{"email": "a@b.test"}, "", "", []string{"email " + connector.DropVerifiedAbsent}},
		"null":           {"true", map[string]any{"email": "a@b.test", "email_verified": nil}, "a@b.test", "", nil},
		"trusted":        {"true", map[string]any{"email": "a@b.test"}, "a@b.test", "", nil},
		"phone":          {"false", map[string]any{"phone": "1", "phone_verified": true}, "", "1", nil},
		"phone unstated": {"true", map[string]any{"phone": "1"}, "", "", []string{"phone " + connector.DropVerifiedAbsent}},
		"standard phone": {
			"false",
			map[string]any{"phone_number": "1", "phone_number_verified": true},
			"", "",
			[]string{"phone_number " + connector.DropOtherName, "phone_number_verified " + connector.DropOtherName},
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := hopTo(t, says(200, "application/json", keySet(s.jwk("a"))), connector.OIDC, `{"jwksUri":"https://up.test/jwks"}`)
			h.config = h.config.Set("trustUnverifiedEmail", c.trust)
			claims := good()
			maps.Copy(claims, c.claims)
			token, err := h.verify(t.Context(), s.token(t, header, claims), nil)
			if err != nil {
				t.Fatal(err)
			}
			p := h.mapped(token.Claims, connector.FromIDToken, token.Payload, nil)
			var reasons []string
			for _, d := range p.Dropped {
				reasons = append(reasons, d.Claim+" "+d.Reason)
			}
			if p.Field("email").Value != c.email || p.Field("phone").Value != c.phone || !slices.Equal(reasons, c.reasons) {
				t.Errorf("%+v", p)
			}
			if !json.Valid(p.Raw) {
				t.Errorf("raw %s", p.Raw)
			}
		})
	}
}
