package trace

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"
)

// Transport is a round tripper that records every exchange in full and changes
// none of it. One Transport serves one run, so that a request needs no context
// value to be counted in: x/oauth2 and go-oidc make some of theirs under contexts
// of their own.
type Transport struct {
	Base     http.RoundTripper // what really sends; must not be nil
	Recorder *Recorder
}

// RoundTrip implements http.RoundTripper. The exchange is recorded when the
// response body has been read to its end or closed, or when sending failed.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ex := t.Recorder.begin(stepOf(req.Context()), BackChannel, req.Method, req.URL.String())
	ex.Request.Header = req.Header.Clone()
	ex.Request.Proto = "HTTP/1.1"
	if proxy, err := http.ProxyFromEnvironment(req); err == nil && proxy != nil {
		ex.Proxy = proxy.Redacted()
	}

	clock := &stopwatch{start: time.Now()}
	out := req.Clone(httptrace.WithClientTrace(req.Context(), clock.hooks()))
	var sent *capture
	if req.Body != nil && req.Body != http.NoBody {
		sent = &capture{rc: req.Body}
		out.Body = sent
	}
	finish := func(received *capture, err error) {
		if sent != nil {
			ex.Request.Body = sent.body()
		}
		if received != nil && ex.Response != nil {
			ex.Response.Body = received.body()
		}
		ex.Err = err
		ex.Instants, ex.Remote = clock.stop()
		t.Recorder.sink(ex)
	}

	resp, err := t.Base.RoundTrip(out)
	if err != nil {
		ex.TLS = refusedCertificate(err)
		finish(nil, err)
		return nil, err
	}
	ex.Request.Proto = resp.Proto
	ex.Response = &Response{Status: resp.StatusCode, Proto: resp.Proto, Header: resp.Header.Clone()}
	ex.TLS = handshake(resp.TLS)
	received := &capture{rc: resp.Body}
	received.onEnd = func() { finish(received, nil) }
	resp.Body = received
	return resp, nil
}

// stopwatch gathers httptrace's instants. Its hooks run on the transport's
// goroutines, some after RoundTrip has returned.
type stopwatch struct {
	start  time.Time
	mu     sync.Mutex
	at     Instants
	remote string
}

func (s *stopwatch) mark(field func(*Instants) *time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := field(&s.at); *p == 0 { // the first of two dials (happy eyeballs) starts the clock
		*p = time.Since(s.start)
	}
}

func (s *stopwatch) hooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSStart: func(httptrace.DNSStartInfo) { s.mark(func(i *Instants) *time.Duration { return &i.DNSStart }) },
		DNSDone:  func(httptrace.DNSDoneInfo) { s.mark(func(i *Instants) *time.Duration { return &i.DNSDone }) },
		ConnectStart: func(string, string) {
			s.mark(func(i *Instants) *time.Duration { return &i.ConnectStart })
		},
		ConnectDone: func(_, _ string, err error) {
			if err == nil {
				s.mark(func(i *Instants) *time.Duration { return &i.ConnectDone })
			}
		},
		TLSHandshakeStart: func() { s.mark(func(i *Instants) *time.Duration { return &i.TLSStart }) },
		TLSHandshakeDone: func(tls.ConnectionState, error) {
			s.mark(func(i *Instants) *time.Duration { return &i.TLSDone })
		},
		GotConn: func(info httptrace.GotConnInfo) {
			s.mark(func(i *Instants) *time.Duration { return &i.GotConn })
			s.mu.Lock()
			defer s.mu.Unlock()
			s.at.Reused = info.Reused
			s.remote = info.Conn.RemoteAddr().String()
		},
		WroteRequest: func(httptrace.WroteRequestInfo) {
			s.mark(func(i *Instants) *time.Duration { return &i.WroteRequest })
		},
		GotFirstResponseByte: func() { s.mark(func(i *Instants) *time.Duration { return &i.FirstByte }) },
	}
}

func (s *stopwatch) stop() (Instants, string) {
	s.mark(func(i *Instants) *time.Duration { return &i.Done })
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at, s.remote
}

// capture passes a body through and keeps its first BodyCap bytes.
type capture struct {
	rc    io.ReadCloser
	onEnd func()

	mu    sync.Mutex
	kept  []byte
	size  int64
	err   error
	ended bool
}

func (c *capture) Read(p []byte) (int, error) {
	n, err := c.rc.Read(p)
	c.mu.Lock()
	c.size += int64(n)
	if room := BodyCap - len(c.kept); room > 0 {
		c.kept = append(c.kept, p[:min(n, room)]...)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	c.mu.Unlock()
	if err != nil {
		c.end()
	}
	return n, err
}

func (c *capture) Close() error {
	err := c.rc.Close()
	c.end()
	return err
}

func (c *capture) end() {
	c.mu.Lock()
	first := !c.ended
	c.ended = true
	c.mu.Unlock()
	if first && c.onEnd != nil {
		c.onEnd()
	}
}

func (c *capture) body() Body {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Body{Bytes: c.kept, Size: c.size, Truncated: c.size > int64(len(c.kept)), Err: c.err}
}

func handshake(state *tls.ConnectionState) *TLS {
	if state == nil {
		return nil
	}
	return &TLS{
		Version:     tls.VersionName(state.Version),
		CipherSuite: tls.CipherSuiteName(state.CipherSuite),
		ServerName:  state.ServerName,
		Peer:        certificates(state.PeerCertificates),
	}
}

// refusedCertificate recovers the chain that made a handshake fail, which is the
// evidence the user needs.
func refusedCertificate(err error) *TLS {
	var verification *tls.CertificateVerificationError
	if !errors.As(err, &verification) {
		return nil
	}
	return &TLS{Peer: certificates(verification.UnverifiedCertificates)}
}

func certificates(chain []*x509.Certificate) []Certificate {
	out := make([]Certificate, 0, len(chain))
	for _, c := range chain {
		out = append(out, Certificate{
			Subject: c.Subject.String(), Issuer: c.Issuer.String(), DNSNames: c.DNSNames,
			NotBefore: c.NotBefore, NotAfter: c.NotAfter,
		})
	}
	return out
}
