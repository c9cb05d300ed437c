package flows_test

import (
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

func TestCheckSetupNeedsNoUser(t *testing.T) {
	s := newStage(t)
	run := s.engine.CheckSetup(t.Context(), s.request())
	if ended := outcome(t, run); ended.Outcome != flows.OK {
		t.Fatalf("ended %s: %+v", ended.Outcome, every[flows.Probed](run))
	}
	rows := map[string]probe.Row{}
	for _, p := range every[flows.Probed](run) {
		rows[p.Row.ID] = p.Row
	}
	for _, id := range []string{"discovery.found", "redirect_uri.registered", "secret.accepted", "machine.port", "sign_out.uri"} {
		if rows[id].Verdict != probe.Pass {
			t.Errorf("%s: %+v", id, rows[id])
		}
	}
	if len(s.browser.Visits()) != 0 {
		t.Error("a browser was opened")
	}
}

func TestCheckSetupFindsWhatASignInWouldFind(t *testing.T) {
	s := newStage(t)
	s.secret = "CANARY-wrong-secret"
	s.profile.Client.RedirectURI = strings.Replace(s.profile.Client.RedirectURI, "/callback", "/callback/", 1)
	run := s.engine.CheckSetup(t.Context(), s.request())
	if ended := outcome(t, run); ended.Outcome != flows.Failed || ended.Step != oauth.StepPrepare {
		t.Errorf("ended %+v", ended)
	}
	failed := map[string]string{}
	for _, p := range every[flows.Probed](run) {
		if p.Row.Verdict == probe.Fail {
			failed[p.Row.ID] = p.Row.Reason
		}
		for name, v := range p.Row.Params {
			if strings.Contains(v, "CANARY") {
				t.Errorf("%s of %s holds the secret", name, p.Row.ID)
			}
		}
	}
	if failed["redirect_uri.registered"] == "" || failed["secret.accepted"] == "" {
		t.Errorf("failed: %v", failed)
	}
}

// The address of login_hint is sent somewhere, and the page of the tenant says where.
func TestCheckSetupAsksWhereTheHintIsSent(t *testing.T) {
	for name, c := range map[string]struct {
		hint, screen, client, reason string
		faults                       []demo.Fault
	}{
		"no address":           {"alice", "", demo.AppID, "", nil},
		"a domain of nobody":   {"user@signbench.test", "", demo.AppID, "not_routed", nil},
		"the same, and wanted": {"user@signbench.test", "single_sign_on", demo.AppID, "unassigned", nil},
		"claimed":              {"user@Acme.example", "", demo.AppID, "claimed", nil},
		"claimed and wanted":   {"user@acme.example", "single_sign_on", demo.AppID, "routed", nil},
		"below":                {"user@eu.acme.example", "single_sign_on", demo.AppID, "sub_domain", nil},
		"SSO is off":           {"user@acme.example", "single_sign_on", demo.AppID, "unassigned", []demo.Fault{"sso-off"}},
		"not let in":           {"user@acme.example", "", "nobody", "not_asked", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.tenant.SetFaults(c.faults...)
			s.profile.LoginHint, s.profile.Client.ID = c.hint, c.client
			if c.screen != "" {
				s.profile.Extra = map[string]string{"first_screen": c.screen}
			}
			run := s.engine.CheckSetup(t.Context(), s.request())
			outcome(t, run)
			var reasons []string
			for _, p := range every[flows.Probed](run) {
				if p.Row.ID != "logto.login_hint" {
					continue
				}
				reasons = append(reasons, p.Row.Reason)
				if len(p.Row.Evidence) == 0 || p.Row.Verdict != probe.VerdictOf(p.Row.ID, p.Row.Reason) {
					t.Errorf("%+v", p.Row)
				}
			}
			if got := strings.Join(reasons, " "); got != c.reason {
				t.Errorf("it is %q, want %q", got, c.reason)
			}
		})
	}
}
