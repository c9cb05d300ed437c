package terminal_test

import (
	"strings"
	"testing"

	"signbench/flows/testkit/npmprovider"
	"signbench/ui/terminal"
)

// A provider that we did not write raises no fault, from the set-up to the
// renewed tokens, and is signed out of.
func TestAnIndependentProvider(t *testing.T) {
	c := newConsole(t)
	back := redirectURI(t)
	clients := npmprovider.DefaultClients()
	for i := range clients {
		clients[i].RedirectURIs, clients[i].PostLogoutURIs = []string{back}, []string{strings.TrimSuffix(back, "callback")}
		if clients[i].ID == npmprovider.BasicID {
			c.env = append(c.env, "SIGNBENCH_APP_SECRET="+clients[i].Secret)
		}
	}
	provider := npmprovider.Start(t, npmprovider.Config{Clients: clients, Host: "localhost"})
	c.env = append(c.env,
		"SIGNBENCH_ISSUER="+provider.Issuer, "SIGNBENCH_APP_ID="+npmprovider.BasicID, "SIGNBENCH_REDIRECT_URI="+back)
	c.user.types(map[string]string{"username": "hanako", "password": "sakura-saku-2"})

	doc, s := c.document("check")
	if s.status != terminal.StatusOK || len(doc.Checks) < 20 {
		t.Errorf("check: status %d, %v, %d checks\n%s", s.status, codes(doc, "error"), len(doc.Checks), s.err)
	}
	// prompt is a field of the profile, and no further parameter.
	if s := c.run("signin", "--param", "prompt=consent"); s.status != terminal.StatusUsage {
		t.Errorf("a reserved parameter: status %d\n%s", s.status, s.err)
	}
	doc, s = c.document("signin", "--sign-out", "--scope", "openid")
	if s.status != terminal.StatusOK || len(doc.Runs) < 2 || doc.Runs[1].Scenario != "sign_out" {
		t.Errorf("signin: status %d, %v, runs %+v\n%s", s.status, doc.Faults, doc.Runs, s.err)
	}
}
