package state_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/check"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
)

const alice = "eyJhbGciOiJFUzM4NCJ9.eyJzdWIiOiJ1LTEiLCJuYW1lIjoiQWxpY2UiLCJleHAiOjE5MDAwMDAwMDB9.c2ln"

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// of makes events of one run of the profile p.
func of(run oauth.RunID, bodies ...flows.Body) []flows.Event {
	events := make([]flows.Event, 0, len(bodies))
	for i, b := range bodies {
		events = append(events, flows.Event{Run: run, Profile: "p", Seq: i, At: noon.Add(time.Duration(i) * time.Second), Body: b})
	}
	return events
}

var started = flows.Started{Scenario: oauth.ScenarioSignIn, Profile: oauth.Profile{ID: "p", Name: "P"}}

func session(verified time.Time) oauth.Session {
	return oauth.Session{Profile: "p", Tokens: oauth.TokenSet{IDToken: alice, AccessToken: "opaque"}, VerifiedAt: verified}
}

func signedIn(verified time.Time) flows.SignedIn {
	s := session(verified)
	return flows.SignedIn{Session: s, Decoded: flows.Decode(s.Tokens)}
}

func received() flows.TokensReceived {
	tokens := session(noon).Tokens
	return flows.TokensReceived{Tokens: tokens, Decoded: flows.Decode(tokens)}
}

func checked(subject string, verdicts ...check.Verdict) flows.Checked {
	c := flows.Checked{Subject: subject}
	for _, v := range verdicts {
		c.Report = append(c.Report, check.Result{ID: subject + ".x", Verdict: v})
	}
	return c
}

func apply(events ...[]flows.Event) state.Bench {
	var s state.State
	for _, batch := range events {
		s = s.Apply(batch...)
	}
	return s.Of("p")
}

func TestStepsFollowTheRun(t *testing.T) {
	b := apply(of("r1", started, flows.StepStarted{Step: oauth.StepDiscovery}))
	if got := b.Run.Current(); got != oauth.StepDiscovery || b.Run.Steps[1].Status != state.Pending {
		t.Errorf("%s, %+v", got, b.Run.Steps)
	}
	for outcome, want := range map[flows.Outcome]state.Status{
		flows.OK: state.Done, flows.Warned: state.Warned, flows.Failed: state.Failed,
		flows.Skipped: state.Skipped, flows.Cancelled: state.Stopped,
	} {
		b := apply(of("r1", started, flows.StepStarted{Step: oauth.StepDiscovery},
			flows.StepEnded{Step: oauth.StepDiscovery, Outcome: outcome, Took: time.Second}))
		if s := b.Run.Steps[0]; s.Status != want || s.Took != time.Second || !s.Started.Equal(noon.Add(time.Second)) || b.Run.Current() != "" {
			t.Errorf("%s: %+v", outcome, s)
		}
	}
	b = apply(of("r1", started, flows.StepStarted{Step: oauth.StepJWKS})) // on no rail
	if b.Run.Current() != "" || len(b.Run.Steps) != len(oauth.ScenarioSignIn.Steps()) {
		t.Errorf("%+v", b.Run.Steps)
	}
}

func TestWaitingEnds(t *testing.T) {
	waiting := flows.Waiting{Step: oauth.StepCallback, URL: "https://op.test/auth"}
	away := of("r1", started, waiting, flows.Overdue{Step: oauth.StepCallback},
		flows.BrowserFailed{Step: oauth.StepCallback, Err: errors.New("no browser")})
	if b := apply(away); b.Run.Waiting == nil || !b.Run.Overdue || b.Run.NoBrowser == nil {
		t.Errorf("%+v", b.Run)
	}
	if b := apply(of("r1", started, flows.Overdue{Step: oauth.StepCallback})); b.Run.Overdue {
		t.Error("overdue without waiting")
	}
	for _, end := range []flows.Body{
		flows.StepEnded{Step: oauth.StepCallback, Outcome: flows.OK}, flows.Ended{Outcome: flows.Cancelled},
	} {
		if b := apply(away, of("r1", end)); b.Run.Waiting != nil || b.Run.Overdue {
			t.Errorf("%T: still waiting", end)
		}
	}
	if b := apply(away, of("r1", flows.StepEnded{Step: oauth.StepAuthorize})); b.Run.Waiting == nil {
		t.Error("another step ended the wait")
	}
}

func TestOnlyRefusedCallbacksKnock(t *testing.T) {
	b := apply(of("r1", started, flows.CallbackSeen{Kind: "wrong_state"}, flows.CallbackSeen{Accepted: true, Kind: "accepted"}))
	if len(b.Run.Knocks) != 1 || b.Run.Knocks[0].Kind != "wrong_state" {
		t.Errorf("%+v", b.Run.Knocks)
	}
}

// An older run that comes to its end late changes only the session.
func TestOlderRunChangesOnlyTheSession(t *testing.T) {
	before := apply(of("old", started, checked("id_token", check.Pass)), of("new", started))
	after := apply(of("old", started, checked("id_token", check.Pass)), of("new", started),
		of("old", flows.StepStarted{Step: oauth.StepToken}, flows.Exchanged{Exchange: &trace.Exchange{}}, received(),
			signedIn(noon), flows.Ended{Outcome: flows.OK}))
	if !reflect.DeepEqual(before.Run, after.Run) || after.Run.ID != "new" {
		t.Errorf("the run shown is %+v", after.Run)
	}
	if after.Session == nil || after.Session.User() != "Alice" || after.Session.Reports != nil {
		t.Errorf("%+v", after.Session)
	}
	gone := apply(of("new", started, signedIn(noon)), of("old", flows.SignedOut{}))
	if gone.Session != nil || gone.Run == nil {
		t.Errorf("%+v", gone)
	}
}

