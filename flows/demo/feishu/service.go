// Package feishu emulates the part of Feishu, or of Lark, that Logto's connector and
// a check of its settings use: the sign-in at passport.feishu.cn, and the open
// platform's answers about an app. It knows one app and one user.
package feishu

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// The one app that exists.
const (
	AppID     = "cli_a0demo0signbench"
	AppSecret = "signbenchDemoAppSecretNotSecret0" // #nosec G101 -- opens nothing but this emulator
)

// How long what is handed out is good for.
const (
	codeLife  = 5 * time.Minute
	tokenLife = 2 * time.Hour
)

// Options says how a Service runs.
type Options struct {
	// Lark makes it play the international cloud, where the app is only while the
	// switch LarkTenant is on.
	Lark bool

	// RedirectURLs are those of the app's security settings, asked for at each request;
	// nil: there are none.
	RedirectURLs func() []string

	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

// Service answers for the passport and the open host of one cloud, whose paths do
// not overlap. It may be used concurrently.
type Service struct {
	opts Options
	mux  *http.ServeMux

	mu      sync.Mutex
	on      map[ID]Switch
	codes   map[string]code
	tokens  map[string]time.Time // of users, and when they end
	tenants map[string]time.Time // tenant access tokens
}

// New returns the service with all switches off.
func New(o Options) *Service {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.RedirectURLs == nil {
		o.RedirectURLs = func() []string { return nil }
	}
	s := &Service{
		opts: o, mux: http.NewServeMux(),
		codes: map[string]code{}, tokens: map[string]time.Time{}, tenants: map[string]time.Time{},
	}
	s.mux.HandleFunc("GET "+authorizePath, s.authorize)
	s.mux.HandleFunc("POST "+authorizePath, s.decide)
	s.mux.HandleFunc("POST /suite/passport/oauth/token", s.token)
	s.mux.HandleFunc("GET /suite/passport/oauth/userinfo", s.userInfo)
	s.mux.HandleFunc("POST /open-apis/auth/v3/tenant_access_token/internal", s.internalToken)
	s.mux.HandleFunc("POST /open-apis/auth/v3/app_access_token/internal", s.internalToken)
	s.mux.HandleFunc("GET /open-apis/application/v6/applications/{app_id}", s.application)
	return s
}

const (
	authorizePath = "/suite/passport/oauth/authorize"
	maxBody       = 1 << 20
)

const gatewayPage = "<!doctype html><html><head><title>502 Bad Gateway</title></head><body>" +
	"<h1>Bad Gateway</h1><p>The gateway could not reach the server.</p></body></html>"

// ServeHTTP answers one call. The sign-in page itself neither hangs nor breaks.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	switch page := r.URL.Path == authorizePath; {
	case !page && s.has(Hang):
		_, _ = io.Copy(io.Discard, r.Body) // so that the server sees the client go
		<-r.Context().Done()
	case !page && s.has(HTMLError):
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte(gatewayPage))
	default:
		s.mux.ServeHTTP(w, r)
	}
}

func (s *Service) has(id ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, on := s.on[id]
	return on
}

// knows reports whether the app is one of this cloud. Those of Feishu do not exist
// at Lark, nor the other way round.
func (s *Service) knows(app string) bool { return app == AppID && s.has(LarkTenant) == s.opts.Lark }

// accepts reports whether it is the app's secret.
func (s *Service) accepts(secret string) bool { return secret == AppSecret && !s.has(WrongSecret) }

// issue hands out a value that is good for the time, and forgets those that no
// longer are.
func (s *Service) issue(kept map[string]time.Time, prefix string) string {
	value := prefix + rand.Text()
	now := s.opts.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, ends := range kept {
		if now.After(ends) {
			delete(kept, old)
		}
	}
	kept[value] = now.Add(tokenLife)
	return value
}

// bearer reports whether the request carries one of the tokens (RFC 6750 2.1).
func (s *Service) bearer(r *http.Request, kept map[string]time.Time) bool {
	value, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.mu.Lock()
	defer s.mu.Unlock()
	ends, known := kept[value]
	return found && known && !s.opts.Now().After(ends)
}

func answer(w http.ResponseWriter, status int, document map[string]any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document) // a client that has gone needs no answer
}
