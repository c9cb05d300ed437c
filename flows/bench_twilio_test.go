package flows_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/demo/twilio"
	"signbench/flows/probe"
)

// postOffice is an engine with the bench of the SMS connector, and a Twilio for it.
type postOffice struct {
	t       *testing.T
	engine  *flows.Engine
	service *twilio.Service
	base    string

	mu     sync.Mutex
	paused []time.Duration
}

func newPostOffice(t *testing.T, on ...twilio.ID) *postOffice {
	t.Helper()
	p := &postOffice{t: t, service: twilio.New()}
	if err := p.service.Set(on...); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p.service)
	t.Cleanup(server.Close)
	p.base = server.URL
	p.engine = flows.New(flows.Config{
		Pages: pages(t), Limits: flows.Limits{Request: patience},
		Pause: func(ctx context.Context, d time.Duration) error {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.paused = append(p.paused, d)
			return ctx.Err()
		},
	})
	return p
}

const german, american, canadian = "+49 151 12345678", "+12025550199", "+14165550199"

// setup is a connector that is set up well, but for the changes: paths and JSON
// values.
func (p *postOffice) setup(changes ...string) connector.Setup {
	p.t.Helper()
	config, err := connector.Parse(connector.Twilio, fmt.Appendf(nil, `{"accountSID":%q,"authToken":%q,"fromMessagingServiceSID":%q,"templates":[
		{"usageType":"SignIn","content":"Your sign-in code is {{code}}"},{"usageType":"Register","content":"{{ code }}"},
		{"usageType":"ForgotPassword","content":"Reset: {{code}}"},{"usageType":"Generic","content":"Code {{code}}"}]}`,
		twilio.AccountSID, twilio.AuthToken, twilio.ServiceSID))
	if err != nil {
		p.t.Fatal(err)
	}
	for i := 0; i+1 < len(changes); i += 2 {
		config = config.SetJSON(changes[i], changes[i+1])
	}
	return connector.Setup{Kind: connector.Twilio, ID: "bench", Name: "SMS", Config: config, To: german, Addresses: map[string]string{
		connector.TwilioAPI: p.base, connector.TwilioMessaging: p.base + "/", connector.TwilioAccounts: p.base,
	}}
}

func (p *postOffice) sends(s connector.Setup, to, usage string) (*flows.Run, flows.Ended) {
	p.t.Helper()
	run := p.engine.SendTest(p.t.Context(), s, connector.Message{To: to, UsageType: usage})
	return run, outcome(p.t, run)
}

// rows are what a check without sending says: reasons by the last part of the ID,
// and where they do not pass, their verdicts.
func (p *postOffice) rows(s connector.Setup) map[string]string {
	p.t.Helper()
	run := p.engine.CheckConnector(p.t.Context(), s)
	outcome(p.t, run)
	out := map[string]string{}
	for _, e := range every[flows.Probed](run) {
		what := strings.TrimPrefix(e.Row.ID, "connector.twilio.")
		if _, twice := out[what]; twice {
			p.t.Errorf("%s was said twice", what)
		}
		out[what] = e.Row.Reason
		if e.Row.Verdict == probe.Fail && e.Row.Group != connector.GroupConfig && len(e.Row.Evidence) == 0 {
			p.t.Errorf("%s fails without evidence", what)
		}
	}
	if asked := len(every[flows.Exchanged](run)); asked > 10 {
		p.t.Errorf("%d requests", asked)
	}
	if want := len(flows.Bench(connector.Twilio).Rows()); len(out) != want {
		p.t.Errorf("%d rows of %d: %v", len(out), want, out)
	}
	if len(p.service.Sent()) != 0 {
		p.t.Error("a check sent a message")
	}
	return out
}

// wellSetUp is what a check says of a set-up with which nothing is wrong.
var wellSetUp = map[string]string{
	"config": "clean", "addresses": "replaced", "templates": "fallback", "code": "there", "segments": "one", "number": "valid",
	"account": "active", "trial": "full", "balance": "left", "service": "exists", "senders": "there",
	"a2p": "verified", "toll_free": "not_needed", "geo": "enabled", "verified": "not_needed",
}

