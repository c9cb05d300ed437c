package flows_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	demotenant "signbench/flows/demo"
	"signbench/flows/demo/feishu"
	"signbench/flows/fault"
	"signbench/flows/trace"
)

// The demo tenant reads Feishu's answers with code of its own. What the bench says
// that Logto would answer, it answers.
func TestTheDemoTenantAnswersWhatTheBenchSaysOfFeishu(t *testing.T) {
	// A browser that is stopped at Feishu, and answers that do not come.
	elsewhere := []feishu.ID{feishu.RedirectURIUnknown, feishu.LarkTenant, feishu.NotPublished, feishu.AppDisabled, feishu.Hang}
	for _, s := range feishu.Switches() {
		if slices.Contains(elsewhere, s.ID) {
			continue
		}
		t.Run(string(s.ID), func(t *testing.T) {
			c := newClouds(t, s.ID)
			says := demoAnswer(t, c.setup())
			_, ended := c.signsIn()
			if failed := codes(ended, fault.Error); (says == nil) != (len(failed) == 0) {
				t.Fatalf("the bench finds %v, the tenant answers %v", failed, says)
			}
			if says == nil {
				return
			}
			if f := ended.Faults[0]; f.Params["LogtoStatus"] != fmt.Sprint(says.Status) || f.Params["LogtoCode"] != says.Code {
				t.Errorf("the bench says %v, the tenant answers %d %s", f.Params, says.Status, says.Code)
			}
		})
	}
}

// The demo tenant's Feishu connector is one with which the bench works at once.
func TestTheFeishuBenchWorksWithTheDemoTenant(t *testing.T) {
	tenant := demotenant.New(demotenant.Options{Addr: "localhost:0", Linger: -1})
	defer func() { _ = tenant.Close() }()
	endpoint, release, err := tenant.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	raw, err := tenant.ConnectorConfig(t.Context(), demotenant.FeishuID)
	if err != nil {
		t.Fatal(err)
	}
	config, err := connector.Parse(connector.Feishu, raw)
	if err != nil {
		t.Fatal(err)
	}
	here, err := tenant.FeishuURL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	there, err := tenant.LarkURL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := newClouds(t)
	c.reach(here, there)
	s := c.setup()
	s.Config, s.ConnectorID, s.Origin, s.RedirectURI = config, demotenant.FeishuID, endpoint, "http://localhost:3000/callback"
	run := c.engine.CheckConnector(t.Context(), s)
	outcome(t, run)
	if got := c.told(run); !maps.Equal(got, unbroken()) {
		t.Errorf("%v", got)
	}
	c.config = config
	if _, ended := c.signsIn(); ended.Outcome != flows.OK {
		t.Errorf("%+v", ended)
	}
	if err := tenant.SetFeishuSwitches(feishu.LarkTenant); err != nil {
		t.Fatal(err)
	}
	run = c.engine.CheckConnector(t.Context(), s)
	outcome(t, run)
	if got := c.told(run); got["app"] != "at_lark" || got["secret"] != "accepted_at_lark" {
		t.Errorf("%v", got)
	}
}

// What runs on the bench leave behind holds neither the secret nor a token, and
// reads back as it was written.
func TestRunsOnTheFeishuBenchAreKeptWithoutSecrets(t *testing.T) {
	const secret = `CANARY:%+"é`
	c := newClouds(t)
	for _, used := range []string{feishu.AppSecret, secret} {
		c.configure(feishu.AppID, used)
		check := c.engine.CheckConnector(t.Context(), c.setup())
		outcome(t, check)
		signIn, _ := c.signsIn()
		var tokens []string
		for _, b := range every[flows.TokensReceived](signIn) {
			tokens = append(tokens, b.Tokens.AccessToken.Reveal(), b.Tokens.RefreshToken.Reveal())
		}
		for _, run := range []*flows.Run{check, signIn} {
			disarmer := trace.NewDisarmer()
			for _, e := range run.Log().Events() {
				line, err := flows.EncodeEvent(flows.DisarmEvent(disarmer, e))
				if err != nil {
					t.Fatal(err)
				}
				for _, form := range append(tokens, feishu.AppSecret, "CANARY", `"t-`) {
					if strings.Contains(string(line), form) {
						t.Errorf("%T is kept with a secret", e.Body)
					}
				}
				if _, err := flows.DecodeEvent(line); err != nil {
					t.Errorf("%T: %v", e.Body, err)
				}
			}
		}
		if (tokens == nil) == (used == feishu.AppSecret) {
			t.Errorf("%d tokens", len(tokens))
		}
	}
}
