package ui

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"signbench/flows"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/view"
)

// signInEvents runs one sign-in and returns everything that happened, and where
// the last answer of the network stands in it.
func signInEvents(d *desk) (events []flows.Event, lastAnswer int) {
	d.usePort()
	d.signIn()
	run := d.bench.runs[d.bench.selected]
	events = run.Log().Events()
	for i, e := range events {
		if _, ok := e.Body.(flows.Exchanged); ok {
			lastAnswer = i
		}
	}
	return events, lastAnswer
}

// BenchmarkVerdict is our own work between the last answer of the network and the
// verdict on the screen: the reducer, the shell, and the Tokens page filled and
// laid out. The aim is one frame, 16 ms.
func BenchmarkVerdict(b *testing.B) {
	d := newDesk(b)
	events, last := signInEvents(d)
	before := state.State{}.Apply(events[:last]...)
	for b.Loop() {
		b.StopTimer()
		d.bench.state = before
		d.bench.showPage(pageSetup)
		b.StartTimer()
		d.bench.apply(events[last:])
	}
}

// BenchmarkBatch is what one batch of events costs while a run goes on.
func BenchmarkBatch(b *testing.B) {
	d := newDesk(b)
	events, last := signInEvents(d)
	before := state.State{}.Apply(events[:last/2]...)
	for b.Loop() {
		b.StopTimer()
		d.bench.state = before
		b.StartTimer()
		d.bench.apply(events[last/2 : last/2+1])
	}
}

// BenchmarkTyping is one key in a field of Setup, with all that follows from it.
func BenchmarkTyping(b *testing.B) {
	d := newDesk(b)
	d.bench.newProfile()
	p, _ := d.bench.profile(d.bench.selected)
	endpoints := []string{"http://localhost:3001", "http://localhost:300"}
	for i := 0; b.Loop(); i++ {
		p.Endpoint = endpoints[i%2]
		d.bench.profileTyped(p)
	}
}

// BenchmarkPages is a change of page.
func BenchmarkPages(b *testing.B) {
	d := newDesk(b)
	signInEvents(d)
	for i := 0; b.Loop(); i++ {
		d.bench.showPage(benchPages[i%len(benchPages)])
	}
}

// BenchmarkTick is what the countdowns cost each second.
func BenchmarkTick(b *testing.B) {
	d := newDesk(b)
	signInEvents(d)
	for b.Loop() {
		d.bench.renderTimes()
	}
}

// BenchmarkProfiles is the list with many profiles in it.
func BenchmarkProfiles(b *testing.B) {
	d := newDesk(b)
	for range 200 {
		d.bench.profiles = append(d.bench.profiles, oauth.NewProfile(oauth.KindLogto, "Tenant"))
	}
	for b.Loop() {
		d.bench.renderSidebar()
	}
}

// BenchmarkRunsPage opens the page with 1,000 kept runs.
func BenchmarkRunsPage(b *testing.B) {
	d := newDesk(b)
	d.bench.showPage(pageRuns)
	m := manyRuns(1000)
	for b.Loop() {
		d.bench.runsPage.get().Show(m)
	}
}

// BenchmarkRunsSearch is one key in the filter over 1,000 kept runs.
func BenchmarkRunsSearch(b *testing.B) {
	d := newDesk(b)
	d.bench.showPage(pageRuns)
	d.bench.runsPage.get().Show(manyRuns(1000))
	words := []string{"tenant invalid", "tenant invalid_client"}
	for i := 0; b.Loop(); i++ {
		d.bench.runsPage.get().Search(words[i%2])
	}
}

