package flows_test

import (
	"strings"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/connector/tenant"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/testkit/headless"
)

// upstreamUser agrees to sign in at the demo tenant's upstream provider.
func upstreamUser() *headless.Browser { return headless.New(nil, "allow") }

// connectorOf is a connector of the demo tenant.
func (s *stage) connectorOf(id string) tenant.Connector {
	s.t.Helper()
	list, err := s.engine.Connectors(s.t.Context(), s.request())
	if err != nil {
		s.t.Fatal(err)
	}
	c, ok := list.Find(id)
	if !ok {
		s.t.Fatalf("the tenant has no connector %s", id)
	}
	return c
}

// reveals is how Logto's own answer to a sign-in with the connector ends.
func (s *stage) reveals(id string) (*flows.Run, flows.Ended) {
	s.t.Helper()
	s.browser = upstreamUser()
	run := s.engine.RevealError(s.t.Context(), s.request(), s.connectorOf(id), "http://127.0.0.1:0/callback")
	return run, outcome(s.t, run)
}

// The table of section 8 of the recorded answers: what was wrong upstream, and what
// Logto's API says, which its page does not show.
func TestLogtosOwnAnswerIsRevealed(t *testing.T) {
	for _, c := range []struct {
		connector, on string
		code          string // "": Logto takes it
		status        string
		says          string // in the description
	}{
		{demo.SocialID, "", "", "", ""},
		{demo.SSOID, "", "", "", ""},
		{demo.SocialID, "wrong_secret", "logto.connector.general", "400", "{}"},
		{demo.SocialID, "issuer_slash", "logto.internal_error", "500", ""},
		{demo.SocialID, "jwks_404", "logto.internal_error", "500", ""},
		{demo.SocialID, "email_verified_string", "logto.connector.social_invalid_id_token", "401", ""},
		{demo.SocialID, "no_id_token", "logto.connector.invalid_response", "400", ""},
		{demo.SocialID, "error_access_denied", "logto.connector.general", "400", "access_denied"},
		{demo.SSOID, "wrong_secret", "logto.connector.authorization_failed", "500", "invalid_client"},
		{demo.SSOID, "discovery_404", "logto.connector.invalid_config", "500", "fail_to_fetch_config: Not Found"},
		{demo.SSOID, "iat_old", "logto.connector.authorization_failed", "500", "id_token is expired"},
		{demo.SSOID, "error_access_denied", "logto.connector.invalid_request_parameters", "500", ""},
		{demo.FeishuID, "", "", "", ""},
	} {
		s := newStage(t)
		s.tenant.SetUpstreamSwitches(split(c.on)...)
		run, ended := s.reveals(c.connector)
		if c.code == "" {
			if ended.Outcome != flows.OK {
				t.Errorf("%s %s: %+v", c.connector, c.on, ended)
			}
			continue
		}
		if got := codes(ended, fault.Error); len(got) != 1 || got[0] != c.code {
			t.Errorf("%s %s: %q, want %s", c.connector, c.on, got, c.code)
			continue
		}
		f := ended.Faults[0]
		if f.Params["LogtoStatus"] != c.status || !strings.Contains(f.Params["Description"], c.says) || len(f.Evidence) == 0 {
			t.Errorf("%s %s: %+v", c.connector, c.on, f)
		}
		if chosen := last[flows.ConnectorChosen](t, run); chosen.ID != c.connector {
			t.Errorf("%+v", chosen)
		}
	}
}

func split(switches string) []string { return strings.Fields(switches) }

// Where the upstream knows the tenant's own callback only, its URL is pasted: Logto's
// page leaves alone what it did not begin.
func TestACallbackOfTheTenantIsPasted(t *testing.T) {
	s := newStage(t)
	s.tenant.SetUpstreamSwitches("wrong_secret")
	_, release, err := s.tenant.Acquire(t.Context()) // the callback's origin is the tenant's, and stays
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	c := s.connectorOf(demo.SocialID)
	callback := c.Callbacks[0].URI
	s.browser = upstreamUser()
	run := s.engine.RevealError(t.Context(), s.request(), c, callback)
	until[flows.Waiting](t, run, nil)
	run.Paste(s.visited(callback + "?"))
	if got := codes(outcome(t, run), fault.Error); len(got) != 1 || got[0] != "logto.connector.general" {
		t.Errorf("%q", got)
	}
}

// visited waits until the browser has been at an address that begins so.
func (s *stage) visited(prefix string) string {
	s.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		for _, v := range s.browser.Visits() {
			if strings.HasPrefix(v.URL.String(), prefix) {
				return v.URL.String()
			}
		}
	}
	s.t.Fatalf("the browser was never at %s", prefix)
	return ""
}

// A connector that is not there, an app that is not, and a server without the API.
func TestWhatKeepsFromAskingLogtoIsNamed(t *testing.T) {
	s := newStage(t)
	gone := tenant.Connector{ID: "nosuch", Sort: tenant.Social}
	ended := outcome(t, s.engine.RevealError(t.Context(), s.request(), gone, "http://127.0.0.1:0/callback"))
	if got := codes(ended, fault.Error); len(got) != 1 || got[0] != "logto.entity.not_found" {
		t.Errorf("no such connector: %q", got)
	}
	req := s.request()
	req.Profile.Client.ID = "nosuch"
	ended = outcome(t, s.engine.RevealError(t.Context(), req, gone, "http://127.0.0.1:0/callback"))
	if got := codes(ended, fault.Error); len(got) != 1 || !strings.Contains(got[0], "client") {
		t.Errorf("no such app: %q", got)
	}
	req = s.request()
	req.Profile.Client.RedirectURI = "http://localhost:4000/callback"
	ended = outcome(t, s.engine.RevealError(t.Context(), req, gone, "http://127.0.0.1:0/callback"))
	if got := codes(ended, fault.Error); len(got) != 1 || !strings.Contains(got[0], "redirect_uri") {
		t.Errorf("no such redirect URI: %q", got)
	}
}
