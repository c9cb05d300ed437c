package ui

import (
	"testing"

	"signbench/flows"
	"signbench/flows/oauth"
	"signbench/ui/state"
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
