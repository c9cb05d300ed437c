package view

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// What is typed of a credential is reported whole, and what is wrong stands beside
// its field. One of which nothing was typed is none that is wrong.
func TestTheFormOfAnAdministratorsCredential(t *testing.T) {
	test.NewApp()
	var typed []AdminCredential
	removed, read := 0, 0
	a := newAdmin(AdminActions{
		Changed: func(c AdminCredential) { typed = append(typed, c) }, Remove: func() { removed++ }, Read: func() { read++ },
	})
	said := func(f oauth.Field) widget.Kind {
		kind, _ := a.fields[f].Message()
		return kind
	}
	m := AdminModel{Likely: true, Place: SecretNone, Default: "https://default.logto.app/api", AppID: "web"}
	m.Problems = tenant.Admin{}.Validate()
	a.show(m)
	for name := range a.fields {
		if said(name) != widget.KindNone {
			t.Errorf("%s greets with %v", name, said(name))
		}
	}
	if len(typed) != 0 || !a.remove.Hidden || !a.read.Disabled() {
		t.Errorf("typed %v, remove hidden %t, read disabled %t", typed, a.remove.Hidden, a.read.Disabled())
	}

	a.id.SetText(" web ")
	a.secret.SetText("CANARY")
	a.resource.SetText("http://localhost:3001/api")
	last := typed[len(typed)-1]
	if last != (AdminCredential{ClientID: "web", Secret: "CANARY", Resource: "http://localhost:3001/api"}) {
		t.Errorf("typed %+v", last)
	}
	m.Credential, m.Likely, m.Problems, m.Ready = last, false, nil, true
	a.show(m)
	if said(oauth.FieldClientID) != widget.KindWarn || said(oauth.FieldResources) != widget.KindWarn || said(oauth.FieldSecret) != widget.KindNone || a.id.Text != " web " {
		t.Errorf("%v %v %v, ID %q", said(oauth.FieldClientID), said(oauth.FieldResources), said(oauth.FieldSecret), a.id.Text)
	}
	a.read.Tapped(nil)
	a.remove.Tapped(nil)
	m.Credential.Secret, m.Busy = "", true
	m.Problems = tenant.Admin{ClientID: "web", Resource: "api"}.Validate()
	a.show(m)
	a.read.Tapped(nil)
	if said(oauth.FieldSecret) != widget.KindFail || said(oauth.FieldResources) != widget.KindFail || a.secret.Text() != "" || removed != 1 || read != 1 {
		t.Errorf("%v %v, removed %d, read %d", said(oauth.FieldSecret), said(oauth.FieldResources), removed, read)
	}
	m.NoEndpoint = true
	a.show(m)
	if a.said.root.Hidden || a.said.words.Text() != text.T("admin.no_endpoint") {
		t.Errorf("without an endpoint it says %q", a.said.words.Text())
	}
	m.Elsewhere = true
	a.show(m)
	if a.empty.Hidden || !a.page.Hidden {
		t.Error("a provider that is none of Logto's has a form")
	}
}

// What is pasted loses what came along, and that is said beside its field.
func TestAPastedCredentialIsCleaned(t *testing.T) {
	test.NewApp()
	a := newAdmin(AdminActions{Changed: func(AdminCredential) {}})
	if got := a.id.OnPaste(" m2m\n"); got != "m2m" {
		t.Errorf("pasted %q", got)
	}
	a.show(AdminModel{Likely: true})
	if kind, words := a.fields[oauth.FieldClientID].Message(); kind != widget.KindInfo || words == "" {
		t.Errorf("%v %q", kind, words)
	}
}

// The list has what the credential shows, and marks a provider that can not be
// discovered.
func TestWhatTheAdministratorSees(t *testing.T) {
	test.NewApp()
	a := newAdmin(AdminActions{})
	a.show(AdminModel{Likely: true, Read: true, Now: time.Now(), Said: Said{widget.KindPass, "taken"}, Connectors: []tenant.Held{
		{ID: "s", Sort: tenant.SMS, Name: "Twilio"},
		{ID: "e", Sort: tenant.SSO, Name: "Acme", Domains: []string{"a.example", "b.example"}},
		{ID: "x", Sort: "fax", Name: "Fax"},
	}})
	if a.listed.Hidden || a.said.root.Hidden || a.table.Rows() != 3 {
		t.Fatalf("listed %t, said %t, %d rows", !a.listed.Hidden, !a.said.root.Hidden, a.table.Rows())
	}
	if row := a.table.Row(1); row[3].Text != "a.example b.example" || row[3].Tone != widget.CellToneWarn {
		t.Errorf("%+v", row)
	}
	if row := a.table.Row(2); row[1].Text != "fax" {
		t.Errorf("%+v", row)
	}
}

