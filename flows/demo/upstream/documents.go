package upstream

import "net/http"

// discovery is the provider's metadata (Discovery 1.0 3).
func (p *Provider) discovery(w http.ResponseWriter, r *http.Request) {
	base := p.base(r)
	methods := allMethods
	for _, h := range p.active() {
		if h.client != nil {
			var c Client
			if h.client(&c); c.methods != nil {
				methods = c.methods
			}
		}
	}
	a := &answer{status: http.StatusOK, document: map[string]any{
		"issuer":                                p.issuer(r),
		"authorization_endpoint":                base + authorizePath,
		"token_endpoint":                        base + tokenPath,
		"userinfo_endpoint":                     base + userInfoPath,
		"jwks_uri":                              base + jwksPath,
		"response_types_supported":              []string{"code"},
		"response_modes_supported":              []string{"query", "form_post"},
		"grant_types_supported":                 []string{"authorization_code"},
		"subject_types_supported":               []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"scopes_supported":                      []string{"openid", "profile", "email", "phone"},
		"claims_supported": []string{
			"sub", "name", "picture", "email", "email_verified", "phone_number", "phone_number_verified",
		},
		"code_challenge_methods_supported":                 []string{"S256"},
		"token_endpoint_auth_methods_supported":            methods,
		"token_endpoint_auth_signing_alg_values_supported": macs,
	}}
	for _, h := range p.active() {
		if h.discovery != nil {
			h.discovery(a)
		}
	}
	p.send(w, r, a)
}

// jwks is the public key (RFC 7517 5).
func (p *Provider) jwks(w http.ResponseWriter, r *http.Request) {
	document, err := published(signingKey)
	if err != nil {
		p.fails(w, r)
		return
	}
	a := &answer{status: http.StatusOK, document: document}
	for _, h := range p.active() {
		if h.jwks != nil {
			h.jwks(a)
		}
	}
	p.send(w, r, a)
}

// userInfo is the UserInfo endpoint (OIDC Core 5.3).
func (p *Provider) userInfo(w http.ResponseWriter, r *http.Request) {
	token := p.tokenFor(bearer(r))
	if token == nil {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		p.refuse(w, r, &oauthError{
			status: http.StatusUnauthorized, code: "invalid_token", description: "the access token is not known or has expired",
		})
		return
	}
	a := &answer{status: http.StatusOK, document: p.claims(token.scope)}
	for _, h := range p.active() {
		if h.userInfo != nil {
			h.userInfo(a)
		}
	}
	if a.signed { // OIDC Core 5.3.2
		a.document["iss"], a.document["aud"] = p.issuer(r), token.client
	}
	p.send(w, r, a)
}
