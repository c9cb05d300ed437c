package flows_test

import (
	"context"
	"testing"

	"signbench/flows"
)

// A tab of an attempt that is over may come to its end during the next one. That is
// told apart from a forgery, and changes as little.
func TestAnAnswerToAnEarlierSignInIsLate(t *testing.T) {
	s := newStage(t)
	cfg := s.config()
	cfg.Browser = func(context.Context, string) error { return nil }
	s.engine = flows.New(cfg)
	first := s.engine.SignIn(t.Context(), s.request())
	old := until(t, first, func(flows.Waiting) bool { return true }).URL.Reveal()
	first.Cancel()
	outcome(t, first)

	second := s.engine.WithLimits(cfg.Limits).SignIn(t.Context(), s.request())
	waiting := until(t, second, func(flows.Waiting) bool { return true })
	if err := s.browser.Launch(old); err != nil {
		t.Fatal(err)
	}
	if seen := until(t, second, func(flows.CallbackSeen) bool { return true }); seen.Kind != "late" || seen.Accepted {
		t.Errorf("the answer to the first is %s", seen.Kind)
	}
	if err := s.browser.Launch(waiting.URL.Reveal()); err != nil {
		t.Fatal(err)
	}
	if ended := outcome(t, second); ended.Outcome == flows.Failed {
		t.Errorf("%+v", ended.Faults)
	}
}
