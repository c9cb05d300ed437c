package demo

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4/jwt"
)

// ManagementAPI is the indicator of Logto's Management API in a tenant that is not
// in its cloud. It is a name and no address.
const ManagementAPI = "https://default.logto.app/api"

// managementScope is the one permission that there is.
const managementScope = "all"

// clientCredentials is the client credentials grant (RFC 6749 4.4). A scope that is
// not asked for is not given, and the API will say so, not the token endpoint.
func (t *Tenant) clientCredentials(r *http.Request, client *app, params url.Values) (map[string]any, *oauthError) {
	audience := params.Get("resource")
	switch {
	case audience == "":
		return nil, fail("invalid_target", "both `resource` and `organization_id` are not provided")
	case audience != ManagementAPI && audience != Resource:
		return nil, fail("invalid_target", "resource indicator is missing, or unknown")
	}
	scope := ""
	if audience == ManagementAPI && slices.Contains(strings.Fields(params.Get("scope")), managementScope) {
		scope = managementScope
	}
	token, e := t.resourceToken(r, client, client.id, audience, scope)
	if e != nil {
		return nil, e
	}
	document := map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": tokenLife}
	if scope != "" {
		document["scope"] = scope
	}
	return document, nil
}

// managementRoutes are the calls of the Management API.
func (t *Tenant) managementRoutes(m *http.ServeMux) {
	for pattern, handler := range map[string]http.HandlerFunc{
		"GET /api/connectors":                 t.listConnectors,
		"GET /api/connectors/{id}":            t.oneConnector,
		"PATCH /api/connectors/{id}":          t.changeConnector,
		"POST /api/connectors/{factory}/test": t.testConnector,
		"GET /api/sso-connectors":             t.listSSOConnectors,
		"GET /api/sso-connectors/{id}":        t.oneSSOConnector,
		"PATCH /api/sso-connectors/{id}":      t.changeSSOConnector,
		"GET /api/logs":                       t.listLogs,
		"GET /api/logs/{id}":                  t.oneLog,
	} {
		m.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if e := t.permit(r); e != nil {
				e.send(w)
				return
			}
			handler(w, r)
		})
	}
}

// permit looks at the token of a request to the Management API.
func (t *Tenant) permit(r *http.Request) *apiError {
	header := r.Header.Get("Authorization")
	switch {
	case header == "":
		return apiFailure(http.StatusUnauthorized, "auth.authorization_header_missing")
	case !strings.HasPrefix(header, "Bearer "):
		e := apiFailure(http.StatusUnauthorized, "auth.authorization_token_type_not_supported")
		e.Data = map[string]any{"supportedTypes": []string{"Bearer"}}
		return e
	}
	token, err := jwt.ParseSigned(strings.TrimPrefix(header, "Bearer "), ownAlgorithms)
	if err != nil {
		return unauthorized("ERR_JWS_INVALID", "JWSInvalid", nil)
	}
	var claims jwt.Claims
	var granted struct {
		Scope string `json:"scope"`
	}
	if !t.signedHere(token, &claims, &granted) {
		return unauthorized("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "JWSSignatureVerificationFailed", nil)
	}
	wrong := ""
	switch {
	case claims.Issuer != t.issuer(r):
		wrong = "iss"
	case !claims.Audience.Contains(ManagementAPI):
		wrong = "aud"
	}
	switch {
	case wrong != "":
		return unauthorized("ERR_JWT_CLAIM_VALIDATION_FAILED", "JWTClaimValidationFailed",
			map[string]any{"claim": wrong, "reason": "check_failed"})
	case claims.Expiry == nil || !t.now().Before(claims.Expiry.Time()):
		return unauthorized("ERR_JWT_EXPIRED", "JWTExpired", map[string]any{"claim": "exp", "reason": "check_failed"})
	case !slices.Contains(strings.Fields(granted.Scope), managementScope):
		return apiFailure(http.StatusForbidden, "auth.forbidden")
	}
	return nil
}

// unauthorized is Logto's answer to a token that it does not take, with the error of
// its library.
func unauthorized(code, name string, more map[string]any) *apiError {
	e := apiFailure(http.StatusUnauthorized, "auth.unauthorized")
	data := map[string]any{"code": code, "name": name}
	for member, value := range more {
		data[member] = value
	}
	e.Data = data
	return e
}
