package state_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"signbench/flows"
	"signbench/flows/check"
	"signbench/flows/jose"
	"signbench/ui/state"
)

// replay reads a recorded log.
func replay(t testing.TB, name string) []flows.Event {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var events []flows.Event
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		e, err := flows.DecodeEvent(lines.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	if lines.Err() != nil || len(events) == 0 {
		t.Fatalf("%d events: %v", len(events), lines.Err())
	}
	return events
}

// picture is what the window would show, as text.
func picture(b state.Bench) string {
	var p strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&p, format+"\n", args...) }
	if r := b.Run; r != nil {
		say("run %s of %s, running %t", r.Scenario, r.Profile.Name, r.Running())
		for _, s := range r.Steps {
			say("step %s %s", s.Step, s.Status)
		}
		if r.Waiting != nil {
			say("waiting in %s, overdue %t", r.Waiting.Step, r.Overdue)
		}
		for _, ex := range r.Exchanges {
			status := 0
			if ex.Response != nil {
				status = ex.Response.Status
			}
			say("exchange %d %s %s %s %d", ex.ID, ex.Step, ex.Channel, ex.Request.Method, status)
		}
		for _, k := range r.Knocks {
			say("knock %s %s", k.Kind, k.Path)
		}
		for _, rep := range r.Reports {
			say("checks of %s: %d passed, %d failed, %d warned, %d skipped", rep.Subject,
				rep.Results.Count(check.Pass), rep.Results.Count(check.Fail), rep.Results.Count(check.Warn), rep.Results.Count(check.Skip))
		}
		if r.Metadata != nil {
			say("metadata of %s, %t", r.Metadata.Issuer, len(r.Metadata.Raw) > 0)
		}
		if r.UserInfo != nil {
			say("user info of %s", r.UserInfo.Subject)
		}
		if r.Returned != "" {
			say("returned with state %s", r.Returned)
		}
		if r.Ended != nil {
			say("ended %s at %q", r.Ended.Outcome, r.Ended.Step)
		}
		for _, f := range r.Faults() {
			say("fault %s %s, evidence %v", f.Severity, f.Code, f.Evidence)
		}
	}
	if s := b.Session; s != nil {
		say("session of %s", s.User())
	}
	if t, ok := b.Tokens(); ok {
		say("tokens are %s, failed %t", t.Trust, t.Failed)
		say("ID token %s %s", t.Decoded.ID.Form, t.Decoded.ID.Header.Alg)
		claims(say, t.Decoded.ID.Claims)
		say("access token %s", t.Decoded.Access.Form)
		claims(say, t.Decoded.Access.Claims)
	}
	return p.String()
}

func claims(say func(string, ...any), o *jose.Object) {
	if o == nil {
		return
	}
	for _, m := range o.Members {
		say("  %s %s", m.Name, m.Raw)
	}
}

// A recorded log shows today what it showed when it was recorded.
func TestReplay(t *testing.T) {
	for _, name := range recordings {
		t.Run(name, func(t *testing.T) {
			events := replay(t, name)
			got := picture(state.State{}.Apply(events...).Of(events[0].Profile))
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("shows\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// In whatever batches the events come, the picture is the same.
func TestBatchesMakeNoDifference(t *testing.T) {
	for _, name := range recordings {
		events := replay(t, name)
		want := state.State{}.Apply(events...)
		for seed := range uint64(20) {
			random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a test that can be repeated
			var got state.State
			for rest := events; len(rest) > 0; {
				n := 1
				if seed > 0 {
					n = random.IntN(len(rest) + 1)
				}
				got, rest = got.Apply(rest[:n]...), rest[n:]
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s, seed %d:\n%s\nwant\n%s", name, seed, picture(got.Of("demo")), picture(want.Of("demo")))
			}
		}
	}
}

// Apply leaves the state that it was called on as it was, after every event.
func TestApplyChangesNothing(t *testing.T) {
	for _, name := range recordings {
		events := replay(t, name)
		for i := range events {
			before, twin := state.State{}.Apply(events[:i]...), state.State{}.Apply(events[:i]...)
			shown := picture(before.Of("demo"))
			after := before.Apply(events[i:]...)
			// What grows from the same state twice does not meet: no slice is shared.
			again := before.Apply(events[i:]...)
			if !reflect.DeepEqual(before, twin) || picture(before.Of("demo")) != shown {
				t.Fatalf("%s: event %d changed the state before it", name, i)
			}
			if !reflect.DeepEqual(after, again) {
				t.Fatalf("%s: from event %d on, the same events do not make the same state", name, i)
			}
		}
	}
}

// A run that was interrupted at any event can be shown.
func TestEveryPrefixShows(t *testing.T) {
	for _, name := range recordings {
		events := replay(t, name)
		for i := range events {
			b := state.State{}.Apply(events[:i]...).Of("demo")
			_ = picture(b)
			if i > 0 && !b.Run.Running() {
				t.Errorf("%s has ended at event %d of %d", name, i, len(events))
			}
			if step := b.Run.Current(); step != "" && !slices.ContainsFunc(b.Run.Steps, func(s state.Step) bool { return s.Step == step }) {
				t.Errorf("%s: current step %s", name, step)
			}
		}
	}
}
