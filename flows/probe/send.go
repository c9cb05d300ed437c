package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"time"

	"signbench/flows/oauth"
	"signbench/flows/trace"
)

const (
	patience  = 10 * time.Second // for one request; a whole run takes about a second
	readLimit = 1 << 20
	redirects = 3
)

// answer is one request and what came of it.
type answer struct {
	ids    []int // of the exchanges, redirects included
	target string
	status int
	header http.Header
	body   []byte
	final  *url.URL // where it was answered, after redirects
	tls    *tls.ConnectionState
	err    error // nothing came back
	took   time.Duration

	mu       sync.Mutex // the hooks run on goroutines of the transport
	names    []string   // addresses that the host's name has
	dialled  bool
	reused   bool
	wrote    time.Time
	answered time.Time
}

// sender makes the requests, all through the caller's traced client.
type sender struct {
	documents *http.Client // follows a few redirects
	direct    *http.Client // follows none
}

type gateKey struct{}

type answerKey struct{}

// tap numbers the exchanges as the recorder behind it does, so that a row can name
// its evidence. The recorder numbers a request when it begins, and says the number
// only when it has ended; therefore requests pass one at a time to just behind the
// recorder, and go on side by side from there.
type tap struct {
	traced trace.Transport
	mu     sync.Mutex
	next   int
}

// RoundTrip implements http.RoundTripper.
func (t *tap) RoundTrip(req *http.Request) (*http.Response, error) {
	t.mu.Lock()
	unlock := sync.OnceFunc(t.mu.Unlock)
	defer unlock()
	t.next++
	if a, ok := req.Context().Value(answerKey{}).(*answer); ok {
		a.ids = append(a.ids, t.next)
	}
	return t.traced.RoundTrip(req.WithContext(context.WithValue(req.Context(), gateKey{}, unlock)))
}

// gate is the place just behind the recorder.
type gate struct{ base http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (g gate) RoundTrip(req *http.Request) (*http.Response, error) {
	if unlock, ok := req.Context().Value(gateKey{}).(func()); ok {
		unlock()
	}
	return g.base.RoundTrip(req)
}

// newSender copies the client: without cookies, because nobody's session may be
// used, and with redirects under our own rule.
func newSender(client *http.Client) *sender {
	transport := client.Transport
	if traced, ok := transport.(*trace.Transport); ok {
		transport = &tap{traced: trace.Transport{Base: gate{traced.Base}, Recorder: traced.Recorder}}
	}
	return &sender{
		documents: &http.Client{Transport: transport, CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) > redirects {
				return errors.New("stopped after 3 redirects")
			}
			return nil
		}},
		direct: &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}},
	}
}

// document fetches a JSON document.
func (s *sender) document(ctx context.Context, step oauth.Step, target string) *answer {
	return s.do(ctx, s.documents, step, http.MethodGet, target, nil, http.Header{"Accept": {"application/json"}})
}

// visit makes a request that a browser would make, and follows nothing.
func (s *sender) visit(ctx context.Context, step oauth.Step, target string) *answer {
	return s.do(ctx, s.direct, step, http.MethodGet, target, nil, http.Header{"Accept": {"text/html,application/json;q=0.9"}})
}

// post sends a form, and follows nothing: it may carry a secret.
func (s *sender) post(ctx context.Context, target string, form url.Values, header http.Header) *answer {
	header.Set("Accept", "application/json")
	header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(ctx, s.direct, oauth.StepToken, http.MethodPost, target, strings.NewReader(form.Encode()), header)
}

func (s *sender) do(
	ctx context.Context, client *http.Client, step oauth.Step, method, target string, body io.Reader, header http.Header,
) *answer {
	a := &answer{target: target}
	ctx, cancel := context.WithTimeout(context.WithValue(trace.WithStep(ctx, step), answerKey{}, a), patience)
	defer cancel()
	ctx = httptrace.WithClientTrace(ctx, a.hooks())
	req, err := http.NewRequestWithContext(ctx, method, target, body)
	if err != nil {
		a.err = err
		return a
	}
	req.Header = header
	req.Header.Set("User-Agent", UserAgent)
	started := time.Now()
	defer func() { a.took = time.Since(started) }()
	resp, err := client.Do(req)
	if err != nil {
		a.err = err
		return a
	}
	a.body, a.err = io.ReadAll(io.LimitReader(resp.Body, readLimit))
	_ = resp.Body.Close() // ends the recording
	a.status, a.header, a.tls, a.final = resp.StatusCode, resp.Header, resp.TLS, resp.Request.URL
	return a
}

func (a *answer) hooks() *httptrace.ClientTrace {
	locked := func(change func()) {
		a.mu.Lock()
		defer a.mu.Unlock()
		change()
	}
	return &httptrace.ClientTrace{
		DNSDone: func(info httptrace.DNSDoneInfo) {
			locked(func() {
				for _, ip := range info.Addrs {
					a.names = append(a.names, ip.String())
				}
			})
		},
		ConnectStart:         func(string, string) { locked(func() { a.dialled = true }) },
		GotConn:              func(info httptrace.GotConnInfo) { locked(func() { a.reused = info.Reused }) },
		WroteRequest:         func(httptrace.WroteRequestInfo) { locked(func() { a.wrote = time.Now() }) },
		GotFirstResponseByte: func() { locked(func() { a.answered = time.Now() }) },
	}
}
