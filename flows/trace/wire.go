package trace

import (
	"context"
	"net"
	"net/http"
	"net/http/httptrace"
)

// Wire is a base for a Transport that times the making of a connection where it is
// made. With any other base, every request carries the hooks for it, also one that
// finds a connection which is there.
type Wire struct{ *http.Transport }

// NewWire takes over base, and the way in which it dials.
func NewWire(base *http.Transport) *Wire {
	dial := base.DialContext
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	base.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if f, ok := ctx.Value(flightKey{}).(*flight); ok {
			hooks := &httptrace.ClientTrace{}
			f.clock.dials(hooks)
			ctx = httptrace.WithClientTrace(ctx, hooks)
		}
		return dial(ctx, network, address)
	}
	return &Wire{base}
}

type flightKey struct{}

// Value makes a flight the context of its request, so that the dial can find it,
// without another piece of memory.
func (f *flight) Value(key any) any {
	if key == (flightKey{}) {
		return f
	}
	return f.Context.Value(key)
}

// proxy asks the transport that really sends which proxy it will use.
func proxy(base http.RoundTripper, req *http.Request) string {
	choose := http.ProxyFromEnvironment
	switch t := base.(type) {
	case *Wire:
		choose = t.Proxy
	case *http.Transport:
		choose = t.Proxy
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
