package flows_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// Each scenario asks for what its name says, and the demo tenant does as it must.
func TestScenarios(t *testing.T) {
	native := func(s *stage) {
		s.profile.Client.ID, s.profile.Client.AuthMethod, s.secret = demo.NativeAppID, oauth.AuthMethodNone, ""
	}
	tests := map[oauth.Scenario]struct {
		set  func(*stage)
		code fault.Code // of the error; empty: it works
	}{
		oauth.ScenarioFresh:              {},
		oauth.ScenarioConsent:            {},
		oauth.ScenarioStepUp:             {},
		oauth.ScenarioSilent:             {code: "authorize.login_required"},
		oauth.ScenarioWrongRedirectURI:   {code: "callback.timeout"},
		oauth.ScenarioWrongSecret:        {code: "token.invalid_client"},
		oauth.ScenarioReplayedCode:       {code: "token.invalid_grant"},
		oauth.ScenarioReusedRefreshToken: {set: native, code: "refresh.invalid_grant"},
	}
	for scenario, tt := range tests {
		t.Run(string(scenario), func(t *testing.T) {
			s := newStage(t)
			if tt.set != nil {
				tt.set(s)
			}
			cfg := s.config()
			var ahead atomic.Int64
			s.tenant = demo.New(demo.Options{Addr: "localhost:0", Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
			t.Cleanup(func() { _ = s.tenant.Close() })
			cfg.Tenant = s.tenant
			cfg.Pause = func(_ context.Context, d time.Duration) error { ahead.Add(int64(d)); return nil }
			if scenario == oauth.ScenarioWrongRedirectURI {
				cfg.Limits.Overdue = 100 * time.Millisecond
			}
			s.engine = flows.New(cfg)
			ended := outcome(t, s.engine.Begin(t.Context(), scenario, s.request()))
			got := codes(ended, fault.Error)
			if tt.code == "" && len(got) != 0 || tt.code != "" && !slices.Equal(got, []string{string(tt.code)}) {
				t.Fatalf("%s: %v, want %q", ended.Outcome, got, tt.code)
			}
			if scenario.Mistaken() && ended.Faults[0].Params[fault.Mistake] != string(scenario) {
				t.Errorf("%+v is not marked as provoked", ended.Faults[0])
			}
		})
	}
}
