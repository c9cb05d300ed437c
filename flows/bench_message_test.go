package flows_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/demo/twilio"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// What goes out is Twilio's published API (OpenAPI, CreateMessage), member for member
// as Logto fills it in, and is sent once.
func TestTheMessageIsLogtos(t *testing.T) {
	p := newPostOffice(t)
	s := p.setup("templates[0].content", `"*~ Your code: {{code}} & more"`, "disableRiskCheck", "true")
	run, ended := p.sends(s, "49 (151) 12345678", "SignIn")
	if ended.Outcome != flows.OK {
		t.Fatalf("%+v", ended)
	}
	var posted []*trace.Exchange
	for _, e := range every[flows.Exchanged](run) {
		if e.Exchange.Step != oauth.StepUpstreamMessage {
			t.Errorf("exchange of step %s", e.Exchange.Step)
		}
		if e.Exchange.Request.Method == http.MethodPost {
			posted = append(posted, e.Exchange)
		}
	}
	if len(posted) != 1 {
		t.Fatalf("%d messages were sent", len(posted))
	}
	r := posted[0].Request
	if r.URL != p.base+"/2010-04-01/Accounts/"+twilio.AccountSID+"/Messages.json" || posted[0].Response.Status != http.StatusCreated {
		t.Errorf("%s: %d", r.URL, posted[0].Response.Status)
	}
	const form = "To=%2B4915112345678&MessagingServiceSid=" + twilio.ServiceSID + "&Body=*%7E+Your+code%3A+000000+%26+more&RiskCheck=disable"
	if got := string(r.Body.Bytes); got != form {
		t.Errorf("sent\n%s, want\n%s", got, form)
	}
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(twilio.AccountSID+":"+twilio.AuthToken))
	if r.Header.Get("Authorization") != basic || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		t.Errorf("%v", r.Header)
	}
	var statuses []string
	for _, e := range every[flows.MessageSeen](run) {
		statuses = append(statuses, e.Delivery.Status)
	}
	if !slices.Equal(statuses, []string{"accepted", "queued", "sending", "sent", "delivered"}) {
		t.Errorf("%v", statuses)
	}
	last := last[flows.MessageSeen](t, run).Delivery
	if last.From != twilio.Sender || last.To != "+4915112345678" || last.Segments != "1" || last.Body != "*~ Your code: 000000 & more" {
		t.Errorf("%+v", last)
	}
}

// A use without a template has that of Generic, and a suspicion of pumping is
// passed with the risk check turned off.
func TestWhatLogtoFillsIn(t *testing.T) {
	p := newPostOffice(t, twilio.Pumping)
	if _, ended := p.sends(p.setup("disableRiskCheck", "true"), american, "MfaVerification"); ended.Outcome != flows.OK {
		t.Errorf("%+v", ended)
	}
	if m := p.service.Sent(); len(m) != 1 || m[0].Body != "Code 000000" || m[0].To != american || m[0].RiskCheck != "disable" {
		t.Errorf("%+v", m)
	}
}

// What cannot succeed is not sent.
func TestNothingIsSentThatLogtoWouldNotSend(t *testing.T) {
	p := newPostOffice(t)
	for name, c := range map[string]struct {
		setup connector.Setup
		to    string
		want  string
		logto string
	}{
		"no number":    {p.setup(), "", "number", "guard.invalid_input"},
		"words":        {p.setup(), "my phone", "number", "guard.invalid_input"},
		"national":     {p.setup(), "0151 12345678", "number", "guard.invalid_input"},
		"wrong type":   {p.setup("accountSID", "5"), german, "config", "connector.invalid_config"},
		"no templates": {p.setup("templates", "[]"), german, "config", "connector.invalid_config"},
	} {
		run, ended := p.sends(c.setup, c.to, "SignIn")
		if got := codes(ended, fault.Error); !slices.Equal(got, []string{"connector.twilio." + c.want}) || ended.Faults[0].Params["LogtoCode"] != c.logto {
			t.Errorf("%s: %+v", name, ended.Faults)
		}
		if len(every[flows.Exchanged](run)) != 0 {
			t.Errorf("%s: something was sent", name)
		}
	}
	if run := p.engine.SendTest(t.Context(), connector.Setup{Kind: connector.OIDC, Config: connector.NewConfig(connector.OIDC)}, connector.Message{To: german}); outcome(t, run).Outcome != flows.Failed {
		t.Error("an OIDC connector sent a message")
	}
}

