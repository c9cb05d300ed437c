package flows_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/demo/feishu"
	"signbench/flows/fault"
	"signbench/flows/probe"
	"signbench/flows/testkit/headless"
	"signbench/flows/trace"
)

const (
	feishuOrigin   = "http://localhost:3001"
	feishuCallback = feishuOrigin + "/callback/demo"
	feishuBench    = "http://127.0.0.1:3917/callback"
)

// clouds are an engine with the Feishu bench, and the two clouds.
type clouds struct {
	t       *testing.T
	engine  *flows.Engine
	browser *headless.Browser
	config  connector.Config
	at      map[string]string // addresses
}

func newClouds(t *testing.T, ids ...feishu.ID) *clouds {
	t.Helper()
	c := &clouds{t: t, browser: headless.New(nil, "allow")}
	serve := func(lark bool) string {
		s := feishu.New(feishu.Options{Lark: lark, RedirectURLs: func() []string {
			return []string{feishuCallback, feishuOrigin + "/account/callback/social/demo", feishuBench}
		}})
		if err := s.Set(ids...); err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(s)
		t.Cleanup(server.Close)
		return server.URL
	}
	c.reach(serve(false), serve(true))
	c.configure(feishu.AppID, feishu.AppSecret)
	c.engine = flows.New(flows.Config{
		Browser: func(_ context.Context, url string) error { return c.browser.Launch(url) },
		Pages:   pages(t), Limits: flows.Limits{Request: patience, Callback: patience, Return: patience, Overdue: patience},
	})
	return c
}

func (c *clouds) reach(here, there string) {
	c.at = map[string]string{
		connector.FeishuPassport: here, connector.FeishuOpen: here, connector.LarkPassport: there, connector.LarkOpen: there,
	}
}

func (c *clouds) configure(id, secret string) {
	c.t.Helper()
	in, _ := json.Marshal(map[string]string{"appId": id, "appSecret": secret})
	config, err := connector.Parse(connector.Feishu, in)
	if err != nil {
		c.t.Fatal(err)
	}
	c.config = config
}

func (c *clouds) setup() connector.Setup {
	return connector.Setup{
		Kind: connector.Feishu, ID: "bench", Name: "A bench", Config: c.config, ConnectorID: "demo", Origin: feishuOrigin,
		RedirectURI: feishuBench, Addresses: c.at,
	}
}

// told are the rows of a run, reasons by the last part of the ID.
func (c *clouds) told(run *flows.Run) map[string]string {
	c.t.Helper()
	out := map[string]string{}
	for _, p := range every[flows.Probed](run) {
		what := strings.TrimPrefix(p.Row.ID, "connector.feishu.")
		if _, twice := out[what]; twice {
			c.t.Errorf("%s was said twice", what)
		}
		out[what] = p.Row.Reason
		if p.Row.Verdict == probe.Fail && p.Row.Group != connector.GroupConfig && len(p.Row.Evidence) == 0 {
			c.t.Errorf("%s fails without evidence", what)
		}
	}
	return out
}

func (c *clouds) checks() (map[string]string, flows.Ended) {
	c.t.Helper()
	run := c.engine.CheckConnector(c.t.Context(), c.setup())
	ended := outcome(c.t, run)
	if len(c.browser.Visits()) != 0 {
		c.t.Error("a check opened the browser")
	}
	return c.told(run), ended
}

// signsIn repeats the sign-in with a port that is chosen for it.
func (c *clouds) signsIn() (*flows.Run, flows.Ended) {
	c.t.Helper()
	s := c.setup()
	s.RedirectURI = "http://127.0.0.1:0/callback"
	run := c.engine.SignInUpstream(c.t.Context(), s)
	return run, outcome(c.t, run)
}

// unbroken is what a check says where no switch is on.
func unbroken() map[string]string {
	return map[string]string{
		"config": "clean", "addresses": "replaced", "passport": "answers", "open": "answers", "app": "known",
		"redirect_uri": "registered", "redirect_uri_account": "registered", "redirect_uri_bench": "registered",
		"secret": "accepted", "status": "enabled",
	}
}

