package ui

import (
	"strings"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/demo"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// Each bench compares itself with the tenant, is written back by one press after the
// difference was shown, and is loaded again; nothing else writes.
func TestEachBenchIsComparedWrittenAndLoaded(t *testing.T) {
	for _, c := range []struct {
		kind             connector.Kind
		id, member, secr string
	}{
		{connector.OIDC, demo.SocialID, "scope", "clientSecret"},
		{connector.SSO, demo.SSOID, "scope", "clientSecret"},
		{connector.Feishu, demo.FeishuID, "appId", "appSecret"},
		{connector.Twilio, demo.TwilioID, "fromMessagingServiceSID", "authToken"},
	} {
		t.Run(c.kind.Bench(), func(t *testing.T) {
			logged := logOf(t)
			d := atBench(t, c.kind)
			held := func() string {
				raw, err := d.tenant.ConnectorConfig(t.Context(), c.id)
				if err != nil {
					t.Fatal(err)
				}
				return string(raw)
			}
			before := held()
			d.tap(d.bench.connectors.Object(), text.T("admin.compare"))
			d.asked("the comparison")
			if m := d.there(); m.Said.Kind != widget.KindPass || m.Difference != nil || m.Chosen != c.id {
				t.Fatalf("as it is: %+v", m)
			}
			original := d.draft().setup
			s := original
			s.Config = s.Config.Set(c.member, "typed-here").SetSecret(c.secr, "CANARY-typed")
			d.bench.benchTyped(s)
			if m := d.there(); m.Said.Words != "" {
				t.Errorf("what is said is of another content: %+v", m.Said)
			}
			d.bench.compareThere()
			d.asked("the comparison")
			m := d.there()
			if m.Difference == nil || m.Difference.Loads || len(m.Difference.Changes) != 2 || m.Difference.ID != c.id || m.Difference.Endpoint == "" {
				t.Fatalf("%+v", m)
			}
			for _, change := range m.Difference.Changes {
				if strings.Contains(change.Before+change.After, "CANARY") {
					t.Error("the difference shows a secret")
				}
			}
			if held() != before {
				t.Fatal("comparing wrote")
			}
			d.bench.takeThere() // not what was asked
			if d.draft().setup.Config.Text(c.member) != "typed-here" {
				t.Fatal("the bench was filled by another press")
			}
			d.tap(d.bench.connectors.Object(), text.T("admin.write", text.Params{"Changes": text.N("admin.changes", 2), "Name": m.Difference.Connector}))
			d.asked("the end of the writing")
			if m := d.there(); m.Said.Kind != widget.KindPass || m.Difference != nil || !strings.Contains(held(), "typed-here") {
				t.Fatalf("%+v", m)
			}

			d.bench.benchTyped(original)
			d.bench.loadThere()
			d.asked("what would be lost")
			if m := d.there(); m.Difference == nil || !m.Difference.Loads || d.draft().setup.Config.Text(c.member) == "typed-here" {
				t.Fatalf("loading did not ask: %+v", m)
			}
			d.bench.writeThere() // not what was asked
			d.tap(d.bench.connectors.Object(), text.T("admin.take"))
			if got := d.draft().setup.Config; got.Text(c.member) != "typed-here" || got.Secret(c.secr).Reveal() != "CANARY-typed" || !strings.Contains(held(), "typed-here") {
				t.Fatal("the bench does not hold what the tenant has")
			}
			d.bench.flush()
			d.settle()
			noCanary(t, d.dir, "CANARY-typed")
			if strings.Contains(logged(), "CANARY") {
				t.Error("the log holds a secret of the connector")
			}
			d.bench.frame.Toast.Press()
			if got := d.draft().setup.Config; len(connector.Diff(got, original.Config)) != 0 {
				t.Error("it was not undone")
			}
		})
	}
}

// A bench that holds nothing is filled at once, and one on which something changes
// meanwhile, or of another credential, is not.
func TestLoadingIntoABenchThatHoldsNothing(t *testing.T) {
	d := atBench(t, connector.SSO)
	s := d.draft().setup
	s.Config, s.Domains, s.ConnectorID = connector.NewConfig(connector.SSO), nil, ""
	d.bench.benchTyped(s)
	d.bench.loadThere()
	d.asked("the configuration")
	got := d.draft().setup
	if got.ConnectorID != demo.SSOID || len(got.Domains) != 1 || got.Config.Secret("clientSecret").Empty() || d.there().Difference != nil {
		t.Errorf("%s %v, %+v", got.ConnectorID, got.Domains, d.there())
	}
	s = got
	s.Domains = []string{"typed.example"}
	d.bench.benchTyped(s)
	d.bench.loadThere()
	d.asked("what would be lost")
	if m := d.there(); m.Difference == nil || len(m.Difference.Changes) != 1 || m.Difference.Changes[0].After != "typed.example" {
		t.Errorf("other domains: %+v", m)
	}
	d.bench.compareThere()
	s.Config = got.Config.Set("scope", "typed meanwhile")
	d.bench.benchTyped(s)
	d.asked("the comparison")
	if m := d.there(); m.Difference != nil || m.Said.Kind != widget.KindWarn {
		t.Errorf("typed meanwhile: %+v", m)
	}
	d.bench.compareThere()
	d.asked("the comparison")
	if d.there().Difference == nil {
		t.Fatalf("%+v", d.there())
	}
	d.bench.administratorTyped(view.AdminCredential{ClientID: demo.M2MAppID, Secret: demo.M2MAppSecret})
	if m := d.there(); m.Difference != nil || len(m.Connectors) != 0 {
		t.Errorf("another credential: %+v", m)
	}
}

// Logto's own test message is sent by a press alone.
func TestLogtosOwnMessageIsSentByAPressAlone(t *testing.T) {
	d := atBench(t, connector.Twilio)
	d.bench.sendByLogto("")
	d.bench.sendByLogto("no number")
	d.bench.sendByLogto("+15005550006")
	d.asked("the message")
	if m := d.there(); m.Sent.Kind != widget.KindPass || len(d.tenant.SentMessages()) != 1 {
		t.Fatalf("%+v, %d sent", m.Sent, len(d.tenant.SentMessages()))
	}
	s := d.draft().setup
	s.Config = s.Config.SetSecret("authToken", "CANARY-token")
	d.bench.benchTyped(s)
	d.bench.sendByLogto("+15005550006")
	d.asked("the refusal")
	if m := d.there(); m.Sent.Kind != widget.KindFail || strings.Contains(m.Sent.Words, "CANARY") || len(d.tenant.SentMessages()) != 1 {
		t.Errorf("%+v, %d sent", m.Sent, len(d.tenant.SentMessages()))
	}
}
