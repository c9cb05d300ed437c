package demo

import "net/http"

// discovery is the provider's metadata (Discovery 1.0 3, 4.2).
func (t *Tenant) discovery(w http.ResponseWriter, r *http.Request) {
	p := &reply{status: http.StatusOK, document: t.metadata(t.issuer(r))}
	for _, h := range t.active() {
		if h.discovery != nil {
			h.discovery(p)
		}
	}
	t.send(w, r, p)
}

// metadata is the document of a Logto tenant.
func (t *Tenant) metadata(issuer string) map[string]any {
	return map[string]any{
		"issuer":                                issuer,
		"authorization_endpoint":                issuer + "/auth",
		"token_endpoint":                        issuer + "/token",
		"userinfo_endpoint":                     issuer + "/me",
		"jwks_uri":                              issuer + "/jwks",
		"revocation_endpoint":                   issuer + "/token/revocation",
		"introspection_endpoint":                issuer + "/token/introspection",
		"end_session_endpoint":                  issuer + "/session/end",
		"pushed_authorization_request_endpoint": issuer + "/request",
		"authorization_response_iss_parameter_supported": true,
		"backchannel_logout_supported":                   true,
		"backchannel_logout_session_supported":           true,
		"claim_types_supported":                          []string{"normal"},
		"claims_parameter_supported":                     false,
		"claims_supported": []string{
			"sub", "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username",
			"profile", "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
			"username", "created_at", "email", "email_verified", "phone_number", "phone_number_verified",
			"address", "custom_data", "identities", "sso_identities", "roles", "organizations",
			"organization_data", "organization_roles", "sid", "auth_time", "iss",
		},
		"code_challenge_methods_supported":      []string{"S256"},
		"grant_types_supported":                 []string{"implicit", "authorization_code", "refresh_token"},
		"id_token_signing_alg_values_supported": []string{string(t.keys().signer().alg)},
		"request_parameter_supported":           false,
		"request_uri_parameter_supported":       false,
		"response_modes_supported":              []string{"form_post", "fragment", "query"},
		"response_types_supported":              []string{"code id_token", "code", "id_token", "none"},
		"scopes_supported":                      scopeNames[:len(scopeNames)-2],
		"subject_types_supported":               []string{"public"},
		"token_endpoint_auth_methods_supported": []string{
			"client_secret_basic", "client_secret_jwt", "client_secret_post", "private_key_jwt", "none",
		},
		"token_endpoint_auth_signing_alg_values_supported": []string{"HS256", "RS256", "PS256", "ES256", "EdDSA"},
	}
}

// jwks is the public keys (RFC 7517 5; Discovery 1.0 3, jwks_uri).
func (t *Tenant) jwks(w http.ResponseWriter, r *http.Request) {
	p := &reply{
		status:      http.StatusOK,
		contentType: "application/jwk-set+json; charset=utf-8",
		document:    map[string]any{"keys": t.keys().jwks()},
	}
	for _, h := range t.active() {
		if h.jwks != nil {
			h.jwks(p)
		}
	}
	t.send(w, r, p)
}