// The looks become rarer, come to an end, and stop as soon as the message has.
func TestTheWatchIsPolite(t *testing.T) {
	p := newPostOffice(t, twilio.NeverDelivered)
	p.sends(p.setup(), german, "SignIn")
	total := time.Duration(0)
	for i, d := range p.paused {
		total += d
		if d < time.Second || i > 0 && d < p.paused[i-1] {
			t.Errorf("pause %d is %s after %v", i, d, p.paused[:i])
		}
	}
	if len(p.paused) > 20 || total < time.Minute || total > 2*time.Minute {
		t.Errorf("%d looks in %s", len(p.paused), total)
	}
	p = newPostOffice(t)
	p.sends(p.setup(), german, "SignIn")
	if len(p.paused) != 4 {
		t.Errorf("%d looks at a message that is delivered at the fourth", len(p.paused))
	}
}

// overruled answers the looks at a message in its own way, as long as it has one.
func (p *postOffice) overruled(looks ...http.HandlerFunc) connector.Setup {
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		var next http.HandlerFunc
		if r.Method == http.MethodGet && len(looks) > 0 {
			next, looks = looks[0], looks[1:]
		}
		mu.Unlock()
		if next == nil {
			next = p.service.ServeHTTP
		}
		next(w, r)
	}))
	p.t.Cleanup(server.Close)
	s := p.setup()
	s.Addresses[connector.TwilioAPI] = server.URL
	return s
}

func says(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, body)
	}
}

func TestALookThatFailsIsMadeAgain(t *testing.T) {
	busy := says(429, `{"code":20429,"message":"Too Many Requests","status":429}`, "Retry-After", "7")
	p := newPostOffice(t)
	_, ended := p.sends(p.overruled(busy, says(502, "<title>Bad Gateway</title>"), says(200, "nonsense")), german, "SignIn")
	if ended.Outcome != flows.OK || p.paused[1] != 7*time.Second || p.paused[2] >= 7*time.Second {
		t.Errorf("%s after %v", ended.Outcome, p.paused)
	}
	p = newPostOffice(t)
	looks := make([]http.HandlerFunc, 100)
	for i := range looks {
		looks[i] = says(429, `{"code":20429,"message":"Too Many Requests"}`, "Retry-After", "999999")
	}
	_, ended = p.sends(p.overruled(looks...), german, "SignIn")
	if got := codes(ended, fault.Warning); !slices.Equal(got, []string{"connector.twilio.warning_unwatched"}) || ended.Faults[0].Params["Words"] != "20429 Too Many Requests" {
		t.Errorf("%+v", ended.Faults)
	}
	if slices.Max(p.paused) > 30*time.Second {
		t.Errorf("waited %s", slices.Max(p.paused))
	}
}

// answered is a set-up whose Twilio gives that one answer to everything.
func (p *postOffice) answered(h http.HandlerFunc) connector.Setup {
	server := httptest.NewServer(h)
	p.t.Cleanup(server.Close)
	s := p.setup()
	for name := range s.Addresses {
		s.Addresses[name] = server.URL
	}
	return s
}

func TestAnswersThatAreNotTwilios(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		fault  string
		words  string
	}{
		"a code of tomorrow":  {says(400, `{"code":29999,"message":"New rule","more_info":"https://www.twilio.com/docs/errors/29999","status":400}`), "refused", "29999 New rule"},
		"a page":              {says(503, "<html><title>Down</title><body onload=x>Maintenance</body></html>"), "page", "Down: Maintenance"},
		"nothing":             {says(500, ""), "page", "Internal Server Error"},
		"a redirect":          {says(302, "", "Location", "https://login.example/?token=x"), "page", "Location: https://login.example/"},
		"success, and a page": {says(200, "<title>Welcome</title>"), "unreadable", "Welcome"},
		"success, and {}":     {says(201, "{}"), "unreadable", "{}"},
	} {
		p := newPostOffice(t)
		_, ended := p.sends(p.answered(c.answer), german, "SignIn")
		if got := codes(ended, fault.Error); !slices.Equal(got, []string{"connector.twilio." + c.fault}) || ended.Faults[0].Params["Words"] != c.words {
			t.Errorf("%s: %+v", name, ended.Faults)
		}
	}
	p := newPostOffice(t)
	s := p.setup()
	s.Addresses[connector.TwilioAPI] = "http://127.0.0.1:1"
	_, ended := p.sends(s, german, "SignIn")
	if got := codes(ended, fault.Error); !slices.Equal(got, []string{string(fault.TransportRefused)}) || ended.Faults[0].Params["LogtoStatus"] != "500" {
		t.Errorf("%+v", ended.Faults)
	}
	if got := p.rows(s); got["account"] != "unreachable" || got["senders"] != "no_answer" {
		t.Errorf("%v", got)
	}
}

