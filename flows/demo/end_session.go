package demo

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// logout is an end-session request that waits for the browser's confirmation.
type logout struct {
	browser string
	hint    *jwt.Claims // nil: none was sent
	client  *app        // nil: none was named
	target  string      // post_logout_redirect_uri; empty: the tenant's own page
	state   string
	expires time.Time
}

// logoutAnswer is what a confirmed sign-out does, as a fault sees it.
type logoutAnswer struct {
	query url.Values // goes to post_logout_redirect_uri: state
	stays bool       // the session is left as it is
}

// endSession is the end-session endpoint (RP-Initiated Logout 1.0 2). It signs
// nobody out itself: it answers with a page that posts the confirmation, so only
// the user's browser can do it.
func (t *Tenant) endSession(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		t.refuse(w, r, fail("invalid_request", "the parameters could not be read"))
		return
	}
	l, e := t.readLogout(r.Form)
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	l.browser = browser(w, r)
	now := t.now()
	l.expires = now.Add(interactionLife)
	secret := newHandle()
	t.book.mu.Lock()
	for old, pending := range t.book.logouts {
		if now.After(pending.expires) {
			delete(t.book.logouts, old)
		}
	}
	t.book.logouts[secret] = l
	t.book.mu.Unlock()
	render(w, http.StatusOK, "end_session.html", leadsTo(l.target),
		struct{ Action, Secret string }{"/oidc/session/end/confirm", secret})
}

// readLogout checks the request. A URI to return to counts only when a client is
// known, by its ID or by the hint, and must be registered for it.
func (t *Tenant) readLogout(p url.Values) (*logout, *oauthError) {
	l := &logout{state: p.Get("state")}
	id := p.Get("client_id")
	if hint := p.Get("id_token_hint"); hint != "" {
		claims, e := t.readHint(hint)
		if e != nil {
			return nil, e
		}
		l.hint = claims
		audience := ""
		if len(claims.Audience) > 0 {
			audience = claims.Audience[0]
		}
		if id != "" && id != audience {
			return nil, fail("invalid_request", "client_id does not match the provided id_token_hint")
		}
		id = audience
	}
	if id == "" {
		return l, nil
	}
	reg, known := t.registered(id)
	if !known {
		return nil, fail("invalid_client", "invalid client "+id)
	}
	l.client = reg.app
	if uri := p.Get("post_logout_redirect_uri"); uri != "" {
		if !reg.allowsPostLogout(uri) {
			return nil, fail("invalid_request", "post_logout_redirect_uri not registered")
		}
		l.target = uri
	}
	return l, nil
}

// readHint reads an ID token that this tenant issued, expired or not (OIDC Core
// 3.1.2.1, id_token_hint). Its issuer is not compared: after a restart the same
// tenant may be on another port.
func (t *Tenant) readHint(hint string) (*jwt.Claims, *oauthError) {
	token, err := jwt.ParseSigned(hint, ownAlgorithms)
	if err != nil {
		return nil, fail("invalid_request", "could not decode id_token_hint")
	}
	var claims jwt.Claims
	if !t.signedHere(token, &claims) {
		return nil, fail("invalid_request", "could not validate id_token_hint")
	}
	return &claims, nil
}

var ownAlgorithms = []jose.SignatureAlgorithm{jose.ES384, jose.ES256, jose.RS256}

// signedHere reads the claims if one of the tenant's keys signed them.
func (t *Tenant) signedHere(token *jwt.JSONWebToken, claims ...any) bool {
	for _, k := range t.keys().jwks() {
		if token.Claims(k, claims...) == nil {
			return true
		}
	}
	return false
}

// confirmEndSession signs the browser out and sends it on.
func (t *Tenant) confirmEndSession(w http.ResponseWriter, r *http.Request) {
	params, e := bodyParams(r)
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	t.book.mu.Lock()
	l := t.book.logouts[params.Get("xsrf")]
	if l != nil && l.browser == cookie(r, browserCookie) && t.now().Before(l.expires) {
		delete(t.book.logouts, params.Get("xsrf"))
	} else {
		l = nil
	}
	t.book.mu.Unlock()
	if l == nil {
		t.refuse(w, r, fail("invalid_request", "could not find logout details"))
		return
	}
	answer := &logoutAnswer{query: url.Values{}}
	if l.state != "" {
		answer.query.Set("state", l.state)
	}
	for _, h := range t.active() {
		if h.endSession != nil {
			h.endSession(answer)
		}
	}
	if !answer.stays {
		t.signOut(w, r, l)
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, l.destination(answer.query), http.StatusSeeOther)
}

// signOut ends the browser's session and what was granted in it. Without a session
// the hint names whose grants of a former process end.
func (t *Tenant) signOut(w http.ResponseWriter, r *http.Request, l *logout) {
	if s := t.book.session(cookie(r, sessionCookie), t.now()); s != nil {
		t.book.endSession(s)
	}
	setCookie(w, sessionCookie, "", -time.Second)
	if l.hint == nil || l.client == nil {
		return
	}
	if u := t.book.userWith(l.hint.Subject); u != nil {
		t.book.forget(u.index, l.client.index)
	}
}

// destination is where the browser goes after signing out (RP-Initiated Logout
// 1.0 3).
func (l *logout) destination(query url.Values) string {
	if l.target == "" {
		return "/oidc/session/end/success"
	}
	u, err := url.Parse(l.target)
	if err != nil { // it was compared with the registered ones
		return "/oidc/session/end/success"
	}
	u.RawQuery = query.Encode()
	return u.String()
}

func (t *Tenant) endSessionSuccess(w http.ResponseWriter, _ *http.Request) {
	render(w, http.StatusOK, "message.html", "'none'", notice{
		"Signed out", "You are signed out of the demo tenant. This page can be closed.",
	})
}
