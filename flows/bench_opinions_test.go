package flows_test

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/connector"
	demotenant "signbench/flows/demo"
	demo "signbench/flows/demo/connector"
	"signbench/flows/demo/twilio"
	"signbench/flows/demo/upstream"
	"signbench/flows/fault"
	"signbench/flows/testkit/headless"
)

// The demo tenant has an opinion of its own of what Logto does. What the bench says
// that Logto would answer, it answers.
func TestTheDemoTenantAnswersWhatTheBenchSays(t *testing.T) {
	// A browser that is stopped, and answers that come another way or not at all.
	elsewhere := map[string]bool{"redirect_uri_unknown": true, "form_post": true, "hang": true}
	for _, kind := range []connector.Kind{connector.OIDC, connector.SSO} {
		for _, s := range upstream.Switches() {
			if elsewhere[s.Name] {
				continue
			}
			t.Run(string(kind)+" "+s.Name, func(t *testing.T) {
				w := newWorkshop(t, s.Name)
				setup := w.setup(kind)
				says := demoAnswer(t, setup)
				_, ended := w.signsIn(setup)
				if failed := codes(ended, fault.Error); (says == nil) != (len(failed) == 0) {
					t.Fatalf("the bench finds %v, the tenant answers %v", failed, says)
				}
				if says == nil {
					return
				}
				f := ended.Faults[0]
				if f.Params["LogtoStatus"] != strconv.Itoa(says.Status) || f.Params["LogtoCode"] != says.Code {
					t.Errorf("the bench says %v, the tenant answers %d %s", f.Params, says.Status, says.Code)
				}
				if log := f.Params["LogtoLog"]; log != "" && says.Code == "" && !strings.HasPrefix(says.Log, log) {
					t.Errorf("the bench says %q, the tenant's log %q", log, says.Log)
				}
			})
		}
	}
}

// demoAnswer is how a sign-in through the demo tenant's connector ends.
func demoAnswer(t *testing.T, s connector.Setup) *demo.Error {
	t.Helper()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	config := []byte(s.Config.JSON().Reveal())
	var signIn demo.SignIn
	var err error
	switch s.Kind {
	case connector.SSO:
		signIn, err = demo.NewSSO(client, time.Now, config)
	case connector.Feishu:
		signIn, err = demo.NewFeishu(client, s.Address(connector.FeishuPassport), config)
	default:
		signIn, err = demo.NewOIDC(client, time.Now, config)
	}
	if err != nil {
		t.Fatal(err)
	}
	const callback = "http://127.0.0.1:1/callback"
	address, session, err := signIn.Begin(t.Context(), "the-state", callback)
	if err == nil {
		browser := headless.New(nil, "allow")
		browser.Far = func(u *url.URL) bool { return u.Host == "127.0.0.1:1" }
		page, _ := browser.Visit(t.Context(), address)
		data := map[string]string{"redirectUri": callback}
		for name, values := range page.URL.Query() {
			if name != "state" {
				data[name] = values[0]
			}
		}
		_, err = signIn.Finish(t.Context(), data, session)
	}
	var refused *demo.Error
	if err != nil && !errors.As(err, &refused) {
		t.Fatal(err)
	}
	return refused
}

// The same for a message: what the demo tenant's connector makes of each of Twilio's
// answers, which it reads with code of its own.
func TestTheDemoTenantAnswersWhatTheBenchSaysOfAMessage(t *testing.T) {
	for _, s := range twilio.Switches() {
		if s.ID == twilio.Hang {
			continue
		}
		t.Run(string(s.ID), func(t *testing.T) {
			p := newPostOffice(t, s.ID)
			setup := p.setup()
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			sms, err := demo.NewTwilio(&http.Client{Transport: transport}, p.base, []byte(setup.Config.JSON().Reveal()))
			if err != nil {
				t.Fatal(err)
			}
			var says *demo.Error
			if err := sms.Send(t.Context(), american[1:], "SignIn", "000000"); err != nil && !errors.As(err, &says) {
				t.Fatal(err)
			}
			_, ended := p.sends(setup, american, "SignIn")
			if len(ended.Faults) == 0 {
				if says != nil {
					t.Errorf("the bench finds nothing, the tenant answers %v", says)
				}
				return
			}
			f := ended.Faults[0]
			if says == nil {
				if f.Params["LogtoStatus"] != "204" {
					t.Errorf("the tenant takes it as sent, the bench says %v", f.Params)
				}
				return
			}
			if f.Params["LogtoStatus"] != strconv.Itoa(says.Status) || f.Params["LogtoCode"] != says.Code {
				t.Errorf("the bench says %v, the tenant answers %d %s", f.Params, says.Status, says.Code)
			}
			if sent := p.service.Sent(); len(sent) == 2 && (sent[0].Body != sent[1].Body || sent[0].To != sent[1].To || sent[0].RiskCheck != sent[1].RiskCheck) {
				t.Errorf("the tenant sent %+v, the bench %+v", sent[0], sent[1])
			}
		})
	}
}

// The demo tenant's SMS connector is one with which the bench works at once.
func TestTheBenchWorksWithTheDemoTenant(t *testing.T) {
	tenant := demotenant.New(demotenant.Options{Addr: "localhost:0", Linger: -1})
	defer func() { _ = tenant.Close() }()
	raw, err := tenant.ConnectorConfig(t.Context(), demotenant.TwilioID)
	if err != nil {
		t.Fatal(err)
	}
	config, err := connector.Parse(connector.Twilio, raw)
	if err != nil {
		t.Fatal(err)
	}
	base, err := tenant.TwilioURL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := newPostOffice(t)
	s := p.setup()
	s.Config, s.ConnectorID = config, demotenant.TwilioID
	for name := range s.Addresses {
		s.Addresses[name] = base
	}
	if got := p.rows(s); !maps.Equal(got, wellSetUp) {
		t.Errorf("%v", got)
	}
	for _, usage := range connector.UsageTypes() {
		if _, ended := p.sends(s, german, usage); ended.Outcome != flows.OK {
			t.Errorf("%s: %+v", usage, ended)
		}
	}
}
