package trace

import (
	"net/http"
	"strconv"
	"time"
)

// Skew is how far the server's clock is ahead of this machine's, by its Date header
// (RFC 9110 6.6.1) at half the round trip; negative where it is behind. A Date has
// whole seconds, so half a second is added. ok is false when the answer has none.
func (ex *Exchange) Skew() (ahead time.Duration, ok bool) {
	if ex == nil || ex.Response == nil {
		return 0, false
	}
	date, err := http.ParseTime(ex.Response.Header.Get("Date"))
	if err != nil {
		return 0, false
	}
	if age, err := strconv.Atoi(ex.Response.Header.Get("Age")); err == nil && age > 0 { // from a cache, RFC 9111 5.1
		date = date.Add(time.Duration(age) * time.Second)
	}
	local := ex.Started.Add((ex.Instants.WroteRequest + ex.Instants.FirstByte) / 2)
	return date.Add(500 * time.Millisecond).Sub(local), true
}
