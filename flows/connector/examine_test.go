package connector_test

import (
	"slices"
	"strings"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/fault"
)

func has(findings []connector.Finding, path, code string) bool {
	return slices.ContainsFunc(findings, func(f connector.Finding) bool { return f.Path == path && f.Code == code })
}

const goodOIDC = `{
  "authorizationEndpoint": "https://idp.example/auth", "tokenEndpoint": "https://idp.example/token",
  "clientId": "logto", "clientSecret": "0123456789abcdef0123456789abcdef", "scope": "openid profile email",
  "idTokenVerificationConfig": {"jwksUri": "https://idp.example/jwks", "issuer": "https://idp.example"}
}`

const goodSSO = `{"issuer": "https://idp.example", "clientId": "logto", "clientSecret": "abcdef"}`

const goodFeishu = `{"appId": "cli_a1b2c3d4", "appSecret": "abcdef"}`

const goodTwilio = `{
  "accountSID": "AC0123456789abcdef0123456789abcdef", "authToken": "0123456789abcdef0123456789abcdef",
  "fromMessagingServiceSID": "MG0123456789abcdef0123456789abcdef",
  "templates": [
    {"usageType": "SignIn", "content": "{{code}}"}, {"usageType": "Register", "content": "{{ code }} is your code.\nThanks"},
    {"usageType": "ForgotPassword", "content": "{{code}}"}, {"usageType": "Generic", "content": "{{code}}"},
    {"usageType": "OrganizationInvitation", "content": "Come: {{link}}"}
  ]
}`

var good = map[connector.Kind]string{
	connector.OIDC: goodOIDC, connector.SSO: goodSSO, connector.Feishu: goodFeishu, connector.Twilio: goodTwilio,
}

func TestNothingIsWrongWithWhatIsRight(t *testing.T) {
	for kind, in := range good {
		setup := connector.Setup{Kind: kind, Config: parse(t, kind, in), Domains: []string{"acme.example"}}
		for _, f := range connector.Examine(setup) {
			t.Errorf("%s: %+v", kind, f)
		}
	}
}

