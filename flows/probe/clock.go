package probe

import (
	"net/http"
	"strconv"
	"time"
)

// From where on a skew is reported. Logto's Go SDK tolerates 60 seconds, most
// others 300 or less.
const (
	skewWarns = 60 * time.Second
	skewFails = 300 * time.Second
)

// clockRow compares the Date header (RFC 9110, 6.6.1) with this machine's time at
// half the round trip. A Date has whole seconds, so half a second is added.
func (r *run) clockRow(a *answer) {
	if a.err != nil && a.status == 0 {
		return // said by reachRows
	}
	date, err := http.ParseTime(a.header.Get("Date"))
	if err != nil {
		r.say("clock.skew", "no_date", by(a))
		return
	}
	if age, err := strconv.Atoi(a.header.Get("Age")); err == nil && age > 0 { // from a cache, RFC 9111 5.1
		date = date.Add(time.Duration(age) * time.Second)
	}
	a.mu.Lock()
	local := a.wrote.Add(a.answered.Sub(a.wrote) / 2)
	if a.wrote.IsZero() || a.answered.IsZero() {
		local = time.Now()
	}
	a.mu.Unlock()
	skew := date.Add(500 * time.Millisecond).Sub(local)
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
