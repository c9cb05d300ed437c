package demo

import (
	"net/http"
	"net/url"
	"time"
)

// authorize is the authorization endpoint (OIDC Core 3.1.2.1).
func (t *Tenant) authorize(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		t.refuse(w, r, fail("invalid_request", "the parameters could not be read"))
		return
	}
	params, e := t.unpush(r.Form)
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	req, e := t.identifyRequest(params)
	if e != nil {
		// Without a client and a redirect URI that belong together nobody is told
		// but the user (RFC 6749 4.1.2.1): a page of errors, never a redirect.
		t.refuseWithState(w, r, e, params.Get("state"))
		return
	}
	if e := req.read(params); e != nil {
		t.answer(w, r, req, failure(e))
		return
	}
	t.proceed(w, r, req)
}

// refuseWithState is the 400 of the authorization endpoint, which also repeats the
// state and names the issuer.
func (t *Tenant) refuseWithState(w http.ResponseWriter, r *http.Request, e *oauthError, state string) {
	b := e.body()
	b.State, b.Issuer = state, t.issuer(r)
	writeJSON(w, e.status, b)
}

// proceed answers at once when the session allows it, or sends the browser to the
// tenant's own pages.
func (t *Tenant) proceed(w http.ResponseWriter, r *http.Request, req *authorization) {
	s := t.book.session(cookie(r, sessionCookie), t.now())
	mustSignIn := req.needsSignIn(s, t.now()) || t.hintsAtOther(req, s)
	switch {
	case req.prompt["none"] && mustSignIn:
		t.answer(w, r, req, failure(fail("login_required", "End-User authentication is required")))
	case mustSignIn, !req.prompt["none"] && (req.prompt["consent"] || req.register):
		t.interact(w, r, req, s, mustSignIn)
	default:
		t.grant(w, r, req, s)
	}
}

// needsSignIn says whether the session cannot answer for the user (OIDC Core
// 3.1.2.1, prompt and max_age; 3.1.2.3).
func (q *authorization) needsSignIn(s *session, now time.Time) bool {
	if s == nil || q.prompt["login"] {
		return true
	}
	return q.maxAge != nil && now.Sub(s.authTime) >= time.Duration(*q.maxAge)*time.Second
}

// hintsAtOther says whether id_token_hint is for another user than the session's
// (OIDC Core 3.1.2.1).
func (t *Tenant) hintsAtOther(req *authorization, s *session) bool {
	if req.idTokenHint == "" || s == nil {
		return false
	}
	hint, e := t.readHint(req.idTokenHint)
	return e != nil || hint.Subject != s.user.sub
}

// grant answers with a code for the session's user.
func (t *Tenant) grant(w http.ResponseWriter, r *http.Request, req *authorization, s *session) {
	g := &grant{
		id: newGrantID(), app: req.app, user: s.user,
		scopes: req.scopes, resources: req.resources, nonce: req.nonce,
	}
	if req.maxAge != nil {
		at := s.authTime
		g.authTime = &at
	}
	now := t.now()
	t.book.openGrant(g, s)
	value := t.book.issueCode(&code{
		grant: g, redirectURI: req.redirectURI, challenge: req.challenge, expires: now.Add(codeLife),
	}, now)
	t.answer(w, r, req, url.Values{"code": {value}})
}
