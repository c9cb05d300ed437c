package flows_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// What a run on a bench leaves behind holds no secret, by whatever method the client
// authenticated, and reads back as it was written.
func TestARunOnABenchIsKeptWithoutSecrets(t *testing.T) {
	for _, method := range []string{"client_secret_post", "client_secret_basic", "client_secret_jwt"} {
		w := newWorkshop(t)
		s := w.setup(connector.OIDC, "tokenEndpointAuthMethod", `"`+method+`"`, "customConfig", `{"api_key":"CANARY-custom"}`)
		for _, run := range []*flows.Run{w.engine.SignInUpstream(t.Context(), s), w.engine.CheckConnector(t.Context(), s)} {
			ended := outcome(t, run)
			if ended.Outcome == flows.Cancelled {
				t.Fatalf("%+v", ended)
			}
			disarmer := trace.NewDisarmer()
			for _, e := range run.Log().Events() {
				line, err := flows.EncodeEvent(flows.DisarmEvent(disarmer, e))
				if err != nil {
					t.Fatal(err)
				}
				for _, form := range []string{upstreamSecret, base64.StdEncoding.EncodeToString([]byte("logto:" + upstreamSecret)), "CANARY-upstream"} {
					if strings.Contains(string(line), form) {
						t.Errorf("%s: %T is kept with the secret", method, e.Body)
					}
				}
				if _, err := flows.DecodeEvent(line); err != nil {
					t.Errorf("%T: %v", e.Body, err)
				}
			}
			benched := last[flows.Benched](t, run)
			if strings.Contains(string(benched.Config), "CANARY") || !strings.Contains(string(benched.Config), `"clientId": "logto"`) {
				t.Errorf("%s", benched.Config)
			}
		}
	}
}

// The provider behind a connector has a column of its own in the diagram.
func TestAnUpstreamIsNotTheProvider(t *testing.T) {
	w := newWorkshop(t)
	run, _ := w.signsIn(w.setup(connector.SSO))
	var exchanges []*trace.Exchange
	for _, e := range every[flows.Exchanged](run) {
		exchanges = append(exchanges, e.Exchange)
	}
	seen := map[trace.Actor]bool{}
	for _, m := range trace.Messages(exchanges) {
		seen[m.From], seen[m.To] = true, true
	}
	if seen[trace.Provider] || !seen[trace.Upstream] || !seen[trace.Browser] || !seen[trace.Signbench] {
		t.Errorf("%v", seen)
	}
}

func TestTheStepsOfABenchAreShown(t *testing.T) {
	w := newWorkshop(t)
	run, _ := w.signsIn(w.setup(connector.OIDC))
	got := map[oauth.Step]flows.Outcome{}
	for _, e := range every[flows.StepEnded](run) {
		if _, twice := got[e.Step]; twice {
			t.Errorf("%s ended twice", e.Step)
		}
		got[e.Step] = e.Outcome
	}
	for _, step := range oauth.ScenarioUpstream.Steps() {
		want := flows.OK
		if step == connector.StepDiscovery || step == connector.StepUserInfo {
			want = flows.Skipped // the social connector takes neither
		}
		if got[step] != want {
			t.Errorf("%s: %s", step, got[step])
		}
	}
	w = newWorkshop(t, "jwks_404")
	run, _ = w.signsIn(w.setup(connector.OIDC))
	if e := every[flows.StepEnded](run); e[len(e)-1].Step != connector.StepVerify || e[len(e)-1].Outcome != flows.Failed {
		t.Errorf("%+v", e)
	}
}

// Where only the tenant's own callback is registered, its URL is pasted.
func TestTheTenantsCallbackCanBePasted(t *testing.T) {
	w := newWorkshop(t)
	w.browser.Far = func(u *url.URL) bool { return u.Port() == "3001" }
	s := w.setup(connector.OIDC)
	s.RedirectURI = s.CallbackURIs()[0]
	s.RedirectURI = strings.Replace(s.RedirectURI, "localhost", "tenant.localhost", 1)
	run := w.engine.SignInUpstream(t.Context(), s)
	waiting := until[flows.Waiting](t, run, nil)
	if len(waiting.Listening) != 0 {
		t.Errorf("listens on %v", waiting.Listening)
	}
	sent, err := url.Parse(waiting.URL.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	run.Paste(s.RedirectURI + "?error=access_denied&error_description=not+assigned&state=" + sent.Query().Get("state"))
	ended := outcome(t, run)
	if got := codes(ended, fault.Error); !slices.Equal(got, []string{"connector.oidc.upstream_refused"}) || ended.Faults[0].Params["Words"] != "access_denied: not assigned" {
		t.Errorf("%+v", ended.Faults)
	}
}

// A page that asks for the configuration to be filled in gets the document.
func TestACheckHandsOnTheDocument(t *testing.T) {
	w := newWorkshop(t)
	config, err := connector.Parse(connector.OIDC, []byte(`{"idTokenVerificationConfig":{"issuer":"`+w.base+`"}}`))
	if err != nil {
		t.Fatal(err)
	}
	run := w.engine.CheckConnector(t.Context(), connector.Setup{Kind: connector.OIDC, ID: "bench", Config: config})
	outcome(t, run)
	if doc := last[flows.Discovered](t, run).Metadata; doc.TokenEndpoint != w.base+"/token" || !json.Valid(doc.Raw) {
		t.Errorf("%+v", doc)
	}
}

func TestAKindWithoutABenchSaysSo(t *testing.T) {
	w := newWorkshop(t)
	ended := outcome(t, w.engine.CheckConnector(t.Context(), connector.Setup{Kind: "none", Config: connector.NewConfig("none")}))
	if ended.Outcome != flows.Failed || len(ended.Faults) != 1 || fmt.Sprint(ended.Faults[0].Code) != "internal" {
		t.Errorf("%+v", ended)
	}
}
