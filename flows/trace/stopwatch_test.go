package trace

import (
	"net"
	"net/http/httptrace"
	"testing"
)

// What net/http still does with a request when its exchange is over, such as to end
// a second dial, changes nothing in what was recorded.
func TestStopwatchStandsStill(t *testing.T) {
	here, there := net.Pipe()
	defer func() { _, _ = here.Close(), there.Close() }()
	var at Instants
	var s stopwatch
	hooks := s.begin(&at)
	s.dials(hooks)
	hooks.WroteRequest(httptrace.WroteRequestInfo{})
	s.stop()
	was := at
	hooks.GotConn(httptrace.GotConnInfo{Conn: here, Reused: true})
	hooks.ConnectDone("tcp", "127.0.0.1:1", nil)
	hooks.GotFirstResponseByte()
	if at != was || was.WroteRequest == 0 || was.Done == 0 || was.FirstByte != 0 {
		t.Errorf("%+v became %+v", was, at)
	}
}
