package demo

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// leadsNowhere reports whether the enterprise connector is neither shown, nor gone to
// directly, nor found by an address.
func (b *bench) leadsNowhere() bool {
	b.Helper()
	shown := strings.Contains(b.get("/api/.well-known/sign-in-exp").body, SSOID)
	at := b.location(b.authorize(params("direct_sign_in", directSSO)))
	gone := b.location(b.get(at.String())).Path != "/sign-in"
	found := b.get("/api/experience/sso-connectors?email=user@acme.example").body != `{"connectorIds":[]}`
	if shown != gone || gone != found {
		b.Errorf("shown %t, gone to %t, found %t", shown, gone, found)
	}
	return !shown
}

// experienceSays is a member of what the sign-in page is like.
func (b *bench) experienceSays(name string) any {
	b.Helper()
	return b.object(b.get("/api/.well-known/sign-in-exp").body)[name]
}

// accountField is what the Account Center lets users do with a field.
func (b *bench) accountField(name string) any {
	b.Helper()
	fields, _ := b.object(b.get("/api/.well-known/account-center").body)["fields"].(map[string]any)
	return fields[name]
}

// Where nobody can register, the page for it leads back, and a connector lets in those
// whom the tenant knows.
func TestRegistrationOff(t *testing.T) {
	b, app := newBench(t), newApplication(t)
	b.visit(app, "allow", "direct_sign_in", directSSO) // while everybody can
	b.tenant.SetFaults("registration-off")
	at := b.location(b.authorize(params("first_screen", "register")))
	if back := b.location(b.get(at.String())); at.Path != "/register" || back.Path != "/sign-in" {
		t.Errorf("%s leads to %s", at, back)
	}
	form := url.Values{"interaction": {at.Query().Get("interaction")}, "username": {"newcomer"}, "password": {"x"}}
	if back := b.location(b.post("/register", form)); back.Path != "/sign-in" || b.tenant.book.userBy("newcomer") != nil {
		t.Errorf("the form leads to %s", back)
	}
	at.Path = "/sign-in"
	if page := b.get(at.String()); page.StatusCode != http.StatusOK || strings.Contains(page.body, `id="register"`) {
		t.Errorf("%d %s", page.StatusCode, page.body)
	}
	page := b.visit(app, "allow", "direct_sign_in", directSocial)
	if _, times := app.came(); times != 1 || !strings.Contains(page.Text, "Forbidden.") {
		t.Errorf("somebody new: %d times; %s", times, page.Text)
	}
	b.visit(app, "allow", "direct_sign_in", directSSO)
	if back, times := app.came(); times != 2 || back.Get("code") == "" {
		t.Errorf("somebody who is known: %d times, %v", times, back)
	}
}
