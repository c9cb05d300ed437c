package demo

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"signbench/flows/demo/feishu"
	"signbench/flows/demo/twilio"
	"signbench/flows/demo/upstream"
)

// The clients of the tenant at the upstream provider. Their secrets protect nothing,
// like those of the tenant's own applications; they are long enough for HS512.
const (
	SocialClientID = "signbench-demo-social-client"
	SSOClientID    = "signbench-demo-sso-client"

	socialClientSecret = "signbench-demo-social-secret-not-secret-and-long-enough-for-hs512"  // #nosec G101 -- see above
	ssoClientSecret    = "signbench-demo-sso-secret-not-secret-and-long-enough-for-hs512-too" // #nosec G101 -- see above
)

// services are what stands behind the connectors, each on a port of its own: an
// issuer is an origin to most who compare one. They listen from the first time that
// one is needed until the tenant stops.
type services struct {
	addr     string // the tenant's; their ports follow its own
	upstream *upstream.Provider
	feishu   *feishu.Service
	lark     *feishu.Service
	twilio   *twilio.Service
	backends map[service]backend

	mu     sync.Mutex
	places map[service]*place
	closed bool
}

// service names one of them. It is also its place behind the preferred port.
type service int

const (
	serviceUpstream service = iota
	serviceFeishu           // in the place of passport.feishu.cn
	serviceTwilio           // in the place of api.twilio.com
	serviceLark             // in the place of passport.larksuite.com; no connector of Logto's goes there
)

// backend is what a service answers, and how a connector to it is configured.
type backend struct {
	http.Handler
	config func(base string, c *connection) map[string]any // nil: there is none
}

// place is a service that listens.
type place struct {
	server *http.Server // nil: not now
	port   int          // the last one, tried first the next time
	base   string
}

// newServices makes them for a tenant whose endpoint changes as it listens.
func newServices(o Options, endpoint func() string) *services {
	s := &services{addr: o.Addr, twilio: twilio.New(), places: map[service]*place{}}
	registered := func() []string { return feishuRedirectURLs(endpoint()) }
	s.feishu = feishu.New(feishu.Options{Now: o.Now, RedirectURLs: registered})
	s.lark = feishu.New(feishu.Options{Now: o.Now, RedirectURLs: registered, Lark: true})
	s.upstream = upstream.New(upstream.Options{
		Now: o.Now, Slow: o.Slow,
		Clients: []upstream.Client{
			{ID: SocialClientID, Secret: socialClientSecret, RedirectPaths: callbackPaths(SocialID)},
			{ID: SSOClientID, Secret: ssoClientSecret, RedirectPaths: callbackPaths(SSOID)},
		},
	})
	s.backends = map[service]backend{
		serviceUpstream: {s.upstream, s.oidcConfig},
		serviceFeishu:   {s.feishu, feishuConfig},
		serviceTwilio:   {s.twilio, twilioConfig},
		serviceLark:     {s.lark, nil},
	}
	return s
}

// callbackPaths are what has to be registered for a connector: the callback of the
// sign-in and of the Account Center, and the loopback of whoever repeats the flow.
func callbackPaths(id string) []string {
	return []string{"/callback/" + id, "/account/callback/social/" + id, "/callback"}
}

// base is the origin of a service, which listens from then on.
func (s *services) base(ctx context.Context, which service) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.places[which]
	if p == nil {
		p = &place{}
		s.places[which] = p
	}
	if p.server != nil {
		return p.base, nil
	}
	if s.closed {
		return "", ErrClosed
	}
	host, port, err := splitAddr(s.addr)
	if err != nil {
		return "", err
	}
	ports := []int{p.port}
	if port != 0 {
		ports = append(ports, port+1+int(which))
	}
	server, bound, err := serve(ctx, host, ports, s.backends[which])
	if err != nil {
		return "", err
	}
	p.server, p.port, p.base = server, bound, origin(host, bound)
	return p.base, nil
}

// close stops them for good.
func (s *services) close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	return s.stop()
}

// stop closes all that listen. They listen again when they are needed.
func (s *services) stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var failures []error
	for _, p := range s.places {
		if p.server != nil {
			failures = append(failures, p.server.Close())
			p.server = nil
		}
	}
	return errors.Join(failures...)
}

// oidcConfig is a configuration that works when no switch is on.
func (s *services) oidcConfig(base string, c *connection) map[string]any {
	client, _ := s.upstream.Client(c.client)
	if c.kind == kindSSO {
		return map[string]any{"clientId": client.ID, "clientSecret": client.Secret, "issuer": base, "scope": ""}
	}
	return map[string]any{
		"authorizationEndpoint": base + "/authorize", "tokenEndpoint": base + "/token",
		"clientId": client.ID, "clientSecret": client.Secret, "scope": "openid profile email",
		"idTokenVerificationConfig": map[string]any{"jwksUri": base + "/jwks", "issuer": base},
		"tokenEndpointAuthMethod":   "client_secret_post",
	}
}

// UpstreamURL is the origin, and the issuer, of the provider behind the OIDC
// connectors. It listens from then on, until the tenant stops.
func (t *Tenant) UpstreamURL(ctx context.Context) (string, error) {
	return t.services.base(ctx, serviceUpstream)
}

// SetUpstreamSwitches turns exactly these switches of that provider on, by the names
// of upstream.Switches.
func (t *Tenant) SetUpstreamSwitches(names ...string) { t.services.upstream.SetSwitches(names...) }
