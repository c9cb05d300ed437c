package terminal_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"signbench/flows/connector"
	"signbench/flows/demo"
	"signbench/ui/terminal"
	"signbench/ui/text"
)

// Each bench works with nothing configured, and nothing is sent unless it is asked
// for.
func TestEachBenchInATerminal(t *testing.T) {
	c := newConsole(t)
	c.user.presses("allow")
	redirect := strings.TrimPrefix(c.env[slices.IndexFunc(c.env, func(v string) bool { return strings.HasPrefix(v, "SIGNBENCH_REDIRECT_URI=") })], "SIGNBENCH_REDIRECT_URI=")
	for _, kind := range connector.Kinds() {
		t.Run(kind.Bench(), func(t *testing.T) {
			on := *c
			on.t = t
			args := []string{"connector", kind.Bench(), "--config", "demo", "--redirect-uri", redirect}
			doc, s := on.document(args...)
			if strings.Contains(s.err, "OpenID Connect ·") {
				t.Errorf("an upstream is called an OpenID provider:\n%s", s.err)
			}
			if s.status != terminal.StatusOK || len(doc.Runs) != 1 || len(doc.Checks) < 5 {
				t.Errorf("check: status %d, %v\n%s", s.status, codes(doc, "error"), s.err)
			}
			more, last := []string{"--sign-in"}, "upstream"
			if kind == connector.Twilio {
				more, last = []string{"--send-to", "+15005550006"}, "message"
			}
			args = append(args, more...)
			doc, s = on.document(args...)
			if s.status != terminal.StatusOK || len(doc.Runs) != 2 || doc.Runs[1].Scenario != last {
				t.Errorf("%v: status %d, %v, runs %+v\n%s", args, s.status, codes(doc, "error"), doc.Runs, s.err)
			}
			title := text.T("connector.kind."+string(kind)) + " · " + text.T("scenario."+last)
			if !strings.Contains(s.err, title) {
				t.Errorf("%q is not said:\n%s", title, s.err)
			}
		})
	}
}

// A configuration of a file is Logto's JSON; its secret may come by the
// environment; a broken upstream's words are on the screen.
func TestAConnectorOfAFile(t *testing.T) {
	tenant := demo.New(demo.Options{Addr: "127.0.0.1:0", Linger: -1})
	t.Cleanup(func() { _ = tenant.Close() })
	id, config, _, _, err := tenant.Connector(t.Context(), "oidc")
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]any
	if err := json.Unmarshal(config, &members); err != nil {
		t.Fatal(err)
	}
	secret, _ := members["clientSecret"].(string)
	members["clientSecret"] = ""
	c := newConsole(t)
	c.user.presses("allow")
	path := filepath.Join(c.home, "connector.json")
	if err := os.WriteFile(path, encoded(t, members), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"connector", "oidc", "--config", path, "--connector-id", id, "--redirect-uri", redirectURI(t)}
	if doc, s := c.document(args...); s.status != terminal.StatusFaults {
		t.Errorf("without a secret: status %d, %v", s.status, codes(doc, "error"))
	}
	c.env = append(c.env, "SIGNBENCH_APP_SECRET="+secret)
	if doc, s := c.document(append(args, "--sign-in")...); s.status != terminal.StatusOK {
		t.Errorf("status %d, %v\n%s", s.status, codes(doc, "error"), s.err)
	}
	tenant.SetUpstreamSwitches("not_json")
	s := c.run(append(args, "--sign-in")...)
	if s.status != terminal.StatusFaults || !strings.Contains(s.out, "connector.oidc.") {
		t.Errorf("status %d\n%s", s.status, s.out)
	}
	if strings.Contains(s.out+s.err, secret) {
		t.Error("the connector's secret was printed")
	}
}

// Every remark on a configuration is said: what Logto would refuse, and the members
// that it would strip.
func TestEveryRemarkOnAConfigurationIsSaid(t *testing.T) {
	c := newConsole(t)
	path := filepath.Join(c.home, "connector.json")
	config := `{"issuer":"http://127.0.0.1:1/","clientId":"<client-id>","clientSecret":"CANARY-r","client_id":"x","odd":1}`
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	s := c.run("connector", "sso", "--config", path, "--domain", "Gmail.com", "--domain", "acme.example", "--domain", "acme.example")
	for _, want := range []string{
		"Gmail.com is a public e-mail domain", "acme.example is there more than once", "placeholder", "The member is called clientId",
		"does not know odd", "The issuer ends with a slash",
	} {
		if !strings.Contains(s.out, want) {
			t.Errorf("%q is not said", want)
		}
	}
	if s.status != terminal.StatusFaults || strings.Contains(s.out, "no value") || strings.Contains(s.out, "CANARY") {
		t.Errorf("status %d\n%s", s.status, s.out)
	}
}

func TestAConnectorThatIsNone(t *testing.T) {
	c := newConsole(t)
	path := filepath.Join(c.home, "connector.json")
	if err := os.WriteFile(path, []byte("{\n  \"clientId\": 7,\n  oops\n}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"connector"}, "twilio"},
		{[]string{"connector", "oidc"}, "--config"},
		{[]string{"connector", "twilio", "--config", "demo", "--sign-in"}, "--send-to"},
		{[]string{"connector", "feishu", "--config", "demo", "--send-to", "+15005550006"}, "--sign-in"},
		{[]string{"connector", "oidc", "--config", "demo", "--no-check"}, "--no-check"},
		{[]string{"connector", "saml", "--config", path}, "saml"},
		{[]string{"connector", "oidc", "--config", path}, "Line 3, column 3"},
		{[]string{"connector", "oidc", "--config", filepath.Join(c.home, "none")}, "none"},
		{[]string{"connector", "feishu", "--config", "demo", "--address", "nonsense"}, "nonsense"},
		{[]string{"connector", "twilio", "--config", "demo", "--address", "api=http://127.0.0.1:1"}, "twilio_api, "},
		{[]string{"connector", "twilio", "--config", "demo", "--address", "twilio_api=gateway"}, "twilio_api=gateway"},
		{[]string{"connector", "oidc", "--config", "demo", "--address", "issuer=http://127.0.0.1:1"}, "configuration"},
	} {
		if s := c.run(test.args...); s.status != terminal.StatusUsage || !strings.Contains(s.err, test.want) {
			t.Errorf("%v: status %d: %s", test.args, s.status, s.err)
		}
	}
}
