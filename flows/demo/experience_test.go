package demo

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestSignInExperience(t *testing.T) {
	b := newBench(t)
	a := b.get("/api/.well-known/sign-in-exp?appId=" + AppID)
	if a.StatusCode != http.StatusOK {
		t.Fatal(a.StatusCode)
	}
	doc := b.object(a.body)
	if doc["signInMode"] != "SignInAndRegister" || doc["singleSignOnEnabled"] != true {
		t.Errorf("%v", doc)
	}
	for name, want := range map[string][]any{"socialConnectors": {SocialID}, "ssoConnectors": {SSOID}} {
		var ids []any
		list, _ := doc[name].([]any)
		for _, one := range list {
			member, _ := one.(map[string]any)
			ids = append(ids, member["id"])
		}
		for _, id := range want {
			if !contains(ids, id) {
				t.Errorf("%s has %v, and not %v", name, ids, id)
			}
		}
	}
	targets, _ := doc["socialSignInConnectorTargets"].([]any)
	if !contains(targets, SocialTarget) {
		t.Errorf("targets %v", targets)
	}
}

func contains(list []any, want any) bool {
	for _, one := range list {
		if one == want {
			return true
		}
	}
	return false
}

// call is a request to the API with a JSON body.
func (b *bench) call(method, path, body string, edit ...func(*http.Request)) answered {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), method, b.base+path, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for _, one := range edit {
		one(r)
	}
	return b.do(b.browser, r)
}

// refused checks an error of the API by its status and its code.
func (b *bench) refused(a answered, status int, code string) map[string]any {
	b.Helper()
	doc := b.object(a.body)
	got, _ := doc["code"].(string)
	if a.StatusCode != status || got != code || doc["message"] == "" {
		b.Errorf("%d %s, want %d %s", a.StatusCode, a.body, status, code)
	}
	return doc
}

