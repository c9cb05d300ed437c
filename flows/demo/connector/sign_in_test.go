package connector

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"signbench/flows/demo/upstream"
)

// wrong is what an error must be: the status, the code without its prefix, a part
// of the data as JSON, and a part of what the audit log says.
type wrong struct {
	status          int
	code, data, log string
}

func (w wrong) match(e *Error) bool {
	want := "connector." + w.code
	if w.code == "" {
		want = ""
	}
	return e.Status == w.status && e.Code == want && strings.Contains(text(e.Data), w.data) && strings.Contains(e.Log, w.log)
}

// socialRows are the answers of Logto's social OIDC connector where the upstream
// differs. A switch that is not here makes no difference to it.
var socialRows = map[string]wrong{
	"wrong_secret":          {400, "general", `{"message":"{}"}`, `Error: ConnectorError: "{}"`},
	"basic_only":            {400, "general", `{"message":"{}"}`, `"{}"`},
	"strict_basic_encoding": {400, "general", `{"message":"{}"}`, `"{}"`}, // it has the secret of before
	"pkce_required":         {400, "general", `"error":"invalid_request"`, "PKCE"},
	"error_access_denied":   {400, "general", `"error":"access_denied"`, "access_denied"},
	"issuer_slash":          {500, "", "null", `JWTClaimValidationFailed: unexpected "iss" claim value`},
	"jwks_404":              {500, "", "null", "JOSEError: Expected 200 OK from the JSON Web Key Set HTTP response"},
	"jwks_wrong_key":        {500, "", "null", "JWSSignatureVerificationFailed: signature verification failed"},
	"aud_wrong":             {500, "", "null", `JWTClaimValidationFailed: unexpected "aud" claim value`},
	"not_json":              {400, "invalid_response", "Service unavailable", "Service unavailable"},
	"expires_in_string":     {400, "invalid_response", `"path":["expires_in"]`, "expires_in"},
	"no_id_token":           {400, "invalid_response", `"path":["id_token"]`, "id_token"},
	"nonce_wrong":           {401, "social_invalid_id_token", "nonce", "nonce"},
	"email_verified_string": {401, "social_invalid_id_token", `"path":["email_verified"],"received":"string"`, "email_verified"},
	"numeric_sub":           {401, "social_invalid_id_token", `"path":["sub"],"received":"number"`, "Expected string"},
	"missing_sub":           {401, "social_invalid_id_token", `"path":["sub"],"received":"undefined"`, "Required"},
}

// ssoRows are those of the enterprise connector. All are 500 with a code.
var ssoRows = map[string]wrong{
	"wrong_secret":             {500, "authorization_failed", `invalid_client`, ""},
	"post_only":                {500, "authorization_failed", `client_secret_basic`, ""},
	"strict_basic_encoding":    {500, "authorization_failed", `"message":"Fail to fetch token"`, ""},
	"pkce_required":            {500, "invalid_request_parameters", `"error":"invalid_request"`, ""},
	"error_access_denied":      {500, "invalid_request_parameters", `"error":"access_denied"`, ""},
	"discovery_404":            {500, "invalid_config", `"error":"Not Found","message":"fail_to_fetch_config"`, ""},
	"discovery_missing_member": {500, "invalid_config", `"token_endpoint":["Required"]`, ""},
	"jwks_404":                 {500, "authorization_failed", `Expected 200 OK`, ""},
	"jwks_wrong_key":           {500, "authorization_failed", `"message":"Fail to verify id_token"`, ""},
	"aud_wrong":                {500, "authorization_failed", `JWTClaimValidationFailed`, ""},
	"not_json":                 {500, "authorization_failed", `"message":"Fail to fetch token"`, ""},
	"no_id_token":              {500, "authorization_failed", `"message":"Invalid token response"`, ""},
	"iat_old":                  {500, "authorization_failed", `"message":"id_token is expired"`, ""},
	"nonce_wrong":              {500, "authorization_failed", `"message":"nonce does not match"`, ""},
	"email_verified_string":    {500, "authorization_failed", `"message":"invalid id_token"`, ""},
	"numeric_sub":              {500, "authorization_failed", `"message":"invalid id_token"`, ""},
	"missing_sub":              {500, "authorization_failed", `"message":"invalid id_token"`, ""},
	"userinfo_jwt":             {500, "authorization_failed", `"message":"Fail to fetch user info"`, ""},
}

