package flows_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/probe"
)

// rows are what a check without a user says: reasons by the last part of the ID.
func (w *workshop) rows(s connector.Setup) map[string]string {
	w.t.Helper()
	run := w.engine.CheckConnector(w.t.Context(), s)
	outcome(w.t, run)
	out := map[string]string{}
	for _, p := range every[flows.Probed](run) {
		what := strings.TrimPrefix(p.Row.ID, "connector."+s.Kind.Bench()+".")
		if _, twice := out[what]; twice {
			w.t.Errorf("%s was said twice", what)
		}
		out[what] = p.Row.Reason
		for name, v := range p.Row.Params {
			if strings.Contains(v, "CANARY") {
				w.t.Errorf("%s of %s holds the secret", name, what)
			}
		}
		if p.Row.Verdict == probe.Fail && p.Row.Group != connector.GroupConfig && len(p.Row.Evidence) == 0 {
			w.t.Errorf("%s fails without evidence", what)
		}
	}
	if want := len(flows.Bench(s.Kind).Rows()); len(out) != want {
		w.t.Errorf("%d rows of %d: %v", len(out), want, out)
	}
	return out
}

func TestACheckFindsNothingWrongWithWhatIsRight(t *testing.T) {
	for _, kind := range []connector.Kind{connector.OIDC, connector.SSO} {
		w := newWorkshop(t)
		s := w.setup(kind)
		s.RedirectURI = "http://127.0.0.1:3911/callback"
		run := w.engine.CheckConnector(t.Context(), s)
		if ended := outcome(t, run); ended.Outcome != flows.OK {
			t.Errorf("%s: %+v", kind, every[flows.Probed](run))
		}
		for _, p := range every[flows.Probed](run) {
			if p.Row.Verdict != probe.Pass {
				t.Errorf("%s: %+v", kind, p.Row)
			}
		}
		if len(w.browser.Visits()) != 0 {
			t.Error("a browser was opened")
		}
	}
}

func TestACheckTellsWhatAUserWouldRunInto(t *testing.T) {
	for _, c := range []struct {
		kind    connector.Kind
		on      string
		changes []string
		want    map[string]string
	}{
		{connector.OIDC, "redirect_uri_unknown", nil, map[string]string{"redirect_uri": "not_registered", "redirect_uri_account": "not_registered", "client": "known", "pkce": "not_reached"}},
		{connector.OIDC, "wrong_secret", nil, map[string]string{"secret": "refused", "methods": "supported"}},
		{connector.OIDC, "basic_only", nil, map[string]string{"secret": "other_method"}},
		{connector.SSO, "post_only", nil, map[string]string{"secret": "other_method"}},
		{connector.OIDC, "pkce_required", nil, map[string]string{"pkce": "required", "redirect_uri": "registered", "secret": "accepted"}},
		{connector.OIDC, "issuer_slash", nil, map[string]string{"issuer": "different"}},
		{connector.SSO, "issuer_slash", nil, map[string]string{"issuer": "different"}},
		{connector.SSO, "discovery_404", nil, map[string]string{"discovery": "status", "keys": "no_answer", "secret": "no_answer"}},
		{connector.OIDC, "discovery_404", nil, map[string]string{"discovery": "status", "issuer": "no_answer", "keys": "usable", "secret": "accepted"}},
		{connector.SSO, "discovery_missing_member", nil, map[string]string{"discovery": "incomplete"}},
		{connector.OIDC, "jwks_404", nil, map[string]string{"keys": "status", "algorithms": "no_answer"}},
		{connector.OIDC, "", []string{"clientId", `"nobody"`}, map[string]string{"client": "unknown_client", "redirect_uri": "not_reached"}},
		{connector.OIDC, "", []string{"idTokenVerificationConfig.jwksUri", `"<jwks-uri>"`}, map[string]string{"config": "breaks", "keys": "unreachable", "endpoints": "differ"}},
		{connector.OIDC, "", []string{"clientId", `5`}, map[string]string{"config": "refused"}},
		{connector.OIDC, "", []string{"idTokenVerificationConfig", `{}`, "tokenEndpoint", `""`}, map[string]string{"discovery": "no_issuer", "keys": "no_config", "secret": "no_config"}},
		{connector.SSO, "", []string{"issuer", `""`}, map[string]string{"discovery": "no_config", "secret": "no_config"}},
	} {
		w := newWorkshop(t)
		if c.on != "" {
			w.provider.SetSwitches(c.on)
		}
		got := w.rows(w.setup(c.kind, c.changes...))
		for row, reason := range c.want {
			if got[row] != reason {
				t.Errorf("%s %s %v: %s is %s, want %s", c.kind, c.on, c.changes, row, got[row], reason)
			}
		}
	}
}

// A secret with characters that must be form-encoded gets through one way and not
// the other.
func TestAnUnencodedSecretIsToldFromAWrongOne(t *testing.T) {
	w := newWorkshop(t, "strict_basic_encoding")
	client, _ := w.provider.Client("logto")
	secret, _ := json.Marshal(client.Secret)
	got := w.rows(w.setup(connector.SSO, "clientSecret", string(secret)))
	if got["secret"] != "not_encoded" {
		t.Errorf("secret: %s", got["secret"])
	}
	if _, ended := w.signsIn(w.setup(connector.SSO, "clientSecret", string(secret))); !slices.Equal(codes(ended, fault.Error), []string{"connector.sso.token_encoding"}) {
		t.Errorf("%+v", ended)
	}
}
