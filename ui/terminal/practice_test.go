package terminal_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/practice"
)

// The terminal finds what the window finds: the same list, each exercise met by the
// command that meets it.
func TestExercises(t *testing.T) {
	tenant := demo.New(demo.Options{Addr: "127.0.0.1:0", Linger: -1})
	endpoint, release, err := tenant.Acquire(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { release(); _ = tenant.Close() })
	c := newConsole(t)
	c.env = append(c.env, "SIGNBENCH_APP_SECRET="+demo.AppSecret)
	for _, e := range practice.Exercises() {
		t.Run(string(e.Family)+"/"+e.ID, func(t *testing.T) {
			on := *c
			on.t = t
			if e.Way == practice.ByPaste {
				on.paste(tenant, endpoint, e)
				return
			}
			if e.Bench != "" {
				on.atBench(tenant, endpoint, e)
				return
			}
			tenant.SetFaults()
			if e.Switch != "" {
				tenant.SetFaults(e.Switch)
			}
			profile := oauth.NewProfile(oauth.KindLogto, "Practice")
			profile.Endpoint, profile.Client.ID = endpoint, demo.AppID
			args := append(slices.Clone(commands[e.Way]), "--profile", on.save(e.Profile(profile)))
			if e.Way == practice.ByMistake {
				args = append(args, "--scenario", string(e.Scenario))
			}
			if strings.HasSuffix(e.ID, "-slow") {
				args = append(args, "--request-timeout", "300ms") // the tenant never answers
			}
			if e.Way != practice.ByCheck && strings.HasPrefix(e.ID, "state-") {
				args = append(args, "--timeout", "1s") // no acceptable callback ever comes
			}
			doc, s := on.document(args...)
			found := []string{}
			for _, f := range doc.Faults {
				told := e.Way == practice.BySignOut && f.Code != "id_token.updated_at" || strings.HasPrefix(f.Code, "probe.logto.")
				if told || f.Severity == "error" {
					found = append(found, strings.TrimPrefix(f.Code, "probe."))
				}
			}
			if !slices.Equal(found, append([]string{}, e.Want...)) {
				t.Errorf("found %v, want %v\n%s", found, e.Want, s.err)
			}
		})
	}
}

// commands meet an exercise. The switches of a refresh and of a sign-out leave the
// sign-in before it alone.
var commands = map[practice.Way][]string{
	practice.BySignIn:  {"signin"},
	practice.ByMistake: {"signin"},
	practice.ByRefresh: {"signin", "--refresh"},
	practice.BySignOut: {"signin", "--sign-out"},
	practice.ByProof:   {"signin", "--sign-out"},
	practice.ByCheck:   {"check"},
}

// save writes the profile to a file of its own.
func (c *console) save(p oauth.Profile) string {
	c.t.Helper()
	path := filepath.Join(c.t.TempDir(), "profile.json")
	if err := os.WriteFile(path, encoded(c.t, p), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// paste has the logout token of an exercise looked at.
func (c *console) paste(tenant *demo.Tenant, endpoint string, e practice.Exercise) {
	c.t.Helper()
	tenant.SetFaults()
	token, err := tenant.Pasted(endpoint+"/oidc", e.Token)
	if err != nil {
		c.t.Fatal(err)
	}
	c.env = append(slices.Clone(c.env), "SIGNBENCH_APP_SECRET=")
	s := c.runWith(token, "inspect", "--issuer", endpoint+"/oidc", "--audience", demo.AppID, "--json")
	if got := codes(c.read(s), "error"); !slices.Equal(append([]string{}, got...), append([]string{}, e.Want...)) {
		c.t.Errorf("found %v, want %v\n%s", got, e.Want, s.err)
	}
}

// atBench examines the demo's connector of an exercise, as a file would describe it.
func (c *console) atBench(tenant *demo.Tenant, endpoint string, e practice.Exercise) {
	c.t.Helper()
	factory := map[string]string{"feishu": "feishu-web", "twilio": "twilio-short-message-service"}[e.Bench]
	if factory == "" {
		factory = e.Bench
	}
	if err := tenant.BreakConnector(e.Bench, e.Upstream); err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = tenant.BreakConnector("", "") }()
	id, config, domains, addresses, err := tenant.Connector(c.t.Context(), factory)
	if err != nil {
		c.t.Fatal(err)
	}
	path := filepath.Join(c.t.TempDir(), "connector.json")
	if err := os.WriteFile(path, config, 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.env = append(slices.Clone(c.env), "SIGNBENCH_APP_SECRET=")
	c.user.presses("allow", "taro")
	args := []string{
		"connector", e.Bench, "--config", path, "--connector-id", id, "--endpoint", endpoint,
		"--redirect-uri", redirectURI(c.t), "--number", e.To,
	}
	for _, d := range domains {
		args = append(args, "--domain", d)
	}
	for name, url := range addresses {
		args = append(args, "--address", name+"="+url)
	}
	switch e.Way {
	case practice.ByUpstream:
		args = append(args, "--no-check", "--sign-in")
	case practice.ByMessage:
		args = append(args, "--no-check", "--send-to", e.To)
	}
	doc, s := c.document(args...)
	var found, rows []string
	for _, f := range doc.Faults {
		row, isRow := strings.CutPrefix(f.Code, "probe.")
		switch {
		case isRow && f.Severity == "error":
			rows = append(rows, row)
		case !isRow:
			found = append(found, f.Code)
		}
	}
	slices.Sort(rows)
	if found = append(found, rows...); !slices.Equal(append([]string{}, found...), append([]string{}, e.Want...)) {
		c.t.Errorf("found %v, want %v\n%s", found, e.Want, s.err)
	}
}
