package loopback

import (
	"net/http"
	"strings"
	"testing"
)

func TestAnswerByQuery(t *testing.T) {
	l := start(t)
	r := get(t, l.RedirectURI()+"?code=the-code&state="+testState+"&iss=https%3A%2F%2Fid.example")
	if r.status != http.StatusOK || !strings.Contains(r.body, "The answer has arrived") {
		t.Errorf("answered %d %s", r.status, r.body)
	}
	cb := next(t, l)
	if cb.Kind != Accepted || cb.Via != ViaQuery || cb.Reason != "" || cb.Outcome != PageSignedIn {
		t.Errorf("got %s %s %s %s", cb.Kind, cb.Via, cb.Reason, cb.Outcome)
	}
	if cb.Params.Get("code") != "the-code" || cb.Params.Get("iss") != "https://id.example" {
		t.Errorf("params %v", cb.Params)
	}
	if !strings.HasPrefix(cb.URL, l.RedirectURI()+"?code=") || cb.Method != "GET" || cb.Remote == "" || cb.At.IsZero() {
		t.Errorf("observed %q %q %q", cb.URL, cb.Method, cb.Remote)
	}
}
