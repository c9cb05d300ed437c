package practice

// The benches of the exercises, by their short names.
const (
	social     = "oidc"
	enterprise = "sso"
	feishu     = "feishu"
	twilio     = "twilio"
)

// connectorExercises are what stands behind a connector and is set up otherwise than
// it: the rows of Logto's troubles that show at the upstream, without an
// administrator of the tenant.
var connectorExercises = []Exercise{
	bench(social, ByBench, "redirect_uri_unknown", "connector.oidc.redirect_uri.not_registered", "connector.oidc.redirect_uri_account.not_registered", "connector.oidc.redirect_uri_bench.not_registered"),
	bench(social, ByBench, "pkce_required", "connector.oidc.pkce.required"),
	bench(social, ByBench, "basic_only", "connector.oidc.methods.unsupported", "connector.oidc.secret.other_method"),
	bench(social, ByUpstream, "wrong_secret", "connector.oidc.token_invalid_client"),
	bench(social, ByUpstream, "jwks_404", "connector.oidc.keys_status"),
	bench(social, ByUpstream, "jwks_wrong_key", "connector.oidc.id_token_signature"),
	bench(social, ByUpstream, "issuer_slash", "connector.oidc.id_token_issuer"),
	bench(social, ByUpstream, "email_verified_string", "connector.oidc.id_token_claim_type"),
	bench(social, ByUpstream, "email_unverified", "connector.oidc.warning_email_unverified"),
	bench(social, ByUpstream, "expires_in_string", "connector.oidc.token_shape"),
	bench(social, ByUpstream, "numeric_sub", "connector.oidc.id_token_claim_type"),
	bench(social, ByUpstream, "not_json", "connector.oidc.token_unreadable"),
	bench(social, ByUpstream, "scope_phone", "connector.oidc.warning_phone_name"),
	bench(social, ByBench, "endpoint_query", "connector.oidc.config.breaks"),
	bench(social, ByBench, "endpoint_fragment", "connector.oidc.client.unknown_client", "connector.oidc.config.breaks"),
	bench(social, ByBench, "endpoint_placeholder", "connector.oidc.config.breaks"),
	bench(social, ByUpstream, "error_access_denied", "connector.oidc.upstream_refused"),
	bench(enterprise, ByBench, "post_only", "connector.sso.methods.unsupported", "connector.sso.secret.other_method"),
	bench(enterprise, ByBench, "discovery_404", "connector.sso.discovery.status"),
	bench(enterprise, ByUpstream, "strict_basic_encoding", "connector.sso.token_encoding"),
	bench(enterprise, ByUpstream, "email_verified_string", "connector.sso.id_token_claim_type"),
	bench(enterprise, ByUpstream, "scope_phone", "connector.sso.warning_phone_name"),
	bench(enterprise, ByUpstream, "userinfo_other_claims", "connector.sso.warning_email_replaced"),
	bench(enterprise, ByUpstream, "userinfo_jwt", "connector.sso.userinfo_unreadable"),
	bench(enterprise, ByUpstream, "iat_old", "connector.sso.id_token_iat"),
	bench(enterprise, ByUpstream, "aud_wrong", "connector.sso.id_token_audience"),
	bench(enterprise, ByUpstream, "nonce_wrong", "connector.sso.id_token_nonce"),
	bench(feishu, ByBench, "redirect_uri_unknown", "connector.feishu.redirect_uri.not_registered", "connector.feishu.redirect_uri_account.not_registered", "connector.feishu.redirect_uri_bench.not_registered"),
	bench(feishu, ByBench, "wrong_secret", "connector.feishu.secret.refused"),
	bench(feishu, ByBench, "lark_tenant", "connector.feishu.app.at_lark"),
	bench(feishu, ByBench, "not_published", "connector.feishu.status.not_published"),
	bench(feishu, ByBench, "app_disabled", "connector.feishu.status.disabled"),
	bench(feishu, ByUpstream, "missing_en_name", "connector.feishu.userinfo_fields", "connector.feishu.field_en_name.refused"),
	bench(feishu, ByUpstream, "no_contact_permission", "connector.feishu.warning_contact_absent"),
	bench(feishu, ByUpstream, "html_error", "connector.feishu.token_status"),
	bench(twilio, ByBench, "wrong_secret", "connector.twilio.account.authentication"),
	bench(twilio, ByBench, "suspended", "connector.twilio.account.suspended"),
	bench(twilio, ByBench, "wrong_service", "connector.twilio.service.missing"),
	bench(twilio, ByBench, "no_sender", "connector.twilio.senders.empty"),
	bench(twilio, ByBench, "geo_permission", "connector.twilio.geo.disabled"),
	bench(twilio, ByBench, "a2p_unregistered", "connector.twilio.a2p.unregistered"),
	bench(twilio, ByBench, "template_missing", "connector.twilio.config.refused", "connector.twilio.templates.none"),
	bench(twilio, ByBench, "code_missing", "connector.twilio.code.missing", "connector.twilio.config.breaks"),
	dialled("number_national", "07400 123456", "connector.twilio.number.invalid"),
	bench(twilio, ByMessage, "trial_account", "connector.twilio.trial_unverified"),
	bench(twilio, ByMessage, "opted_out", "connector.twilio.opted_out"),
	bench(twilio, ByMessage, "a2p_unregistered", "connector.twilio.unregistered"),
	bench(twilio, ByMessage, "filtered", "connector.twilio.filtered"),
	bench(twilio, ByMessage, "pumping", "connector.twilio.pumping"),
	bench(twilio, ByMessage, "landline", "connector.twilio.landline"),
	bench(twilio, ByMessage, "daily_cap", "connector.twilio.daily_cap"),
}

// Number is where a practised message goes: nobody's.
const Number = "+12025550199"

// bench is an exercise on a connector bench.
func bench(name string, way Way, upstream string, want ...string) Exercise {
	id := "connector-" + name + "-" + upstream
	if way == ByMessage {
		id += "-sent"
	}
	return Exercise{ID: id, Way: way, Bench: name, Upstream: upstream, To: Number, Want: want}
}

// dialled is an exercise on the bench of Twilio with a number as somebody typed it.
func dialled(name, typed string, want ...string) Exercise {
	return Exercise{ID: "connector-" + twilio + "-" + name, Way: ByBench, Bench: twilio, To: typed, Want: want}
}
