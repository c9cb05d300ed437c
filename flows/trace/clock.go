package trace

import (
	"net/http"
	"strconv"
	"time"
)

// Skew is how far the server's clock was ahead of this machine's when it answered at
// that local time, by the Date header (RFC 9110 6.6.1); negative where it was behind.
// A Date has whole seconds, so half a second is added. ok is false when there is no
// Date.
func Skew(header http.Header, local time.Time) (ahead time.Duration, ok bool) {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0, false
	}
	if age, err := strconv.Atoi(header.Get("Age")); err == nil && age > 0 { // from a cache, RFC 9111 5.1
		date = date.Add(time.Duration(age) * time.Second)
	}
	return date.Add(500 * time.Millisecond).Sub(local), true
}

// Skew is Skew at half the round trip of an exchange; ok is false when nothing came
// back.
func (ex *Exchange) Skew() (ahead time.Duration, ok bool) {
	if ex == nil || ex.Response == nil {
		return 0, false
	}
	return Skew(ex.Response.Header, ex.Started.Add((ex.Instants.WroteRequest+ex.Instants.FirstByte)/2))
}