// One row for each switch: what a check says otherwise than where none is on, how a
// sign-in ends, what Logto would answer, and which fields are not present. A sign-in
// whose page does not come back is not tried.
func TestEachFaultOfFeishuIsNamed(t *testing.T) {
	const response = "400 connector.invalid_response"
	redirects := func(reason string) map[string]string {
		return map[string]string{"redirect_uri": reason, "redirect_uri_account": reason, "redirect_uri_bench": reason}
	}
	and := func(all ...map[string]string) map[string]string {
		out := map[string]string{}
		for _, one := range all {
			maps.Copy(out, one)
		}
		return out
	}
	stays := "stays"
	table := map[feishu.ID]struct {
		check       map[string]string
		fault, says string
		fields      map[string]string
	}{
		"":                         {},
		feishu.RedirectURIUnknown:  {check: redirects("not_registered"), fault: stays},
		feishu.WrongSecret:         {check: and(redirects("silent"), map[string]string{"secret": "refused", "status": "no_answer"}), fault: "token_invalid_client", says: "401 connector.social_auth_code_invalid"},
		feishu.LarkTenant:          {check: and(redirects("silent"), map[string]string{"app": "at_lark", "secret": "accepted_at_lark", "status": "no_answer"}), fault: stays},
		feishu.AppInfoForbidden:    {check: and(redirects("forbidden"), map[string]string{"status": "forbidden"})},
		feishu.NotPublished:        {check: map[string]string{"status": "not_published"}, fault: stays},
		feishu.AppDisabled:         {check: map[string]string{"status": "disabled"}, fault: stays},
		feishu.ExpiredCode:         {fault: "token_invalid_grant", says: "401 connector.social_auth_code_invalid"},
		feishu.ExpiresInString:     {fault: "token_shape", says: response},
		feishu.NoContactPermission: {fault: "warning_contact_absent", says: " ", fields: map[string]string{"email": "absent", "mobile": "absent", "user_id": "absent", "employee_no": "absent"}},
		feishu.MissingEnName:       {fault: "userinfo_fields", says: response, fields: map[string]string{"en_name": "refused"}},
		feishu.MissingAvatar:       {fault: "userinfo_fields", says: response, fields: map[string]string{"avatar_thumb": "refused", "avatar_middle": "refused"}},
		feishu.NumericSub:          {fault: "userinfo_fields", says: response, fields: map[string]string{"sub": "refused"}},
		feishu.HTMLError:           {check: and(redirects("silent"), map[string]string{"open": "broken", "app": "no_answer", "secret": "no_answer", "status": "no_answer"}), fault: "token_status", says: response},
	}
	for _, known := range feishu.Switches() {
		if _, ok := table[known.ID]; !ok && known.ID != feishu.Hang {
			t.Errorf("%s is in no row", known.ID)
		}
	}
	for id, want := range table {
		var ids []feishu.ID
		if id != "" {
			ids = append(ids, id)
		}
		t.Run("check "+string(id), func(t *testing.T) {
			got, ended := newClouds(t, ids...).checks()
			if expected := and(unbroken(), want.check); !maps.Equal(got, expected) {
				t.Errorf("got\n%v, want\n%v", got, expected)
			}
			if fails := want.check != nil && id != feishu.AppInfoForbidden && id != feishu.HTMLError; (ended.Outcome == flows.Failed) != fails {
				t.Errorf("%s", ended.Outcome)
			}
		})
		if want.fault == stays {
			continue
		}
		t.Run("sign-in "+string(id), func(t *testing.T) {
			c := newClouds(t, ids...)
			run, ended := c.signsIn()
			got := ""
			if len(ended.Faults) > 0 {
				f := ended.Faults[0]
				got = strings.TrimPrefix(string(f.Code), "connector.feishu.")
				if says := f.Params["LogtoStatus"] + " " + f.Params["LogtoCode"]; says != want.says || len(f.Evidence) == 0 {
					t.Errorf("Logto says %q, want %q, by %v", says, want.says, f.Evidence)
				}
			}
			if got != want.fault || len(ended.Faults) > 1 {
				t.Errorf("%+v, want %s", ended.Faults, want.fault)
			}
			for what, reason := range c.told(run) {
				expected := "present"
				if r := want.fields[strings.TrimPrefix(what, "field_")]; r != "" {
					expected = r
				}
				if reason != expected {
					t.Errorf("%s is %s, want %s", what, reason, expected)
				}
			}
			if want.fields != nil || id == "" {
				if rows := len(c.told(run)); rows != 15 {
					t.Errorf("%d fields are ticked", rows)
				}
			}
		})
	}
}

