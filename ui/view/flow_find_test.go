package view

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/test"

	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
)

// atOnce disarms at once.
func atOnce(d *trace.Disarmer) func(*trace.Exchange, func(*trace.Exchange)) {
	return func(ex *trace.Exchange, then func(*trace.Exchange)) { then(d.Exchange(ex)) }
}

// What is looked for is found anywhere in an exchange, as it is shown: in what was
// sent and in what came back, and never in a secret that is not on the screen.
func TestFindInTheTrace(t *testing.T) {
	test.NewTempApp(t)
	exchange := func(id int, path, answer string) *trace.Exchange {
		return &trace.Exchange{
			ID: id, Step: oauth.StepToken, Channel: trace.BackChannel, Attempt: 1,
			Request:  trace.Request{Method: "POST", URL: "https://op.example" + path},
			Response: &trace.Response{Status: 200, Body: trace.Body{Bytes: []byte(answer), Size: int64(len(answer))}},
		}
	}
	d := trace.NewDisarmer("hidden-canary-value")
	find := func(_ *state.Run, look func(context.Context, func(*trace.Exchange) *trace.Exchange) func()) {
		look(t.Context(), d.Exchange)()
	}
	f := NewFlow(FlowActions{Disarm: atOnce(d), Find: find, SignIn: func() {}, Share: func() {}})
	f.Show(FlowModel{Run: &state.Run{ID: "r", Exchanges: []*trace.Exchange{
		exchange(1, "/first", "{}"), exchange(2, "/second", "a needle and the hidden-canary-value"), exchange(3, "/third", "{}"),
	}}})
	for words, row := range map[string]int{"NEEDLE": 1, "/third": 2} {
		f.Search(words)
		if got := f.sequence.Selected(); got != row {
			t.Errorf("%q selects row %d, want %d", words, got, row)
		}
	}
	f.Search("hidden-canary")
	if n := f.FindNext(); n != 0 {
		t.Errorf("a secret was found %d times", n)
	}
}

// What was found in one run marks nothing in the run that is shown by then.
func TestFindIsOfTheRunThatWasAsked(t *testing.T) {
	test.NewTempApp(t)
	one := func(id oauth.RunID) *state.Run {
		return &state.Run{ID: id, Exchanges: []*trace.Exchange{{
			ID: 1, Step: oauth.StepToken, Channel: trace.BackChannel, Attempt: 1,
			Request: trace.Request{Method: "POST", URL: "https://op.example/needle"},
		}}}
	}
	d := trace.NewDisarmer()
	var show func()
	find := func(_ *state.Run, look func(context.Context, func(*trace.Exchange) *trace.Exchange) func()) {
		show = look(t.Context(), d.Exchange)
	}
	f := NewFlow(FlowActions{Disarm: atOnce(d), Find: find, SignIn: func() {}, Share: func() {}})
	f.Show(FlowModel{Run: one("a")})
	f.Search("needle")
	f.Show(FlowModel{Run: one("b")})
	show()
	if n := f.FindNext(); n != 0 {
		t.Errorf("%d matches of another run", n)
	}
	f.Search("needle")
	show()
	if n := f.FindNext(); n != 1 {
		t.Errorf("the match of this run is number %d, want 1", n)
	}
}
