package view

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/widget"
)

var twoConnectors = tenant.Listing{
	Connectors: []tenant.Connector{
		{ID: "a1", Sort: tenant.Social, Target: "acme-oidc", Names: map[string]string{"en": "Acme"}, Callbacks: []tenant.Callback{
			{URI: "https://t.example/callback/a1", Use: tenant.ForSignIn}, {URI: "https://t.example/account/callback/social/a1", Use: tenant.ForAccount},
		}},
		{ID: "b2", Sort: tenant.SSO, Names: map[string]string{"": "Beta"}},
	},
	Methods:       []tenant.Method{{Identifier: "username", Password: true}, {Identifier: "phone", Code: true}},
	ForgotByEmail: tenant.On, SingleSignOn: tenant.Off, Captcha: tenant.On, TargetsWithout: []string{"gone"},
	Notes: []tenant.Note{{Code: tenant.OtherOrigin, Params: map[string]string{"Origin": "https://login.example"}}},
}

// Every state, sort and use has its words.
func TestEveryStateOfATenantHasItsWords(t *testing.T) {
	var keys []string
	for _, s := range []TenantState{TenantElsewhere, TenantIncomplete, TenantUnread, TenantReading, TenantUnreadable, TenantNone} {
		keys = append(keys, "connectors."+string(s)+".title", "connectors."+string(s)+".detail")
	}
	for _, s := range []tenant.Sort{tenant.Social, tenant.SSO} {
		keys = append(keys, "connectors.sort."+string(s))
	}
	for _, use := range tenant.Uses() {
		keys = append(keys, "tenant.use."+string(use))
	}
	for _, key := range keys {
		if _, ok := text.Lookup(key, text.Params{"Cause": "x"}); !ok {
			t.Errorf("%q has no words", key)
		}
	}
}

// What a tenant says beside its connectors is in sentences, each about one thing.
func TestWhatATenantSaysBesideItsConnectors(t *testing.T) {
	facts := tenantFacts(twoConnectors)
	for _, want := range []string{"SMS connector", "reset by e-mail", "single sign-on is off", "captcha", "gone", "https://login.example"} {
		if !slices.ContainsFunc(facts, func(f string) bool { return strings.Contains(f, want) }) {
			t.Errorf("%q is not in %q", want, facts)
		}
	}
	if len(facts) != 6 {
		t.Errorf("%d facts: %q", len(facts), facts)
	}
	if facts := tenantFacts(tenant.Listing{}); len(facts) != 0 {
		t.Errorf("a tenant that says nothing: %q", facts)
	}
}

// The list shows by what a connector is addressed and how it went last; what is
// selected stays so, and its buttons are about it.
func TestTheTenantsListAndItsDetail(t *testing.T) {
	test.NewApp()
	var tested, revealed, routed, read []string
	tab := newTenant(TenantActions{
		Read: func() { read = append(read, "") }, Test: func(id string) { tested = append(tested, id) },
		Reveal: func(id, uri string) { revealed = append(revealed, id+" "+uri) }, Route: func(a string) { routed = append(routed, a) },
	})
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local)
	m := TenantModel{State: TenantUnread, Now: now}
	tab.show(m)
	if tab.empty.Hidden || !tab.page.Hidden || tab.empty.Button.Hidden {
		t.Error("an empty tab does not offer to read")
	}
	tab.empty.Button.Tapped(nil)

	m.State, m.Listing, m.ReadAt, m.Return = TenantRead, twoConnectors, now, "http://localhost:3000/callback"
	m.Tried = map[string]TenantTried{"b2": {
		Results: []TenantResult{{Scenario: oauth.ScenarioSignIn, Outcome: "failed", Words: "it broke", When: now, Run: "r"}},
		Sent:    "https://up.example/authorize?client_id=c&scope=openid&state=s",
	}}
	tab.show(m)
	if got := tab.table.Row(0); got[2].Text != "acme-oidc" || got[3].Text != text.T("connectors.untried") {
		t.Errorf("%+v", got)
	}
	if got := tab.table.Row(1); got[2].Text != "b2" || got[3].Tone != widget.CellToneFail || got[3].Full != "it broke" {
		t.Errorf("%+v", got)
	}
	tab.table.Select(1)
	tab.show(m)
	if tab.table.Selected() != 1 || tab.detail.sent.Hidden || tab.detail.results.Hidden || len(tab.detail.params.Objects) < 5 {
		t.Errorf("row %d, sent hidden %t, %d parameters", tab.table.Selected(), tab.detail.sent.Hidden, len(tab.detail.params.Objects))
	}
	tab.detail.test.Tapped(nil)
	tab.detail.reveal.Tapped(nil)
	tab.address.SetText("taro@acme.example")
	tab.route.Tapped(nil)

	m.Busy = true
	tab.show(m)
	tab.detail.test.Tapped(nil) // one run at a time
	tab.address.OnEnter()
	if !slices.Equal(tested, []string{"b2"}) || !slices.Equal(revealed, []string{"b2 http://localhost:3000/callback"}) ||
		!slices.Equal(routed, []string{"taro@acme.example"}) || len(read) != 1 {
		t.Errorf("tested %v, revealed %v, routed %v, read %d times", tested, revealed, routed, len(read))
	}

	m.State, m.Listing = TenantNone, tenant.Listing{Notes: twoConnectors.Notes}
	tab.show(m)
	if tab.empty.Hidden || !tab.page.Hidden {
		t.Error("a tenant without connectors shows a list")
	}
}