// Each line changes one member of what is right, and names what must be found.
func TestEachMistakeIsNamed(t *testing.T) {
	const verification = "idTokenVerificationConfig."
	o, s, f, w := connector.OIDC, connector.SSO, connector.Feishu, connector.Twilio
	for _, c := range []struct {
		kind  connector.Kind
		path  string
		value string // as JSON; "" removes the member
		at    string // where the finding is; "" where the change is
		code  string
	}{
		{o, "clientId", "", "", connector.RequiredMissing},
		{o, "idTokenVerificationConfig", "", "", connector.RequiredMissing},
		{o, verification + "jwksUri", "", "", connector.RequiredMissing},
		{o, "clientId", `5`, "", connector.WrongType},
		{o, "authRequestOptionalConfig", `{"maxAge":60}`, "authRequestOptionalConfig.maxAge", connector.WrongType},
		{o, "customConfig", `{"a":1}`, "", connector.WrongType},
		{o, "trustUnverifiedEmail", `"true"`, "", connector.WrongType},
		{o, "tokenEndpointAuthMethod", `"private_key_jwt"`, "", connector.NotInEnum},
		{o, "responseType", `"id_token"`, "", connector.NotInEnum},
		{o, verification + "crit", `["b64"]`, "", connector.CritNotBoolean},
		{o, verification + "crit", `{"b64":"true"}`, "", connector.CritNotBoolean},
		{o, verification + "currentDate", `"2026-01-01"`, "", connector.DateRefused},
		{o, verification + "audience", `"x"`, "", connector.Ignored},
		{o, "somethingElse", `1`, "", connector.UnknownMember},
		{o, verification + "somethingElse", `1`, "", connector.UnknownMember},
		{o, "authenticationEndpoint", `"https://idp.example/auth"`, "", connector.Misnamed},
		{o, "issuer", `"https://idp.example"`, "", connector.Misplaced},
		{o, "authRequestOptionalConfig", `{"responseType":"code"}`, "authRequestOptionalConfig.responseType", connector.Misplaced},
		{o, "clientId", `""`, "", connector.EmptyValue},
		{o, "clientId", `"your-client-id"`, "", connector.Placeholder},
		{o, "clientSecret", `"<client-secret>"`, "", connector.Placeholder},
		{o, verification + "jwksUri", `"<jwks-uri>"`, "", connector.Placeholder},
		{o, "tokenEndpoint", `"https://login.example/{tenant}/token"`, "", connector.Placeholder},
		{o, "clientSecret", `" abc"`, "", connector.SurroundingSpace},
		{o, "clientSecret", `"abc\n"`, "", connector.SurroundingSpace},
		{o, "clientSecret", `"ab\nc"`, "", connector.LineBreak},
		{o, "clientId", `"a b"`, "", connector.InnerSpace},
		{o, "tokenEndpoint", `"idp.example/token"`, "", connector.NotAURL},
		{o, "tokenEndpoint", `"https://"`, "", connector.NotAURL},
		{o, "tokenEndpoint", `"http://idp.example/token"`, "", connector.PlainHTTP},
		{o, "tokenEndpoint", `"https://u:p@idp.example/token"`, "", connector.HasUserinfo},
		{o, "authorizationEndpoint", `"https://b2c.example/authorize?p=b2c_1"`, "", connector.EndpointQuery},
		{o, "authorizationEndpoint", `"https://b2c.example/authorize?"`, "", connector.EndpointQuery},
		{o, "authorizationEndpoint", `"https://idp.example/#/auth"`, "", connector.EndpointFragment},
		{o, verification + "jwksUri", `"https://idp.example/.well-known/openid-configuration"`, "", connector.DiscoveryAsJWKS},
		{o, verification + "issuer", `"https://idp.example/.well-known/openid-configuration"`, "", connector.IssuerWellKnown},
		{o, verification + "issuer", "", "", connector.IssuerUnset},
		{o, verification + "clockTolerance", `"30"`, "", connector.SpanUnreadable},
		{o, verification + "maxTokenAge", `"soon"`, "", connector.SpanUnreadable},
		{o, verification + "algorithms", `["RS256","HS256"]`, verification + "algorithms[1]", connector.AlgorithmUnfit},
		{o, "scope", `"openid profile"`, "", connector.ScopeWithout},
		{o, "customConfig", `{"redirectUri":"x"}`, "customConfig.redirectUri", connector.CustomOverrides},
		{o, "customConfig", `{"code_challenge":"x"}`, "customConfig.code_challenge", connector.ChallengeFixed},
		{o, "customConfig", `{"kcIdpHint":"x"}`, "customConfig.kcIdpHint", connector.CustomRenamed},
		{s, "issuer", `"https://idp.example/"`, "", connector.IssuerSlash},
		{s, "issuer", `"https://idp.example/.well-known/openid-configuration"`, "", connector.IssuerWellKnown},
		{s, "issuer", `"https://idp.example?x=1"`, "", connector.IssuerQuery},
		{s, "clientSecret", `"a:b%c+d\"é"`, "", connector.SecretUnencoded},
		{f, "appId", `"app-1"`, "", connector.AppIDPrefix},
		{w, "accountSID", `"SK0123456789abcdef0123456789abcdef"`, "", connector.KeySID},
		{w, "host", `"twilio.example"`, "", connector.HostForm},
		{w, "host", `"https://api.dublin.ie1.twilio.com"`, "", connector.HostForm},
		{w, "accountSID", `"MG0123456789abcdef0123456789abcdef"`, "", connector.AccountPrefix},
		{w, "accountSID", `"AC0123"`, "", connector.SIDForm},
		{w, "fromMessagingServiceSID", `"+15005550006"`, "", connector.SenderNumber},
		{w, "fromMessagingServiceSID", `"PN0123456789abcdef0123456789abcdef"`, "", connector.ServicePrefix},
		{w, "fromMessagingServiceSID", `"MG0123456789abcdef0123456789abcdeg"`, "", connector.SIDForm},
		{w, "authToken", `"short"`, "", connector.AuthTokenForm},
		{w, "templates", `[{"usageType":"Generic","content":"{{code}}"}]`, "", connector.TemplateMissing},
		{w, "templates", `{}`, "", connector.WrongType},
		{w, "templates[0]", `{"content":"{{code}}"}`, "templates[0].usageType", connector.RequiredMissing},
		{w, "templates[0]", `{"usageType":"SignIn","content":"hello"}`, "templates[0].content", connector.CodeMissing},
		{w, "templates[0]", `{"usageType":"SignIn","content":"{code}"}`, "templates[0].content", connector.PlaceholderForm},
		{w, "templates[0]", `{"usageType":"SignIn","content":" "}`, "templates[0].content", connector.EmptyValue},
		{w, "templates[4]", `{"usageType":"Login","content":"{{code}}"}`, "templates[4].usageType", connector.UsageUnknown},
		{w, "templates[4]", `{"usageType":"SignIn","content":"{{code}}"}`, "templates[4].usageType", connector.UsageRepeated},
	} {
		config := parse(t, c.kind, good[c.kind])
		if c.value == "" {
			config = config.Unset(c.path)
		} else {
			config = config.SetJSON(c.path, c.value)
		}
		at := c.at
		if at == "" {
			at = c.path
		}
		findings := connector.Examine(connector.Setup{Kind: c.kind, Config: config})
		if !has(findings, at, c.code) {
			t.Errorf("%s %s = %s: %+v", c.kind, c.path, c.value, findings)
		}
		for _, f := range findings {
			if config.Type(f.Path) == connector.String && strings.HasSuffix(f.Path, "ecret") && f.Params["Value"] != "" {
				t.Errorf("%s quotes a secret", f.Code)
			}
		}
	}
}

