package flows_test

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
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

// What a check asks are resources of Twilio's OpenAPI documents, read and never
// changed.
func TestACheckOnlyReads(t *testing.T) {
	p := newPostOffice(t, twilio.TrialAccount, twilio.TollFreeUnverified)
	run := p.engine.CheckConnector(t.Context(), p.setup())
	outcome(t, run)
	const account, service = "/2010-04-01/Accounts/" + twilio.AccountSID, "/v1/Services/" + twilio.ServiceSID
	want := []string{
		account + ".json", account + "/Balance.json", account + "/OutgoingCallerIds.json?PhoneNumber=%2B4915112345678",
		"/v1/Messaging/GeoPermissions?CountryCode=DE", service, service + "/AlphaSenders", service + "/PhoneNumbers", service + "/ShortCodes",
		"/v1/Tollfree/Verifications?TollfreePhoneNumberSid=PN00000000000000000000000000000de1",
	}
	var got []string
	for _, e := range every[flows.Exchanged](run) {
		r := e.Exchange.Request
		got = append(got, strings.TrimPrefix(r.URL, p.base))
		if r.Method != http.MethodGet || !strings.HasPrefix(r.Header.Get("Authorization"), "Basic ") || e.Exchange.Step != oauth.StepUpstreamAccount {
			t.Errorf("%s %s of step %s: %v", r.Method, r.URL, e.Exchange.Step, r.Header)
		}
		if e.Exchange.Response.Status != http.StatusOK {
			t.Errorf("%s answered %d", r.URL, e.Exchange.Response.Status)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("asked\n%s, want\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
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
