package flows_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/flows/demo"
	"signbench/flows/probe"
)

// examined are the rows of an examination: reasons by the last part of the ID.
func examined(t *testing.T, engine *flows.Engine, req flows.Request, c tenant.Connector) (map[string]string, *flows.Run) {
	t.Helper()
	run := engine.ExamineConnector(t.Context(), req, c)
	outcome(t, run)
	out := map[string]string{}
	for _, p := range every[flows.Probed](run) {
		what := strings.TrimPrefix(p.Row.ID, "connector.tenant.")
		if _, twice := out[what]; twice {
			t.Errorf("%s was said twice", what)
		}
		if out[what] = p.Row.Reason; p.Row.Verdict == probe.Fail && len(p.Row.Evidence) == 0 {
			t.Errorf("%s fails without evidence", what)
		}
	}
	return out, run
}

func TestAnExaminationTellsWhatLogtoWouldSendAndWhatComesBack(t *testing.T) {
	const gone = ""
	for _, c := range []struct {
		connector, on string
		want          map[string]string
	}{
		{demo.SocialID, "", map[string]string{
			"app": "entered", "url": "built", "client": "known", "redirect_uri": "registered", "redirect_uri_account": "registered",
			"pkce": "not_required", "discovery": gone, "redirect_uri_other": gone,
		}},
		{demo.SSOID, "", map[string]string{
			"url": "built", "discovery": "seen", "client": "known", "redirect_uri": "registered", "redirect_uri_account": gone, "pkce": "not_required",
		}},
		{demo.FeishuID, "", map[string]string{"url": "built", "redirect_uri": "unclear"}},
		{demo.SocialID, "redirect_uri_unknown", map[string]string{"redirect_uri": "not_registered", "client": "known", "pkce": "not_reached"}},
		{demo.SSOID, "redirect_uri_unknown", map[string]string{"redirect_uri": "not_registered", "discovery": "seen"}},
		{demo.SocialID, "pkce_required", map[string]string{"redirect_uri": "registered", "pkce": "required"}},
		{demo.SSOID, "discovery_404", map[string]string{"url": "refused", "discovery": "unseen", "redirect_uri": "no_answer"}},
	} {
		s := newStage(t)
		s.tenant.SetUpstreamSwitches(split(c.on)...)
		got, run := examined(t, s.engine, s.request(), s.connectorOf(c.connector))
		for row, reason := range c.want {
			if got[row] != reason {
				t.Errorf("%s %s: %s is %q, want %q", c.connector, c.on, row, got[row], reason)
			}
		}
		if built := every[flows.UpstreamBuilt](run); (len(built) == 0) == (got["url"] == "built") {
			t.Errorf("%s %s: %d addresses", c.connector, c.on, len(built))
		}
	}
}

func TestTheAddressUpstreamIsExplained(t *testing.T) {
	s := newStage(t)
	c := s.connectorOf(demo.SocialID)
	_, run := examined(t, s.engine, s.request(), c)
	got := map[string]string{}
	for _, p := range tenant.Explain(every[flows.UpstreamBuilt](run)[0].URL) {
		got[p.Name+" "+p.Meaning] = p.Value
	}
	for key, value := range map[string]string{
		"response_type response_type": "code", "client_id client_id": demo.SocialClientID,
		"redirect_uri redirect_uri": c.Callbacks[0].URI, "state state": "", "nonce nonce": "", "code_challenge no_pkce": "",
	} {
		if v, there := got[key]; !there || v != value {
			t.Errorf("%s is %q (%v), want %q", key, v, there, value)
		}
	}
}

// A tenant with one thing about it that the demo tenant has not.
func TestAnExaminationOfOtherServers(t *testing.T) {
	const listing = `{"signIn":{"methods":[]},"socialConnectors":[],"ssoConnectors":[{"id":"e1","connectorName":"Acme"}],"singleSignOnEnabled":true}`
	const path = "/api/experience/verification/sso/e1/authorization-uri"
	begun := answers(http.StatusNoContent, "")
	builds := func(u string) http.HandlerFunc {
		return answers(200, `{"verificationId":"v1","authorizationUri":"`+u+`"}`)
	}
	provider := func(t *testing.T) string {
		req := door(t, "", map[string]http.HandlerFunc{
			"/realms/x/.well-known/openid-configuration": func(w http.ResponseWriter, r *http.Request) {
				at := "http://" + r.Host + "/realms/x"
				answers(200, `{"issuer":"`+at+`","authorization_endpoint":"`+at+`/protocol/auth","token_endpoint":"`+at+`/t","jwks_uri":"`+at+`/k"}`)(w, r)
			},
			"/realms/x/protocol/auth": answers(400, `{"error":"unauthorized_client","error_description":"Invalid client_id."}`),
		})
		return req.Profile.Endpoint
	}
	engine := flows.New(flows.Config{})
	for name, c := range map[string]struct {
		uri  func(p string) http.HandlerFunc
		api  http.HandlerFunc
		want map[string]string
	}{
		"SAML": {
			func(string) http.HandlerFunc {
				return builds("https://idp.example/sso?" + url.Values{"SAMLRequest": {"x"}}.Encode())
			},
			begun,
			map[string]string{"url": "built", "redirect_uri": "saml", "discovery": "saml"},
		},
		"an unknown client, discovered below a path": {
			func(p string) http.HandlerFunc { return builds(p + "/realms/x/protocol/auth?client_id=c") },
			begun,
			map[string]string{"discovery": "seen", "client": "unknown_client", "redirect_uri": "not_reached"},
		},
		"nothing to discover here": {
			func(p string) http.HandlerFunc { return builds(p + "/realms/x/elsewhere?client_id=c") },
			begun,
			map[string]string{"discovery": "not_found_here", "client": "unclear"},
		},
		"seen from here and not from Logto": {
			func(p string) http.HandlerFunc {
				return answers(500, `{"code":"connector.invalid_config","message":"no","data":{"message":"fail_to_fetch_config","error":{"code":"ENOTFOUND"},"config":{"issuer":"`+p+`/realms/x"}}}`)
			},
			begun,
			map[string]string{"url": "refused", "discovery": "unseen_there"},
		},
		"a placeholder": {
			func(string) http.HandlerFunc { return builds("<authorization-endpoint>?client_id=c") },
			begun,
			map[string]string{"url": "no_address", "redirect_uri": connector.NoAnswer},
		},
		"another shape": {
			func(string) http.HandlerFunc { return answers(200, `{"redirectTo":"https://x.example"}`) },
			begun,
			map[string]string{"url": "no_api"},
		},
		"an older server": {
			func(string) http.HandlerFunc { return begun },
			answers(404, "Not Found"),
			map[string]string{"app": "no_api", "url": connector.NoAnswer},
		},
	} {
		req := door(t, listing, map[string]http.HandlerFunc{"/api/experience": c.api, path: c.uri(provider(t))})
		list, err := engine.Connectors(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := examined(t, engine, req, list.Connectors[0])
		for row, reason := range c.want {
			if got[row] != reason {
				t.Errorf("%s: %s is %q, want %q", name, row, got[row], reason)
			}
		}
	}
}
