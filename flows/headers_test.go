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
	seen [][2]http.Header
}

func (n *notes) RoundTrip(r *http.Request) (*http.Response, error) {
	sent := r.Header.Clone()
	resp, err := n.base.RoundTrip(r)
	n.mu.Lock()
	defer n.mu.Unlock()
	if err == nil {
		n.seen = append(n.seen, [2]http.Header{sent, resp.Header.Clone()})
	}
	return resp, err
}

// The transport takes over the headers it is given, so that nobody in the engine, nor
// in the libraries it asks, may change them once they are on their way.
func TestNobodyChangesRecordedHeaders(t *testing.T) {
	s := newStage(t)
	wire := &notes{base: &http.Transport{}}
	cfg := s.config()
	cfg.Transport = wire
	s.engine = flows.New(cfg)
	request := s.request()
	in := s.engine.SignIn(t.Context(), request)
	outcome(t, in)
	session := last[flows.SignedIn](t, in).Session
	request.Session = &session
	renewed := s.engine.Refresh(t.Context(), request)
	outcome(t, renewed)
	session = last[flows.SignedIn](t, renewed).Session
	out := s.engine.SignOut(t.Context(), request)
	outcome(t, out)

	var recorded int
	for _, run := range []*flows.Run{in, renewed, out} {
		for _, e := range every[flows.Exchanged](run) {
			if e.Exchange.Channel == trace.FrontChannel {
				continue // the browser carried it
			}
			if recorded == len(wire.seen) {
				t.Fatalf("more exchanges than the %d requests", recorded)
			}
			went := wire.seen[recorded]
			recorded++
			if !reflect.DeepEqual(e.Exchange.Request.Header, went[0]) || !reflect.DeepEqual(e.Exchange.Response.Header, went[1]) {
				t.Errorf("%s %s: the headers were changed afterwards", e.Exchange.Request.Method, e.Exchange.Step)
			}
		}
	}
	if recorded != len(wire.seen) || recorded < 6 {
		t.Errorf("%d recorded of %d", recorded, len(wire.seen))
	}
}