// A difference is shown without a secret, and the one button that it needs names what
// is written.
func TestADifferenceIsShownBeforeThePress(t *testing.T) {
	test.NewApp()
	var pressed []string
	note := func(what string) func() { return func() { pressed = append(pressed, what) } }
	there := newBenchThere(connector.SSO, BenchActions{There: ThereActions{
		Load: note("load"), Take: note("take"), Compare: note("compare"), Write: note("write"), Drop: note("drop"), SetUp: note("set up"),
		Choose: func(id string) { pressed = append(pressed, id) },
	}})
	there.show(BenchThere{}, false)
	if there.without.Hidden || !there.with.Hidden {
		t.Error("without a credential it can be used")
	}
	m := BenchThere{Ready: true, Connectors: []tenant.Held{{ID: "a", Name: "Acme"}, {ID: "b", Name: "Beta"}}, Chosen: "b"}
	there.show(m, false)
	if !there.difference.Hidden || there.choice.ChosenID() != "b" || len(pressed) != 0 {
		t.Errorf("difference %t, chosen %q, pressed %v", !there.difference.Hidden, there.choice.ChosenID(), pressed)
	}
	m.Difference = &Difference{Connector: "Beta", ID: "b", Endpoint: "https://t.example", Changes: []connector.Change{
		{Path: "scope", Before: `"a"`, After: `"b"`, Sort: connector.Changed},
		{Path: "clientSecret", Sort: connector.Changed, Secret: true},
		{Path: "extra", After: "1", Sort: connector.Added},
		{Path: "other", Sort: connector.Removed, Secret: true},
		{Path: "lost", After: `""`, Sort: connector.Changed, Secret: true},
	}}
	there.show(m, false)
	words := func(row int) (out []string) {
		for _, c := range there.table.Row(row) {
			out = append(out, c.Text)
		}
		return out
	}
	one, another, absent := text.T("admin.secret.one"), text.T("admin.secret.another"), text.T("compare.absent")
	for row, want := range [][]string{{"scope", `"a"`, `"b"`}, {"clientSecret", one, another}, {"extra", absent, "1"}, {"other", one, absent}, {"lost", one, text.T("admin.secret.empty")}} {
		if !slices.Equal(words(row), want) {
			t.Errorf("%v, want %v", words(row), want)
		}
	}
	if !there.take.Hidden || there.write.Hidden || !strings.Contains(there.write.Label(), "5") || !strings.Contains(there.write.Label(), "Beta") ||
		!strings.Contains(there.question.Text(), "https://t.example") {
		t.Errorf("%q, %q", there.write.Label(), there.question.Text())
	}
	there.write.Tapped(nil)
	m.Difference.Loads = true
	there.show(m, true)
	there.take.Tapped(nil) // a run is going
	there.show(m, false)
	there.take.Tapped(nil)
	if there.take.Hidden || !there.write.Hidden || !slices.Equal(pressed, []string{"write", "take"}) {
		t.Errorf("pressed %v", pressed)
	}
	there.show(BenchThere{Elsewhere: true}, false)
	if !there.root.Hidden {
		t.Error("a provider that is none of Logto's has a tenant")
	}
}