func TestATwilioThatHangsIsLeft(t *testing.T) {
	p := newPostOffice(t, twilio.Hang)
	ctx, cancel := context.WithCancel(t.Context())
	run := p.engine.SendTest(ctx, p.setup(), connector.Message{To: german, UsageType: "SignIn"})
	until(t, run, func(s flows.StepStarted) bool { return s.Step == connector.StepMessage })
	cancel()
	if ended := outcome(t, run); ended.Outcome != flows.Cancelled {
		t.Errorf("%+v", ended)
	}
	ctx, cancel = context.WithCancel(t.Context())
	run = p.engine.CheckConnector(ctx, p.setup())
	until(t, run, func(b flows.Probed) bool { return b.Row.ID == "connector.twilio.number" })
	cancel()
	if ended := outcome(t, run); ended.Outcome != flows.Cancelled {
		t.Errorf("%+v", ended)
	}
	for _, e := range every[flows.Probed](run) {
		if e.Row.ID == "connector.twilio.account" && e.Row.Reason != connector.Cancelled {
			t.Errorf("%+v", e.Row)
		}
	}
}

// A provider that says the token back, raw and encoded, tells it to nobody: not in
// rows, faults or events, and not in what is kept.
func TestATokenLeavesNoTrace(t *testing.T) {
	const token = "CANARY/token+0123456789abcdef"
	echo := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		user, pass, _ := r.BasicAuth()
		pair := base64.StdEncoding.EncodeToString([]byte(user + ":" + pass))
		if strings.HasSuffix(r.URL.Path, twilio.AccountSID+".json") {
			_, _ = fmt.Fprintf(w, `{"sid":%q,"status":"said %s","type":"Full","auth_token":"CANARY-of-the-owner-0123456789"}`, user, pass)
			return
		}
		w.WriteHeader(400)
		_, _ = fmt.Fprintf(w, `{"code":20003,"message":"wrong: %s %s"}`, pass, pair)
	}
	p := newPostOffice(t)
	s := p.answered(echo)
	s.Config = s.Config.SetSecret("authToken", token)
	sending, _ := p.sends(s, german, "SignIn")
	checking := p.engine.CheckConnector(t.Context(), s)
	outcome(t, checking)
	for _, run := range []*flows.Run{sending, checking} {
		disarmer := trace.NewDisarmer()
		for _, e := range run.Log().Events() {
			if _, exchanged := e.Body.(flows.Exchanged); !exchanged {
				if text := fmt.Sprintf("%+v", e.Body); strings.Contains(text, "CANARY") {
					t.Errorf("%T: %s", e.Body, text)
				}
			}
			line, err := flows.EncodeEvent(flows.DisarmEvent(disarmer, e))
			if err != nil {
				t.Fatal(err)
			}
			for _, form := range []string{"CANARY", base64.StdEncoding.EncodeToString([]byte(twilio.AccountSID + ":" + token))} {
				if strings.Contains(string(line), form) {
					t.Errorf("%T is kept with the token", e.Body)
				}
			}
			if _, err := flows.DecodeEvent(line); err != nil {
				t.Errorf("%T: %v", e.Body, err)
			}
		}
	}
	if b := last[flows.Benched](t, sending); !strings.Contains(string(b.Config), twilio.AccountSID) || b.To != german || len(b.Addresses) != 3 {
		t.Errorf("%+v", b)
	}
}
