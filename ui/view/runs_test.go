package view

import (
	"testing"

	"signbench/flows/oauth"
)

// A run in the list says what became of it: what failed, and where.
func TestRunsSayWhatFailed(t *testing.T) {
	for name, c := range map[string]struct {
		row  RunRow
		want string
	}{
		"sound":     {RunRow{Scenario: oauth.ScenarioCheck, Outcome: "ok"}, "Works"},
		"a sign-in": {RunRow{Scenario: oauth.ScenarioSignIn, Outcome: "failed", Step: oauth.StepVerify, Faults: []string{"id_token.nonce"}}, "Failed at Verify: the ID token's nonce is not the one that was sent"},
		"a check":   {RunRow{Scenario: oauth.ScenarioCheck, Outcome: "failed", Faults: []string{"probe.redirect_uri.registered", "probe.client.request"}}, "Sign-in cannot work: Redirect URI"},
		"a bench":   {RunRow{Scenario: oauth.ScenarioBench, Outcome: "failed", Faults: []string{"probe.connector.oidc.pkce"}}, "The connector cannot work: PKCE"},
		"cancelled": {RunRow{Scenario: oauth.ScenarioCheck, Outcome: "cancelled", Faults: []string{"probe.redirect_uri.registered"}}, "Cancelled"},
		"an older":  {RunRow{Scenario: oauth.ScenarioCheck, Outcome: "failed"}, "Failed"},
	} {
		if got := c.row.Verdict(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
