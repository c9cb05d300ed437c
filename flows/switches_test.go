package flows_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/inspect"
	"signbench/flows/oauth"
	"signbench/flows/practice"
	"signbench/flows/probe"
)

// The list of the window's page is the product's specification: for each thing that
// the demo tenant can do wrong, exactly the faults that must come out. An exercise
// in which nothing must be found has to work.
func TestExercises(t *testing.T) {
	for _, e := range practice.Exercises() {
		t.Run(string(e.Family)+"/"+e.ID, func(t *testing.T) {
			s := newStage(t)
			meet := s.practise
			switch {
			case e.Way == practice.ByPaste:
				meet = s.paste
			case e.Bench != "":
				meet = s.atBench
			}
			found := meet(e)
			if !slices.Equal(found, append([]string{}, e.Want...)) {
				t.Errorf("found %v, want %v", found, e.Want)
			}
		})
	}
}

// verdicts are what a sign-in finds with a switch on, of the switches that are met
// so.
var verdicts = func() map[demo.Fault][]string {
	m := map[demo.Fault][]string{}
	for _, e := range practice.Exercises() {
		if e.Way == practice.BySignIn && e.Switch != "" && e.Change == nil {
			m[e.Switch] = e.Want
		}
	}
	return m
}()

// practise runs an exercise as the window does.
func (s *stage) practise(e practice.Exercise) []string {
	s.t.Helper()
	request := s.request()
	if e.NeedsSession() {
		session := s.signedIn()
		request.Session = &session
	}
	if e.Switch != "" {
		s.tenant.SetFaults(e.Switch)
	}
	request.Profile = e.Profile(s.profile)
	limits := flows.Limits{Request: patience, Callback: patience, Return: patience}
	if e.Slow() {
		limits.Request = 100 * time.Millisecond // the tenant never answers
	}
	if e.Stray() {
		limits.Stray = time.Millisecond // no acceptable callback ever comes
	}
	engine := s.engine.WithLimits(limits)
	begin := map[practice.Way]func(context.Context, flows.Request) *flows.Run{
		practice.BySignIn: engine.SignIn, practice.ByRefresh: engine.Refresh, practice.BySignOut: engine.SignOut,
		practice.ByProof: engine.SignOut, practice.ByCheck: engine.CheckSetup,
		practice.ByMistake: func(ctx context.Context, r flows.Request) *flows.Run { return engine.Begin(ctx, e.Scenario, r) },
	}[e.Way]
	run := begin(s.t.Context(), request)
	ended := outcome(s.t, run)
	if e.Way == practice.ByProof {
		run = engine.Prove(s.t.Context(), request)
		ended = outcome(s.t, run)
	}
	if worked := len(every[flows.SignedIn](run)) == 1; e.Way == practice.BySignIn && worked != e.Allowed() {
		s.t.Errorf("signed in: %t", worked)
	}
	var rows []probe.Row
	for _, p := range every[flows.Probed](run) {
		rows = append(rows, p.Row)
	}
	return e.Found(ended.Faults, rows)
}

// atBench runs an exercise on a connector bench, which is set up as the demo
// tenant's connector is.
func (s *stage) atBench(e practice.Exercise) []string {
	s.t.Helper()
	kinds := connector.Kinds()
	kind := kinds[slices.IndexFunc(kinds, func(k connector.Kind) bool { return k.Bench() == e.Bench })]
	if err := s.tenant.BreakConnector(e.Bench, e.Upstream); err != nil {
		s.t.Fatal(err)
	}
	setup, err := s.engine.DemoConnector(s.t.Context(), kind)
	if err != nil {
		s.t.Fatal(err)
	}
	s.browser.Press = []string{"allow"}
	setup.ID, setup.Name, setup.RedirectURI, setup.To = s.profile.ID, "Practice", s.profile.Client.RedirectURI, e.To
	var run *flows.Run
	switch e.Way {
	case practice.ByUpstream:
		run = s.engine.SignInUpstream(s.t.Context(), setup)
	case practice.ByMessage:
		run = s.engine.SendTest(s.t.Context(), setup, connector.Message{To: e.To, UsageType: "Generic"})
	default:
		run = s.engine.CheckConnector(s.t.Context(), setup)
	}
	ended := outcome(s.t, run)
	var rows []probe.Row
	for _, p := range every[flows.Probed](run) {
		rows = append(rows, p.Row)
	}
	return e.Found(ended.Faults, rows)
}

