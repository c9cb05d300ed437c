package trace

import (
	"crypto/tls"
	"net"
	"net/http/httptrace"
	"sync"
	"time"
)

// stopwatch gathers httptrace's instants. Its hooks run on the transport's
// goroutines, some after RoundTrip has returned, and even after the exchange is over.
type stopwatch struct {
	start time.Time
	mu    sync.Mutex
	at    *Instants // of the exchange; not touched any more when it is over
	over  bool
	conn  net.Addr
	hooks httptrace.ClientTrace
}

// begin starts the clock, and returns the hooks that every request needs.
func (s *stopwatch) begin(at *Instants) *httptrace.ClientTrace {
	s.start, s.at = time.Now(), at
	s.hooks.GotConn = s.gotConn
	s.hooks.WroteRequest = func(httptrace.WroteRequestInfo) { s.mark(&s.at.WroteRequest) }
	// An interim answer (RFC 9110, 15.2) has a first byte too; it is the first.
	s.hooks.GotFirstResponseByte = func() { s.mark(&s.at.FirstByte) }
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
	s.set(instant, now)
	s.mu.Unlock()
}

func (s *stopwatch) set(instant *time.Duration, now time.Duration) {
	if *instant == 0 && !s.over {
		*instant = max(now, 1) // zero would say that it did not occur
	}
}

func (s *stopwatch) connected(_, _ string, err error) {
	if err == nil {
		s.mark(&s.at.ConnectDone)
	}
}

func (s *stopwatch) gotConn(info httptrace.GotConnInfo) {
	now := time.Since(s.start)
	s.mu.Lock()
	s.set(&s.at.GotConn, now)
	if !s.over {
		s.at.Reused, s.conn = info.Reused, info.Conn.RemoteAddr()
	}
	s.mu.Unlock()
}

// stop ends the exchange, and returns who answered, nil for nobody.
func (s *stopwatch) stop() net.Addr {
	now := time.Since(s.start)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.set(&s.at.Done, now)
	s.over = true
	return s.conn
}
