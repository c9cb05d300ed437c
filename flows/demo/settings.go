package demo

import "net/http"

// settings are what the Console has for the whole tenant, as a fault sees them.
type settings struct {
	singleSignOn  bool
	domains       map[string][]string // of the enterprise connectors, by their ID
	mode          string              // signInMode
	accountSocial string              // what a user may do with social connections in the Account Center
}

// settings are those of the moment.
func (t *Tenant) settings() settings {
	s := settings{singleSignOn: true, domains: map[string][]string{}, mode: "SignInAndRegister", accountSocial: "Edit"}
	for _, c := range catalog {
		s.domains[c.id] = c.domains
	}
	for _, h := range t.active() {
		if h.settings != nil {
			h.settings(&s)
		}
	}
	return s
}

// offers reports whether the sign-in page has the connector: an enterprise one only
// while single sign-on is on, and once it has an e-mail domain.
func (s settings) offers(c *connection) bool {
	return c.kind != kindSSO || s.singleSignOn && len(s.domains[c.id]) > 0
}

// registers reports whether new users may register.
func (s settings) registers() bool { return s.mode != "SignIn" }

// accountCenter is Logto's anonymous description of what users may do with their own
// account.
func (t *Tenant) accountCenter(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"tenantId": "demo", "id": "default", "enabled": true,
		"fields": map[string]any{
			"name": "Edit", "avatar": "Edit", "username": "Edit", "email": "Edit", "phone": "Edit", "password": "Edit",
			"social": t.settings().accountSocial,
		},
		"webauthnRelatedOrigins": []string{},
	})
}
