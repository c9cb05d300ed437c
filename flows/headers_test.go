package flows_test

import (
	"net/http"
	"reflect"
	"sync"
	"testing"

	"signbench/flows"
	"signbench/flows/trace"
)

// notes remembers the headers of every request and answer as they went by.
type notes struct {
	base http.RoundTripper
	mu   sync.Mutex
	seen map[string][2]http.Header // by name
}

func (n *notes) RoundTrip(r *http.Request) (*http.Response, error) {
	sent := r.Header.Clone()
	resp, err := n.base.RoundTrip(r)
	n.mu.Lock()
	defer n.mu.Unlock()
	if err == nil {
		n.seen[name(r.Method, r.URL.String(), sent)] = [2]http.Header{sent, resp.Header.Clone()}
	}
	return resp, err
}

// name tells the requests of a run apart: two tokens are revoked at one URL.
func name(method, url string, header http.Header) string {
	return method + " " + url + " " + header.Get("Content-Length")
}

// taken are the notes so far, which begin anew: a later run asks the same URLs.
func (n *notes) taken() map[string][2]http.Header {
	n.mu.Lock()
	defer n.mu.Unlock()
	seen := n.seen
	n.seen = map[string][2]http.Header{}
	return seen
}

// The transport takes over the headers it is given, so that nobody in the engine, nor
// in the libraries it asks, may change them once they are on their way.
func TestNobodyChangesRecordedHeaders(t *testing.T) {
	s := newStage(t)
	wire := &notes{base: &http.Transport{}, seen: map[string][2]http.Header{}}
	cfg := s.config()
	cfg.Transport = wire
	s.engine = flows.New(cfg)
	request := s.request()
	recorded := 0
	check := func(run *flows.Run) {
		outcome(t, run)
		seen := wire.taken()
		for _, e := range every[flows.Exchanged](run) {
			if e.Exchange.Channel == trace.FrontChannel {
				continue // the browser carried it
			}
			recorded++
			went, ok := seen[name(e.Exchange.Request.Method, e.Exchange.Request.URL, e.Exchange.Request.Header)]
			switch {
			case !ok:
				t.Errorf("%s %s was never sent", e.Exchange.Request.Method, e.Exchange.Step)
			case !reflect.DeepEqual(e.Exchange.Request.Header, went[0]), !reflect.DeepEqual(e.Exchange.Response.Header, went[1]):
				t.Errorf("%s %s: the headers were changed afterwards", e.Exchange.Request.Method, e.Exchange.Step)
			}
		}
	}
	in := s.engine.SignIn(t.Context(), request)
	check(in)
	session := last[flows.SignedIn](t, in).Session
	request.Session = &session
	renewed := s.engine.Refresh(t.Context(), request)
	check(renewed)
	session = last[flows.SignedIn](t, renewed).Session
	check(s.engine.SignOut(t.Context(), request))
	if recorded < 6 {
		t.Errorf("%d recorded", recorded)
	}
}