func manyRuns(n int) view.RunsModel {
	m := view.RunsModel{Now: time.Now()}
	for i := range n {
		row := view.RunRow{
			ID: oauth.NewRunID(), Started: m.Now.Add(-time.Duration(i) * time.Hour), Profile: "Tenant", Scenario: oauth.ScenarioSignIn,
			Outcome: "ok", Took: 200 * time.Millisecond,
		}
		if i%3 == 0 {
			row.Outcome, row.Step, row.Faults = "failed", oauth.StepToken, []string{"token.invalid_client"}
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// manyExchanges is a run of so many exchanges.
func manyExchanges(n int) *state.Run {
	run := &state.Run{ID: oauth.NewRunID(), Scenario: oauth.ScenarioSignIn, StartedAt: time.Now(), Ended: &flows.Ended{Outcome: flows.OK}}
	for i := range n {
		run.Exchanges = append(run.Exchanges, &trace.Exchange{
			ID: i + 1, Step: oauth.StepUserInfo, Channel: trace.BackChannel, Attempt: 1, Started: run.StartedAt.Add(time.Duration(i) * time.Millisecond),
			Request:  trace.Request{Method: "GET", URL: "https://op.example/oidc/me?page=" + strconv.Itoa(i), Proto: "HTTP/1.1"},
			Response: &trace.Response{Status: 200, Proto: "HTTP/1.1"}, Instants: trace.Instants{FirstByte: time.Millisecond, Done: 2 * time.Millisecond},
		})
	}
	return run
}

// BenchmarkFlowPage opens a kept run of 5,000 exchanges, whose rows were made off
// the window's thread.
func BenchmarkFlowPage(b *testing.B) {
	d := newDesk(b)
	d.bench.showPage(pageFlow)
	runs := []*state.Run{manyExchanges(5000), manyExchanges(5000)}
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		drawing := view.DrawFlow(runs[i%2])
		b.StartTimer()
		d.bench.flow.get().Show(view.FlowModel{Run: runs[i%2], Drawing: drawing})
	}
}

// BenchmarkDrawFlow makes the rows of a run of 5,000 exchanges, off the window's thread.
func BenchmarkDrawFlow(b *testing.B) {
	run := manyExchanges(5000)
	for b.Loop() {
		view.DrawFlow(run)
	}
}

// BenchmarkFlowGrows is one exchange more in a run of 5,000.
func BenchmarkFlowGrows(b *testing.B) {
	d := newDesk(b)
	d.bench.showPage(pageFlow)
	run := manyExchanges(5000)
	d.bench.flow.get().Show(view.FlowModel{Run: run})
	for b.Loop() {
		b.StopTimer()
		next := *run
		last := *run.Exchanges[0]
		last.ID = len(run.Exchanges) + 1
		next.Exchanges = append(slices.Clip(run.Exchanges), &last)
		run = &next
		b.StartTimer()
		d.bench.flow.get().Show(view.FlowModel{Run: run})
	}
}

// BenchmarkFlowFind is one key of a search in a run of 5,000 exchanges, with what it
// costs in the background; "window-ns/op" is the part of the window's thread: to ask,
// and to show what was found.
func BenchmarkFlowFind(b *testing.B) {
	d := newDesk(b)
	d.bench.showPage(pageFlow)
	d.bench.flow.get().Show(view.FlowModel{Run: manyExchanges(5000)})
	results := make(chan func(), 1) // of the search alone: the clock's ticks have nothing to do with it
	d.bench.finding.c = &crossing{do: func(f func()) { results <- f }, ctx: b.Context()}
	words := []string{"page=4999", "page=499"}
	var window time.Duration
	for i := 0; b.Loop(); i++ {
		asked := time.Now()
		d.bench.flow.get().Search(words[i%2])
		window += time.Since(asked)
		show := <-results
		found := time.Now()
		show()
		window += time.Since(found)
	}
	if d.bench.flow.get().FindNext() == 0 {
		b.Fatal("nothing was found")
	}
	b.ReportMetric(float64(window.Nanoseconds())/float64(b.N), "window-ns/op")
}

// BenchmarkOpen opens an exchange of a run of 5,000 of which nothing is known yet, with
// what it costs in the background; "window-ns/op" is the part of the window's thread.
func BenchmarkOpen(b *testing.B) {
	d := newDesk(b)
	run := manyExchanges(5000)
	d.bench.view(run, view.DrawFlow(run), "")
	d.settle()
	results := make(chan func(), 1)
	d.bench.disarming = latest{c: &crossing{do: func(f func()) { results <- f }, ctx: b.Context()}}
	var window time.Duration
	for i := 0; b.Loop(); i++ {
		d.bench.screen = nil
		asked := time.Now()
		d.bench.flow.get().Choose(2 + i%4000)
		window += time.Since(asked)
		show := <-results
		prepared := time.Now()
		show()
		window += time.Since(prepared)
	}
	b.ReportMetric(float64(window.Nanoseconds())/float64(b.N), "window-ns/op")
}

// BenchmarkHop opens one exchange after the other, up to where it is disarmed in the
// background.
func BenchmarkHop(b *testing.B) {
	d := newDesk(b)
	signInEvents(d)
	d.bench.showPage(pageFlow)
	d.bench.disarming = latest{c: &crossing{do: func(func()) {}, ctx: b.Context()}}
	_, bench, _ := d.bench.shown()
	for i := 0; b.Loop(); i++ {
		d.bench.flow.get().Choose(bench.Run.Exchanges[i%len(bench.Run.Exchanges)].ID)
	}
}

// BenchmarkStart builds the window on what is stored, up to its first page. What of
// it kept the window's thread from all else for longest is "longest-ns", in the median
// of the starts; the aim is one frame, 16 ms.
func BenchmarkStart(b *testing.B) {
	d := newDesk(b)
	d.settle()
	var longest []time.Duration
	for b.Loop() {
		b.StopTimer()
		d.close()
		d.longest = 0
		b.StartTimer()
		d.open()
		longest = append(longest, d.longest)
	}
	slices.Sort(longest)
	b.ReportMetric(float64(longest[len(longest)/2].Nanoseconds()), "longest-ns")
}
