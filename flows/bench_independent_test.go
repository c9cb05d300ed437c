package flows_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/testkit/headless"
	"signbench/flows/testkit/npmprovider"
)

const (
	plainSecret = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-CANARY" // #nosec G101 -- of a test
	npmCallback = "http://127.0.0.1:3917/callback"
)

// foreign is a workshop whose upstream is a provider by other hands.
func foreign(t *testing.T) (*workshop, string) {
	t.Helper()
	var clients []npmprovider.Client
	for _, method := range []string{"client_secret_basic", "client_secret_post", "client_secret_jwt"} {
		c := npmprovider.NewClient("logto-"+strings.TrimPrefix(method, "client_secret_"), plainSecret, method, "RS256")
		c.RedirectURIs, c.PostLogoutURIs = []string{npmCallback, "http://localhost:3001/callback/demo"}, nil
		clients = append(clients, c)
	}
	strange := npmprovider.NewClient("logto-strange", npmprovider.Secret, "client_secret_basic", "RS256")
	strange.RedirectURIs = []string{npmCallback}
	provider := npmprovider.Start(t, npmprovider.Config{Clients: append(clients, strange), OptionalPKCE: true})
	w := &workshop{t: t, browser: headless.New(map[string]string{"username": "alice", "password": "wonder-land-1"})}
	w.engine = flows.New(flows.Config{
		Browser: func(_ context.Context, url string) error { return w.browser.Launch(url) },
		Pages:   pages(t), Limits: flows.Limits{Request: patience, Callback: patience, Return: patience, Overdue: patience},
	})
	return w, provider.Issuer
}

func (w *workshop) foreignSetup(kind connector.Kind, issuer, client, method string) connector.Setup {
	w.t.Helper()
	in := fmt.Sprintf(`{"issuer":%q,"clientId":%q,"clientSecret":%q}`, issuer, client, plainSecret)
	if kind == connector.OIDC {
		in = fmt.Sprintf(`{"authorizationEndpoint":"%[1]s/auth","tokenEndpoint":"%[1]s/token","clientId":%[2]q,"clientSecret":%[3]q,
			"scope":"openid profile email","tokenEndpointAuthMethod":%[4]q,"trustUnverifiedEmail":true,
			"idTokenVerificationConfig":{"jwksUri":"%[1]s/jwks","issuer":%[1]q}}`, issuer, client, plainSecret, method)
	}
	config, err := connector.Parse(kind, []byte(in))
	if err != nil {
		w.t.Fatal(err)
	}
	return connector.Setup{
		Kind: kind, ID: "bench", Name: "Foreign", Config: config, ConnectorID: "demo", Origin: "http://localhost:3001", RedirectURI: npmCallback,
	}
}

func TestAnIndependentUpstreamTakesWhatLogtoSends(t *testing.T) {
	w, issuer := foreign(t)
	for _, c := range []struct {
		kind           connector.Kind
		client, method string
	}{
		{connector.OIDC, "logto-post", "client_secret_post"},
		{connector.OIDC, "logto-basic", "client_secret_basic"},
		{connector.OIDC, "logto-jwt", "client_secret_jwt"},
		{connector.SSO, "logto-basic", ""},
	} {
		s := w.foreignSetup(c.kind, issuer, c.client, c.method)
		run, ended := w.signsIn(s)
		if ended.Outcome != flows.OK && ended.Outcome != flows.Warned {
			t.Errorf("%s %s: %+v", c.kind, c.method, ended.Faults)
			continue
		}
		p := last[flows.Mapped](t, run).Profile
		if p.Field("id").Value != "u-alice-0001" {
			t.Errorf("%s %s: %+v", c.kind, c.method, p)
		}
		// This provider answers userinfo by scope, and puts the claims nowhere else.
		if email := p.Field("email").Value; c.kind == connector.SSO && email != "alice@example.test" || c.kind == connector.OIDC && email != "" {
			t.Errorf("%s %s: email %q", c.kind, c.method, email)
		}
		if c.kind == connector.OIDC && !slices.Equal(codes(ended, fault.Warning), []string{"connector.oidc.warning_email_absent"}) {
			t.Errorf("%+v", ended.Faults)
		}
		rows := w.rows(s)
		for _, row := range []string{"redirect_uri", "redirect_uri_bench", "client", "pkce", "methods", "secret", "keys", "issuer", "discovery"} {
			if got := rows[row]; !slices.Contains([]string{"registered", "known", "not_required", "supported", "accepted", "usable", "equal", "found"}, got) {
				t.Errorf("%s %s: %s is %s", c.kind, c.method, row, got)
			}
		}
		if c.kind == connector.OIDC && rows["redirect_uri_account"] != "not_registered" {
			t.Errorf("account: %s", rows["redirect_uri_account"])
		}
	}
}

