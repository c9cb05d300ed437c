package trace

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync"
)

// Transport is a round tripper that records every exchange in full, as it goes over
// the wire: see spelled. One Transport serves one run, so that a request needs no
// context value to be counted in: x/oauth2 and go-oidc make some of theirs under
// contexts of their own.
//
// Headers of a response are taken over, not copied: neither the caller nor Base
// changes them, not even after the body was closed.
type Transport struct {
	Base     http.RoundTripper // what really sends, at its cheapest a *Wire; must not be nil
	Recorder *Recorder
}

// RoundTrip implements http.RoundTripper. The exchange is recorded when the
// response body has been read to its end or closed, or when sending failed.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	made := &answered{}
	ex := &made.Exchange
	t.Recorder.begin(ex, stepOf(req.Context()), BackChannel, req.Method, req.URL.String())
	ex.Request.Header = spelled(req)
	ex.Request.Proto = "HTTP/1.1"
	ex.Proxy = proxy(t.Base, req)

	f := &flight{Context: req.Context(), ex: ex, recorder: t.Recorder}
	hooks := f.clock.begin(&ex.Instants)
	if _, ok := t.Base.(*Wire); !ok {
		f.clock.dials(hooks)
	}
	if ex.Proxy != "" || req.URL.Scheme == "https" { // the proxy's TLS comes first
		f.clock.encrypts(hooks)
	}
	out := req.WithContext(httptrace.WithClientTrace(f, hooks))
	out.Header = ex.Request.Header
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
	made.response = Response{Status: resp.StatusCode, Proto: resp.Proto, Header: resp.Header}
	ex.Response = &made.response
	ex.TLS = handshake(resp.TLS)
	f.received.rc, f.received.flight, f.received.expected = resp.Body, f, resp.ContentLength
	resp.Body = &f.received
	return resp, nil
}

// What a request is sent with that says nothing else; nobody changes them.
var (
	userAgent = []string{"Signbench"}
	asItIs    = []string{"identity"}
)

// spelled are the headers of a request, with those written down that net/http would
// add while it writes, out of sight. An answer is asked for uncompressed, because
// net/http undoes what it asked for itself and drops the headers that say so (RFC
// 9110 12.5.3: without this one any coding may come).
func spelled(req *http.Request) http.Header {
	h := make(http.Header, len(req.Header)+3)
	maps.Copy(h, req.Header)
	spell := func(name string, value []string) {
		if _, there := h[name]; !there {
			h[name] = value
		}
	}
	spell("User-Agent", userAgent)
	spell("Accept-Encoding", asItIs)
	bodiless := req.Body == nil || req.Body == http.NoBody
	if req.ContentLength > 0 || bodiless && (req.Method == http.MethodPost || req.Method == http.MethodPut || req.Method == http.MethodPatch) {
		spell("Content-Length", []string{strconv.FormatInt(req.ContentLength, 10)}) // net/http writes its own, which is the same
	}
	return h
}

// answered is an exchange with room for its answer, in one piece of memory.
type answered struct {
	Exchange
	response Response
}

// flight is an exchange that is not complete: what watches it, in one piece of
// memory, which is not the exchange's own and goes when it has landed.
type flight struct {
	context.Context // of the request; see Value
	ex              *Exchange
	recorder        *Recorder
	clock           stopwatch
	sent            *capture // nil when the body was copied, or there is none
	received        capture
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
	f.ex.Remote = f.recorder.name(f.clock.stop())
	f.recorder.sink(f.ex)
	if witness := witnessOf(f); witness != nil {
		witness(f.ex)
	}
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
		if c.kept == nil && c.expected > int64(n) { // it comes in pieces
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
