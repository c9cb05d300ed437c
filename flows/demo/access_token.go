package demo

import (
	"net/http"
	"net/url"
)

// accessToken is an opaque token for UserInfo, or, when the request names one of
// the granted resources, a JWT for that resource (RFC 9068). The scope returned is
// that of this token.
func (t *Tenant) accessToken(r *http.Request, g *grant, granted scopes, params url.Values) (string, scopes, *oauthError) {
	if params.Has("organization_id") {
		return "", 0, &oauthError{
			status: http.StatusForbidden, code: "access_denied",
			description: "user is not a member of the organization",
		}
	}
	wanted, e := parseResources(params["resource"])
	if e != nil {
		return "", 0, e
	}
	targets := wanted.list()
	switch {
	case len(targets) == 0:
		ticket := t.ticket(kindAccess, g)
		ticket.scopes, ticket.resources = granted&^ofResources, 0
		return t.mint.seal(ticket), ticket.scopes, nil
	case len(targets) > 1: // RFC 8707 2.2: one audience per token
		return "", 0, fail("invalid_target", "only a single resource indicator value is supported for this grant type")
	case !g.resources.has(wanted):
		return "", 0, fail("invalid_target", "resource indicator is missing, or unknown")
	}
	allowed := granted & targets[0].scopes & g.user.permissions
	token, e := t.resourceToken(r, g.app, g.user.sub, targets[0].indicator, allowed.String())
	return token, allowed, e
}

// resourceToken is a JWT for a resource (RFC 9068 2.2).
func (t *Tenant) resourceToken(r *http.Request, client *app, sub, audience, scope string) (string, *oauthError) {
	now := t.now().Unix()
	token, err := signedBy(t.keys().signer(), "at+jwt", map[string]any{
		"iss": t.issuer(r), "aud": audience, "sub": sub, "client_id": client.id,
		"iat": now, "exp": now + tokenLife, "jti": newHandle()[:21], "scope": scope,
	}).compact()
	if err != nil {
		return "", &oauthError{status: http.StatusInternalServerError, code: "server_error", description: err.Error()}
	}
	return token, nil
}

// openAccess reads an opaque access token that is good now: sealed here, not
// expired, neither it nor its grant revoked.
func (t *Tenant) openAccess(token string) (ticket, *grant) {
	ticket, ok := t.mint.open(token)
	if !ok || ticket.kind != kindAccess || !t.alive(ticket, tokenLife) {
		return ticket, nil
	}
	return ticket, t.book.grantOf(ticket)
}

// alive says whether a token with a life in seconds has not expired.
func (t *Tenant) alive(k ticket, life int64) bool {
	return t.now().Unix() < k.issued.Unix()+life
}
