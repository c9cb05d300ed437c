package upstream

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"slices"
	"time"
)

const (
	codeLife  = time.Minute
	tokenLife = time.Hour
)

// code is an authorization code and what it is bound to.
type code struct {
	*request
	expires time.Time
}

// access is what an access token stands for.
type access struct {
	client  string
	scope   []string
	expires time.Time
}

func (p *Provider) issueCode(req *request) string {
	value := newHandle()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.codes[value] = &code{req, p.opts.Now().Add(codeLife)}
	return value
}

// redeem uses a code once, for the request that it belongs to (RFC 6749 4.1.3).
func (p *Provider) redeem(client, value, redirectURI, verifier string) *code {
	p.mu.Lock()
	defer p.mu.Unlock()
	for old, c := range p.codes {
		if p.opts.Now().After(c.expires) {
			delete(p.codes, old)
		}
	}
	c := p.codes[value]
	if c == nil || c.client != client || c.redirectURI != redirectURI || !verifies(verifier, c.challenge) {
		return nil
	}
	delete(p.codes, value)
	return c
}

// verifies checks PKCE (RFC 7636 4.6).
func verifies(verifier, challenge string) bool {
	if challenge == "" {
		return verifier == ""
	}
	sum := sha256.Sum256([]byte(verifier))
	return subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(challenge)) == 1
}

// token is the token endpoint (OIDC Core 3.1.3).
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		p.refuse(w, r, fail("invalid_request", "the form could not be read"))
		return
	}
	c, e := p.authenticate(r)
	if e != nil {
		p.refuse(w, r, e)
		return
	}
	form := r.PostForm
	if form.Get("grant_type") != "authorization_code" {
		p.refuse(w, r, fail("unsupported_grant_type", "the grant type must be authorization_code"))
		return
	}
	granted := p.redeem(c.ID, form.Get("code"), form.Get("redirect_uri"), form.Get("code_verifier"))
	if granted == nil {
		p.refuse(w, r, fail("invalid_grant", "the code is unknown, used, expired or bound to another request"))
		return
	}
	id, err := sign(p.idToken(r, granted))
	if err != nil {
		p.fails(w, r)
		return
	}
	a := &answer{status: http.StatusOK, document: map[string]any{
		"access_token": p.issueToken(granted), "token_type": "Bearer", "expires_in": int(tokenLife.Seconds()), "id_token": id,
	}}
	for _, h := range p.active() {
		if h.token != nil {
			h.token(a)
		}
	}
	p.send(w, r, a)
}

// idToken is the claims of the ID token (OIDC Core 2).
func (p *Provider) idToken(r *http.Request, c *code) map[string]any {
	now := p.opts.Now()
	claims := p.claims(c.scope)
	claims["iss"], claims["aud"] = p.issuer(r), c.client
	claims["iat"], claims["exp"] = now.Unix(), now.Add(tokenLife).Unix()
	if c.nonce != "" {
		claims["nonce"] = c.nonce
	}
	for _, h := range p.active() {
		if h.idToken != nil {
			h.idToken(claims)
		}
	}
	return claims
}

func (p *Provider) issueToken(c *code) string {
	value := newHandle()
	p.mu.Lock()
	defer p.mu.Unlock()
	for old, token := range p.tokens {
		if p.opts.Now().After(token.expires) {
			delete(p.tokens, old)
		}
	}
	p.tokens[value] = &access{client: c.client, scope: c.scope, expires: p.opts.Now().Add(tokenLife)}
	return value
}

// tokenFor is what a good access token stands for, or nil.
func (p *Provider) tokenFor(value string) *access {
	p.mu.Lock()
	defer p.mu.Unlock()
	token := p.tokens[value]
	if token == nil || p.opts.Now().After(token.expires) {
		return nil
	}
	return token
}

// Subject is the sub of the one user of the provider.
const Subject = "upstream-hana-01"

// claims are those of the scope for the provider's one user (OIDC Core 5.4).
func (p *Provider) claims(scope []string) map[string]any {
	claims := map[string]any{"sub": Subject}
	if slices.Contains(scope, "profile") {
		claims["name"] = "Hana Sato"
		claims["picture"] = "https://upstream.signbench.test/hana.png"
	}
	if slices.Contains(scope, "email") {
		claims["email"], claims["email_verified"] = "hana@acme.example", true
	}
	if slices.Contains(scope, "phone") {
		claims["phone_number"], claims["phone_number_verified"] = "+819012345678", true
	}
	for _, h := range p.active() {
		if h.claims != nil {
			h.claims(claims)
		}
	}
	return claims
}
