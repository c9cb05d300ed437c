package ui

import (
	"strings"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/ui/view"
	"signbench/ui/widget"
)

func (d *desk) benchModel() view.BenchModel {
	return d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Bench
}

// With the issuer alone, the rest of the endpoints comes from its discovery document.
// What is wrong with the document is said, and changes nothing.
func TestTheSocialBenchIsFilledInFromDiscovery(t *testing.T) {
	d := atBench(t, connector.OIDC)
	const issuer = "idTokenVerificationConfig.issuer"
	whole := d.draft().setup
	filled := func() view.Said {
		t.Helper()
		d.bench.discoverBench()
		d.until("the document", func() bool { return !d.draft().filling })
		return d.benchModel().Filled
	}
	bare := whole
	bare.Config = connector.NewConfig(connector.OIDC).Set("clientId", "typed").Set(issuer, whole.Config.Text(issuer))
	d.bench.benchTyped(bare)
	if said := filled(); said.Kind != widget.KindPass {
		t.Fatalf("%+v", said)
	}
	for _, path := range []string{"authorizationEndpoint", "tokenEndpoint", "idTokenVerificationConfig.jwksUri", issuer} {
		if got := d.draft().setup.Config.Text(path); got == "" || got != whole.Config.Text(path) {
			t.Errorf("%s is %q, and %q in the demo", path, got, whole.Config.Text(path))
		}
	}
	if d.draft().setup.Config.Text("clientId") != "typed" {
		t.Error("what was typed is gone")
	}
	bare.Config = bare.Config.Set(issuer, whole.Config.Text(issuer)+"/nowhere")
	d.bench.benchTyped(bare)
	if said := filled(); said.Kind != widget.KindFail || !strings.Contains(said.Words, "404") {
		t.Errorf("%+v", said)
	}
	if d.draft().setup.Config.Has("tokenEndpoint") {
		t.Error("a document that is none filled something in")
	}
	bare.Config = bare.Config.Unset(issuer)
	d.bench.benchTyped(bare)
	if said := filled(); said.Kind != widget.KindWarn {
		t.Errorf("without an issuer: %+v", said)
	}
}

// The discovery document of enterprise SSO stands on the bench as the console parses it.
func TestTheParsedConfigurationIsShown(t *testing.T) {
	d := atBench(t, connector.SSO)
	d.benched(oauth.ScenarioBench, d.bench.checkBench)
	m := d.benchModel()
	if m.Run == nil || m.Run.Metadata == nil || m.Run.Metadata.TokenEndpoint == "" || m.Run.Metadata.Issuer != m.Setup.Config.Text("issuer") {
		t.Errorf("%+v", m.Run)
	}
}

// A paste that is far too long is said, and takes nothing away.
func TestAPasteThatIsTooLongTakesNothingAway(t *testing.T) {
	d := atBench(t, connector.SSO)
	was := d.benchModel().JSON
	d.bench.benchJSON(`{"a":"` + strings.Repeat("x", 5<<20) + `"}`)
	if m := d.benchModel(); m.Problem == nil || m.Problem.Code != connector.ParseTooLarge || m.JSON != was {
		t.Errorf("problem %v, %d bytes are shown", m.Problem, len(m.JSON))
	}
	d.bench.benchJSON("")
	if m := d.benchModel(); m.Problem == nil || m.JSON != "" {
		t.Errorf("cleared: problem %v, shown %q", m.Problem, m.JSON)
	}
}

// Two benches that are typed into one right after the other are both kept.
func TestTwoBenchesTypedInOneAfterTheOtherAreKept(t *testing.T) {
	d := atBench(t, connector.SSO)
	kinds := []connector.Kind{connector.SSO, connector.Feishu}
	for _, kind := range kinds {
		d.bench.chooseBench(kind)
		d.until("the demo's connector", func() bool { return d.draft().place == view.SecretDemo })
	}
	for _, kind := range kinds {
		d.bench.chooseBench(kind)
		s := d.draft().setup
		s.ConnectorID = "typed"
		d.bench.benchTyped(s)
	}
	d.close()
	d.open()
	d.settle()
	for _, kind := range kinds {
		d.bench.chooseBench(kind)
		d.until("what was kept", func() bool { return d.draft().place == view.SecretInKeychain })
		if got := d.draft().setup.ConnectorID; got != "typed" {
			t.Errorf("%s: %q", kind, got)
		}
	}
}