// What is sent is what Logto's code sends, letter for letter but for the values that
// are random.
func TestTheRequestsToFeishuAreLogtos(t *testing.T) {
	c := newClouds(t)
	run, ended := c.signsIn()
	if ended.Outcome != flows.OK {
		t.Fatalf("%+v", ended)
	}
	here := c.at[connector.FeishuPassport]
	if sent := last[flows.Waiting](t, run).URL.Reveal(); !like(here+"/suite/passport/oauth/authorize?client_id="+feishu.AppID+"&redirect_uri=*&response_type=code&state=*", sent) {
		t.Errorf("sent %s", sent)
	}
	var all []trace.Request // but for the browser's
	for _, e := range every[flows.Exchanged](run) {
		if step := e.Exchange.Step; step == connector.StepToken || step == connector.StepUserInfo {
			all = append(all, e.Exchange.Request)
		}
	}
	if len(all) != 2 {
		t.Fatalf("%d requests", len(all))
	}
	token, user := all[0], all[1]
	if form := string(token.Body.Bytes); !like("grant_type=authorization_code&code=*&client_id="+feishu.AppID+"&client_secret="+feishu.AppSecret+"&redirect_uri=*", form) {
		t.Errorf("sent %s", form)
	}
	if token.Method != "POST" || !strings.HasSuffix(token.URL, "/oauth/token") || headerOf(token, "contenttype") != "application/www-form-urlencoded" || headerOf(token, "Content-Type") != "application/x-www-form-urlencoded" || headerOf(token, "Authorization") != "" {
		t.Errorf("sent %s %s %v", token.Method, token.URL, token.Header)
	}
	if user.Method != "GET" || !strings.HasSuffix(user.URL, "/oauth/userinfo") || !strings.HasPrefix(headerOf(user, "Authorization"), "Bearer u-") {
		t.Errorf("sent %s %s", user.Method, user.URL)
	}
	p := last[flows.Mapped](t, run).Profile
	for field, want := range map[string]string{
		"id": feishu.Subject, "name": "佐藤 花", "email": "hana@acme.example", "phone": "819012345678", "userId": "demo0user",
	} {
		if got := p.Field(field).Value; got != want {
			t.Errorf("%s is %q", field, got)
		}
	}
	if i := slices.IndexFunc(p.Dropped, func(d connector.Dropped) bool { return d.Claim == "employee_no" }); i < 0 || p.Dropped[i].Reason != connector.DropNotStored {
		t.Errorf("dropped: %+v", p.Dropped)
	}
}

func headerOf(r trace.Request, name string) string {
	for key, values := range r.Header {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

func TestADeniedSignInIsNamed(t *testing.T) {
	c := newClouds(t)
	c.browser.Press = []string{"deny"}
	_, ended := c.signsIn()
	if got := codes(ended, fault.Error); !slices.Equal(got, []string{"connector.feishu.upstream_refused"}) || ended.Faults[0].Params["Words"] != "access_denied" {
		t.Errorf("%+v", ended.Faults)
	}
}

// A gateway's page is shown as text, and what it says is kept.
func TestAGatewaysPageIsText(t *testing.T) {
	_, ended := newClouds(t, feishu.HTMLError).signsIn()
	if words := ended.Faults[0].Params["Words"]; !strings.Contains(words, "502 Bad Gateway") || !strings.Contains(words, "could not reach the server") || strings.Contains(words, "<") {
		t.Errorf("%q", words)
	}
}

func TestASignInAtAHangingFeishuCanBeCancelled(t *testing.T) {
	c := newClouds(t, feishu.Hang)
	ctx, cancel := context.WithCancel(t.Context())
	s := c.setup()
	s.RedirectURI = "http://127.0.0.1:0/callback"
	run := c.engine.SignInUpstream(ctx, s)
	until(t, run, func(s flows.StepStarted) bool { return s.Step == connector.StepToken })
	cancel()
	if ended := outcome(t, run); ended.Outcome != flows.Cancelled {
		t.Errorf("%+v", ended)
	}
	ctx, cancel = context.WithCancel(t.Context())
	run = c.engine.CheckConnector(ctx, c.setup())
	until[flows.Exchanged](t, run, nil)
	cancel()
	outcome(t, run)
	if got := c.told(run); got["secret"] != "cancelled" || len(got) != len(unbroken()) {
		t.Errorf("%v", got)
	}
}
