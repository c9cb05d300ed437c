package view

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"signbench/flows"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/widget"
)

// A run is first shown before it has asked for anything.
func TestARunIsDrawnWithoutTheOneBeforeIt(t *testing.T) {
	test.NewTempApp(t)
	run := func(id oauth.RunID, paths ...string) *state.Run {
		r := &state.Run{ID: id}
		for i, path := range paths {
			r.Exchanges = append(r.Exchanges, &trace.Exchange{
				ID: i + 1, Step: oauth.StepToken, Channel: trace.BackChannel, Attempt: 1,
				Request: trace.Request{Method: "GET", URL: "https://op.example" + path},
			})
		}
		return r
	}
	f := NewFlow(FlowActions{Disarm: atOnce(trace.NewDisarmer())})
	f.Show(FlowModel{Run: run("a", "/first", "/second")})
	f.Choose(2)
	for _, paths := range [][]string{nil, {"/other"}, {"/other", "/another"}} {
		f.Show(FlowModel{Run: run("b", paths...)})
		if len(paths) == 0 {
			continue
		}
		if detail := f.hop.exchange.Request.URL; f.sequence.Len() != len(paths) || detail != "https://op.example/other" {
			t.Errorf("%d requests are drawn in %d rows, with the details of %s", len(paths), f.sequence.Len(), detail)
		}
	}
}

// An answer with status 200 and the wrong thing in it stands out like any other that
// stopped a run, once that is known; and so does the callback, not the page it got.
func TestWhatStoppedARunStandsOut(t *testing.T) {
	test.NewTempApp(t)
	ok := &trace.Response{Status: 200}
	exchanges := []*trace.Exchange{
		{ID: 1, Step: oauth.StepDiscovery, Channel: trace.BackChannel, Response: ok, Request: trace.Request{Method: "GET", URL: "https://op.example/d"}},
		{ID: 2, Step: oauth.StepAuthorize, Channel: trace.FrontChannel, Request: trace.Request{Method: "GET", URL: "https://op.example/auth?state=s"}},
		{ID: 3, Step: oauth.StepCallback, Channel: trace.FrontChannel, Response: ok, Request: trace.Request{Method: "GET", URL: "http://localhost:3000/callback?code=c&state=s"}},
	}
	for code, c := range map[fault.Code]struct {
		evidence []int
		row      int // of the diagram: 1; 2a, 2b, 2c; the redirect back, 3, its page
	}{
		"discovery.issuer": {[]int{1}, 0},
		"callback.timeout": {[]int{2}, 3},
		"callback.iss":     {[]int{2, 3}, 5},
	} {
		f := NewFlow(FlowActions{Disarm: atOnce(trace.NewDisarmer())})
		run := state.Run{ID: "r", Exchanges: exchanges}
		f.show(true)
		f.Show(FlowModel{Run: &run})
		failed := func() (rows, bars []int) {
			for i := range f.sequence.Len() {
				if f.sequence.Row(i).Tone == widget.CellToneFail {
					rows = append(rows, i)
				}
			}
			for i := range f.fall.Len() {
				if f.fall.Row(i).Tone == widget.CellToneFail {
					bars = append(bars, i)
				}
			}
			return rows, bars
		}
		if rows, bars := failed(); rows != nil || bars != nil {
			t.Errorf("%s: %v and %v stand out before it is known", code, rows, bars)
		}
		ended := run
		ended.Ended = &flows.Ended{Outcome: flows.Failed, Faults: []fault.Fault{{Code: code, Severity: fault.Error, Evidence: c.evidence}}}
		f.Show(FlowModel{Run: &ended})
		rows, bars := failed()
		if len(rows) != 1 || rows[0] != c.row || len(bars) != 1 || bars[0] != c.evidence[len(c.evidence)-1]-1 {
			t.Errorf("%s: the rows %v and %v stand out, of %d", code, rows, bars, f.sequence.Len())
		}
	}
}

// The diagram and the times are two views of the same, and the same is selected.
func TestBothViewsSelectTheSame(t *testing.T) {
	test.NewTempApp(t)
	run := &state.Run{ID: "r"}
	for id := 1; id <= 3; id++ {
		run.Exchanges = append(run.Exchanges, &trace.Exchange{
			ID: id, Step: oauth.StepToken, Channel: trace.BackChannel, Response: &trace.Response{Status: 200},
			Request: trace.Request{Method: "GET", URL: "https://op.example/"},
		})
	}
	f := NewFlow(FlowActions{Disarm: atOnce(trace.NewDisarmer())})
	f.Show(FlowModel{Run: run})
	f.Choose(3)
	f.show(true)
	if f.fall.Selected() != 2 {
		t.Errorf("row %d of the times", f.fall.Selected())
	}
	f.fall.Select(1)
	f.show(false)
	if f.sequence.Selected() != 1 || f.hop.exchange.ID != 2 {
		t.Errorf("row %d of the diagram, details of %d", f.sequence.Selected(), f.hop.exchange.ID)
	}
}
