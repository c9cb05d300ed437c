package view

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
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
