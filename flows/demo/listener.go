package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ErrClosed is what Acquire answers after Close.
var ErrClosed = errors.New("the demo tenant is closed")

// stopper is the part of a timer that the linger needs.
type stopper interface{ Stop() bool }

func afterFunc(d time.Duration, f func()) stopper { return time.AfterFunc(d, f) }

// listener is the tenant's place on loopback. It is open while somebody holds it
// and a while longer.
type listener struct {
	after func(time.Duration, func()) stopper // injected by tests

	mu       sync.Mutex
	closed   bool
	holders  int
	epoch    int     // of the holders; an expired linger of an older one does nothing
	linger   stopper // runs while nobody holds it
	server   *http.Server
	port     int    // the last one, tried first the next time
	endpoint string // empty: not listening
}

// Acquire starts listening, if the tenant does not yet, and holds it open until
// release is called. The endpoint is where an application finds the tenant; the
// issuer is endpoint + "/oidc".
func (t *Tenant) Acquire(ctx context.Context) (endpoint string, release func(), err error) {
	l := &t.listener
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return "", nil, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return "", nil, err
	}
	if l.server == nil {
		if err := t.listen(ctx); err != nil {
			return "", nil, err
		}
	}
	if l.linger != nil {
		l.linger.Stop()
		l.linger = nil
	}
	l.holders++
	l.epoch++
	return l.endpoint, sync.OnceFunc(t.release), nil
}

// release gives up one hold. The last one starts the linger.
func (t *Tenant) release() {
	l := &t.listener
	l.mu.Lock()
	defer l.mu.Unlock()
	l.holders--
	if l.holders > 0 || l.server == nil {
		return
	}
	if t.opts.Linger < 0 {
		_ = t.stop() // nothing to be told to the one who has let go
		return
	}
	epoch := l.epoch
	l.linger = l.after(t.opts.Linger, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.holders == 0 && l.epoch == epoch {
			_ = t.stop() // as above
		}
	})
}

// Close stops listening at once, whoever holds the tenant.
func (t *Tenant) Close() error {
	l := &t.listener
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.linger != nil {
		l.linger.Stop()
		l.linger = nil
	}
	return errors.Join(l.stop(), t.services.close())
}

// stop closes the tenant and what is behind its connectors. It needs l.mu.
func (t *Tenant) stop() error { return errors.Join(t.listener.stop(), t.services.stop()) }

// stop needs l.mu.
func (l *listener) stop() error {
	if l.server == nil {
		return nil
	}
	err := l.server.Close()
	l.server, l.endpoint = nil, ""
	return err
}

func (l *listener) currentEndpoint() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.endpoint
}

// listen needs l.mu. It tries the port of the last time, then the preferred one.
func (t *Tenant) listen(ctx context.Context) error {
	host, preferred, err := splitAddr(t.opts.Addr)
	if err != nil {
		return err
	}
	l := &t.listener
	server, bound, err := serve(ctx, host, []int{l.port, preferred}, t.handler)
	if err != nil {
		return err
	}
	l.server, l.port = server, bound
	l.endpoint = origin(host, bound)
	return nil
}

// serve listens on the first of the ports that is free, or on any; a port of 0 is
// passed over.
func serve(ctx context.Context, host string, ports []int, handler http.Handler) (*http.Server, int, error) {
	ports = append(slices.DeleteFunc(ports, func(port int) bool { return port == 0 }), 0, 0, 0)
	var failure error
	for _, port := range ports {
		lns, bound, err := bind(ctx, host, port)
		if err != nil {
			failure = err
			continue
		}
		server := &http.Server{Handler: loopbackOnly(handler), ReadHeaderTimeout: 10 * time.Second}
		for _, ln := range lns {
			go func() { _ = server.Serve(ln) }() // ends with ErrServerClosed
		}
		return server, bound, nil
	}
	return nil, 0, fmt.Errorf("listen on loopback: %w", failure)
}

// origin is the address of what listens on the port.
func origin(host string, port int) string {
	return "http://" + net.JoinHostPort(host, strconv.Itoa(port))
}

// splitAddr reads Options.Addr and refuses what is not loopback: the tenant gives
// anybody who reaches it a sign-in.
func splitAddr(addr string) (host string, port int, err error) {
	host, service, err := net.SplitHostPort(addr)
	if err != nil {
		return "", 0, fmt.Errorf("demo address %q: %w", addr, err)
	}
	if host == "" {
		host = "localhost"
	}
	if host != "localhost" && !net.ParseIP(host).IsLoopback() {
		return "", 0, fmt.Errorf("demo address %q is not loopback", addr)
	}
	port, err = strconv.Atoi(service)
	if err != nil || port < 0 || port > 65535 {
		return "", 0, fmt.Errorf("demo address %q has no usable port", addr)
	}
	return host, port, nil
}

// bind opens the port on every loopback address of the host. For localhost these
// are both families where both exist, on one port: a browser may take either, and
// a port that somebody else has in one family would be answered by them.
func bind(ctx context.Context, host string, port int) (lns []net.Listener, bound int, err error) {
	var config net.ListenConfig
	for _, ip := range addresses(ctx, host) {
		ln, err := config.Listen(ctx, "tcp", net.JoinHostPort(ip, strconv.Itoa(port)))
		if err != nil {
			for _, open := range lns {
				_ = open.Close()
			}
			return nil, 0, err
		}
		lns = append(lns, ln)
		if a, ok := ln.Addr().(*net.TCPAddr); ok {
			port = a.Port
		}
	}
	if len(lns) == 0 {
		return nil, 0, errors.New("this machine has no loopback address")
	}
	return lns, port, nil
}

// addresses are the loopback addresses that this machine has for the host. Whether
// a family exists is found by opening any port in it, so that "no such family" and
// "port taken" need not be told apart by the errors of each system.
func addresses(ctx context.Context, host string) []string {
	if host != "localhost" {
		return []string{host}
	}
	var config net.ListenConfig
	var exist []string
	for _, ip := range []string{"127.0.0.1", "::1"} {
		ln, err := config.Listen(ctx, "tcp", net.JoinHostPort(ip, "0"))
		if err != nil {
			continue
		}
		_ = ln.Close()
		exist = append(exist, ip)
	}
	return exist
}

// loopbackOnly refuses a request for any other name than loopback's, so that a web
// page whose name was made to point here (DNS rebinding) cannot read answers.
func loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = strings.Trim(r.Host, "[]")
		}
		if host != "localhost" && !net.ParseIP(host).IsLoopback() {
			http.Error(w, "the demo tenant answers to loopback names only", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}