// elsewhere are the switches that are not seen by a connector that a test drives:
// the browser is stopped, or somebody waits.
var elsewhere = map[string]bool{"redirect_uri_unknown": true, "form_post": true, "hang": true}

func TestEachSwitchOfTheUpstream(t *testing.T) {
	kinds := map[string]struct {
		make func(*bench, func(object)) (SignIn, error)
		rows map[string]wrong
	}{
		"social":     {(*bench).social, socialRows},
		"enterprise": {(*bench).enterprise, ssoRows},
	}
	for kind, k := range kinds {
		for _, s := range upstream.Switches() {
			if elsewhere[s.Name] {
				continue
			}
			t.Run(kind+"/"+s.Name, func(t *testing.T) {
				b := newBench(t, s.Name)
				connector, err := k.make(b, nil)
				if err != nil {
					t.Fatal(err)
				}
				p, err := b.run(connector)
				row, fails := k.rows[s.Name]
				switch {
				case !fails && (err != nil || p.ID != upstream.Subject):
					t.Errorf("it fails: %v", err)
				case fails && err == nil:
					t.Error("it succeeds")
				case fails && !row.match(b.asError(err)):
					e := b.asError(err)
					t.Errorf("%d %s, log %q, data %s", e.Status, e.Code, e.Log, text(e.Data))
				}
			})
		}
	}
}

func TestWhatIsMapped(t *testing.T) {
	for name, c := range map[string]struct {
		sso   bool
		on    string
		edit  func(object)
		name  string
		email string
	}{
		"social":                   {name: "Hana Sato", email: "hana@acme.example"},
		"sso":                      {sso: true, name: "Hana Sato", email: "hana@acme.example"},
		"social, unverified":       {on: "email_unverified", name: "Hana Sato"},
		"social, trusted":          {on: "email_unverified", edit: func(c object) { c["trustUnverifiedEmail"] = true }, name: "Hana Sato"},
		"social, a loose boolean":  {on: "email_verified_string", edit: func(c object) { c["acceptStringTypedBooleanClaims"] = true }, name: "Hana Sato", email: "hana@acme.example"},
		"social, without UserInfo": {on: "userinfo_other_claims", name: "Hana Sato", email: "hana@acme.example"},
		"sso, UserInfo instead":    {sso: true, on: "userinfo_other_claims", name: "Hana S."},
		"sso, issuer of discovery": {sso: true, on: "issuer_slash", name: "Hana Sato", email: "hana@acme.example"},
		"social, no issuer":        {on: "issuer_slash", edit: func(c object) { delete(c["idTokenVerificationConfig"].(object), "issuer") }, name: "Hana Sato", email: "hana@acme.example"},
		"social, two issuers": {edit: func(c object) {
			v := c["idTokenVerificationConfig"].(object)
			v["issuer"] = []any{"https://other.test", v["issuer"]}
		}, name: "Hana Sato", email: "hana@acme.example"},
		"social, basic": {edit: func(c object) { c["tokenEndpointAuthMethod"] = "client_secret_basic" }, name: "Hana Sato", email: "hana@acme.example"},
		"social, HS512": {edit: func(c object) {
			c["tokenEndpointAuthMethod"], c["clientSecretJwtSigningAlgorithm"] = "client_secret_jwt", "HS512"
		}, name: "Hana Sato", email: "hana@acme.example"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, c.on)
			build := b.social
			if c.sso {
				build = b.enterprise
			}
			s, err := build(c.edit)
			if err != nil {
				t.Fatal(err)
			}
			p, err := b.run(s)
			if err != nil || p.Name != c.name || p.Email != c.email || p.Phone != "" || p.Avatar == "" {
				t.Errorf("%v: name %q, email %q, phone %q", err, p.Name, p.Email, p.Phone)
			}
		})
	}
}

