package loopback

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"sync"
)

// Listener waits for one answer.
type Listener struct {
	target *target
	cfg    Config
	lim    limits
	addrs  []string
	server *http.Server
	gate   *gate

	serving sync.WaitGroup
	once    sync.Once
	failed  error

	mu        sync.Mutex
	answered  bool
	closed    bool
	dropped   int
	callbacks chan Callback
}

// Listen opens the listener; the port is bound when it returns, so that the
// browser may be sent away (RFC 8252, 4.1). ctx bounds the opening only; the
// listener lives until Close.
func Listen(ctx context.Context, cfg Config) (*Listener, error) {
	if cfg.State == "" && !cfg.AllowBare {
		return nil, ErrNoState
	}
	t, err := parseTarget(cfg.RedirectURI)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil { // binding a literal address never looks at it
		return nil, fmt.Errorf("loopback: listen: %w", err)
	}
	l := newListener(t, cfg)
	lim := l.lim
	opened, err := bind(ctx, t, lim)
	if err != nil {
		return nil, err
	}
	t.settle(portOf(opened[0]))
	l.gate = newGate(lim, l.reportLarge)
	l.server = &http.Server{
		Handler:           http.HandlerFunc(l.serve),
		ReadHeaderTimeout: lim.readHeader,
		ReadTimeout:       lim.read,
		WriteTimeout:      lim.write,
		MaxHeaderBytes:    lim.header,
		ConnContext:       withConn,
		ErrorLog:          log.New(io.Discard, "", 0), // what matters is reported as a Callback
	}
	l.server.SetKeepAlivesEnabled(false)
	for _, ln := range opened {
		l.addrs = append(l.addrs, ln.Addr().String())
		l.serving.Go(func() {
			_ = l.server.Serve(gatedListener{Listener: ln, gate: l.gate}) // returns at Close
		})
	}
	return l, nil
}

// PasteOnly is a Listener for a redirect URI that this machine cannot listen on,
// such as https or another host. Nothing is bound; the answer comes by Offer.
func PasteOnly(cfg Config) (*Listener, error) {
	if cfg.State == "" && !cfg.AllowBare {
		return nil, ErrNoState
	}
	t, err := parsePasteTarget(cfg.RedirectURI)
	if err != nil {
		return nil, err
	}
	return newListener(t, cfg), nil
}

func newListener(t *target, cfg Config) *Listener {
	lim := cfg.limits.withDefaults()
	return &Listener{target: t, cfg: cfg, lim: lim, callbacks: make(chan Callback, lim.buffer)}
}

// RedirectURI is what to send as redirect_uri: the configured one, with the real
// port in place of 0.
func (l *Listener) RedirectURI() string { return l.target.redirect }

// Addrs are the addresses that are listened on, as "127.0.0.1:3000".
func (l *Listener) Addrs() []string { return append([]string(nil), l.addrs...) }

// Callbacks gives every request that came, accepted or not, in order. The channel
// is never closed: after Close it is merely silent. A reader that falls behind
// loses callbacks, counted in Dropped, but never the accepted one.
func (l *Listener) Callbacks() <-chan Callback { return l.callbacks }

// Dropped counts the callbacks that no reader took in time.
func (l *Listener) Dropped() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dropped
}

// Close stops listening (RFC 8252, 8.3). A page that is being written is
// finished, within a second. It may be called more than once.
func (l *Listener) Close() error {
	l.once.Do(func() {
		l.failed = l.shutdown()
		l.mu.Lock()
		defer l.mu.Unlock()
		l.closed = true
	})
	return l.failed
}

func (l *Listener) shutdown() error {
	ctx, cancel := context.WithTimeout(context.Background(), l.lim.close)
	defer cancel()
	if l.server == nil { // PasteOnly
		return nil
	}
	l.gate.closeSilent()
	err := l.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = l.server.Close() // whoever is still reading had its time
	}
	l.serving.Wait() // so that the port is free for the next run
	if err != nil {
		return fmt.Errorf("loopback: close: %w", err)
	}
	return nil
}

// push hands a callback to the reader without ever waiting. The last place of
// the buffer is kept for the accepted one, of which there is at most one. The
// caller holds the lock.
func (l *Listener) push(cb Callback) {
	switch {
	case l.closed:
	case cb.Kind != Accepted && len(l.callbacks) >= cap(l.callbacks)-1:
		l.dropped++
	default:
		l.callbacks <- cb
	}
}
