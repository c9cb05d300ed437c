package report

import (
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/ui/state"
)

// The report gives the root cause first, with what follows from it indented below.
func TestFaultsAreFolded(t *testing.T) {
	run := &state.Run{Scenario: oauth.ScenarioSignIn, Ended: &flows.Ended{Outcome: flows.Failed, Step: oauth.StepVerify, Faults: fault.Order([]fault.Fault{
		fault.New("id_token.signature", oauth.StepVerify, nil),
		fault.New("id_token.alg", oauth.StepVerify, nil),
		fault.New("id_token.nonce", oauth.StepVerify, nil),
	})}}
	var heads []string
	for line := range strings.Lines(Markdown(run, About{Version: "1"}, nil, "")) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "- **"); ok {
			indent := len(line) - len(strings.TrimLeft(line, " "))
			heads = append(heads, strings.Repeat(">", indent)+name[strings.Index(name, "`")+1:strings.LastIndex(name, "`")])
		}
	}
	if got, want := strings.Join(heads, " "), "id_token.alg >>id_token.signature id_token.nonce"; got != want {
		t.Errorf("the faults are %s, want %s", got, want)
	}
}

// A bench is named by its connector, and one without an issuer by nothing else.
func TestTheProviderOfABench(t *testing.T) {
	run := &state.Run{Scenario: oauth.ScenarioMessage, Profile: oauth.Profile{Kind: oauth.KindOIDC}, Ended: &flows.Ended{Outcome: flows.OK}}
	for _, c := range []struct {
		benched *flows.Benched
		issuer  string
		want    string
	}{
		{&flows.Benched{Kind: connector.Twilio}, "", "| Provider | Twilio SMS |"},
		{&flows.Benched{Kind: connector.OIDC}, "https://idp.example", "| Provider | OIDC social · https://idp.example |"},
		{nil, "https://idp.example", "| Provider | OpenID Connect · https://idp.example |"},
	} {
		run.Benched, run.Profile.Issuer = c.benched, c.issuer
		if got := Markdown(run, About{Version: "1"}, nil, ""); !strings.Contains(got, c.want+"\n") {
			t.Errorf("%s is not in\n%s", c.want, got)
		}
	}
}
