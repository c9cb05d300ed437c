package demo

import (
	"net/http"
	"strings"
)

// revocation is the revocation endpoint (RFC 7009 2). An unknown token is answered
// as a revoked one; revoking a refresh token ends its grant.
func (t *Tenant) revocation(w http.ResponseWriter, r *http.Request) {
	client, token, e := t.aboutToken(r, "revoked via the revocation_endpoint")
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	if k, ok := t.mint.open(token); ok && k.app == client.index {
		t.book.revokeToken(k.serial)
		if k.kind == kindRefresh {
			t.book.revokeGrant(k.grant)
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
}

// introspection is the introspection endpoint (RFC 7662 2). What is not active is
// said to be so with 200, without a reason.
func (t *Tenant) introspection(w http.ResponseWriter, r *http.Request) {
	client, token, e := t.aboutToken(r, "introspected via the introspection_endpoint")
	if e != nil {
		t.refuse(w, r, e)
		return
	}
	document := map[string]any{"active": false}
	if k, ok := t.mint.open(token); ok && k.app == client.index {
		life := int64(tokenLife)
		if k.kind == kindRefresh {
			life = refreshLife
		}
		if g := t.book.grantOf(k); g != nil && t.alive(k, life) {
			document = map[string]any{
				"active": true, "iss": t.issuer(r), "sub": g.user.sub, "client_id": g.app.id,
				"scope": k.scopes.String(), "iat": k.issued.Unix(), "exp": k.issued.Unix() + life,
			}
			if k.kind == kindAccess {
				document["token_type"] = "Bearer"
			}
		}
	}
	writeJSON(w, http.StatusOK, document)
}

// aboutToken reads a request about a token. A JWT is no token that the tenant
// keeps account of, and says so.
func (t *Tenant) aboutToken(r *http.Request, what string) (*app, string, *oauthError) {
	params, e := bodyParams(r)
	if e != nil {
		return nil, "", e
	}
	client, e := t.authenticate(r, params)
	if e != nil {
		return nil, "", e
	}
	token := params.Get("token")
	if token == "" {
		return nil, "", fail("invalid_request", "missing required parameter 'token'")
	}
	if strings.Count(token, ".") == 2 {
		return nil, "", fail("unsupported_token_type", "Structured JWT Tokens cannot be "+what)
	}
	return client, token, nil
}
