package flows_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/demo/upstream"
	"signbench/flows/fault"
	"signbench/flows/testkit/headless"
)

// workshop is an engine with a connector bench, and the provider behind it.
type workshop struct {
	t        *testing.T
	engine   *flows.Engine
	browser  *headless.Browser
	provider *upstream.Provider
	base     string
	limits   flows.Limits
}

const upstreamSecret = "CANARY-upstream-secret-0123456789abcdef-0123456789abcdef-0123456789"

func newWorkshop(t *testing.T, switches ...string) *workshop {
	t.Helper()
	w := &workshop{t: t, browser: headless.New(nil, "allow")}
	w.limits = flows.Limits{Request: patience, Callback: patience, Return: patience, Overdue: patience}
	w.provider = upstream.New(upstream.Options{Slow: patience, Clients: []upstream.Client{{
		ID: "logto", Secret: upstreamSecret,
		RedirectPaths: []string{"/callback/demo", "/account/callback/social/demo", "/callback"},
	}}})
	w.provider.SetSwitches(switches...)
	server := httptest.NewServer(w.provider)
	t.Cleanup(server.Close)
	w.base = server.URL
	w.engine = flows.New(flows.Config{
		Browser: func(_ context.Context, url string) error { return w.browser.Launch(url) },
		Pages:   pages(t), Limits: w.limits,
	})
	return w
}

// setup is a connector that is set up well for the provider, but for the changes:
// paths and JSON values.
func (w *workshop) setup(kind connector.Kind, changes ...string) connector.Setup {
	w.t.Helper()
	in := fmt.Sprintf(`{"issuer":%q,"clientId":"logto","clientSecret":%q}`, w.base, upstreamSecret)
	if kind == connector.OIDC {
		in = fmt.Sprintf(`{"authorizationEndpoint":"%[1]s/authorize","tokenEndpoint":"%[1]s/token","clientId":"logto",
			"clientSecret":%[2]q,"scope":"openid profile email","idTokenVerificationConfig":{"jwksUri":"%[1]s/jwks","issuer":%[1]q}}`,
			w.base, upstreamSecret)
	}
	config, err := connector.Parse(kind, []byte(in))
	if err != nil {
		w.t.Fatal(err)
	}
	for i := 0; i+1 < len(changes); i += 2 {
		config = config.SetJSON(changes[i], changes[i+1])
	}
	return connector.Setup{
		Kind: kind, ID: "bench", Name: "A bench", Config: config, ConnectorID: "demo", Origin: "http://localhost:3001",
		RedirectURI: "http://127.0.0.1:0/callback", Domains: []string{"acme.example"},
	}
}

// signsIn repeats the connector's sign-in and returns how it ended.
func (w *workshop) signsIn(s connector.Setup) (*flows.Run, flows.Ended) {
	w.t.Helper()
	run := w.engine.SignInUpstream(w.t.Context(), s)
	return run, outcome(w.t, run)
}

func TestAConnectorThatIsSetUpWellSignsIn(t *testing.T) {
	for name, c := range map[string]struct {
		kind    connector.Kind
		changes []string
	}{
		"social":         {connector.OIDC, nil},
		"social, basic":  {connector.OIDC, []string{"tokenEndpointAuthMethod", `"client_secret_basic"`}},
		"social, HS256":  {connector.OIDC, []string{"tokenEndpointAuthMethod", `"client_secret_jwt"`}},
		"social, HS384":  {connector.OIDC, []string{"tokenEndpointAuthMethod", `"client_secret_jwt"`, "clientSecretJwtSigningAlgorithm", `"HS384"`}},
		"social, HS512":  {connector.OIDC, []string{"tokenEndpointAuthMethod", `"client_secret_jwt"`, "clientSecretJwtSigningAlgorithm", `"HS512"`}},
		"social, posted": {connector.OIDC, []string{"authRequestOptionalConfig", `{"responseMode":"form_post","maxAge":"60"}`}},
		"enterprise":     {connector.SSO, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorkshop(t)
			run, ended := w.signsIn(w.setup(c.kind, c.changes...))
			if ended.Outcome != flows.OK {
				t.Fatalf("%s: %+v", ended.Outcome, ended.Faults)
			}
			p := last[flows.Mapped](t, run).Profile
			if p.Field("id").Value != upstream.Subject || !strings.Contains(p.Field("email").Value, "@") || p.Field("name").Value == "" {
				t.Errorf("mapped: %+v", p.Fields)
			}
			asked := w.browser.Visits()[0].URL.Query()
			for name := range asked {
				if strings.HasPrefix(name, "code_challenge") {
					t.Errorf("Logto sends no PKCE, and this has %s", name)
				}
			}
			for _, ex := range every[flows.Exchanged](run) {
				if !ex.Exchange.Step.IsUpstream() {
					t.Errorf("exchange %d is of step %s", ex.Exchange.ID, ex.Exchange.Step)
				}
			}
		})
	}
}

