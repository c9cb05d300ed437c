package probe_test

import (
	"net/http"
	"strings"
	"testing"

	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// newTenant is a stub that says of its sign-in page and its Account Center what it is
// told to.
func newTenant(t *testing.T, experience, account string, status int) *bench {
	t.Helper()
	b := newStub(t, func(s *stub) {
		s.HandleFunc("/api/.well-known/sign-in-exp", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(experience)) })
		s.HandleFunc("/api/.well-known/account-center", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(account))
		})
	})
	b.setup.Profile.Kind, b.setup.Profile.Endpoint = oauth.KindLogto, b.setup.Profile.Issuer
	return b
}

func TestTheAccountCenter(t *testing.T) {
	for name, c := range map[string]struct {
		says   string
		status int
		reason string
	}{
		"edit":          {`{"enabled":true,"fields":{"social":"Edit"}}`, 200, "social_on"},
		"read only":     {`{"enabled":true,"fields":{"social":"ReadOnly"}}`, 200, "social_read_only"},
		"off":           {`{"enabled":true,"fields":{"social":"Off"}}`, 200, "social_off"},
		"never set":     {`{"enabled":true,"fields":{}}`, 200, "social_off"},
		"all off":       {`{"enabled":false,"fields":{"social":"Edit"}}`, 200, "off"},
		"older version": {`{"code":"entity.not_found","message":"x"}`, 404, "not_told"},
		"other answer":  {`{"fields":{"social":"Edit"}}`, 200, "not_told"},
		"a page":        {`<!doctype html>`, 200, "not_told"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newTenant(t, tenantExperience, c.says, c.status)
			b.run(t.Context())
			row := b.want("logto.account_center", probe.VerdictOf("logto.account_center", c.reason), c.reason)
			if len(row.Evidence) != 1 {
				t.Errorf("evidence %v", row.Evidence)
			}
		})
	}
}

// What the sign-in page does not offer is a warning, and to go there directly an error.
func TestWhatTheSignInPageDoesNotOffer(t *testing.T) {
	off := strings.NewReplacer(`"singleSignOnEnabled":true`, `"singleSignOnEnabled":false`, `{"id":"sso1","connectorName":"OIDC"}`, "")
	b := newTenant(t, off.Replace(tenantExperience), "{}", 200)
	b.setup.Profile.Extra = map[string]string{"direct_sign_in": "sso:sso1"}
	b.run(t.Context())
	b.want("logto.sso", probe.Pass, "off")
	b.want("logto.direct_sign_in", probe.Fail, "sso_off")
	b.want("logto.sign_in", probe.Pass, "methods")

	b = newTenant(t, strings.Replace(tenantExperience, "SignInAndRegister", "SignIn", 1), "{}", 200)
	b.run(t.Context())
	if row := b.want("logto.sign_in", probe.Warn, "sign_in_only"); !strings.Contains(row.Got, "email") {
		t.Errorf("users sign in by %q", row.Got)
	}
}
