package flows_test

import (
	"slices"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// causes are the codes of the faults of a run with what they follow from, in order.
func causes(ended flows.Ended) [][2]string {
	var out [][2]string
	for _, f := range ended.Faults {
		if f.Severity == fault.Error {
			out = append(out, [2]string{string(f.Code), string(f.Because)})
		}
	}
	return out
}

// A token that is for another app, and one without a signature, are one thing each.
func TestWhatFollowsIsFoldedUnderItsCause(t *testing.T) {
	for sw, want := range map[demo.Fault][][2]string{
		"invalid-aud":      {{"id_token.aud", ""}, {"id_token.azp", "id_token.aud"}},
		"idtoken-sig-none": {{"id_token.alg", ""}, {"id_token.signature", "id_token.alg"}},
	} {
		t.Run(string(sw), func(t *testing.T) {
			s := newStage(t, sw)
			run := s.engine.SignIn(t.Context(), s.request())
			ended := outcome(t, run)
			if got := causes(ended); !slices.Equal(got, want) {
				t.Fatalf("faults = %v, want %v", got, want)
			}
			for _, f := range ended.Faults {
				if f.Vendor != fault.Logto {
					t.Errorf("%s is mended in %q", f.Code, f.Vendor)
				}
			}
		})
	}
}

// On a machine whose clock is an hour fast every token looks expired. The Date of the
// answers says whose fault that is.
func TestAWrongClockIsTheCause(t *testing.T) {
	s := newStage(t)
	cfg := s.config()
	cfg.Now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	s.engine = flows.New(cfg)
	ended := outcome(t, s.engine.SignIn(t.Context(), s.request()))
	want := [][2]string{{"clock.skew", ""}, {"id_token.exp", "clock.skew"}}
	got := causes(ended)
	if !slices.Equal(got, want) {
		t.Fatalf("faults = %v, want %v", got, want)
	}
	skew := ended.Faults[0]
	if skew.Params["Side"] != "behind" || skew.Params["Skew"] == "" || len(skew.Evidence) == 0 || skew.Step != oauth.StepVerify {
		t.Errorf("the skew is told as %+v", skew)
	}
}

// A tolerance of nothing is a choice, and another one than none chosen: on a machine
// whose clock is half a minute slow a token is from the future, or within a minute.
func TestNoClockToleranceIsNotTheDefault(t *testing.T) {
	for name, c := range map[string]struct {
		skew *time.Duration
		want [][2]string
	}{
		"none chosen": {nil, nil},
		"nothing":     {new(time.Duration(0)), [][2]string{{"clock.skew", ""}, {"id_token.iat", "clock.skew"}}},
		"two minutes": {new(2 * time.Minute), nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			cfg := s.config()
			cfg.Now = func() time.Time { return time.Now().Add(-30 * time.Second) }
			cfg.Limits.Skew = c.skew
			s.engine = flows.New(cfg)
			ended := outcome(t, s.engine.SignIn(t.Context(), s.request()))
			if got := causes(ended); !slices.Equal(got, c.want) {
				t.Errorf("faults = %v, want %v", got, c.want)
			}
		})
	}
}

// A token that has expired is the provider's fault where the clocks agree.
func TestARightClockIsNotBlamed(t *testing.T) {
	s := newStage(t, "expired-exp")
	ended := outcome(t, s.engine.SignIn(t.Context(), s.request()))
	if got := causes(ended); !slices.Equal(got, [][2]string{{"id_token.exp", ""}}) {
		t.Errorf("faults = %v", got)
	}
}

// A wrong secret is blamed on nothing else where the method is one that is listed.
func TestAWrongSecretStandsByItself(t *testing.T) {
	s := newStage(t)
	s.secret = oauth.Secret("not-the-secret-of-this-app")
	ended := outcome(t, s.engine.SignIn(t.Context(), s.request()))
	if got := causes(ended); !slices.Equal(got, [][2]string{{"token.invalid_client", ""}}) {
		t.Errorf("a wrong secret by a listed method: %v", got)
	}
}
