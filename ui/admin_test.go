package ui

import (
	"bytes"
	"log"
	"os"
	"slices"
	"strings"
	"testing"

	"signbench/flows/archive"
	"signbench/flows/connector/tenant"
	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/testkit/headless"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// atAdmin shows the administrator's tab of the demo profile.
func atAdmin(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.bench.showPage(pageConnectors)
	d.bench.showAdministrator()
	return d
}

func (d *desk) admin() view.AdminModel {
	return d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Admin
}

func (d *desk) there() view.BenchThere {
	return d.bench.connectorsModel(d.bench.state.Of(d.bench.selected)).Bench.There
}

// asked waits for the answer of the Management API.
func (d *desk) asked(what string) {
	d.t.Helper()
	p, _ := d.bench.profile(d.bench.selected)
	d.until(what, func() bool { return !d.bench.tenantHere(p).seen.asking })
}

// logOf gathers what the program logs from now on. What it returns ends that and
// hands it over.
func logOf(t *testing.T) func() string {
	t.Helper()
	var logged bytes.Buffer
	log.SetOutput(&logged)
	end := func() string {
		log.SetOutput(os.Stderr) // nothing is written to logged any more
		return logged.String()
	}
	t.Cleanup(func() { end() })
	return end
}

// The demo tenant's own credential is there at the first start, and shows connectors
// that the sign-in page does not.
func TestTheDemosAdministratorIsThereAtTheFirstStart(t *testing.T) {
	d := atAdmin(t)
	m := d.admin()
	if !m.Ready || m.Place != view.SecretDemo || m.Credential.ClientID != demo.M2MAppID || m.Default != tenant.DefaultResource || m.Read {
		t.Fatalf("ready %t, kept %s, %s, default %s, read %t", m.Ready, m.Place, m.Credential.ClientID, m.Default, m.Read)
	}
	d.tap(d.bench.connectors.Object(), text.T("admin.read"))
	d.asked("the connectors")
	m = d.admin()
	if m.Said.Kind != widget.KindPass || len(m.Connectors) != 4 {
		t.Fatalf("%+v, %d connectors", m.Said, len(m.Connectors))
	}
	for _, h := range m.Connectors {
		if !h.Config.IsZero() {
			t.Errorf("the window keeps the configuration of %s for its list", h.ID)
		}
	}
	d.settle()
	if len(d.vault.entries) != 0 {
		t.Errorf("the keychain has %d entries of what is public", len(d.vault.entries))
	}
}

// A credential is kept apart from the app's secret, goes with the profile, and not a
// part of its secret reaches the disk or the log.
func TestAnAdministratorsCredentialIsKeptApart(t *testing.T) {
	logged := logOf(t)
	d := atAdmin(t)
	d.bench.newProfile()
	id := d.bench.selected
	p, _ := d.bench.profile(id)
	p.Endpoint, p.Client.ID = "http://localhost:1", "web-app"
	d.bench.profileTyped(p)
	d.bench.secretTyped("CANARY-app")
	typed := view.AdminCredential{ClientID: "m2m", Resource: "https://me:CANARY-pw@default.logto.app/api", Secret: "CANARY-admin"}
	d.bench.administratorTyped(typed)
	d.bench.flush()
	d.settle()
	kept := map[string]string{}
	for name, value := range d.vault.entries {
		for _, canary := range []string{"CANARY-app", "CANARY-admin"} {
			if value == canary {
				kept[canary] = name
			}
		}
	}
	if len(kept) != 2 || !strings.Contains(kept["CANARY-admin"], "/administrator") || !strings.Contains(kept["CANARY-app"], "/client_secret") {
		t.Fatalf("%v", kept)
	}
	d.bench.showPage(pageConnectors)
	d.bench.showAdministrator()
	if m := d.admin(); m.Place != view.SecretInKeychain || m.Likely {
		t.Errorf("kept %s, likely %t", m.Place, m.Likely)
	}

	d.bench.readAsAdministrator() // nobody is there
	d.asked("the refusal")
	if m := d.admin(); m.Said.Kind != widget.KindFail || !strings.Contains(m.Said.Words, "localhost:1") || strings.Contains(m.Said.Words, "CANARY") {
		t.Errorf("%+v", m.Said)
	}
	d.bench.duplicateProfile(id)
	copied := d.bench.selected
	d.bench.deleteProfile(copied)
	d.bench.frame.Toast.Press()
	d.settle()
	d.close()
	noCanary(t, d.dir, "CANARY")
	d.open()
	d.settle()
	for _, id := range []oauth.ProfileID{id, copied} {
		if a := d.bench.admins[id]; a.secret != typed.Secret || a.kept.ClientID != "m2m" || a.place != view.SecretInKeychain {
			t.Errorf("after a restart: %+v", a)
		}
		d.bench.deleteProfile(id)
	}
	d.settle()
	if d.vault.holds("CANARY-admin") {
		t.Error("the secret stays in the keychain when its profile is deleted")
	}
	if _, ok, _ := archive.LoadAdministrator(d.dir, id); ok {
		t.Error("the credential stays on the disk when its profile is deleted")
	}
	if strings.Contains(logged(), "CANARY") {
		t.Error("the log holds a secret")
	}
}

// A press removes the credential. On the demo profile its own is there again then.
func TestAnAdministratorsCredentialIsRemoved(t *testing.T) {
	d := atAdmin(t)
	d.bench.administratorTyped(view.AdminCredential{ClientID: demo.M2MAppID, Secret: "CANARY-wrong"})
	d.bench.flush()
	d.settle()
	if !d.vault.holds("CANARY-wrong") {
		t.Fatal("the secret is not in the keychain")
	}
	d.bench.readAsAdministrator()
	d.asked("the refusal")
	if m := d.admin(); m.Said.Kind != widget.KindFail || !strings.Contains(m.Said.Words, "ID or secret is wrong") {
		t.Errorf("%+v", m.Said)
	}
	d.bench.render()
	d.tap(d.bench.connectors.Object(), text.T("admin.remove"))
	d.settle()
	if m := d.admin(); d.vault.holds("CANARY-wrong") || m.Place != view.SecretDemo || !m.Ready || m.Said.Words != "" {
		t.Errorf("in the keychain %t, kept %s, %+v", d.vault.holds("CANARY-wrong"), m.Place, m.Said)
	}
	d.bench.newProfile()
	d.bench.administratorTyped(view.AdminCredential{ClientID: "m2m", Secret: "CANARY-other"})
	d.bench.flush()
	d.bench.removeAdministrator()
	d.settle()
	if a := d.bench.admins[d.bench.selected]; !a.empty() || d.vault.holds("CANARY-other") {
		t.Errorf("%+v", a)
	}
	if _, ok, _ := archive.LoadAdministrator(d.dir, d.bench.selected); ok {
		t.Error("it is still on the disk")
	}
}

// Without a keychain the secret stays in memory, and moves when there is one.
func TestAnAdministratorsSecretMovesFromMemory(t *testing.T) {
	d := atAdmin(t)
	d.vault.refuses(errAbsent)
	d.bench.newProfile()
	d.bench.administratorTyped(view.AdminCredential{ClientID: "m2m", Secret: "CANARY-in-memory"})
	d.bench.flush()
	place := func() view.SecretPlace { return d.bench.admins[d.bench.selected].place }
	d.until("the place of the secret", func() bool { return place() == view.SecretInMemory })
	d.vault.refuses(nil)
	d.bench.probeKeychain()
	d.until("the keychain", func() bool { return d.vault.holds("CANARY-in-memory") })
	d.until("the new place", func() bool { return place() == view.SecretInKeychain })
}

// The audit log tells why, and the enterprise connector is shown as the administrator
// sees it.
func TestTheAuditLogTellsWhy(t *testing.T) {
	d := atTenant(t)
	d.browser = headless.New(nil, "allow", "taro")
	d.tenant.SetUpstreamSwitches("wrong_secret")
	p, _ := d.bench.profile(d.bench.selected)
	d.benched(oauth.ScenarioReveal, func() { d.bench.revealError(demo.SSOID, p.Client.RedirectURI) })
	d.bench.readAsAdministrator()
	d.asked("the connectors")
	m := d.tenantModel()
	failed := m.Tried[demo.SSOID].Results[0]
	if failed.Outcome != "failed" || !m.Admin.Ready || failed.Began.IsZero() {
		t.Fatalf("%+v", failed)
	}
	d.bench.readReasons(demo.SSOID, failed)
	d.asked("the reasons")
	found := d.tenantModel().Admin.Reasons[failed.Run]
	if len(found.Reasons) != 1 || !strings.Contains(found.Reasons[0].Text, "invalid_client") {
		t.Errorf("%+v", found)
	}
	if m := d.verdict(); !strings.Contains(m.Raw, "invalid_client") {
		t.Errorf("the verdict does not say so: %q", m.Raw)
	}
	long := failed
	long.Run, long.Began, long.When = "another", failed.Began.Add(-3*clockDoubt), failed.Began.Add(-2*clockDoubt)
	d.bench.readReasons(demo.SSOID, long)
	d.asked("the reasons")
	if found := d.tenantModel().Admin.Reasons["another"]; len(found.Reasons) != 0 || found.Said.Kind != widget.KindWarn {
		t.Errorf("long before: %+v", found)
	}
}

// A verdict on a sign-in that the tenant refused offers its audit log, and one on what
// was refused here does not.
func TestTheVerdictOffersTheAuditLog(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	offers := func() bool {
		return slices.ContainsFunc(d.verdict().Actions, func(a widget.Action) bool { return a.Label == text.T("admin.why") })
	}
	d.tenant.SetFaults("nonce-invalid")
	d.signIn()
	if d.verdict().Kind != widget.KindFail || offers() {
		t.Errorf("%q: %+v", d.verdict().Title, d.verdict().Actions)
	}
	d.tenant.SetFaults()
	p, _ := d.bench.profile(d.bench.selected)
	d.bench.secretTyped("CANARY-wrong")
	d.signIn()
	if !offers() {
		t.Fatalf("%q: %+v", d.verdict().Title, d.verdict().Actions)
	}
	d.press(text.T("admin.why"))
	d.asked("the reasons")
	if m := d.verdict(); offers() || m.Raw == "" || strings.Contains(m.Raw, "CANARY") {
		t.Errorf("%q, raw %q", m.Title, m.Raw)
	}
	d.bench.administratorTyped(view.AdminCredential{})
	d.bench.render()
	if offers() || d.bench.admins[p.ID].ready(p) {
		t.Error("without a credential it is offered")
	}
}
