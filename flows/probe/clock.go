package probe

import (
	"time"

	"signbench/flows/trace"
)

// From where on a skew is reported. Logto's Go SDK tolerates 60 seconds, most
// others 300 or less.
const (
	skewWarns = 60 * time.Second
	skewFails = 300 * time.Second
)

// clockRow compares the Date header (RFC 9110, 6.6.1) with this machine's time at
// half the round trip.
func (r *run) clockRow(a *answer) {
	if a.err != nil && a.status == 0 {
		return // said by reachRows
	}
	a.mu.Lock()
	local := a.wrote.Add(a.answered.Sub(a.wrote) / 2)
	if a.wrote.IsZero() || a.answered.IsZero() {
		local = time.Now()
	}
	a.mu.Unlock()
	skew, dated := trace.Skew(a.header, local)
	if !dated {
		r.say("clock.skew", "no_date", by(a))
		return
	}
	reason, size := "exact", skew.Abs()
	switch {
	case size >= skewFails:
		reason = "far"
	case size >= skewWarns:
		reason = "skewed"
	}
	side := "ahead" // of this machine
	if skew < 0 {
		side = "behind"
	}
	r.say("clock.skew", reason, got(seconds(size)), param("Side", side), by(a))
}
