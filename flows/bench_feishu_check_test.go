package flows_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/demo/feishu"
	"signbench/flows/fault"
	"signbench/flows/trace"
)

// What is wrong with the configuration is told apart, and what cannot be asked is
// not guessed.
func TestSetupsOfFeishuAreToldApart(t *testing.T) {
	for name, one := range map[string]struct {
		change func(*clouds, *connector.Setup)
		want   map[string]string
	}{
		"other app":     {func(c *clouds, s *connector.Setup) { c.configure("cli_other", "s"); s.Config = c.config }, map[string]string{"config": "clean", "app": "unknown_app", "secret": "no_answer"}},
		"malformed app": {func(c *clouds, s *connector.Setup) { c.configure("other", "s"); s.Config = c.config }, map[string]string{"config": "warnings", "app": "malformed"}},
		"other secret":  {func(c *clouds, s *connector.Setup) { c.configure(feishu.AppID, "s"); s.Config = c.config }, map[string]string{"app": "known", "secret": "refused"}},
		"no app":        {func(c *clouds, s *connector.Setup) { c.configure("", "s"); s.Config = c.config }, map[string]string{"config": "breaks", "app": "no_config", "passport": "no_config"}},
		"no secret":     {func(c *clouds, s *connector.Setup) { c.configure(feishu.AppID, ""); s.Config = c.config }, map[string]string{"secret": "no_config", "passport": "answers", "redirect_uri": "silent"}},
		"any port":      {func(_ *clouds, s *connector.Setup) { s.RedirectURI = "http://127.0.0.1:0/callback" }, map[string]string{"redirect_uri_bench": "any_port", "redirect_uri": "registered"}},
		"other port":    {func(_ *clouds, s *connector.Setup) { s.RedirectURI = "http://127.0.0.1:3918/callback" }, map[string]string{"redirect_uri_bench": "not_registered"}},
		"no origin":     {func(_ *clouds, s *connector.Setup) { s.Origin = "" }, map[string]string{"redirect_uri": "no_uri", "redirect_uri_account": "no_uri", "redirect_uri_bench": "registered"}},
		"nothing":       {func(_ *clouds, s *connector.Setup) { s.Origin, s.RedirectURI = "", "" }, map[string]string{"redirect_uri_bench": "no_uri", "passport": "answers"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClouds(t)
			s := c.setup()
			one.change(c, &s)
			run := c.engine.CheckConnector(t.Context(), s)
			outcome(t, run)
			got := c.told(run)
			for row, reason := range one.want {
				if got[row] != reason {
					t.Errorf("%s is %s, want %s", row, got[row], reason)
				}
			}
			if len(got) != len(unbroken()) {
				t.Errorf("%d rows", len(got))
			}
		})
	}
}

// Where the app may not read its settings, the number on Feishu's page is enough; in
// a script it says nothing.
func TestThePageOfFeishuProvesAMismatchAndNoMatch(t *testing.T) {
	got, _ := newClouds(t, feishu.AppInfoForbidden, feishu.RedirectURIUnknown).checks()
	if got["redirect_uri"] != "refused" || got["redirect_uri_account"] != "refused" {
		t.Errorf("%v", got)
	}
	for body, want := range map[string]string{
		`<script>codes={20029:"x"}</script><p>Loading</p>`: "silent",
		`<p>Error code: 20029 redirect_uri</p>`:            "refused",
		`<p>1200299</p>`:                                   "silent",
	} {
		c := newClouds(t, feishu.WrongSecret)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, body) }))
		t.Cleanup(server.Close)
		c.at[connector.FeishuPassport] = server.URL
		if got, _ := c.checks(); got["redirect_uri"] != want {
			t.Errorf("%s: %s", body, got["redirect_uri"])
		}
	}
}

func TestAFeishuThatIsNotReachedIsNamed(t *testing.T) {
	c := newClouds(t)
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	c.reach(server.URL, server.URL)
	got, _ := c.checks()
	for row, reason := range map[string]string{"passport": "unreachable", "open": "unreachable", "app": "no_answer", "redirect_uri": "no_connection"} {
		if got[row] != reason {
			t.Errorf("%s is %s", row, got[row])
		}
	}
}

// A secret of any form is sent as it is, and shows in no event of a run but in the
// exchanges, whose export disarms it.
func TestSecretsOfFeishuShowNowhere(t *testing.T) {
	for _, secret := range []string{`CANARY:%+"&=\秘密`, `CANARY plain`, "CANARY<é>'"} {
		sent := ""
		quoting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var app struct {
				Secret string `json:"app_secret"`
			}
			_ = json.NewDecoder(r.Body).Decode(&app)
			sent = app.Secret
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]any{"code": 10014, "msg": "app secret invalid: " + app.Secret})
		}))
		c := newClouds(t)
		c.at[connector.FeishuOpen] = quoting.URL
		c.configure(feishu.AppID, secret)
		check := c.engine.CheckConnector(t.Context(), c.setup())
		outcome(t, check)
		quoting.Close()
		if got := c.told(check); got["secret"] != "refused" || sent != secret {
			t.Errorf("sent %t, %v", sent == secret, got)
		}
		run, ended := c.signsIn()
		if got := codes(ended, fault.Error); !slices.Equal(got, []string{"connector.feishu.token_invalid_client"}) {
			t.Errorf("%v", got)
		}
		for _, e := range append(check.Log().Events(), run.Log().Events()...) {
			switch b := e.Body.(type) {
			case flows.Exchanged:
				disarmed, err := json.Marshal(trace.NewDisarmer().Exchange(b.Exchange))
				if err != nil || strings.Contains(string(disarmed), "CANARY") {
					t.Errorf("exchange %d holds the secret", b.Exchange.ID)
				}
			default:
				if text := fmt.Sprintf("%+v", e.Body); strings.Contains(text, "CANARY") {
					t.Errorf("%T holds the secret", e.Body)
				}
			}
		}
	}
}
