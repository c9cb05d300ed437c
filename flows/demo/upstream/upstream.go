// Package upstream is the OpenID provider behind a connector: what Logto sends its
// users to when they sign in with somebody else's account. It plays Google, Okta or
// a company's own provider for the demo tenant, with one switch for each thing that
// such a provider is commonly set up to do differently from what Logto expects.
//
// Like the tenant it is an opinion of the specifications of its own, and imports
// nothing of the client side.
package upstream

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

const defaultSlow = time.Minute

// Options says how a Provider runs.
type Options struct {
	// Issuer is the issuer identifier, an origin without a path. Empty: the origin
	// that the request names.
	Issuer string

	// Clients are the registered clients.
	Clients []Client

	// Slow is how long an answer that hangs is kept back. 0: a minute.
	Slow time.Duration

	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

// Provider is one OpenID provider. Its methods may be called from any goroutine.
type Provider struct {
	opts   Options
	routes map[string]http.HandlerFunc
	wait   func(context.Context, time.Duration) // injected by tests

	mu      sync.Mutex
	hooks   []hooks
	pending map[string]*request // authorization requests that wait for the user
	codes   map[string]*code
	tokens  map[string]*access // access tokens
}

// New returns a provider with every switch off.
func New(o Options) *Provider {
	if o.Slow == 0 {
		o.Slow = defaultSlow
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	p := &Provider{
		opts: o, wait: waitFor,
		pending: map[string]*request{}, codes: map[string]*code{}, tokens: map[string]*access{},
	}
	p.routes = map[string]http.HandlerFunc{
		"GET " + discoveryPath: p.discovery,
		"GET " + jwksPath:      p.jwks,
		"GET " + authorizePath: p.authorize,
		"POST " + decidePath:   p.decide,
		"POST " + tokenPath:    p.token,
		"GET " + userInfoPath:  p.userInfo,
	}
	return p
}

// The paths below the issuer.
const (
	discoveryPath = "/.well-known/openid-configuration"
	jwksPath      = "/jwks"
	authorizePath = "/authorize"
	decidePath    = "/authorize/decision"
	tokenPath     = "/token" // #nosec G101 -- a path
	userInfoPath  = "/userinfo"
)

const maxBody = 1 << 20

// ServeHTTP answers exactly the known paths. They are not cleaned up first, as
// http.ServeMux does: an issuer with a slash at its end makes "//.well-known", and
// real providers answer that with 404.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if h := p.routes[r.Method+" "+r.URL.Path]; h != nil {
		h(w, r)
		return
	}
	p.send(w, r, &answer{status: http.StatusNotFound, contentType: "text/plain; charset=utf-8", text: "Not Found"})
}

// SetSwitches turns exactly these switches on and all others off. A name that is not
// in Switches is ignored.
func (p *Provider) SetSwitches(names ...string) {
	on := make(map[string]bool, len(names))
	for _, name := range names {
		on[name] = true
	}
	var active []hooks
	for _, d := range catalogue() {
		if on[d.Name] {
			active = append(active, d.hooks)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hooks = active
}

// active is the hooks that are on at this moment.
func (p *Provider) active() []hooks {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hooks
}

// base is where the endpoints are.
func (p *Provider) base(r *http.Request) string {
	if p.opts.Issuer != "" {
		return strings.TrimSuffix(p.opts.Issuer, "/")
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host
}

// issuer is the issuer identifier (Discovery 1.0 3), which a switch may end with a
// slash.
func (p *Provider) issuer(r *http.Request) string {
	issuer := p.base(r)
	for _, h := range p.active() {
		issuer += h.issuerSuffix
	}
	return issuer
}