// What the browser is sent to is what Logto's code builds, letter for letter but for
// the two random values.
func TestTheAuthorizationRequestIsLogtos(t *testing.T) {
	w := newWorkshop(t)
	s := w.setup(connector.OIDC, "scope", `"email+profile"`, "authRequestOptionalConfig", `{"uiLocales":"de en","prompt":"login"}`,
		"customConfig", `{"kcIdpHint":"x y"}`)
	run, _ := w.signsIn(s)
	waiting := last[flows.Waiting](t, run)
	for _, c := range []struct{ sent, want string }{
		{waiting.URL.Reveal(), w.base + "/authorize?response_type=code&client_id=logto&scope=email+profile+openid&redirect_uri=*&state=*&nonce=*&ui_locales=de+en&prompt=login&kc_idp_hint=x+y"},
	} {
		if !like(c.want, c.sent) {
			t.Errorf("sent\n%s, want\n%s", c.sent, c.want)
		}
	}
	run, _ = w.signsIn(w.setup(connector.SSO, "scope", `"groups email"`))
	sent := last[flows.Waiting](t, run).URL.Reveal()
	if want := w.base + "/authorize?state=*&nonce=*&client_id=logto&response_type=code&redirect_uri=*&scope=openid+profile+email+groups"; !like(want, sent) {
		t.Errorf("sent\n%s, want\n%s", sent, want)
	}
}

// like compares with a pattern in which each * is the value of one parameter.
func like(pattern, s string) bool {
	for part := range strings.SplitSeq(pattern, "*") {
		rest, ok := strings.CutPrefix(s, part)
		if !ok {
			return false
		}
		if i := strings.IndexByte(rest, '&'); i >= 0 {
			rest = rest[i:]
		} else if part != "" {
			rest = ""
		}
		s = rest
	}
	return s == ""
}

// One row for each switch of the provider: what a sign-in through each connector
// ends with, and what Logto's API would answer.
func TestEachFaultOfAnUpstreamIsNamed(t *testing.T) {
	const (
		general     = "400 connector.general"
		response    = "400 connector.invalid_response"
		idToken     = "401 connector.social_invalid_id_token"
		internal    = "500 "
		authorising = "500 connector.authorization_failed"
		config      = "500 connector.invalid_config"
		parameters  = "500 connector.invalid_request_parameters"
	)
	for _, c := range []struct {
		on, social, says           string
		enterprise, enterpriseSays string
	}{
		{"wrong_secret", "token_invalid_client", general, "token_invalid_client", authorising},
		{"post_only", "", "", "token_invalid_client", authorising},
		{"basic_only", "token_invalid_client", general, "", ""},
		{"pkce_required", "upstream_pkce", general, "upstream_pkce", parameters},
		{"issuer_slash", "id_token_issuer", internal, "", ""},
		{"discovery_404", "", "", "discovery_status", config},
		{"discovery_missing_member", "", "", "discovery_incomplete", config},
		{"jwks_404", "keys_status", internal, "keys_status", authorising},
		{"jwks_wrong_key", "id_token_signature", internal, "id_token_signature", authorising},
		{"error_access_denied", "upstream_refused", general, "upstream_refused", parameters},
		{"form_post", "", "", "", ""},
		{"not_json", "token_unreadable", response, "token_unreadable", authorising},
		{"expires_in_string", "token_shape", response, "", ""},
		{"no_id_token", "token_no_id_token", response, "token_no_id_token", authorising},
		{"iat_old", "", "", "id_token_iat", authorising},
		{"aud_wrong", "id_token_audience", internal, "id_token_audience", authorising},
		{"nonce_wrong", "id_token_nonce", idToken, "id_token_nonce", authorising},
		{"email_verified_string", "id_token_claim_type", idToken, "id_token_claim_type", authorising},
		{"numeric_sub", "id_token_claim_type", idToken, "id_token_claim_type", authorising},
		{"missing_sub", "id_token_claim_type", idToken, "id_token_claim_type", authorising},
		{"userinfo_jwt", "", "", "userinfo_unreadable", authorising},
	} {
		for kind, want := range map[connector.Kind][2]string{
			connector.OIDC: {c.social, c.says}, connector.SSO: {c.enterprise, c.enterpriseSays},
		} {
			t.Run(c.on+" "+string(kind), func(t *testing.T) {
				w := newWorkshop(t, c.on)
				_, ended := w.signsIn(w.setup(kind))
				if want[0] == "" {
					if ended.Outcome == flows.Failed {
						t.Fatalf("failed: %+v", ended.Faults)
					}
					return
				}
				if ended.Outcome != flows.Failed || len(ended.Faults) == 0 {
					t.Fatalf("%s: %+v", ended.Outcome, ended.Faults)
				}
				f := ended.Faults[0]
				if string(f.Code) != "connector."+kind.Bench()+"."+want[0] {
					t.Errorf("%s, want %s: %v", f.Code, want[0], f.Params)
				}
				if logto := f.Params["LogtoStatus"] + " " + f.Params["LogtoCode"]; logto != want[1] {
					t.Errorf("Logto says %q, want %q", logto, want[1])
				}
				if len(f.Evidence) == 0 {
					t.Error("no evidence")
				}
				for name, v := range f.Params {
					if strings.Contains(v, "CANARY") {
						t.Errorf("%s holds the secret", name)
					}
				}
			})
		}
	}
}