// An enterprise connector is shown as the administrator sees it, and a failure with
// what the audit log says.
func TestTheTenantsDetailForAnAdministrator(t *testing.T) {
	test.NewApp()
	var asked []string
	tab := newTenant(TenantActions{
		Why: func(id string, r TenantResult) { asked = append(asked, id+" "+string(r.Run)) }, SetUp: func() { asked = append(asked, "set up") },
	})
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local)
	m := TenantModel{State: TenantRead, Listing: twoConnectors, Now: now, Tried: map[string]TenantTried{
		"b2": {Results: []TenantResult{{Scenario: oauth.ScenarioReveal, Outcome: "failed", Words: "Internal server error", When: now, Run: "r"}}},
	}}
	why := func() *widget.Button {
		t.Helper()
		for _, o := range test.LaidOutObjects(tab.detail.results) {
			if b, ok := o.(*widget.Button); ok && strings.HasPrefix(b.Label(), "Why") {
				return b
			}
		}
		t.Fatal("nothing asks why")
		return nil
	}
	tab.show(m)
	if !tab.detail.admin.root.Hidden {
		t.Error("a social connector is shown as an enterprise one")
	}
	tab.table.Select(1)
	tab.show(m)
	if d := tab.detail.admin; d.root.Hidden || d.setUp.Hidden || !d.read.Hidden || !d.fields.Hidden {
		t.Error("without a credential")
	}
	why().Tapped(nil)
	m.Admin = TenantAdmin{Ready: true, Read: true, Connectors: []tenant.Held{
		{ID: "b2", Sort: tenant.SSO, Domains: []string{"b.example"}, Provider: json.RawMessage(`{"tokenEndpoint":"https://up.example/token","odd":[1]}`)},
	}}
	tab.show(m)
	if d := tab.detail.admin; !d.setUp.Hidden || d.fields.Hidden || len(d.fields.Objects) != 3 {
		t.Errorf("%d fields", len(d.fields.Objects))
	}
	why().Tapped(nil)
	m.Admin.Asking = true
	tab.show(m)
	why().Tapped(nil)
	if !slices.Equal(asked, []string{"set up", "b2 r"}) {
		t.Errorf("%v", asked)
	}
	m.Admin.Asking, m.Admin.Connectors[0].Provider = false, nil
	m.Admin.Reasons = map[oauth.RunID]TenantReasons{"r": {Reasons: []tenant.Reason{
		{ID: "1", Key: "Interaction.SignIn", At: now, Code: "connector.general", Text: "the real reason"}, {ID: "2", Key: "k", At: now},
	}}}
	tab.show(m)
	shown := ""
	for _, o := range test.LaidOutObjects(tab.detail.results) {
		if p, ok := o.(*widget.ProseText); ok {
			shown += p.Text() + "\n"
		}
	}
	if !strings.Contains(shown, "connector.general: the real reason") || !strings.Contains(shown, text.T("admin.why.silent")) {
		t.Errorf("shown: %s", shown)
	}
	if d := tab.detail.admin; len(d.fields.Objects) != 2 {
		t.Errorf("a provider that is not discovered: %d fields", len(d.fields.Objects))
	}
	m.Admin.Connectors = nil
	tab.show(m)
	if d := tab.detail.admin; d.hint.Text() != text.T("admin.sees.gone") {
		t.Errorf("gone: %q", d.hint.Text())
	}
}

// A verdict has four buttons at most, and what was found in the log follows the
// provider's own words.
func TestAVerdictSaysWhy(t *testing.T) {
	action := VerdictAction{Do: DoTryAgain}
	for n, want := range []int{1, 2, 3, 4, 4} {
		v := Verdict{Actions: slices.Repeat([]VerdictAction{action}, n)}.Why(TenantReasons{}, false)
		if len(v.Actions) != want || (v.Actions[want-1].Do == DoWhy) != (n < 4) {
			t.Errorf("%d buttons become %+v", n, v.Actions)
		}
	}
	found := TenantReasons{Reasons: []tenant.Reason{{Code: "connector.general", Text: "the reason"}}}
	v := Verdict{Raw: "its own words", Actions: []VerdictAction{action}}.Why(found, true)
	if v.Raw != "its own words\nconnector.general: the reason" || len(v.Actions) != 1 {
		t.Errorf("%+v", v)
	}
	if v := (Verdict{}).Why(TenantReasons{Said: Said{Words: "nothing there"}}, true); v.Raw != "nothing there" {
		t.Errorf("%+v", v)
	}
}

// Where two long values part can be seen in a narrow cell.
func TestADifferenceIsShownWhereItIs(t *testing.T) {
	for _, row := range [][4]string{
		{"openid profile email phone", "openid profile email phone address", "…il phone", "…il phone address"},
		{"openid", "openid email", "openid", "openid email"},
		{"", "https://provider.example/authorize", "", "https://provider.example/authorize"},
		{"認証コードは以下の通りです。期限は十分です。", "認証コードは以下の通りです。期限は五分です。", "…通りです。期限は十分です。", "…通りです。期限は五分です。"},
	} {
		if a, b := fromDifference(row[0], row[1]); a != row[2] || b != row[3] {
			t.Errorf("%q and %q: %q and %q", row[0], row[1], a, b)
		}
	}
	cells := changeCells(connector.Change{Path: "scope", Sort: connector.Changed, Before: "openid profile email phone", After: "openid profile email phone address"})
	if cells[1].Full != "openid profile email phone" || cells[2].Text != "…il phone address" {
		t.Errorf("%+v", cells)
	}
}