// Logto sends no PKCE, and snake-cases what is added.
func TestAuthorizationURLs(t *testing.T) {
	b := newBench(t)
	social, err := b.social(func(c object) {
		c["authRequestOptionalConfig"] = object{"loginHint": "hana", "prompt": "login"}
		c["customConfig"] = object{"myTenant": "a b"}
	})
	if err != nil {
		t.Fatal(err)
	}
	target, kept, err := social.Begin(t.Context(), "s1", redirectURI)
	want := b.base + "/authorize?response_type=code&client_id=connector-1&scope=profile+email+phone+openid" +
		"&redirect_uri=http%3A%2F%2Flocalhost%3A3911%2Fcallback%2Fone&state=s1&nonce=" + kept.Nonce + "&login_hint=hana&prompt=login&my_tenant=a+b"
	if err != nil || target != want || len(kept.Nonce) != 21 {
		t.Errorf("%v\n%s\n%s", err, target, want)
	}
	sso, err := b.enterprise(nil)
	if err != nil {
		t.Fatal(err)
	}
	target, kept, err = sso.Begin(t.Context(), "s1", redirectURI)
	want = b.base + "/authorize?state=s1&nonce=" + kept.Nonce + "&client_id=connector-1&response_type=code" +
		"&redirect_uri=http%3A%2F%2Flocalhost%3A3911%2Fcallback%2Fone&scope=openid+profile+email+phone"
	if err != nil || target != want {
		t.Errorf("%v\n%s\n%s", err, target, want)
	}
}

func TestNobodyAnswers(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	b := newBench(t)
	social, err := b.social(func(c object) { c["tokenEndpoint"] = closed.URL + "/token" })
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.run(social)
	if !(wrong{500, "", "null", "TypeError: fetch failed"}).match(b.asError(err)) {
		t.Errorf("social: %v", err)
	}
	sso, err := b.enterprise(func(c object) { c["issuer"] = closed.URL })
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.run(sso)
	if !(wrong{500, "invalid_config", `"code":"ECONNREFUSED"`, ""}).match(b.asError(err)) {
		t.Errorf("sso: %v", err)
	}
}

// Logto gives up on an upstream that does not answer. The test's own deadline stands
// for its ten seconds.
func TestAnUpstreamThatHangs(t *testing.T) {
	b := newBench(t, "hang")
	social, err := b.social(nil)
	if err != nil {
		t.Fatal(err)
	}
	target, kept, err := social.Begin(t.Context(), "s1", redirectURI)
	if err != nil {
		t.Fatal(err)
	}
	data := b.allow(target)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = social.Finish(ctx, data, kept)
	if !(wrong{500, "", "null", "TimeoutError: Request timed out: POST " + b.base + "/token"}).match(b.asError(err)) {
		t.Errorf("%v", err)
	}
}

// A slash at the end of the issuer, as it is typed.
func TestDiscoveryAddsThePathBlindly(t *testing.T) {
	b := newBench(t)
	sso, err := b.enterprise(func(c object) { c["issuer"] = b.base + "/" })
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.run(sso)
	if !(wrong{500, "invalid_config", `"error":"Not Found","message":"fail_to_fetch_config"`, ""}).match(b.asError(err)) {
		t.Errorf("%v", err)
	}
	plain, err := NewSSO(b.client, nil, []byte(`{"clientId":"a","clientSecret":"b","issuer":"`+b.base+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	if parsed, err := plain.Discover(t.Context()); err != nil || parsed["tokenEndpoint"] != b.base+"/token" {
		t.Errorf("%v %v", err, parsed)
	}
}

func TestConfigurationsAreChecked(t *testing.T) {
	b := newBench(t)
	for name, c := range map[string]struct {
		make func(func(object)) (SignIn, error)
		edit func(object)
		data string
	}{
		"social, missing":  {b.social, func(c object) { delete(c, "clientSecret") }, `"path":["clientSecret"]`},
		"social, a number": {b.social, func(c object) { c["clientId"] = 7 }, `"received":"number"`},
		"social, no keys":  {b.social, func(c object) { delete(c, "idTokenVerificationConfig") }, "jwksUri"},
		"sso, missing":     {b.enterprise, func(c object) { delete(c, "issuer") }, `"path":["issuer"]`},
	} {
		_, err := c.make(c.edit)
		if !(wrong{400, "invalid_config", c.data, ""}).match(b.asError(err)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