// The upstream's own words are what Logto throws away.
func TestTheUpstreamsWordsAreKept(t *testing.T) {
	w := newWorkshop(t, "wrong_secret")
	_, ended := w.signsIn(w.setup(connector.OIDC))
	if f := ended.Faults[0]; f.Params["Words"] != "invalid_client: the client secret is wrong" || f.Params["LogtoMessage"] != `{"message":"{}"}` {
		t.Errorf("%v", f.Params)
	}
	w = newWorkshop(t, "not_json")
	_, ended = w.signsIn(w.setup(connector.OIDC))
	if f := ended.Faults[0]; !strings.HasPrefix(f.Params["Words"], "Service unavailable ") || strings.Contains(f.Params["Words"], "<") {
		t.Errorf("%v", f.Params)
	}
}

func TestWhatLogtoDropsIsSaid(t *testing.T) {
	warned := func(ended flows.Ended) []string { return codes(ended, fault.Warning) }
	w := newWorkshop(t, "email_unverified")
	run, ended := w.signsIn(w.setup(connector.OIDC, "trustUnverifiedEmail", "true"))
	if got := warned(ended); ended.Outcome != flows.Warned || !slices.Equal(got, []string{"connector.oidc.warning_email_unverified"}) {
		t.Errorf("%s %v", ended.Outcome, got)
	}
	p := last[flows.Mapped](t, run).Profile
	if p.Field("email").Value != "" || len(p.Dropped) != 1 || p.Dropped[0].Reason != connector.DropUnverified {
		t.Errorf("%+v", p)
	}
	w = newWorkshop(t, "userinfo_other_claims")
	run, ended = w.signsIn(w.setup(connector.SSO))
	if got := warned(ended); !slices.Equal(got, []string{"connector.sso.warning_email_replaced"}) {
		t.Errorf("%v", got)
	}
	if p := last[flows.Mapped](t, run).Profile; p.Field("name").Value != "Hana S." || p.Field("name").Source != connector.FromUserInfo {
		t.Errorf("%+v", p.Fields)
	}
	w = newWorkshop(t, "email_verified_string")
	run, ended = w.signsIn(w.setup(connector.OIDC, "acceptStringTypedBooleanClaims", "true"))
	if p := last[flows.Mapped](t, run).Profile; ended.Outcome != flows.OK || p.Field("email").Value == "" {
		t.Errorf("%s %+v", ended.Outcome, p)
	}
}

func TestAConfigurationThatLogtoRefusesGoesNowhere(t *testing.T) {
	w := newWorkshop(t)
	run, ended := w.signsIn(w.setup(connector.OIDC, "responseType", `"id_token"`))
	if got := codes(ended, fault.Error); !slices.Equal(got, []string{"connector.oidc.config"}) {
		t.Errorf("%v", got)
	}
	if len(every[flows.Exchanged](run)) != 0 || len(w.browser.Visits()) != 0 {
		t.Error("something was sent")
	}
}

func TestAnUpstreamThatHangsIsGivenUpAsLogtoDoes(t *testing.T) {
	w := newWorkshop(t, "hang")
	ctx, cancel := context.WithCancel(t.Context())
	run := w.engine.SignInUpstream(ctx, w.setup(connector.OIDC))
	until(t, run, func(s flows.StepStarted) bool { return s.Step == connector.StepToken })
	cancel()
	if ended := outcome(t, run); ended.Outcome != flows.Cancelled {
		t.Errorf("%+v", ended)
	}
}