func TestProfilesDoNotMeet(t *testing.T) {
	s := state.State{}.Apply(of("r1", started, signedIn(noon))...)
	other := flows.Event{Run: "r2", Profile: "q", Body: flows.Started{Scenario: oauth.ScenarioSignOut}}
	next := s.Apply(other)
	if !reflect.DeepEqual(s.Of("p"), next.Of("p")) || next.Of("q").Run == nil || s.Of("q").Run != nil {
		t.Error("a profile's event changed another, or an older state")
	}
	if forgot := next.Forget("p"); forgot.Of("p") != (state.Bench{}) || forgot.Of("q").Run == nil || next.Of("p").Run == nil {
		t.Error("Forget takes away too much or too little")
	}
	if s := (state.State{}).Forget("p"); s.Of("p") != (state.Bench{}) {
		t.Error("forgetting nothing leaves something")
	}
}

func TestRestore(t *testing.T) {
	stored := session(noon)
	s := state.State{}.Restore(stored, flows.Decode(stored.Tokens))
	if b := s.Of("p"); b.Session == nil || !b.Session.Restored || b.Session.User() != "Alice" {
		t.Errorf("%+v", b.Session)
	}
	for name, busy := range map[string]state.State{
		"a run": state.State{}.Apply(of("r1", started)...), "a session": state.State{}.Apply(of("r1", signedIn(noon))...),
	} {
		if b := busy.Restore(stored, flows.Decoded{}).Of("p"); !reflect.DeepEqual(b, busy.Of("p")) {
			t.Errorf("%s was replaced: %+v", name, b)
		}
	}
}

func TestTrust(t *testing.T) {
	restored := func(verified time.Time) state.Bench {
		s := session(verified)
		return state.State{}.Restore(s, flows.Decode(s.Tokens)).Of("p")
	}
	pass, fail := checked("id_token", check.Pass), checked("id_token", check.Pass, check.Fail)
	failed := flows.Ended{Outcome: flows.Failed}
	for name, c := range map[string]struct {
		bench  state.Bench
		want   state.Trust
		failed bool
	}{
		"received, nothing checked":     {apply(of("r", started, received())), state.DecodedOnly, false},
		"received, other things passed": {apply(of("r", started, received(), checked("token_response", check.Pass))), state.DecodedOnly, false},
		"passed, and going on":          {apply(of("r", started, received(), pass)), state.Verified, false},
		"refused":                       {apply(of("r", started, received(), fail, failed)), state.Rejected, true},
		"passed, and failed later":      {apply(of("r", started, received(), pass, failed)), state.Verified, true},
		"failed before the checks":      {apply(of("r", started, received(), failed)), state.DecodedOnly, true},
		"signed in":                     {apply(of("r", started, received(), pass, signedIn(noon), flows.Ended{Outcome: flows.OK})), state.Verified, false},
		"never verified":                {apply(of("r", signedIn(time.Time{}))), state.DecodedOnly, false},
		"from the keychain":             {restored(noon), state.VerifiedThen, false},
		"from the keychain, unverified": {restored(time.Time{}), state.DecodedOnly, false},
	} {
		got, ok := c.bench.Tokens()
		if !ok || got.Trust != c.want || got.Failed != c.failed || got.Decoded.ID.Form != jose.JWT {
			t.Errorf("%s: %t, %s, failed %t", name, ok, got.Trust, got.Failed)
		}
	}
	if _, ok := (state.Bench{}).Tokens(); ok {
		t.Error("tokens of nothing")
	}
	// A failed run hides the session's tokens, a cancelled one does not.
	for outcome, want := range map[flows.Outcome]bool{flows.Failed: true, flows.Cancelled: false} {
		b := apply(of("a", started, signedIn(noon)), of("b", started, received(), flows.Ended{Outcome: outcome}))
		if got, _ := b.Tokens(); got.Failed != want {
			t.Errorf("%s: failed %t", outcome, got.Failed)
		}
	}
}

func TestSessionKeepsItsReports(t *testing.T) {
	b := apply(of("r", started, checked("id_token", check.Pass), signedIn(noon), flows.Ended{Outcome: flows.OK}), of("s", started))
	if got, _ := b.Tokens(); len(got.Results("id_token")) != 1 || got.Results("userinfo") != nil {
		t.Errorf("%+v", got.Reports)
	}
}

func TestWhoAndUntilWhen(t *testing.T) {
	s := apply(of("r", signedIn(noon))).Session
	if s.User() != "Alice" || s.ExpiresAt().Unix() != 1900000000 {
		t.Errorf("%s until %s", s.User(), s.ExpiresAt())
	}
	opaque := &state.Session{Decoded: flows.Decode(oauth.TokenSet{IDToken: "opaque"})}
	if opaque.User() != "" || !opaque.ExpiresAt().IsZero() {
		t.Errorf("%q until %s", opaque.User(), opaque.ExpiresAt())
	}
}

func TestRunThatIsNone(t *testing.T) {
	var r *state.Run
	if r.Running() || r.Failed() || r.Cancelled() || r.Current() != "" || r.Faults() != nil {
		t.Error("no run says something")
	}
}
