package flows_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
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
	"signbench/flows/trace"
)

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

// When the connection ends after the request, nobody knows whether it was taken.
func TestAMessageWithoutAnAnswerMayHaveBeenSent(t *testing.T) {
	p := newPostOffice(t)
	s := p.answered(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = c.Close()
		}
	})
	run, ended := p.sends(s, german, "SignIn")
	if got := codes(ended, fault.Error); !slices.Equal(got, []string{string(fault.TransportReset)}) {
		t.Errorf("%v", got)
	}
	if got := codes(ended, fault.Warning); !slices.Equal(got, []string{"connector.twilio.warning_perhaps_sent"}) {
		t.Errorf("%v", got)
	}
	if sent := len(every[flows.Exchanged](run)); sent != 1 {
		t.Errorf("it was sent %d times", sent)
	}
}

// Values that are no SIDs and no addresses end in a fault, and never in a defect.
func TestHostileValuesAreOnlyRefused(t *testing.T) {
	p := newPostOffice(t)
	wild := p.setup()
	for name := range wild.Addresses {
		wild.Addresses[name] = "http://[::bad"
	}
	for name, s := range map[string]connector.Setup{
		"account": p.setup("accountSID", `"AC %zz\u0000/../?x#y"`),
		"service": p.setup("fromMessagingServiceSID", `"MG %zz\u0000/../?x#y"`),
		"token":   p.setup("authToken", `"a:b%c+d\"é\n"`),
		"address": wild,
	} {
		_, ended := p.sends(s, german, "SignIn")
		if ended.Outcome != flows.Failed || len(ended.Faults) == 0 || ended.Faults[0].Code == fault.Internal {
			t.Errorf("%s: %s %+v", name, ended.Outcome, ended.Faults)
		}
		run := p.engine.CheckConnector(t.Context(), s)
		if ended := outcome(t, run); ended.Outcome != flows.Failed || len(ended.Faults) != 0 {
			t.Errorf("%s: %s %+v", name, ended.Outcome, ended.Faults)
		}
		if said := len(every[flows.Probed](run)); said != len(wellSetUp) {
			t.Errorf("%s: %d rows", name, said)
		}
	}
}

func TestALimitSaysWhenToSendAgain(t *testing.T) {
	p := newPostOffice(t, twilio.RateLimited)
	run, ended := p.sends(p.setup(), german, "SignIn")
	if ended.Faults[0].Params["RetryAfter"] != "1" || len(every[flows.Exchanged](run)) != 1 {
		t.Errorf("%+v", ended.Faults)
	}
}

// Between two looks a run waits, and can be ended.
func TestAWatchCanBeEnded(t *testing.T) {
	p := newPostOffice(t, twilio.StaysAccepted)
	engine := flows.New(flows.Config{Pages: pages(t)})
	run := engine.SendTest(t.Context(), p.setup(), connector.Message{To: german, UsageType: "SignIn"})
	until[flows.MessageSeen](t, run, nil)
	run.Cancel()
	if ended := outcome(t, run); ended.Outcome != flows.Cancelled {
		t.Errorf("%+v", ended)
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
