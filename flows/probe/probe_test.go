package probe_test

import (
	"testing"

	"signbench/flows/oauth"
	"signbench/flows/probe"
)

func TestAnUnbrokenTenantPasses(t *testing.T) {
	b := newBench(t)
	b.setup.AskWrongSecret = true
	b.run(t.Context())
	for id, step := range map[string]oauth.Step{
		"reach.connect": oauth.StepDiscovery, "discovery.issuer": oauth.StepDiscovery, "keys.usable": oauth.StepJWKS,
		"redirect_uri.registered": oauth.StepAuthorize, "client.pkce_plain": oauth.StepAuthorize, "secret.accepted": oauth.StepToken,
		"secret.method": oauth.StepToken, "secret.wrong": oauth.StepToken, "sign_out.uri": oauth.StepEndSession,
		"logto.experience": probe.StepSignInExperience,
	} {
		if len(b.rows[id].Evidence) == 0 {
			t.Errorf("%s has no evidence", id)
		}
		for _, e := range b.rows[id].Evidence {
			if got := b.exchanges[e].Step; got != step {
				t.Errorf("the evidence of %s is of %s, want %s", id, got, step)
			}
		}
	}
	for id, row := range b.rows {
		if row.Verdict != probe.Pass {
			t.Errorf("%s: %s %s (want %q, got %q)", id, row.Verdict, row.Reason, row.Want, row.Got)
		}
	}
}
