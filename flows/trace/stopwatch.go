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

// begin starts the clock, and returns the hooks that every request needs.
func (s *stopwatch) begin() *httptrace.ClientTrace {
	s.start = time.Now()
	s.hooks = httptrace.ClientTrace{
		GotConn:      s.gotConn,
		WroteRequest: func(httptrace.WroteRequestInfo) { s.mark(&s.at.WroteRequest) },
		// An interim answer (RFC 9110, 15.2) has a first byte too; it is the first.
		GotFirstResponseByte: func() { s.mark(&s.at.FirstByte) },
	}
	return &s.hooks
}

// dials adds the hooks of making a connection.
func (s *stopwatch) dials(hooks *httptrace.ClientTrace) {
	hooks.DNSStart = func(httptrace.DNSStartInfo) { s.mark(&s.at.DNSStart) }
	hooks.DNSDone = func(httptrace.DNSDoneInfo) { s.mark(&s.at.DNSDone) }
	hooks.ConnectStart = func(string, string) { s.mark(&s.at.ConnectStart) }
	hooks.ConnectDone = s.connected
}

// encrypts adds the hooks of a TLS handshake.
func (s *stopwatch) encrypts(hooks *httptrace.ClientTrace) {
	hooks.TLSHandshakeStart = func() { s.mark(&s.at.TLSStart) }
	hooks.TLSHandshakeDone = func(tls.ConnectionState, error) { s.mark(&s.at.TLSDone) }
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

// stop ends the exchange, and returns its instants and who answered, nil for nobody.
func (s *stopwatch) stop() (Instants, net.Addr) {
	s.mark(&s.at.Done)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at, s.conn
}
