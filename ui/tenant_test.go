package ui

import (
	"strings"
	"testing"

	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/testkit/headless"
	"signbench/ui/text"
	"signbench/ui/view"
)

// atTenant shows the connectors of the demo tenant.
func atTenant(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.browser = headless.New(nil, "allow", "taro")
	d.bench.showPage(pageConnectors)
	if m := d.tenantModel(); m.State != view.TenantUnread {
		t.Fatalf("at first it is %s", m.State)
	}
	d.tap(d.bench.connectors.Object(), text.T("connectors.read"))
	d.until("the connectors", func() bool { return d.tenantModel().State == view.TenantRead })
	return d
}

func (d *desk) tenantModel() view.TenantModel {
	return d.bench.tenantModel(d.bench.state.Of(d.bench.selected))
}

// The list has every connector that signs users in, each with the callback URIs to
// register, and needs no credential.
func TestTheTenantListsItsConnectors(t *testing.T) {
	d := atTenant(t)
	m := d.tenantModel()
	for _, id := range []string{demo.SocialID, demo.FeishuID, demo.SSOID} {
		c, ok := m.Listing.Find(id)
		if !ok || len(c.Callbacks) == 0 || !strings.HasSuffix(c.Callbacks[0].URI, "/callback/"+id) {
			t.Errorf("%s: %+v", id, c)
		}
	}
	if len(m.Tried) != 0 {
		t.Errorf("nothing was tried, and it shows %v", m.Tried)
	}
}

// Each connector is tested by a real sign-in with it, and the result stands beside it.
func TestEachConnectorIsTested(t *testing.T) {
	d := atTenant(t)
	for _, c := range d.tenantModel().Listing.Connectors {
		run := d.benched(oauth.ScenarioSignIn, func() { d.bench.testConnector(c.ID) })
		tried := d.tenantModel().Tried[c.ID]
		if len(tried.Results) != 1 || tried.Results[0].Run != run.ID || !strings.HasPrefix(tried.Results[0].Words, text.T("verdict.works", text.Params{"Scenario": text.T("scenario.sign_in")})) {
			t.Fatalf("%s: %+v; the window says %q: %q", c.ID, tried, d.verdict().Title, d.verdict().Detail)
		}
		if got := run.Profile.Extra["direct_sign_in"]; got != c.DirectSignIn() {
			t.Errorf("it was sent to %q", got)
		}
		if d.bench.page != pageConnectors {
			t.Errorf("the test leads to %s", d.bench.page)
		}
	}
	p, _ := d.bench.profile(d.bench.selected)
	if len(p.Extra) != 0 || p.Prompt == "login consent" {
		t.Errorf("the profile was changed: %+v", p)
	}
	if name := headline(p, d.now().Run); name == p.Name {
		t.Error("the verdict does not say that it is of a test")
	}

	tried := d.tenantModel().Tried
	d.settle()
	d.close()
	d.open()
	d.bench.readTenant()
	d.until("the connectors", func() bool { return d.tenantModel().State == view.TenantRead })
	for id, was := range tried {
		if now := d.tenantModel().Tried[id]; len(now.Results) != 1 || now.Results[0].Run != was.Results[0].Run || now.Results[0].Outcome != was.Results[0].Outcome {
			t.Errorf("%s after a restart: %+v", id, now)
		}
	}
	d.bench.showRun(tried[demo.SSOID].Results[0].Run)
	d.until("its flow", func() bool { return d.bench.page == pageFlow })
	if _, bench, _ := d.bench.shown(); bench.Run == nil || bench.Run.ID != tried[demo.SSOID].Results[0].Run {
		t.Error("the flow is of another run")
	}
}

// A connector whose upstream refuses it leaves the user on Logto's page: the test is
// cancelled, and says so.
func TestATestThatIsCancelledSaysSo(t *testing.T) {
	d := atTenant(t)
	d.idle = true
	d.bench.testConnector(demo.FeishuID)
	d.until("the wait", func() bool { return d.now().Run != nil && d.now().Run.Waiting != nil })
	if !d.tenantModel().Busy {
		t.Error("another one could be tested meanwhile")
	}
	d.bench.cancelPressed()
	d.until("the end", d.ended)
	if tried := d.tenantModel().Tried[demo.FeishuID]; len(tried.Results) != 1 || tried.Results[0].Outcome != "cancelled" {
		t.Errorf("%+v", tried)
	}
}

// Without a list the page says why, and what is typed of the profile makes another
// tenant of it.
func TestATenantWithoutConnectorsSaysWhy(t *testing.T) {
	d := atTenant(t)
	p, _ := d.bench.profile(d.bench.selected)
	for _, c := range []struct {
		kind     oauth.Kind
		endpoint string
		want     view.TenantState
	}{
		{oauth.KindOIDC, "", view.TenantElsewhere},
		{oauth.KindLogto, "", view.TenantIncomplete},
		{oauth.KindLogto, "http://localhost:1", view.TenantUnread},
	} {
		p.Kind, p.Endpoint = c.kind, c.endpoint
		d.bench.profileTyped(p)
		if m := d.tenantModel(); m.State != c.want || len(m.Listing.Connectors) != 0 {
			t.Errorf("%s %s: %s with %d connectors", c.kind, c.endpoint, m.State, len(m.Listing.Connectors))
		}
	}
	d.bench.readTenant()
	d.until("the refusal", func() bool { return d.tenantModel().State == view.TenantUnreadable })
	if m := d.tenantModel(); !strings.Contains(m.Why, "localhost:1") {
		t.Errorf("the reason is %q", m.Why)
	}
}
