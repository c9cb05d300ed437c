package demo

import (
	"net/http"
	"strings"
	"time"
)

// The cookies have names of their own: cookies are not kept apart by port, and a
// Logto that a developer runs on localhost has cookies named _session and
// _interaction, which a sign-in here must not end.
const (
	sessionCookie = "_demo_session"
	browserCookie = "_demo_browser"

	// interactionCookie names the interaction to the Experience API, which has no
	// other word of it.
	interactionCookie = "_demo_interaction"
)

const interactionLife = time.Hour

// interaction is an authorization request that waits for the user. Its identifier
// is in the page, and it can be continued only by the browser that began it, which
// a cookie names: a form on somebody else's page knows one and not the other.
type interaction struct {
	id         string
	browser    string
	request    *authorization
	mustSignIn bool
	expires    time.Time

	user    *user // who signed in; nil until then
	refused bool

	event         string // of the Experience API; empty until it is begun
	verifications map[string]*verification
}

// interact sends the browser to the sign-in or the registration page, or on its way
// to a connector.
func (t *Tenant) interact(w http.ResponseWriter, r *http.Request, req *authorization, s *session, mustSignIn bool) {
	now := t.now()
	i := &interaction{
		id: newHandle(), browser: browser(w, r), request: req, mustSignIn: mustSignIn || s == nil,
		expires: now.Add(interactionLife), verifications: map[string]*verification{},
	}
	t.book.mu.Lock()
	for id, old := range t.book.interactions {
		if now.After(old.expires) {
			delete(t.book.interactions, id)
		}
	}
	t.book.interactions[i.id] = i
	t.book.mu.Unlock()

	t.record(r, req.app, "Interaction.Create", map[string]any{}, nil)
	setCookie(w, interactionCookie, i.id, interactionLife)
	target := pageAddress(req.ownPage(), i)
	if req.direct != "" && i.mustSignIn {
		target = pageAddress(req.direct, i) + "&fallback=" + strings.TrimPrefix(req.ownPage(), "/")
	}
	http.Redirect(w, r, target, http.StatusSeeOther) // #nosec G710 -- a path of the tenant's own
}

// ownPage is the page of the tenant on which the interaction begins.
func (q *authorization) ownPage() string {
	if q.register {
		return "/register"
	}
	return "/sign-in"
}

// interactionOf finds the interaction of a page, if this browser began it.
func (t *Tenant) interactionOf(r *http.Request, id string) *interaction {
	t.book.mu.Lock()
	defer t.book.mu.Unlock()
	i := t.book.interactions[id]
	if i == nil || t.now().After(i.expires) || i.browser != cookie(r, browserCookie) {
		return nil
	}
	return i
}

// settle notes what the user decided, and sends the browser back to the
// authorization endpoint, as Logto does.
func (t *Tenant) settle(w http.ResponseWriter, r *http.Request, i *interaction, u *user) {
	t.book.mu.Lock()
	i.user, i.refused = u, u == nil
	t.book.mu.Unlock()
	if u != nil {
		t.record(r, i.request.app, "Interaction.SignIn.Submit", map[string]any{"userId": u.sub}, nil)
	}
	http.Redirect(w, r, "/oidc/auth/"+i.id, http.StatusSeeOther)
}

// resume ends an interaction that was settled. It can be done once.
func (t *Tenant) resume(w http.ResponseWriter, r *http.Request) {
	i := t.interactionOf(r, r.PathValue("interaction"))
	if i == nil {
		writeJSON(w, http.StatusBadRequest, errorBody{
			Code: "session.not_found", Message: "Session not found. Please go back and sign in again.",
			Error: "invalid_request", Description: "interaction session not found",
		})
		return
	}
	t.book.mu.Lock()
	u, refused := i.user, i.refused
	if u != nil || refused {
		delete(t.book.interactions, i.id)
	}
	t.book.mu.Unlock()
	switch {
	case refused:
		t.answer(w, r, i.request, failure(fail("access_denied", "End-User aborted interaction")))
	case u == nil:
		http.Redirect(w, r, pageAddress("/sign-in", i), http.StatusSeeOther)
	default:
		t.grant(w, r, i.request, t.sessionFor(w, r, u, i.mustSignIn))
	}
}

// sessionFor is the browser's session when it is that user's and may be used, or a
// new one.
func (t *Tenant) sessionFor(w http.ResponseWriter, r *http.Request, u *user, fresh bool) *session {
	now, former := t.now(), cookie(r, sessionCookie)
	if s := t.book.session(former, now); s != nil && s.user == u && !fresh {
		return s
	}
	s := t.book.startSession(u, former, now)
	setCookie(w, sessionCookie, s.id, sessionLife)
	return s
}

// browser is the value that names the browser, set when it has none.
func browser(w http.ResponseWriter, r *http.Request) string {
	if value := cookie(r, browserCookie); value != "" {
		return value
	}
	value := newHandle()
	setCookie(w, browserCookie, value, sessionLife)
	return value
}

func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// setCookie sets a cookie that no script reads. A negative life deletes it. It is
// not Secure, because the tenant speaks http on loopback.
func setCookie(w http.ResponseWriter, name, value string, life time.Duration) {
	http.SetCookie(w, &http.Cookie{ // #nosec G124 -- see above
		Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}