// experience is a browser that has begun an interaction and called PUT
// /api/experience.
func experience(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	b.authorize(params())
	if a := b.call(http.MethodPut, "/api/experience", `{"interactionEvent":"SignIn"}`); a.StatusCode != http.StatusNoContent {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	return b
}

const (
	socialPath = "/api/experience/verification/social/" + SocialID
	ssoPath    = "/api/experience/verification/sso/" + SSOID
	beginBody  = `{"state":"s9","redirectUri":"http://localhost:3000/callback"}`
)

func TestTheOrderOfTheExperienceAPI(t *testing.T) {
	b := newBench(t)
	b.refused(b.call(http.MethodPut, "/api/experience", `{"interactionEvent":"SignIn"}`), 400, "session.not_found")
	b.refused(b.call(http.MethodGet, "/api/experience/sso-connectors?email=a@acme.example", ""), 400, "session.not_found")
	b.authorize(params())
	b.refused(b.call(http.MethodPost, socialPath+"/authorization-uri", beginBody), 404, "session.interaction_not_found")
	b.refused(b.call(http.MethodPut, "/api/experience", `{"interactionEvent":"Sleep"}`), 400, "guard.invalid_input")
	b.refused(b.call(http.MethodPut, "/api/experience", `{`), 400, "")
	if a := b.call(http.MethodPut, "/api/experience", `{"interactionEvent":"SignIn"}`); a.StatusCode != http.StatusNoContent {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	for path, body := range map[string]string{
		socialPath + "/authorization-uri": `{"state":"s9"}`,
		ssoPath + "/authorization-uri":    `{"redirectUri":"http://localhost/"}`,
		socialPath + "/verify":            `{"connectorData":{}}`,
		ssoPath + "/verify":               `{"verificationId":"x"}`,
	} {
		b.refused(b.call(http.MethodPost, path, body), 400, "guard.invalid_input")
	}
	for _, path := range []string{"social/nosuch", "sso/nosuch", "sso/" + SocialID, "social/" + SSOID} {
		a := b.call(http.MethodPost, "/api/experience/verification/"+path+"/authorization-uri", beginBody)
		if doc := b.refused(a, 404, "entity.not_found"); doc["message"] != "The resource does not exist." {
			t.Errorf("%s: %v", path, doc["message"])
		}
	}
	b.refused(b.call(http.MethodPost, socialPath+"/verify", `{"verificationId":"x","connectorData":{"code":"x"}}`),
		404, "session.verification_session_not_found")
	b.clock.advance(interactionLife + 1)
	b.refused(b.call(http.MethodPost, socialPath+"/authorization-uri", beginBody), 400, "session.not_found")
}

func TestRoutingOfAddresses(t *testing.T) {
	b := experience(t)
	for email, want := range map[string]string{
		"user@acme.example":     `{"connectorIds":["` + SSOID + `"]}`,
		"user@ACME.example":     `{"connectorIds":["` + SSOID + `"]}`,
		"user@sub.acme.example": `{"connectorIds":[]}`,
		"user@example.com":      `{"connectorIds":[]}`,
	} {
		if a := b.get("/api/experience/sso-connectors?email=" + email); a.StatusCode != 200 || a.body != want {
			t.Errorf("%s: %d %s", email, a.StatusCode, a.body)
		}
	}
	b.refused(b.get("/api/experience/sso-connectors?email=nobody"), 400, "guard.invalid_input")
}

var asked = regexp.MustCompile(`name="request" value="([^"]+)"`)

// upstreamSays sends the browser to the upstream, presses Allow, and returns what
// the callback carries. Nothing when the upstream keeps the user.
func (b *bench) upstreamSays(target string) url.Values {
	b.Helper()
	a := b.get(target)
	if match := asked.FindStringSubmatch(a.body); match != nil {
		at, err := url.Parse(target)
		if err != nil {
			b.Fatal(err)
		}
		a = b.post("http://"+at.Host+"/authorize/decision", url.Values{"request": {match[1]}, "decision": {"allow"}})
	}
	if a.StatusCode != http.StatusSeeOther {
		return nil
	}
	return b.location(a).Query()
}

// begin asks for the authorization URI of the connector.
func (b *bench) begin(path string) (target, id string, a answered) {
	b.Helper()
	a = b.call(http.MethodPost, path+"/authorization-uri", beginBody)
	if a.StatusCode != http.StatusOK {
		return "", "", a
	}
	doc := b.object(a.body)
	return text(doc, "authorizationUri"), text(doc, "verificationId"), a
}

func verifyBody(id string, back url.Values) string {
	return `{"verificationId":"` + id + `","connectorData":{"code":"` + back.Get("code") + `","iss":"` + back.Get("iss") +
		`","redirectUri":"http://localhost:3000/callback"}}`
}

// lastLog is the error of the latest entry with the key.
func (b *bench) lastLog(key string) string {
	b.Helper()
	found := b.tenant.audit.find(func(e logEntry) bool { return e.Key == key })
	if len(found) == 0 {
		b.Fatalf("no entry %s", key)
	}
	switch e := found[0].Payload["error"].(type) {
	case map[string]any:
		return text(e, "message")
	case *apiError:
		return e.Code
	default:
		return text(found[0].Payload, "result")
	}
}

// The table of answers that a running Logto gave.
func TestVerify(t *testing.T) {
	for name, c := range map[string]struct {
		path   string
		on     string
		status int
		code   string
		data   string // a part of the data
		log    string // the whole error of the audit log, or its result
	}{
		"social, good":             {path: socialPath, status: 200, log: "Success"},
		"sso, good":                {path: ssoPath, status: 200, log: "Success"},
		"social, wrong secret":     {socialPath, "wrong_secret", 400, "connector.general", `{"message":"{}"}`, `Error: ConnectorError: "{}"`},
		"social, slash":            {socialPath, "issuer_slash", 500, "", "", `JWTClaimValidationFailed: unexpected "iss" claim value`},
		"social, no keys":          {socialPath, "jwks_404", 500, "", "", "JOSEError: Expected 200 OK from the JSON Web Key Set HTTP response"},
		"sso, wrong secret":        {ssoPath, "wrong_secret", 500, "connector.authorization_failed", `\"error\":\"invalid_client\"`, "connector.authorization_failed"},
		"sso, unescaped in Basic":  {ssoPath, "strict_basic_encoding", 500, "connector.authorization_failed", `"ssoErrorCode":"authorization_failed"`, "connector.authorization_failed"},
		"sso, verified as a text":  {ssoPath, "email_verified_string", 500, "connector.authorization_failed", `"invalid id_token"`, "connector.authorization_failed"},
		"social, secret in a form": {path: socialPath, on: "strict_basic_encoding", status: 200, log: "Success"},
	} {
		t.Run(name, func(t *testing.T) {
			b := experience(t)
			b.tenant.SetUpstreamSwitches(c.on)
			target, id, a := b.begin(c.path)
			if target == "" {
				t.Fatalf("%d %s", a.StatusCode, a.body)
			}
			body := verifyBody(id, b.upstreamSays(target))
			a = b.call(http.MethodPost, c.path+"/verify", body)
			key := "Interaction.SignIn.Verification.Social.Submit"
			if c.path == ssoPath {
				key = "Interaction.SignIn.Verification.EnterpriseSso.Submit"
			}
			if got := b.lastLog(key); got != c.log {
				t.Errorf("the log says %q", got)
			}
			if c.status == 200 {
				if a.StatusCode != 200 || a.body != `{"verificationId":"`+id+`"}` {
					t.Errorf("%d %s", a.StatusCode, a.body)
				}
			} else {
				b.refused(a, c.status, c.code)
				if !strings.Contains(a.body, c.data) {
					t.Errorf("%s", a.body)
				}
				if c.code == "" && a.body != `{"message":"Internal server error."}` {
					t.Errorf("%s", a.body)
				}
			}
			b.refused(b.call(http.MethodPost, c.path+"/verify", body), 400, "session.connector_validation_session_not_found")
		})
	}
}

// What Logto's network finds out before the browser goes anywhere.
func TestEnterpriseDiscoveryComesFirst(t *testing.T) {
	b := experience(t)
	b.tenant.SetUpstreamSwitches("discovery_404")
	_, _, a := b.begin(ssoPath)
	b.refused(a, 500, "connector.invalid_config")
	if !strings.Contains(a.body, `"error":"Not Found"`) || !strings.Contains(a.body, `"message":"fail_to_fetch_config"`) {
		t.Errorf("%s", a.body)
	}
	if got := b.lastLog("Interaction.SignIn.Verification.EnterpriseSso.Create"); got != "connector.invalid_config" {
		t.Errorf("the log says %q", got)
	}
	if target, _, _ := b.begin(socialPath); target == "" {
		t.Error("the social connector needs no discovery")
	}
}

// The upstream keeps the user, and nobody hears of it.
func TestUpstreamKeepsTheUser(t *testing.T) {
	b := experience(t)
	b.tenant.SetUpstreamSwitches("redirect_uri_unknown")
	target, _, _ := b.begin(socialPath)
	if back := b.upstreamSays(target); back != nil {
		t.Errorf("came back with %v", back)
	}
}

// A callback without a code is handed to the connector, which says so.
func TestVerifyWithoutACode(t *testing.T) {
	b := experience(t)
	_, id, _ := b.begin(socialPath)
	a := b.call(http.MethodPost, socialPath+"/verify", `{"verificationId":"`+id+`","connectorData":{"error":"access_denied"}}`)
	b.refused(a, 400, "connector.general")
	if !strings.Contains(a.body, `"data":{"error":"access_denied"}`) {
		t.Errorf("%s", a.body)
	}
	_, id, _ = b.begin(ssoPath)
	b.refused(b.call(http.MethodPost, ssoPath+"/verify", `{"verificationId":"`+id+`","connectorData":{"error":"access_denied"}}`),
		500, "connector.invalid_request_parameters")
	b.refused(b.call(http.MethodPost, socialPath+"/verify", `{"verificationId":"`+id+`","connectorData":{"code":"x"}}`),
		404, "session.verification_session_not_found")
}
