package flows_test

import (
	"strings"
	"testing"

	"signbench/flows"
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
