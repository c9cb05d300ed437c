package trace

import (
	"crypto/tls"
	"net"
	"net/http/httptrace"
	"sync"
	"time"
)

// stopwatch gathers httptrace's instants. Its hooks run on the transport's
// goroutines, some after RoundTrip has returned.
type stopwatch struct {
	start time.Time
	hooks httptrace.ClientTrace
	mu    sync.Mutex
	at    Instants
	conn  net.Addr
}

// begin starts the clock, and returns the hooks that read it. Each hook costs a
// little on every request, so that those which cannot be called are not there.
func (s *stopwatch) begin(resolves, encrypts bool) *httptrace.ClientTrace {
	s.start = time.Now()
	s.hooks = httptrace.ClientTrace{
		ConnectStart: func(string, string) { s.mark(&s.at.ConnectStart) },
		ConnectDone:  s.connected,
		GotConn:      s.gotConn,
		WroteRequest: func(httptrace.WroteRequestInfo) { s.mark(&s.at.WroteRequest) },
		// An interim answer (RFC 9110, 15.2) has a first byte too; it is the first.
		GotFirstResponseByte: func() { s.mark(&s.at.FirstByte) },
	}
	if resolves {
		s.hooks.DNSStart = func(httptrace.DNSStartInfo) { s.mark(&s.at.DNSStart) }
		s.hooks.DNSDone = func(httptrace.DNSDoneInfo) { s.mark(&s.at.DNSDone) }
	}
	if encrypts {
		s.hooks.TLSHandshakeStart = func() { s.mark(&s.at.TLSStart) }
		s.hooks.TLSHandshakeDone = func(tls.ConnectionState, error) { s.mark(&s.at.TLSDone) }
	}
	return &s.hooks
}

// mark sets an instant once: the first of two dials (happy eyeballs) starts the
// clock.
func (s *stopwatch) mark(instant *time.Duration) {
	now := time.Since(s.start)
	s.mu.Lock()
	defer s.mu.Unlock()
	if *instant == 0 {
		*instant = max(now, 1) // zero would say that it did not occur
	}
}

func (s *stopwatch) connected(_, _ string, err error) {
	if err == nil {
		s.mark(&s.at.ConnectDone)
	}
}

func (s *stopwatch) gotConn(info httptrace.GotConnInfo) {
	s.mark(&s.at.GotConn)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at.Reused = info.Reused
	s.conn = info.Conn.RemoteAddr()
}

// stop ends the exchange, and returns its instants and who answered.
func (s *stopwatch) stop() (Instants, string) {
	s.mark(&s.at.Done)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil {
		return s.at, ""
	}
	return s.at, s.conn.String()
}
