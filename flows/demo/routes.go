package demo

import (
	"net/http"
	"strings"
)

const maxBody = 1 << 20

// routes are the paths of a Logto tenant. What is not among them is 404, also for
// a known path with another method.
func (t *Tenant) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /oidc/.well-known/openid-configuration", t.discovery)
	m.HandleFunc("GET /oidc/jwks", t.jwks)
	m.HandleFunc("GET /oidc/auth", t.authorize)
	m.HandleFunc("POST /oidc/auth", t.authorize)
	m.HandleFunc("GET /oidc/auth/{interaction}", t.resume)
	m.HandleFunc("POST /oidc/request", t.pushAuthorization)
	m.HandleFunc("POST /oidc/token", t.token)
	m.HandleFunc("POST /oidc/token/revocation", t.revocation)
	m.HandleFunc("POST /oidc/token/introspection", t.introspection)
	m.HandleFunc("GET /oidc/me", t.userInfo)
	m.HandleFunc("POST /oidc/me", t.userInfo)
	m.HandleFunc("GET /oidc/session/end", t.endSession)
	m.HandleFunc("POST /oidc/session/end", t.endSession)
	m.HandleFunc("POST /oidc/session/end/confirm", t.confirmEndSession)
	m.HandleFunc("GET /oidc/session/end/success", t.endSessionSuccess)
	m.HandleFunc("/oidc/", t.unknownRoute)

	m.HandleFunc("GET /sign-in", t.signInPage)
	m.HandleFunc("POST /sign-in", t.signIn)
	m.HandleFunc("GET /register", t.registerPage)
	m.HandleFunc("POST /register", t.register)
	m.HandleFunc("GET /direct/{method}/{target}", t.direct)
	m.HandleFunc("GET /callback/{connector}", t.callback)
	m.HandleFunc("POST /callback/{connector}", t.postedCallback)
	m.HandleFunc("GET /{$}", t.home)
	t.experienceRoutes(m)
	t.managementRoutes(m)

	return t.whereMoved(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if t.ahead() != 0 { // net/http would tell the true time
			w.Header().Set("Date", t.now().UTC().Format(http.TimeFormat))
		}
		m.ServeHTTP(w, r)
	}))
}

func (t *Tenant) unknownRoute(w http.ResponseWriter, r *http.Request) {
	t.refuse(w, r, &oauthError{
		status: http.StatusNotFound, code: "invalid_request",
		description: "unrecognized route or not allowed method",
	})
}

// issuer is the issuer identifier for a request (Discovery 1.0 3).
func (t *Tenant) issuer(r *http.Request) string {
	if t.opts.Issuer != "" {
		return strings.TrimSuffix(t.opts.Issuer, "/")
	}
	if endpoint := t.listener.currentEndpoint(); endpoint != "" {
		return endpoint + "/oidc"
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host + "/oidc"
}
