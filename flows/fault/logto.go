package fault

import "slices"

// logtoPrefix begins the codes of faults that only Logto knows: what follows is
// Logto's own code. Its oidc.* codes are OAuth errors under another name, and are
// named as such.
const logtoPrefix = "logto."

// LogtoInternal is an exception in Logto: its answer has no code and says nothing of
// the cause, which only the audit log has.
const LogtoInternal Code = logtoPrefix + "internal_error"

// LogtoNoExperience is a tenant whose sign-in page has no API of the form that is
// known: the server is older or newer.
const LogtoNoExperience Code = logtoPrefix + "no_experience_api"

// LogtoUpstreamURL is an address upstream, as a connector of the tenant builds it,
// that is none: a placeholder was left in the connector's configuration.
const LogtoUpstreamURL Code = logtoPrefix + "upstream_url"

// What is wrong with an administrator's credential, or with what is done with it.
const (
	LogtoAdminResource Code = logtoPrefix + "admin.resource" // the indicator is not the Management API's
	LogtoAdminClient   Code = logtoPrefix + "admin.client"   // ID or secret
	LogtoAdminApp      Code = logtoPrefix + "admin.app"      // no machine-to-machine app
	LogtoAdminRole     Code = logtoPrefix + "admin.role"     // no role with the permission
	LogtoAdminDomain   Code = logtoPrefix + "admin.domain"   // the token is from another domain than the API's issuer
	LogtoAdminStale    Code = logtoPrefix + "admin.stale"    // the connector is not what it was when the change was shown
)

// logtoCodes are the codes in the bodies of Logto's own APIs that a sign-in or a
// connector can meet.
var logtoCodes = []string{
	"auth.authorization_header_missing", "auth.authorization_token_type_not_supported", "auth.forbidden", "auth.unauthorized",
	"connector.authorization_failed", "connector.general", "connector.insufficient_request_parameters",
	"connector.invalid_certificate", "connector.invalid_config", "connector.invalid_config_guard",
	"connector.invalid_metadata", "connector.invalid_request_parameters", "connector.invalid_response",
	"connector.more_than_one_email", "connector.more_than_one_sms", "connector.multiple_target_with_same_platform",
	"connector.not_found", "connector.not_implemented", "connector.rate_limit_exceeded",
	"connector.social_auth_code_invalid", "connector.social_invalid_access_token", "connector.social_invalid_id_token",
	"connector.template_not_found", "connector.unexpected_type", "connector.usage_limit_exceeded",
	"entity.not_found",
	"guard.invalid_input", "guard.invalid_pagination",
	"oidc.custom_claims_script_error",
	"request.message_rate_limited", "request.rate_limited",
	"session.captcha_failed", "session.captcha_required", "session.connector_id_mismatch",
	"session.connector_session_not_found", "session.connector_validation_session_not_found",
	"session.interaction_not_found", "session.invalid_connector_id", "session.not_found", "session.sso_enabled",
	"session.verification_failed", "session.verification_session_not_found",
	"single_sign_on.duplicate_connector_name", "single_sign_on.duplicated_domains", "single_sign_on.forbidden_domains",
	"user.email_already_in_use", "user.identity_already_in_use", "user.identity_not_exist", "user.missing_profile",
	"user.phone_already_in_use", "user.sign_in_method_not_enabled", "user.sign_up_method_not_enabled",
	"user.sso_identity_not_exist", "user.suspended",
	"verification_code.code_mismatch", "verification_code.exceed_max_try", "verification_code.expired", "verification_code.not_found",
}

func logtoEntries() []Entry {
	out := make([]Entry, 0, len(logtoCodes))
	for _, code := range logtoCodes {
		out = append(out, Entry{Code: Code(logtoPrefix + code), Severity: Error})
	}
	for _, code := range []Code{
		LogtoInternal, LogtoNoExperience, LogtoUpstreamURL,
		LogtoAdminResource, LogtoAdminClient, LogtoAdminApp, LogtoAdminRole, LogtoAdminDomain, LogtoAdminStale,
	} {
		out = append(out, Entry{Code: code, Severity: Error})
	}
	return out
}

// logtoCode names what only Logto's own code says.
func logtoCode(e ErrorResponse) (Code, bool) {
	return Code(logtoPrefix + e.Detail), slices.Contains(logtoCodes, e.Detail)
}
