package ui

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"maps"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector/tenant"
	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/testkit/headless"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
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
	d.tap(d.bench.connectors.get().Object(), text.T("connectors.read"))
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
	d.until("the pictures", func() bool { return len(d.tenantModel().Logos) == len(m.Listing.Connectors) })
	seen := map[color.Color]bool{}
	for id, picture := range d.tenantModel().Logos {
		middle := picture.At(logoPixels/2, logoPixels/2)
		if _, _, _, a := middle.RGBA(); a == 0 || seen[middle] {
			t.Errorf("the picture of %s is %v in the middle", id, middle)
		}
		seen[middle] = true
	}
}

// A window that is dark shows the pictures for one, and what there is otherwise.
func TestThePicturesAreThoseOfTheColours(t *testing.T) {
	light, dark := image.NewGray(image.Rect(0, 0, 1, 1)), image.NewGray(image.Rect(0, 0, 2, 2))
	shown := &tenantShown{logos: map[string]image.Image{"l": light, "d": dark}, listing: &flows.Connectors{}}
	shown.listing.Connectors = []tenant.Connector{
		{ID: "both", Logo: "l", LogoDark: "d"}, {ID: "light", Logo: "l"}, {ID: "dark", Logo: "gone", LogoDark: "d"}, {ID: "none"},
	}
	for isDark, want := range map[bool]map[string]image.Image{
		false: {"both": light, "light": light, "dark": dark},
		true:  {"both": dark, "light": light, "dark": dark},
	} {
		if got := shown.logosNow(isDark); !maps.Equal(got, want) {
			t.Errorf("dark %v: %v", isDark, got)
		}
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
		} else if got := compact(t, now.Claims); !strings.Contains(got, `"sub"`) || got != compact(t, was.Claims) {
			t.Errorf("%s after a restart: the claims are %s, not %s", id, got, was.Claims)
		}
	}
	d.bench.showRun(tried[demo.SSOID].Results[0].Run)
	d.until("its flow", func() bool { return d.bench.page == pageFlow })
	if _, bench, _ := d.bench.shown(); bench.Run == nil || bench.Run.ID != tried[demo.SSOID].Results[0].Run {
		t.Error("the flow is of another run")
	}
}

func compact(t *testing.T, claims json.RawMessage) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, claims); err != nil {
		t.Fatalf("%s: %v", claims, err)
	}
	return out.String()
}

// A connector whose upstream refuses it leaves the user on the page of Logto: the test is
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

// An address is sent to the connector that has its domain, and where to none the page
// says why.
func TestAnAddressIsRouted(t *testing.T) {
	d := atTenant(t)
	for address, want := range map[string]string{
		"taro@" + demo.SSODomain:     demo.SSOName,
		"taro@sub." + demo.SSODomain: "sub." + demo.SSODomain,
		"taro@gmail.com":             "gmail.com",
		"nobody":                     text.T("tenant.route.no_address"),
	} {
		d.bench.routeAddress(address)
		d.until("the route", func() bool { return d.tenantModel().Routed.Words != "" })
		if m := d.tenantModel(); !strings.Contains(m.Routed.Words, want) || (m.Routed.Kind == widget.KindPass) != (want == demo.SSOName) {
			t.Errorf("%s: %+v", address, m.Routed)
		}
	}
}

// What Logto's page hides of a connector that fails is in the verdict and beside the
// connector, with what Logto sent upstream.
func TestTheRealErrorIsShown(t *testing.T) {
	d := atTenant(t)
	reveal := func(id string) string {
		p, _ := d.bench.profile(d.bench.selected)
		run := d.benched(oauth.ScenarioReveal, func() { d.bench.revealError(id, p.Client.RedirectURI) })
		tried := d.tenantModel().Tried[id]
		if len(tried.Results) == 0 || tried.Results[0].Run != run.ID || tried.Sent.Empty() {
			t.Fatalf("%s: %+v", id, tried)
		}
		return tried.Results[0].Outcome + " " + tried.Results[0].Words
	}
	if got := reveal(demo.SSOID); !strings.HasPrefix(got, "ok") {
		t.Errorf("as it is: %q", got)
	}
	d.tenant.SetUpstreamSwitches("wrong_secret")
	if got := reveal(demo.SSOID); !strings.HasPrefix(got, "failed") || !strings.Contains(got, "invalid_client") {
		t.Errorf("with a wrong secret: %q", got)
	}
	first := d.now().Run.ID
	d.press(text.T("action.try_again"))
	d.until("another one", func() bool { return d.now().Run.ID != first && d.ended() })
	if d.now().Run.Scenario != oauth.ScenarioReveal {
		t.Errorf("tried again as %s", d.now().Run.Scenario)
	}
}

// Without a user the page shows what Logto would send upstream and what is answered
// there, and the verdict is about the connector.
func TestAConnectorIsExaminedWithoutAUser(t *testing.T) {
	d := atTenant(t)
	d.idle = true
	examine := func() view.TenantTried {
		d.benched(oauth.ScenarioConnector, func() { d.bench.examineConnector(demo.SocialID) })
		return d.tenantModel().Tried[demo.SocialID]
	}
	if tried := examine(); len(tried.Rows) < 4 || tried.Sent.Empty() || d.verdict().Kind != widget.KindPass || d.verdict().Title != text.T("verdict.benched") {
		t.Errorf("%d rows, sent %t, verdict %q: %q", len(tried.Rows), !tried.Sent.Empty(), d.verdict().Title, d.verdict().Detail)
	}
	d.tenant.SetUpstreamSwitches("redirect_uri_unknown")
	tried := examine()
	if tried.Results[0].Outcome != "failed" || d.verdict().Kind != widget.KindFail || len(tried.Results) != 1 {
		t.Errorf("%+v, verdict %q: %q", tried.Results, d.verdict().Title, d.verdict().Detail)
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
