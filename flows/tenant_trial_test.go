package flows_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector/tenant"
	"signbench/flows/demo"
	"signbench/flows/oauth"
)

// tries runs a real sign-in with a connector of the demo tenant.
func (s *stage) tries(id string) (*flows.Run, tenant.Connector) {
	s.t.Helper()
	c := s.connectorOf(id)
	s.browser = upstreamUser()
	run := s.engine.TestConnector(s.t.Context(), s.request(), c)
	outcome(s.t, run)
	return run, c
}

func TestAConnectorIsTriedWithARealSignIn(t *testing.T) {
	for _, id := range []string{demo.SocialID, demo.SSOID, demo.FeishuID} {
		s := newStage(t)
		s.profile.Scopes = append(s.profile.Scopes, "identities")
		s.profile.Extra = map[string]string{"first_screen": "nonsense"} // would void direct_sign_in
		run, c := s.tries(id)
		trial, done := flows.Trial(c, run)
		if !done || trial.Outcome != string(flows.Warned) || trial.Run != run.ID() || trial.At.IsZero() {
			t.Fatalf("%s: %+v", id, last[flows.Ended](t, run))
		}
		var claims map[string]any
		if err := json.Unmarshal(trial.Claims, &claims); err != nil || claims["sub"] == nil || claims["nonce"] != nil {
			t.Errorf("%s: %v %s", id, err, trial.Claims)
		}
		if !slices.Contains(trial.FromConnector, "name") {
			t.Errorf("%s: the connector brought %q of %s", id, trial.FromConnector, trial.Claims)
		}
		started := last[flows.Started](t, run)
		if started.Profile.Extra["direct_sign_in"] != c.DirectSignIn() || started.Profile.Prompt != "login consent" {
			t.Errorf("%s: %+v", id, started.Profile)
		}
		for _, secret := range []string{demo.AppSecret, last[flows.SignedIn](t, run).Session.Tokens.AccessToken.Reveal()} {
			if strings.Contains(string(trial.Claims), secret) {
				t.Errorf("%s: a secret is kept", id)
			}
		}
	}
}

// Without the claims that say so, nobody can tell what a connector brought.
func TestWhatAConnectorBroughtIsNotGuessed(t *testing.T) {
	s := newStage(t)
	run, c := s.tries(demo.SocialID)
	if trial, _ := flows.Trial(c, run); trial.Outcome != string(flows.Warned) || trial.FromConnector != nil {
		t.Errorf("%+v", trial)
	}
}

func TestATrialThatFailsIsKeptTooAndNoneBeforeItsEnd(t *testing.T) {
	s := newStage(t)
	c := s.connectorOf(demo.SocialID)
	s.profile.Client.ID = ""
	run := s.engine.TestConnector(t.Context(), s.request(), c)
	outcome(t, run)
	if trial, done := flows.Trial(c, run); !done || trial.Outcome != string(flows.Failed) || !slices.Contains(trial.Faults, "prepare.profile") {
		t.Errorf("%+v", trial)
	}
	p := flows.ThroughConnector(oauth.NewProfile(oauth.KindOIDC, "x"), c)
	if p.Prompt != "login" {
		t.Errorf("prompt %q", p.Prompt)
	}
}