func TestTheMethodDecidesWhatASecretMustBe(t *testing.T) {
	c := parse(t, connector.OIDC, goodOIDC).SetSecret("clientSecret", "a:b%c+d")
	for method, want := range map[string]string{
		"client_secret_post": "", "client_secret_basic": connector.SecretUnencoded, "client_secret_jwt": connector.SecretShort,
	} {
		findings := connector.Examine(connector.Setup{Kind: connector.OIDC, Config: c.Set("tokenEndpointAuthMethod", method)})
		if want == "" && len(findings) > 0 || want != "" && !has(findings, "clientSecret", want) {
			t.Errorf("%s: %+v", method, findings)
		}
	}
}

func TestAnotherConnectorsConfigurationIsRecognised(t *testing.T) {
	for kind, in := range good {
		for _, at := range connector.Kinds() {
			c := parse(t, at, in)
			want := kind
			if at == kind {
				want = ""
			}
			if got := c.Stranger(); got != want {
				t.Errorf("%s on the bench of %s: %q", kind, at, got)
			}
		}
	}
}

func TestDomains(t *testing.T) {
	c := parse(t, connector.SSO, goodSSO)
	for _, d := range []struct {
		domains []string
		code    string
	}{
		{[]string{}, connector.DomainMissing},
		{[]string{"Gmail.com"}, connector.DomainForbidden},
		{[]string{"a.example", "A.example"}, connector.DomainRepeated},
		{[]string{"ann@a.example"}, connector.DomainForm},
		{[]string{"*.a.example"}, connector.DomainForm},
	} {
		if !has(connector.Examine(connector.Setup{Kind: connector.SSO, Config: c, Domains: d.domains}), connector.DomainsPath, d.code) {
			t.Errorf("%q: no %s", d.domains, d.code)
		}
	}
	if found := connector.Examine(connector.Setup{Kind: connector.SSO, Config: c}); len(found) != 0 {
		t.Errorf("unknown domains: %+v", found)
	}
}

func TestOnlyTheSchemaRefusesOnSaving(t *testing.T) {
	c := parse(t, connector.OIDC, goodOIDC).Unset("clientId").SetSecret("clientSecret", "<secret>")
	for _, f := range connector.Examine(connector.Setup{Kind: connector.OIDC, Config: c}) {
		if f.Severity != fault.Error || f.OnSave != (f.Code == connector.RequiredMissing) {
			t.Errorf("%+v", f)
		}
	}
}

func TestSpansAndNamesAreThoseOfLogtosLibraries(t *testing.T) {
	for in, seconds := range map[string]float64{
		"30s": 30, "2 minutes": 120, "1.5 hours": 5400, "1 hr ago": -3600, "-5s": -5, "+ 5 mins": 300, "1 day from now": 86400,
	} {
		if d, err := connector.ReadSpan(in); err != nil || d.Seconds() != seconds {
			t.Errorf("%q: %v %v", in, d, err)
		}
	}
	for _, in := range []string{"", "30", "s", "1 fortnight", "+5s ago"} {
		if d, err := connector.ReadSpan(in); err == nil {
			t.Errorf("%q: %v", in, d)
		}
	}
	for in, want := range map[string]string{
		"maxAge": "max_age", "uiLocales": "ui_locales", "kc_idp_hint": "kc_idp_hint", "clientID": "client_id", "HTMLBody": "html_body", "a-b": "a_b",
		"AB1": "ab1", "_claims": "claims", "ui:hint": "ui_hint", "resource[]": "resource", "x__y": "x_y", "p2Name": "p2_name",
	} {
		if got := connector.SnakeCase(in); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}