// One row for each switch of Twilio: what a check says beyond what it says of a good
// set-up, and how a message to the United States ends: the fault, the outcome, and
// what Logto answers.
func TestEachFaultOfTwilioIsNamed(t *testing.T) {
	const (
		refused = "400 connector.general"
		sent    = "204 "
		none    = "no_answer"
	)
	unasked := func(account string) map[string]string {
		return map[string]string{
			"account": account, "trial": none, "balance": none, "service": none, "senders": none, "a2p": none, "toll_free": none, "geo": none, "verified": none,
		}
	}
	rows := func(pairs ...string) map[string]string {
		out := map[string]string{}
		for i := 0; i+1 < len(pairs); i += 2 {
			out[pairs[i]] = pairs[i+1]
		}
		return out
	}
	type want struct {
		rows  map[string]string
		fault string
		logto string
		words string
	}
	wants := map[twilio.ID]want{
		"":                        {},
		twilio.WrongSecret:        {unasked("authentication"), "authentication", refused, "20003 Authenticate"},
		twilio.Suspended:          {rows("account", "suspended", "balance", "empty"), "authentication", refused, "20003 "},
		twilio.Closed:             {rows("account", "closed"), "authentication", refused, "20003 "},
		twilio.Inactive:           {unasked("inactive"), "inactive", refused, "20005 Account not active"},
		twilio.TrialAccount:       {rows("trial", "trial", "verified", "unverified"), "trial_unverified", refused, "21608 "},
		twilio.NoBalance:          {rows("balance", "empty"), "", "", ""},
		twilio.GeoPermission:      {rows("geo", "disabled"), "geo_permission", refused, "21408 "},
		twilio.NoSender:           {rows("senders", "empty", "a2p", none, "toll_free", none), "no_senders", refused, "21704 "},
		twilio.NoMatchingSender:   {rows("a2p", "not_needed"), "no_sender_fits", refused, "21703 "},
		twilio.UnfitSender:        {nil, "sender_unfit", refused, "21606 "},
		twilio.WrongService:       {rows("service", "missing", "senders", none, "a2p", none, "toll_free", none), "service_missing", refused, "21701 "},
		twilio.RateLimited:        {nil, "rate_limited", refused, "20429 Too Many Requests"},
		twilio.DailyCap:           {nil, "daily_cap", refused, "63038 "},
		twilio.OptedOut:           {nil, "opted_out", refused, "21610 "},
		twilio.NotMobile:          {nil, "not_mobile", refused, "21614 "},
		twilio.Unregistered:       {rows("a2p", "unregistered"), "unregistered", sent, "30034 US A2P 10DLC"},
		twilio.CampaignPending:    {rows("a2p", "pending"), "unregistered", sent, "30034 "},
		twilio.CampaignFailed:     {rows("a2p", "failed"), "unregistered", sent, "30034 "},
		twilio.TollFreeUnverified: {rows("a2p", "not_needed", "toll_free", "pending"), "toll_free", sent, "30032 "},
		twilio.NeverDelivered:     {nil, "warning_unconfirmed", sent, ""},
		twilio.StaysAccepted:      {nil, "warning_waiting", sent, ""},
		twilio.Undelivered:        {nil, "carrier_unknown", sent, "30008 Unknown error"},
		twilio.Unreachable:        {nil, "unreachable", sent, "30003 "},
		twilio.UnknownNumber:      {nil, "unknown_number", sent, "30005 "},
		twilio.Landline:           {nil, "landline", sent, "30006 "},
		twilio.Filtered:           {nil, "filtered", sent, "30007 Carrier violation"},
		twilio.Pumping:            {nil, "pumping", sent, "30450 "},
		twilio.HTMLError:          {unasked("page"), "page", refused, "502 Bad Gateway"},
	}
	switches := []twilio.ID{""}
	for _, known := range twilio.Switches() {
		if known.ID != twilio.Hang { // has a test of its own
			switches = append(switches, known.ID)
		}
	}
	for _, on := range switches {
		t.Run("switch "+string(on), func(t *testing.T) {
			want, known := wants[on]
			if !known {
				t.Fatal("the table has no row for it")
			}
			p := newPostOffice(t)
			if on != "" {
				p = newPostOffice(t, on)
			}
			setup := p.setup()
			setup.To = american
			got := p.rows(setup)
			for row, reason := range wellSetUp {
				if other, ok := want.rows[row]; ok {
					reason = other
				}
				if got[row] != reason {
					t.Errorf("row %s is %s, want %s", row, got[row], reason)
				}
			}
			_, ended := p.sends(setup, american, "SignIn")
			if want.fault == "" {
				if ended.Outcome != flows.OK || len(ended.Faults) != 0 {
					t.Fatalf("%s: %+v", ended.Outcome, ended.Faults)
				}
				return
			}
			outcome := flows.Failed
			if strings.HasPrefix(want.fault, "warning_") {
				outcome = flows.Warned
			}
			if ended.Outcome != outcome || len(ended.Faults) != 1 {
				t.Fatalf("%s: %+v", ended.Outcome, ended.Faults)
			}
			f := ended.Faults[0]
			if string(f.Code) != "connector.twilio."+want.fault || !strings.HasPrefix(f.Params["Words"], want.words) || len(f.Evidence) == 0 {
				t.Errorf("%s, want %s: %v", f.Code, want.fault, f.Params)
			}
			if logto := f.Params["LogtoStatus"] + " " + f.Params["LogtoCode"]; logto != want.logto {
				t.Errorf("Logto says %q, want %q", logto, want.logto)
			}
			code, _, _ := strings.Cut(want.words, " ")
			if info := f.Params["MoreInfo"]; len(code) == 5 && info != "https://www.twilio.com/docs/errors/"+code {
				t.Errorf("more at %q", info)
			}
		})
	}
}

