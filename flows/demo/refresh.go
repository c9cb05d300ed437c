package demo

import (
	"net/http"
	"net/url"
)

// refreshLife is the life of a refresh token, in seconds: 14 days.
const refreshLife = 14 * 24 * 3600

// refresh is the refresh token grant (RFC 6749 6; OIDC Core 12).
func (t *Tenant) refresh(r *http.Request, client *app, params url.Values) (map[string]any, *oauthError) {
	value := params.Get("refresh_token")
	if value == "" {
		return nil, fail("invalid_request", "missing required parameter 'refresh_token'")
	}
	used, ok := t.mint.open(value)
	if !ok || used.kind != kindRefresh || !t.alive(used, refreshLife) {
		return nil, invalidGrant()
	}
	g := t.book.grantOf(used)
	if g == nil || g.app != client {
		return nil, invalidGrant()
	}
	granted := g.scopes
	if params.Has("scope") {
		granted = parseScopes(params.Get("scope"))
		if !g.scopes.has(granted) { // RFC 6749 6: not more than was granted
			return nil, fail("invalid_scope", "refresh token missing requested scope")
		}
	}
	if t.rotates(client, used) {
		if !t.book.useRefreshToken(used, t.now()) && !t.leniency().refreshToken {
			return nil, invalidGrant()
		}
		value = t.mint.seal(t.successor(client, used))
	}
	return t.issue(r, g, granted, params, value)
}

// rotates says whether the token gets a successor: every time for a public client
// (RFC 9700 2.2.2), and for the others when seven tenths of its life are over.
func (t *Tenant) rotates(client *app, k ticket) bool {
	return client.public() || t.leniency().refreshToken || !t.alive(k, refreshLife*7/10)
}

// successor is the ticket of the token that follows. The life of a single page
// app's begins at the first one, so that rotation does not lengthen it for ever.
func (t *Tenant) successor(client *app, used ticket) ticket {
	next := used
	next.serial = newSerial()
	if client.native || !client.public() {
		next.issued = t.now()
	}
	return next
}