func TestAnIndependentUpstreamRefusesWhatIsWrong(t *testing.T) {
	w, issuer := foreign(t)
	for name, c := range map[string]struct {
		kind           connector.Kind
		client, method string
		change         func(*connector.Setup)
		fault          string // "": the browser never comes back
		row, reason    string
	}{
		"social, redirect URI": {connector.OIDC, "logto-post", "client_secret_post", func(s *connector.Setup) { s.RedirectURI = "http://127.0.0.1:3918/callback" }, "", "redirect_uri_bench", "not_registered"},
		"sso, redirect URI":    {connector.SSO, "logto-basic", "", func(s *connector.Setup) { s.RedirectURI = "http://127.0.0.1:3918/callback" }, "", "redirect_uri_bench", "not_registered"},
		"social, secret":       {connector.OIDC, "logto-post", "client_secret_post", wrongSecret, "token_invalid_client", "secret", "refused"},
		"sso, secret":          {connector.SSO, "logto-basic", "", wrongSecret, "token_invalid_client", "secret", "refused"},
		"social, method":       {connector.OIDC, "logto-jwt", "client_secret_post", nil, "token_invalid_client", "secret", "other_method"},
		"social, JWT":          {connector.OIDC, "logto-post", "client_secret_jwt", nil, "token_invalid_client", "secret", "other_method"},
		"sso, method":          {connector.SSO, "logto-jwt", "", nil, "token_invalid_client", "secret", "other_method"},
		"sso, encoding":        {connector.SSO, "logto-strange", "", strangeSecret, "token_encoding", "secret", "not_encoded"},
		"social, client":       {connector.OIDC, "nobody", "client_secret_post", nil, "", "client", "unknown_client"},
	} {
		s := w.foreignSetup(c.kind, issuer, c.client, c.method)
		if c.change != nil {
			c.change(&s)
		}
		if got := w.rows(s)[c.row]; got != c.reason {
			t.Errorf("%s: %s is %s", name, c.row, got)
		}
		if c.fault == "" {
			w.staysAway(name, s)
			continue
		}
		_, ended := w.signsIn(s)
		if len(ended.Faults) == 0 || string(ended.Faults[0].Code) != "connector."+c.kind.Bench()+"."+c.fault {
			t.Errorf("%s: %+v", name, ended.Faults)
			continue
		}
		if words := ended.Faults[0].Params["Words"]; !strings.HasPrefix(words, "invalid_") || strings.Contains(words, "CANARY") {
			t.Errorf("%s: %q", name, words)
		}
	}
}

func wrongSecret(s *connector.Setup) {
	s.Config = s.Config.SetSecret("clientSecret", "CANARY-another-secret")
}

func strangeSecret(s *connector.Setup) {
	s.Config = s.Config.SetSecret("clientSecret", oauth.Secret(npmprovider.Secret))
}

// staysAway signs in where the provider shows its own error page and redirects
// nobody.
func (w *workshop) staysAway(name string, s connector.Setup) {
	w.t.Helper()
	shown := make(chan *headless.Page, 1)
	engine := flows.New(flows.Config{
		Browser: func(ctx context.Context, url string) error {
			page, err := headless.New(nil).Visit(ctx, url)
			shown <- page
			return err
		},
		Pages: pages(w.t), Limits: flows.Limits{Callback: patience, Overdue: patience},
	})
	run := engine.SignInUpstream(w.t.Context(), s)
	if page := <-shown; page == nil || page.Status != 400 || !strings.Contains(page.Text, "The provider refuses") {
		w.t.Errorf("%s: the browser shows %+v", name, page)
	}
	run.Cancel()
	if ended := outcome(w.t, run); ended.Outcome != flows.Cancelled {
		w.t.Errorf("%s: %+v", name, ended)
	}
}
