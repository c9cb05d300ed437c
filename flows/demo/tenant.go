// Package demo is a complete OpenID provider in the process. It speaks like Logto
// (its paths, its ES384 ID tokens, its opaque access tokens, its error bodies) so
// that a good sign-in can be seen before anything is configured, and it has one
// switch per fault so that a bad one can be practised.
//
// It is an independent opinion of the specifications: nothing of the client side
// is imported, so that a mistake there is not made here as well.
package demo

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// DefaultAddr is where a tenant listens when Options names no other address.
const DefaultAddr = "localhost:3911"

const (
	defaultLinger = 2 * time.Minute
	defaultSlow   = 30 * time.Second
)

// Options says how a Tenant runs. The zero value is a working tenant.
type Options struct {
	// Addr is the preferred loopback address, DefaultAddr when empty. A port of 0
	// takes any free one. "localhost" stands for 127.0.0.1 and ::1 together.
	Addr string

	// Issuer, when set, is the issuer identifier whatever the address. Otherwise it
	// is the acquired endpoint, or the request's Host, followed by "/oidc".
	Issuer string

	// Linger is how long the tenant listens after its last release, so that pages
	// still open in the browser work. 0: two minutes. Negative: not at all.
	Linger time.Duration

	// Slow is how long a slow answer waits. 0: 30 seconds.
	Slow time.Duration

	// Now is the clock; nil: time.Now.
	Now func() time.Time

	// Faults are switched on from the start.
	Faults []Fault
}

// Tenant is one provider. Its methods may be called from any goroutine.
type Tenant struct {
	opts     Options
	now      func() time.Time
	handler  http.Handler
	mint     mint
	book     *book
	listener listener
	services *services
	linked   *linked
	audit    audit
	wait     func(context.Context, time.Duration) // injected by tests

	mu    sync.Mutex // guards what the switches set
	hooks []hooks
	ring  *keyring
}

// New returns a tenant that does not listen yet.
func New(o Options) *Tenant {
	if o.Addr == "" {
		o.Addr = DefaultAddr
	}
	if o.Linger == 0 {
		o.Linger = defaultLinger
	}
	if o.Slow == 0 {
		o.Slow = defaultSlow
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	t := &Tenant{opts: o, mint: newMint(), book: newBook(), wait: waitFor}
	t.now = func() time.Time { return o.Now().Add(t.ahead()) }
	t.listener.after = afterFunc
	t.services = newServices(o, t.listener.currentEndpoint)
	t.linked = newLinked()
	t.handler = t.routes()
	t.SetFaults(o.Faults...)
	return t
}

// Handler serves the tenant without its listener, as for httptest.
func (t *Tenant) Handler() http.Handler { return t.handler }

// SetFaults switches exactly these faults on and all others off. A name that is
// not in Switches is ignored. Keys that a fault rotated in are forgotten.
func (t *Tenant) SetFaults(faults ...Fault) {
	on := make(map[Fault]bool, len(faults))
	for _, f := range faults {
		on[f] = true
	}
	ring := newKeyring()
	var active []hooks
	for _, d := range catalogue() {
		if !on[d.Name] {
			continue
		}
		active = append(active, d.hooks)
		if d.keys != nil {
			d.keys(ring)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hooks, t.ring = active, ring
}

// active is the hooks that are switched on at this moment.
func (t *Tenant) active() []hooks {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hooks
}

// keys is the ring that signs and is published at this moment.
func (t *Tenant) keys() *keyring {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ring
}
