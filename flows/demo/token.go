package demo

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"regexp"
	"slices"
)

// tokenLife is the life of access and ID tokens, in seconds.
const tokenLife = 3600

// token is the token endpoint (OIDC Core 3.1.3, 12).
func (t *Tenant) token(w http.ResponseWriter, r *http.Request) {
	params, e := bodyParams(r)
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	client, e := t.authenticate(r, params)
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	document, e := t.grantTokens(r, client, params)
	t.recordTokens(r, client, params.Get("grant_type"), e)
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	p := &reply{status: http.StatusOK, document: document}
	for _, h := range t.active() {
		if h.token != nil {
			h.token(p)
		}
	}
	t.send(w, r, p)
}

// grantTokens is the token response of the grant that the request names.
func (t *Tenant) grantTokens(r *http.Request, client *app, params url.Values) (map[string]any, *oauthError) {
	switch grantType := params.Get("grant_type"); {
	case grantType == "":
		return nil, fail("invalid_request", "missing required parameter 'grant_type'")
	case grantType == "client_credentials" && client.machine:
		return t.clientCredentials(r, client, params)
	case grantType == "authorization_code" && !client.machine:
		return t.exchangeCode(r, client, params)
	case grantType == "refresh_token" && !client.machine:
		return t.refresh(r, client, params)
	case slices.Contains([]string{"client_credentials", "implicit", "authorization_code", "refresh_token"}, grantType):
		return nil, fail("unauthorized_client", "requested grant type is not allowed for this client")
	default:
		return nil, fail("unsupported_grant_type", "unsupported grant_type requested")
	}
}

// exchangeCode is the authorization code grant (RFC 6749 4.1.3).
func (t *Tenant) exchangeCode(r *http.Request, client *app, params url.Values) (map[string]any, *oauthError) {
	if params.Get("code") == "" {
		return nil, fail("invalid_request", "missing required parameter 'code'")
	}
	g := t.book.redeem(params.Get("code"), t.now(), t.leniency().code, func(c *code) bool {
		return c.grant.app == client && c.redirectURI == params.Get("redirect_uri") &&
			verifies(params.Get("code_verifier"), c.challenge)
	})
	if g == nil {
		return nil, invalidGrant()
	}
	var refresh string
	if g.scopes.has(scopeOfflineAccess) {
		refresh = t.mint.seal(t.ticket(kindRefresh, g))
	}
	return t.issue(r, g, g.scopes, params, refresh)
}

var verifierPattern = regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`) // RFC 7636 4.1

// verifies checks PKCE (RFC 7636 4.6). A verifier for a code without a challenge
// is refused too: the challenge may have been stripped on the way (RFC 9700 2.1.1).
func verifies(verifier, challenge string) bool {
	if challenge == "" {
		return verifier == ""
	}
	if !verifierPattern.MatchString(verifier) {
		return false
	}
	sum := sha256.Sum256([]byte(verifier))
	return subtle.ConstantTimeCompare([]byte(encode(sum[:])), []byte(challenge)) == 1
}

// issue makes the token response (RFC 6749 5.1). refreshToken may be empty.
func (t *Tenant) issue(r *http.Request, g *grant, granted scopes, params url.Values, refreshToken string) (map[string]any, *oauthError) {
	access, scope, e := t.accessToken(r, g, granted, params)
	if e != nil {
		return nil, e
	}
	document := map[string]any{
		"access_token": access, "token_type": "Bearer", "expires_in": tokenLife, "scope": scope.String(),
	}
	if refreshToken != "" {
		document["refresh_token"] = refreshToken
	}
	if granted.has(scopeOpenID) {
		id, err := t.idToken(r, g, granted, access, params.Get("grant_type") == "refresh_token")
		if err != nil {
			return nil, &oauthError{status: http.StatusInternalServerError, code: "server_error", description: err.Error()}
		}
		document["id_token"] = id
	}
	return document, nil
}

// ticket is what a new opaque token of the grant says.
func (t *Tenant) ticket(kind tokenKind, g *grant) ticket {
	return ticket{
		kind: kind, app: g.app.index, user: g.user.index, scopes: g.scopes, resources: g.resources,
		issued: t.now(), grant: g.id, serial: newSerial(),
	}
}