func TestACheckOfTwilioTellsWhatIsSetUpWrong(t *testing.T) {
	other := `"MG` + strings.Repeat("1", 32) + `"`
	for name, c := range map[string]struct {
		changes []string
		to      string
		on      twilio.ID
		want    map[string]string
	}{
		"API key":         {[]string{"accountSID", `"` + twilio.APIKeySID + `"`, "authToken", `"` + twilio.APIKeySecret + `"`}, german, "", map[string]string{"config": "breaks", "account": "api_key", "service": "no_answer"}},
		"other account":   {[]string{"accountSID", `"AC` + strings.Repeat("1", 32) + `"`}, german, "", map[string]string{"account": "authentication"}},
		"other service":   {[]string{"fromMessagingServiceSID", other}, german, "", map[string]string{"service": "missing", "senders": "no_answer"}},
		"no token":        {[]string{"authToken", `""`}, german, "", map[string]string{"account": "no_config", "geo": "no_config"}},
		"no service":      {[]string{"fromMessagingServiceSID", `""`}, german, "", map[string]string{"service": "no_config", "a2p": "no_config", "geo": "enabled"}},
		"no number":       {nil, " ", "", map[string]string{"number": "no_number", "geo": "no_number", "verified": "not_needed"}},
		"bad number":      {nil, "0151 123456", "", map[string]string{"number": "invalid", "geo": "no_number"}},
		"other country":   {nil, "+2348012345678", "", map[string]string{"number": "valid", "geo": "unclear"}},
		"a2p, Germany":    {nil, german, twilio.Unregistered, map[string]string{"a2p": "elsewhere"}},
		"a2p, Canada":     {nil, canadian, twilio.CampaignFailed, map[string]string{"a2p": "elsewhere"}},
		"a2p, no number":  {nil, "", twilio.CampaignPending, map[string]string{"a2p": "pending"}},
		"toll, Germany":   {nil, german, twilio.TollFreeUnverified, map[string]string{"toll_free": "elsewhere"}},
		"toll, Canada":    {nil, canadian, twilio.TollFreeUnverified, map[string]string{"toll_free": "pending"}},
		"trial, none":     {nil, "", twilio.TrialAccount, map[string]string{"verified": "no_number"}},
		"trial, verified": {nil, twilio.VerifiedNumber, twilio.TrialAccount, map[string]string{"verified": "verified", "trial": "trial"}},
		"no Generic":      {[]string{"templates", `[{"usageType":"SignIn","content":"{{code}}"}]`}, german, "", map[string]string{"config": "refused", "templates": "none", "code": "no_config"}},
		"no code":         {[]string{"templates[0].content", `"Hello"`}, german, "", map[string]string{"code": "missing", "config": "breaks"}},
		"another's place": {[]string{"templates[0].content", `"{{code}} for {{user.name}}"`}, german, "", map[string]string{"code": "unfilled"}},
		"umbrella":        {[]string{"templates[3].content", `"{{code}} ☂"`}, german, "", map[string]string{"segments": "unicode"}},
		"two segments":    {[]string{"templates[3].content", `"{{code}}` + strings.Repeat("x", 155) + `"`}, german, "", map[string]string{"segments": "several"}},
		"far too long":    {[]string{"templates[3].content", `"{{code}}` + strings.Repeat("x", 1595) + `"`}, german, "", map[string]string{"segments": "too_long"}},
	} {
		p := newPostOffice(t)
		if c.on != "" {
			p = newPostOffice(t, c.on)
		}
		s := p.setup(c.changes...)
		s.To = c.to
		got := p.rows(s)
		for row, reason := range c.want {
			if got[row] != reason {
				t.Errorf("%s: %s is %s, want %s", name, row, got[row], reason)
			}
		}
	}
}
