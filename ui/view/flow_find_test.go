package view

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
)

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
	f := NewFlow(FlowActions{Disarm: d.Exchange, SignIn: func() {}, Share: func() {}})
	f.Show(FlowModel{Run: &state.Run{ID: "r", Exchanges: []*trace.Exchange{
		exchange(1, "/first", "{}"), exchange(2, "/second", "a needle and the hidden-canary-value"), exchange(3, "/third", "{}"),
	}}})
	for words, row := range map[string]int{"NEEDLE": 1, "/third": 2} {
		f.search(words)
		if got := f.sequence.Selected(); got != row {
			t.Errorf("%q selects row %d, want %d", words, got, row)
		}
	}
	f.search("hidden-canary")
	if n := f.sequence.FindNext(); n != 0 {
		t.Errorf("a secret was found %d times", n)
	}
}
