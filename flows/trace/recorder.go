package trace

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"signbench/flows/oauth"
)

// BodyCap is how many bytes of one body are kept. The true length is always known.
const BodyCap = 1 << 20

// Recorder numbers the exchanges of one run and hands each to its sink once, when
// it is complete.
type Recorder struct {
	run  oauth.RunID
	now  func() time.Time
	sink func(*Exchange)

	mu       sync.Mutex
	next     int
	attempts map[attempt]int
	peer     *net.TCPAddr // the last one
	peerName string
}

// name writes the address of a TCP connection, "" for none. A connection that is
// used again has the same one, not only an equal one, and it is not written again.
func (r *Recorder) name(peer net.Addr) string {
	tcp, ok := peer.(*net.TCPAddr)
	if !ok {
		return ""
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.peer != tcp {
		r.peer, r.peerName = tcp, tcp.String()
	}
	return r.peerName
}

// attempt is what requests have in common that are attempts at one thing.
type attempt struct {
	step          oauth.Step
	method, where string
}

// NewRecorder returns a recorder for that run. The sink is called from whichever
// goroutine ended the exchange.
func NewRecorder(run oauth.RunID, now func() time.Time, sink func(*Exchange)) *Recorder {
	return &Recorder{run: run, now: now, sink: sink, attempts: map[attempt]int{}}
}

// begin opens ex and gives it its number. The attempt counts requests of
// one step with the same method to the same endpoint, so that a token request
// made twice is seen to be made twice.
func (r *Recorder) begin(ex *Exchange, step oauth.Step, channel Channel, method, rawURL string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next++
	key := attempt{step: step, method: method, where: place(rawURL)}
	n := r.attempts[key] + 1
	r.attempts[key] = n
	ex.ID, ex.Run, ex.Step, ex.Channel, ex.Attempt = r.next, r.run, step, channel, n
	ex.Started = r.now()
	ex.Request.Method, ex.Request.URL = method, rawURL
}

// Opened records the URL that the browser was sent to. The answer of a front
// channel request is never seen, so the exchange has no response.
func (r *Recorder) Opened(step oauth.Step, rawURL string) {
	ex := &Exchange{}
	r.begin(ex, step, FrontChannel, http.MethodGet, rawURL)
	r.sink(ex)
}

// Arrived records a request that the browser brought to the loopback, with the
// status it was answered.
func (r *Recorder) Arrived(step oauth.Step, at time.Time, req Request, status int) {
	ex := &Exchange{}
	r.begin(ex, step, FrontChannel, req.Method, req.URL)
	ex.Started = at
	ex.Request = req
	ex.Response = &Response{Status: status}
	r.sink(ex)
}

// place is an address without what it carries: cut where its text says, so that
// nothing has to be parsed or copied.
func place(raw string) string {
	if i := strings.IndexByte(raw, '#'); i >= 0 {
		raw = raw[:i]
	}
	if i := strings.IndexByte(raw, '?'); i >= 0 {
		raw = raw[:i]
	}
	return raw
}

type stepKey struct{}

// WithStep names the step for which requests under this context are made.
func WithStep(ctx context.Context, step oauth.Step) context.Context {
	return context.WithValue(ctx, stepKey{}, step)
}

func stepOf(ctx context.Context) oauth.Step {
	step, _ := ctx.Value(stepKey{}).(oauth.Step)
	return step
}

type witnessKey struct{}

// WithWitness has the exchanges of requests under this context shown to f also,
// each when it is complete and from whichever goroutine ended it: who sends requests
// side by side learns so which exchange is whose.
func WithWitness(ctx context.Context, f func(*Exchange)) context.Context {
	return context.WithValue(ctx, witnessKey{}, f)
}

func witnessOf(ctx context.Context) func(*Exchange) {
	f, _ := ctx.Value(witnessKey{}).(func(*Exchange))
	return f
}
