package demo

import "net/http"

// idTokenDraft is an ID token just before it is signed, as a fault sees it.
type idTokenDraft struct {
	*jws
	app     *app
	ring    *keyring
	refresh bool // it is for a refresh (OIDC Core 12.2)
}

// signWith replaces the key and the header members that name it.
func (d *idTokenDraft) signWith(k *key) {
	d.header["alg"], d.header["kid"], d.sign = string(k.alg), k.id, k.sign
}

// shift moves a time claim by seconds.
func (d *idTokenDraft) shift(claim string, seconds int64) {
	if at, ok := d.claims[claim].(int64); ok {
		d.claims[claim] = at + seconds
	}
}

// idToken is the ID token for a grant (OIDC Core 2, 3.1.3.6).
func (t *Tenant) idToken(r *http.Request, g *grant, granted scopes, accessToken string, refresh bool) (string, error) {
	ring := t.keys()
	k := ring.signer()
	now := t.now().Unix()
	claims := identityClaims(g.user, granted, false)
	claims["iss"] = t.issuer(r)
	claims["aud"] = g.app.id
	claims["iat"] = now
	claims["exp"] = now + tokenLife
	claims["at_hash"] = leftHalf(k.alg, accessToken)
	if g.nonce != "" {
		claims["nonce"] = g.nonce
	}
	if g.authTime != nil {
		claims["auth_time"] = g.authTime.Unix()
	}
	d := &idTokenDraft{jws: signedBy(k, "JWT", claims), app: g.app, ring: ring, refresh: refresh}
	for _, h := range t.active() {
		if h.idToken != nil {
			h.idToken(d)
		}
	}
	return d.compact()
}