// paste looks at the logout token of an exercise, with the tenant's own keys.
func (s *stage) paste(e practice.Exercise) []string {
	s.t.Helper()
	endpoint, release, err := s.tenant.Acquire(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	defer release()
	token, err := s.tenant.Pasted(endpoint+"/oidc", e.Token)
	if err != nil {
		s.t.Fatal(err)
	}
	d := inspect.Read([]byte(token))
	if d.Kind != inspect.LogoutToken {
		s.t.Logf("taken for %s", d.Kind)
	}
	report := inspect.Verify(d, inspect.Keys{Text: oauth.Secret(fetched(s.t, endpoint+"/oidc/jwks"))}, inspect.Expect{
		Issuer: endpoint + "/oidc", Audience: demo.AppID, Now: time.Now(), Skew: time.Minute, Type: "logout+jwt",
	})
	return practice.FoundIn(report)
}

func fetched(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Every switch is practised, and there are enough of them.
func TestEverySwitchIsPractised(t *testing.T) {
	practised := map[demo.Fault]bool{}
	ids := map[string]bool{}
	for _, e := range practice.Exercises() {
		practised[e.Switch] = true
		if ids[e.ID] {
			t.Errorf("%s is there twice", e.ID)
		}
		ids[e.ID] = true
	}
	for _, s := range demo.Switches() {
		if !practised[s.Name] {
			t.Errorf("nobody practises %s", s.Name)
		}
	}
	if n := len(demo.Switches()); n < 60 {
		t.Errorf("%d switches", n)
	}
}

// The unbroken tenant raises no fault; the one warning is Logto's milliseconds.
func TestTheUnbrokenTenantHasNoFault(t *testing.T) {
	s := newStage(t)
	ended := outcome(t, s.engine.SignIn(t.Context(), s.request()))
	if errs, warnings := codes(ended, fault.Error), codes(ended, fault.Warning); len(errs) != 0 || !slices.Equal(warnings, []string{"id_token.updated_at"}) {
		t.Errorf("errors %v, warnings %v", errs, warnings)
	}
}

func TestSignOutSwitches(t *testing.T) {
	for sw, want := range map[demo.Fault]struct {
		codes []string
		state flows.StateMatch
		proof []string
	}{
		"":                           {nil, flows.StateEqual, nil},
		"rp-init-logout-other-state": {[]string{"end_session.state_different"}, flows.StateDifferent, nil},
		"rp-init-logout-no-state":    {[]string{"end_session.state_absent"}, flows.StateAbsent, nil},
		"logout-session-stays":       {nil, flows.StateEqual, []string{"proof.still_signed_in"}},
		"end-session-missing":        {[]string{"end_session.missing"}, "", []string{"proof.still_signed_in"}},
	} {
		t.Run("switch "+string(sw), func(t *testing.T) {
			s := newStage(t)
			session := s.signedIn()
			if sw != "" {
				s.tenant.SetFaults(sw)
			}
			request := flows.Request{Profile: s.profile, Secret: s.secret, Session: &session}
			run := s.engine.SignOut(t.Context(), request)
			ended := outcome(t, run)
			got := append(codes(ended, fault.Error), codes(ended, fault.Warning)...)
			if !slices.Equal(got, want.codes) {
				t.Fatalf("faults = %v, want %v", got, want.codes)
			}
			if len(every[flows.SignedOut](run)) != 1 {
				t.Error("the local session was not ended")
			}
			if returned := every[flows.Returned](run); want.state != "" && (len(returned) != 1 || returned[0].State != want.state) {
				t.Errorf("returned: %+v, want %s", returned, want.state)
			}
			proof := s.engine.Prove(t.Context(), request)
			if got := codes(outcome(t, proof), fault.Error); !slices.Equal(got, want.proof) {
				t.Errorf("the proof says %v, want %v", got, want.proof)
			}
		})
	}
}
