package ui

import (
	"slices"
	"strings"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/testkit/headless"
	"signbench/ui/state"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// atBench shows a bench of the demo profile, filled in with the demo's connector.
func atBench(t *testing.T, kind connector.Kind) *desk {
	t.Helper()
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.browser = headless.New(nil, "allow", "taro")
	d.bench.chooseBench(kind)
	d.bench.showPage(pageConnectors)
	d.until("the demo's connector", func() bool { return d.draft().place == view.SecretDemo })
	return d
}

func (d *desk) draft() *benchDraft { return d.bench.draft(d.bench.benchHere()) }

// benched waits for a run on the bench to end.
func (d *desk) benched(scenario oauth.Scenario, start func()) *state.Run {
	d.t.Helper()
	run := func() *state.Run { return d.bench.state.Of(d.bench.selected).Run }
	before := run()
	start()
	d.until("the end of "+string(scenario), func() bool {
		return run() != nil && (before == nil || run().ID != before.ID) && run().Scenario == scenario && d.ended()
	})
	return run()
}

// Each bench works at the first run with nothing configured: the check finds
// nothing wrong, and a sign-in shows what Logto would make of the user.
func TestEachBenchWorksAtTheFirstRun(t *testing.T) {
	for _, kind := range connector.Kinds() {
		t.Run(kind.Bench(), func(t *testing.T) {
			d := atBench(t, kind)
			model := func() view.BenchModel {
				return d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Bench
			}
			run := d.benched(oauth.ScenarioBench, d.bench.checkBench)
			if m := d.verdict(); m.Kind != widget.KindPass || len(run.Probes) < 5 {
				t.Fatalf("check: %q: %q, %d rows", m.Title, m.Detail, len(run.Probes))
			}
			for _, row := range run.Probes {
				if row.Verdict == probe.Unknown && kind != connector.Twilio { // where no number was typed
					t.Errorf("%s cannot be told: %s", row.ID, row.Reason)
				}
			}
			if uris := model().Setup.CallbackURIs(); (len(uris) == 0) != (kind == connector.Twilio) {
				t.Errorf("to be registered upstream: %q", uris)
			}
			if m := model(); m.Run != run || len(m.Rows) < len(run.Probes) {
				t.Errorf("the page has %d rows of %d, run %v", len(m.Rows), len(run.Probes), m.Run != nil)
			}
			if !model().Signs {
				return
			}
			run = d.benched(oauth.ScenarioUpstream, d.bench.signInBench)
			if m := d.verdict(); m.Kind != widget.KindPass || run.Mapped == nil || run.Mapped.Field("id").Value == "" {
				t.Errorf("sign-in: %q: %q", m.Title, m.Detail)
			}
		})
	}
}

// What a broken upstream does is in the verdict, in the upstream's words.
func TestABenchSaysWhatTheUpstreamSays(t *testing.T) {
	d := atBench(t, connector.OIDC)
	d.tenant.SetUpstreamSwitches("wrong_secret")
	d.benched(oauth.ScenarioUpstream, d.bench.signInBench)
	m := d.verdict()
	if m.Kind != widget.KindFail || !strings.Contains(m.Detail+m.Raw, "invalid_client") {
		t.Errorf("verdict %q: %q, raw %q", m.Title, m.Detail, m.Raw)
	}
}

// A field for e-mail domains that was never filled in says what that means.
func TestEnterpriseSSOWithoutADomain(t *testing.T) {
	d := atBench(t, connector.SSO)
	missing := func() bool {
		m := d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Bench
		return slices.ContainsFunc(m.Findings, func(f connector.Finding) bool { return f.Code == connector.DomainMissing })
	}
	if missing() {
		t.Error("the demo's connector has a domain")
	}
	s := d.draft().setup
	s.Domains = nil
	d.bench.benchTyped(s)
	if !missing() {
		t.Error("nothing says that no domain is set")
	}
}

// The form and the JSON are two ways to one configuration, a text that is none says
// where and loses nothing, and nothing secret of it reaches the disk.
func TestABenchIsEditedBothWaysAndKept(t *testing.T) {
	d := atBench(t, connector.SSO)
	s := d.draft().setup
	s.Config = s.Config.Set("issuer", "https://typed.example/")
	d.bench.benchTyped(s)
	m := d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Bench
	if !strings.Contains(m.JSON, "https://typed.example/") || len(m.Findings) == 0 {
		t.Errorf("the JSON does not follow the form: %d findings\n%s", len(m.Findings), m.JSON)
	}
	d.bench.benchJSON(`{"issuer": "https://json.example", "clientId": "c", "clientSecret": "CANARY-bench", "odd": [1]}`)
	if got := d.draft().setup.Config; got.Text("issuer") != "https://json.example" || got.Secret("clientSecret").Reveal() != "CANARY-bench" {
		t.Error("the form does not follow the JSON")
	}
	if m := d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Bench; strings.Contains(m.JSON, "CANARY") || !strings.Contains(m.JSON, "odd") {
		t.Errorf("shown: %s", m.JSON)
	}
	broken := "{\n  \"issuer\": \"https://json.example\",\n  \"clientId\" 7\n}"
	d.bench.benchJSON(broken)
	m = d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Bench
	if m.Problem == nil || m.Problem.Line != 3 || m.JSON != broken {
		t.Errorf("problem %+v, shown %q", m.Problem, m.JSON)
	}
	if d.draft().setup.Config.Text("clientId") != "c" {
		t.Error("a text that is no configuration changed the configuration")
	}
	d.bench.benchJSON(strings.Repeat(" ", 5<<20))
	if m := d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Bench; m.Problem == nil || len(m.JSON) > 1<<20 {
		t.Errorf("5 MB: problem %v, %d bytes are shown", m.Problem, len(m.JSON))
	}
	d.bench.flush()
	d.settle()
	noCanary(t, d.dir, "CANARY-bench")

	d.close()
	d.open()
	d.settle()
	d.bench.chooseBench(connector.SSO)
	d.bench.showPage(pageConnectors)
	d.until("what was kept", func() bool { return d.draft().place == view.SecretInKeychain })
	if got := d.draft().setup.Config; got.Text("issuer") != "https://json.example" || got.Secret("clientSecret").Reveal() != "CANARY-bench" || !got.Has("odd") {
		t.Error("after a restart the bench is another")
	}
	d.bench.deleteProfile(d.bench.selected)
	d.settle()
	for name := range d.vault.entries {
		if strings.Contains(name, "bench") {
			t.Errorf("%s stays in the keychain", name)
		}
	}
}

// A test message is sent by a press alone, and followed.
func TestATestMessageIsSentByAPressAlone(t *testing.T) {
	d := atBench(t, connector.Twilio)
	d.benched(oauth.ScenarioBench, d.bench.checkBench)
	if n := len(d.tenant.SentMessages()); n != 0 {
		t.Fatalf("the check sent %d messages", n)
	}
	run := d.benched(oauth.ScenarioMessage, func() {
		d.bench.sendFromBench(connector.Message{To: "+15005550006", UsageType: "SignIn"})
	})
	if run.Message == nil || run.Message.Status != "delivered" || len(d.tenant.SentMessages()) != 1 {
		t.Errorf("message %+v, verdict %q, %d sent", run.Message, d.verdict().Title, len(d.tenant.SentMessages()))
	}
}

// What a bench found stays there while other benches and the app are tried: a
// developer goes from one to the other.
func TestWhatABenchFoundStays(t *testing.T) {
	d := atBench(t, connector.SSO)
	check := d.benched(oauth.ScenarioBench, d.bench.checkBench)
	in := d.benched(oauth.ScenarioUpstream, d.bench.signInBench)
	d.bench.chooseBench(connector.OIDC)
	d.until("the demo's connector", func() bool { return d.draft().place == view.SecretDemo })
	d.benched(oauth.ScenarioBench, d.bench.checkBench)
	d.browser = headless.New(map[string]string{"username": "taro", "password": "taro-demo"}, "submit")
	d.signIn()
	for kind, mapped := range map[connector.Kind]bool{connector.OIDC: false, connector.SSO: true} {
		d.bench.chooseBench(kind)
		m := d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Bench
		if m.Checked == nil || m.Run == nil || len(m.Checked.Probes) < 5 || (m.Run.Mapped != nil) != mapped {
			t.Errorf("%s: check %v, run %v", kind, m.Checked != nil, m.Run != nil)
		}
		if kind == connector.SSO && (m.Checked.ID != check.ID || m.Run.ID != in.ID) {
			t.Error("the enterprise bench shows another run")
		}
	}
}
