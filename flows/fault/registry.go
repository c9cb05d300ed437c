package fault

import (
	"cmp"
	"slices"

	"signbench/flows/oauth"
)

// ResponseError is an OAuth error at a step for which none is specified.
const ResponseError Code = "response.error"

// family is an endpoint with the errors that are registered for it: in the RFC or
// specification that defines the endpoint, and in the OAuth Extensions Error
// Registry of IANA.
type family struct {
	prefix string
	steps  []oauth.Step
	spec   string // of the endpoint's errors as a whole
	errors map[string]registered
}

// registered is an error code; an empty clause is the family's.
type registered struct {
	spec   string
	remedy Remedy
}

func (f family) code(name string) Code { return Code(f.prefix + "." + name) }

const (
	oidcErrors = "OIDC Core 3.1.2.6"
	jar        = "RFC 9101 6"
	dpopProof  = "RFC 9449 5"
	dpopNonce  = "RFC 9449 8"
	uma        = "UMA 2.0 Grant, 3.3.6"
	federation = "OpenID Federation 1.0, 8.9"
	openid4vp  = "OpenID4VP 1.0, 8.5"
)

var families = []family{
	{"authorize", at(oauth.StepAuthorize, oauth.StepCallback), "RFC 6749 4.1.2.1", map[string]registered{
		"access_denied": {}, "invalid_request": {}, "invalid_scope": {}, "unauthorized_client": {},
		"unsupported_response_type": {}, "server_error": {}, "temporarily_unavailable": {},
		"login_required": {oidcErrors, NoRemedy}, "consent_required": {oidcErrors, NoRemedy},
		"interaction_required": {oidcErrors, NoRemedy}, "account_selection_required": {oidcErrors, NoRemedy},
		"request_not_supported": {oidcErrors, NoRemedy}, "request_uri_not_supported": {oidcErrors, NoRemedy},
		"registration_not_supported": {oidcErrors, NoRemedy},
		"invalid_request_uri":        {jar, NoRemedy}, "invalid_request_object": {jar, NoRemedy},
		"invalid_target": {"RFC 8707 2", NoRemedy}, "invalid_authorization_details": {"RFC 9396 5", NoRemedy},
		"unmet_authentication_requirements": {"Unmet Authentication Requirements 1.0, 2", NoRemedy},
		"invalid_client":                    {"RFC 6749 4.1.2.1", EditClientID}, "invalid_redirect_uri": {"RFC 6749 3.1.2.4", CopyRedirectURI},
		"pkce_required":             {"RFC 7636 4.4.1", NoRemedy},
		"unsupported_response_mode": {"OAuth 2.0 Multiple Response Types 1.0, 2.1", NoRemedy},
		"invalid_issuer":            {federation, NoRemedy}, "invalid_subject": {federation, NoRemedy}, "invalid_trust_anchor": {federation, NoRemedy},
		"invalid_trust_chain": {federation, NoRemedy}, "invalid_metadata": {federation, NoRemedy}, "not_found": {federation, NoRemedy},
		"unsupported_parameter":    {federation, NoRemedy},
		"vp_formats_not_supported": {openid4vp, NoRemedy}, "invalid_request_uri_method": {openid4vp, NoRemedy},
		"invalid_transaction_data": {openid4vp, NoRemedy}, "wallet_unavailable": {openid4vp, NoRemedy},
	}},
	{"token", at(oauth.StepToken), "RFC 6749 5.2", map[string]registered{
		"invalid_client": {"", EditSecret}, "invalid_grant": {}, "invalid_request": {}, "unauthorized_client": {},
		"unsupported_grant_type": {}, "invalid_scope": {}, "access_denied": {"RFC 8628 3.5", NoRemedy},
		"invalid_target": {"RFC 8707 2", NoRemedy}, "invalid_authorization_details": {"RFC 9396 6", NoRemedy},
		"authorization_pending": {"RFC 8628 3.5", NoRemedy}, "slow_down": {"RFC 8628 3.5", NoRemedy}, "expired_token": {"RFC 8628 3.5", NoRemedy},
		"invalid_dpop_proof": {dpopProof, NoRemedy}, "use_dpop_nonce": {dpopNonce, NoRemedy},
		"insufficient_scope": {"RFC 6750 3.1", NoRemedy},
		"need_info":          {uma, NoRemedy}, "request_denied": {uma, NoRemedy}, "request_submitted": {uma, NoRemedy},
		"unsupported_pop_key": {"RFC 9200 5.8.3", NoRemedy}, "incompatible_ace_profiles": {"RFC 9200 5.8.3", NoRemedy},
	}},
	{"refresh", at(oauth.StepRefresh), "RFC 6749 5.2", map[string]registered{
		"invalid_client": {"", EditSecret}, "invalid_grant": {}, "invalid_request": {}, "unauthorized_client": {},
		"unsupported_grant_type": {}, "invalid_scope": {}, "invalid_target": {"RFC 8707 2", NoRemedy},
		"access_denied": {"RFC 6749 6", NoRemedy}, "insufficient_scope": {"RFC 6750 3.1", NoRemedy},
		"invalid_dpop_proof": {dpopProof, NoRemedy}, "use_dpop_nonce": {dpopNonce, NoRemedy},
	}},
	{"userinfo", at(oauth.StepUserInfo), "RFC 6750 3.1", map[string]registered{
		"invalid_token": {}, "insufficient_scope": {}, "invalid_request": {},
		"insufficient_user_authentication": {"RFC 9470 3", NoRemedy},
		"invalid_dpop_proof":               {"RFC 9449 7.1", NoRemedy}, "use_dpop_nonce": {"RFC 9449 9", NoRemedy},
	}},
	{"revoke", at(oauth.StepRevoke), "RFC 7009 2.2.1", map[string]registered{
		"unsupported_token_type": {}, "invalid_client": {"", EditSecret}, "invalid_request": {}, "unauthorized_client": {},
	}},
	{"introspect", at(oauth.StepIntrospect), "RFC 7662 2.3", map[string]registered{
		"invalid_client": {"", EditSecret}, "invalid_request": {}, "invalid_token": {}, "unauthorized_client": {},
	}},
	{"push", at(oauth.StepPush), "RFC 9126 2.3", map[string]registered{
		"invalid_request": {}, "invalid_client": {"", EditSecret}, "unauthorized_client": {}, "invalid_scope": {},
		"invalid_redirect_uri": {"", CopyRedirectURI}, "invalid_target": {"RFC 8707 2", NoRemedy},
		"invalid_request_object": {"RFC 9126 3", NoRemedy}, "invalid_authorization_details": {"RFC 9396 5", NoRemedy},
		"invalid_dpop_proof": {"RFC 9449 10.1", NoRemedy}, "use_dpop_nonce": {dpopNonce, NoRemedy},
	}},
	{"device", at(oauth.StepDevice), "RFC 8628 3.1", map[string]registered{
		"invalid_request": {}, "invalid_client": {"", EditClientID}, "unauthorized_client": {}, "invalid_scope": {},
		"invalid_target": {"RFC 8707 2", NoRemedy},
	}},
	{"backchannel", at(oauth.StepBackchannel), "CIBA Core 1.0, 13", map[string]registered{
		"invalid_request": {}, "invalid_scope": {}, "invalid_client": {"", EditSecret}, "unauthorized_client": {}, "access_denied": {},
		"expired_login_hint_token": {}, "unknown_user_id": {}, "missing_user_code": {}, "invalid_user_code": {}, "invalid_binding_message": {},
		"transaction_failed": {"CIBA Core 1.0, 12", NoRemedy},
	}},
	{"register", at(oauth.StepRegister), "RFC 7591 3.2.2", map[string]registered{
		"invalid_redirect_uri": {"", CopyRedirectURI}, "invalid_client_metadata": {},
		"invalid_software_statement": {}, "unapproved_software_statement": {}, "invalid_token": {"RFC 7591 3", NoRemedy},
	}},
	{"end_session", at(oauth.StepEndSession, oauth.StepReturn), "RP-Initiated Logout 1.0, 4", map[string]registered{
		"invalid_request": {}, "unregistered_uri": {"RP-Initiated Logout 1.0, 3", CopyPostLogout},
	}},
}

// familyAt finds the errors that are registered for a step's endpoint.
func familyAt(step oauth.Step) (family, bool) {
	for _, f := range families {
		if slices.Contains(f.steps, step) {
			return f, true
		}
	}
	return family{}, false
}

// errorEntries lists every error of every endpoint, and for each endpoint the one
// that is in no registry.
func errorEntries() []Entry {
	out := []Entry{{Code: ResponseError, Severity: Error, Spec: "RFC 6749 5.2", Unknown: true}}
	for _, f := range families {
		out = append(out, Entry{Code: f.code("unknown_error"), Severity: Error, Steps: f.steps, Spec: f.spec, Unknown: true})
		for name, e := range f.errors {
			out = append(out, Entry{Code: f.code(name), Severity: Error, Steps: f.steps, Spec: cmp.Or(e.spec, f.spec), Remedy: e.remedy})
		}
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.Code, b.Code) })
	return out
}
