package trace

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"sync"
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
	ex.Proxy = t.proxy(req)

	f := &flight{ex: ex, sink: t.Recorder.sink, witness: witnessOf(req.Context())}
	// With a proxy, it is the proxy's name that is resolved, and its TLS that comes first.
	resolves, encrypts := ex.Proxy != "" || !isAddress(req.URL.Hostname()), ex.Proxy != "" || req.URL.Scheme == "https"
	out := req.WithContext(httptrace.WithClientTrace(req.Context(), f.clock.begin(resolves, encrypts)))
	if !t.copyBody(req, &ex.Request.Body) {
		f.sent = &capture{rc: req.Body}
		out.Body = f.sent
	}
	resp, err := t.Base.RoundTrip(out)
	if err != nil {
		ex.TLS = refusedCertificate(err)
		f.land(err)
		return nil, err
	}
	ex.Request.Proto = resp.Proto
	ex.Response = &Response{Status: resp.StatusCode, Proto: resp.Proto, Header: resp.Header.Clone()}
	ex.TLS = handshake(resp.TLS)
	f.received.rc, f.received.flight, f.received.expected = resp.Body, f, resp.ContentLength
	resp.Body = &f.received
	return resp, nil
}

// flight is an exchange that is not complete: what watches it, in one piece of
// memory, which is not the exchange's own and goes when it has landed.
type flight struct {
	ex       *Exchange
	sink     func(*Exchange)
	witness  func(*Exchange) // nil as a rule
	clock    stopwatch
	sent     *capture // nil when the body was copied, or there is none
	received capture
}

// land completes the exchange and hands it over.
func (f *flight) land(err error) {
	if f.sent != nil {
		f.ex.Request.Body = f.sent.body()
	}
	if f.ex.Response != nil {
		f.ex.Response.Body = f.received.body()
	}
	f.ex.Err = err
	f.ex.Instants, f.ex.Remote = f.clock.stop()
	f.sink(f.ex)
	if f.witness != nil {
		f.witness(f.ex)
	}
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// proxy asks the transport that really sends which proxy it will use.
func (t *Transport) proxy(req *http.Request) string {
	choose := http.ProxyFromEnvironment
	if base, ok := t.Base.(*http.Transport); ok {
		choose = base.Proxy
	}
	if choose == nil {
		return ""
	}
	proxy, err := choose(req)
	if err != nil || proxy == nil {
		return ""
	}
	shown := *proxy
	shown.User = nil
	return shown.String()
}

// copyBody records a request body that can be had a second time, and reports
// whether there is nothing left to watch. Watching a body in memory would cost more
// than all the rest: net/http then no longer knows what it is, and sends it in a
// packet of its own.
func (t *Transport) copyBody(req *http.Request, into *Body) bool {
	if req.Body == nil || req.Body == http.NoBody {
		return true
	}
	if req.GetBody == nil || req.ContentLength <= 0 {
		return false
	}
	again, err := req.GetBody()
	if err != nil {
		return false
	}
	defer func() { _ = again.Close() }() // nothing was written to it
	kept := make([]byte, min(req.ContentLength, BodyCap))
	n, err := io.ReadFull(again, kept)
	if err != nil {
		return false // it is not what it says; then watch what is sent
	}
	*into = Body{Bytes: kept[:n], Size: req.ContentLength, Truncated: req.ContentLength > int64(n)}
	return true
}

// capture passes a body through and keeps its first BodyCap bytes.
type capture struct {
	rc       io.ReadCloser
	flight   *flight // lands when the body ends; nil for a request's
	expected int64   // Content-Length, or -1

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
	if room := BodyCap - len(c.kept); room > 0 && n > 0 {
		if c.kept == nil && c.expected > 0 {
			c.kept = make([]byte, 0, min(c.expected, BodyCap))
		}
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
	if first && c.flight != nil {
		c.flight.land(nil)
	}
}

func (c *capture) body() Body {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Body{Bytes: c.kept, Size: c.size, Truncated: c.size > int64(len(c.kept)), Err: c.err}
}
