package demo

import (
	"net/http"
	"strings"
)

// userInfoDraft is a UserInfo response just before it leaves, as a fault sees it.
type userInfoDraft struct {
	*reply
	app    *app
	issuer string
	key    *key
}

// userInfo is the UserInfo endpoint (OIDC Core 5.3).
func (t *Tenant) userInfo(w http.ResponseWriter, r *http.Request) {
	token, e := bearer(r)
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	ticket, g := t.openAccess(token)
	switch {
	case g == nil:
		t.refuse(w, r, invalidToken())
		return
	case !ticket.scopes.has(scopeOpenID): // RFC 6750 3.1
		t.refuse(w, r, &oauthError{
			status: http.StatusForbidden, code: "insufficient_scope",
			description: "access token missing openid scope", scheme: "Bearer",
		})
		return
	}
	d := &userInfoDraft{
		reply: &reply{status: http.StatusOK, document: identityClaims(g.user, ticket.scopes, true)},
		app:   g.app, issuer: t.issuer(r), key: t.keys().signer(),
	}
	for _, h := range t.active() {
		if h.userInfo != nil {
			h.userInfo(d)
		}
	}
	if d.status == http.StatusUnauthorized {
		t.refuse(w, r, invalidToken())
		return
	}
	t.send(w, r, d.reply)
}

func invalidToken() *oauthError {
	return &oauthError{
		status: http.StatusUnauthorized, code: "invalid_token",
		description: "invalid token provided", scheme: "Bearer",
	}
}

// bearer takes the access token from the header or the form (RFC 6750 2.1, 2.2),
// and refuses the query (2.3; RFC 9700 4.3.2).
func bearer(r *http.Request) (string, *oauthError) {
	if r.URL.Query().Has("access_token") {
		return "", fail("invalid_request", "access tokens must not be provided via query parameter")
	}
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, token, found := strings.Cut(header, " ")
		if !found || !strings.EqualFold(scheme, "Bearer") {
			return "", fail("invalid_request", "authorization header must use the Bearer scheme")
		}
		return strings.TrimSpace(token), nil
	}
	if err := r.ParseForm(); err == nil && r.PostForm.Get("access_token") != "" {
		return r.PostForm.Get("access_token"), nil
	}
	e := fail("invalid_request", "no access token provided")
	e.scheme = "Bearer"
	return "", e
}
