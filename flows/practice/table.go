package practice

import (
	"signbench/flows/demo"
	"signbench/flows/oauth"
)

// oidcc is how the names of the suite's client modules begin.
const oidcc = "oidcc-client-test-"

// want is what must be found.
func want(codes ...string) []string { return codes }

// table has every switch of the demo tenant once, where it is best met, and the
// exercises that need none. Which of the troubles of Logto's users it leaves out, and
// why, is in its test.
var table = map[Family][]Exercise{
	Basic: {
		{ID: "client-test", Module: "oidcc-client-test"},
		{Switch: "invalid-iss", Want: want("id_token.iss")},
		{Switch: "missing-sub", Want: want("id_token.sub")},
		{Switch: "invalid-aud", Want: want("id_token.aud", "id_token.azp")},
		{Switch: "missing-iat", Want: want("id_token.iat")},
		{Switch: "kid-absent-single-jwks"},
		{Switch: "kid-absent-multiple-jwks"},
		{Switch: "idtoken-sig-rs256"},
		{Switch: "idtoken-sig-none", Want: want("id_token.alg", "id_token.signature")},
		{Switch: "invalid-sig", Want: want("id_token.signature")},
		{Switch: "userinfo-invalid-sub", Want: want("userinfo.sub")},
		{Switch: "nonce-invalid", Want: want("id_token.nonce")},
		{Switch: "scope-userinfo-claims"},
		{Switch: "client-secret-basic"},
		// Of the comprehensive plan.
		{Switch: "missing-aud", Want: want("id_token.aud")},
		{Switch: "invalid-athash", Want: want("id_token.at_hash")},
		{Switch: "missing-athash"}, // optional in the code flow, OIDC Core 3.1.3.6
		{Switch: "idtoken-sig-es256"},
		{Switch: "userinfo-signed"},
	},
	Config: {
		{Switch: "discovery-openid-config"},
		{Switch: "discovery-jwks-uri-keys"},
		{Switch: "discovery-issuer-mismatch", Want: want("discovery.issuer")},
		{Switch: "signing-key-rotation-just-before-signing"},
		{Switch: "signing-key-rotation"},
		{Switch: "discovery-404", Want: want("response.not_found")},
		{Switch: "discovery-missing-token-endpoint", Want: want("discovery.token_endpoint")},
		{Switch: "jwks-404", Want: want("response.not_found")},
		{Switch: "jwks-empty", Want: want("jwks.empty")},
		{Switch: "unknown-kid", Want: want("id_token.signature")},
	},
	FormPost: {
		{ID: "form-post", Module: oidcc + "form-post", Change: byFormPost},
		{ID: "form-post-error", Module: oidcc + "form-post-error", Change: silentByFormPost, Want: want("authorize.login_required")},
		{ID: "form-post-invalid-iss", Switch: "invalid-authorization-response-iss", Change: byFormPost, Want: want("authorization_response.iss")},
		{ID: "form-post-nonce-invalid", Switch: "nonce-invalid", Change: byFormPost, Want: want("id_token.nonce")},
	},
	Refresh: {
		{ID: "refresh-token", Module: oidcc + "refresh-token", Way: ByRefresh},
		{Switch: "refresh-token-invalid-issuer", Way: ByRefresh, Want: want("id_token.iss", "id_token.previous_iss")},
		{Switch: "refresh-token-invalid-sub", Way: ByRefresh, Want: want("id_token.previous_sub")},
	},
	Logout: {
		{ID: "rp-init-logout", Module: oidcc + "rp-init-logout", Way: BySignOut},
		{Switch: "rp-init-logout-other-state", Way: BySignOut, Want: want("end_session.state_different")},
		{Switch: "rp-init-logout-no-state", Way: BySignOut, Want: want("end_session.state_absent")},
		{Switch: "end-session-missing", Way: BySignOut, Want: want("end_session.missing")},
		{Switch: "post-logout-uri-unregistered", Way: ByCheck, Want: want("sign_out.uri.not_registered")},
		{Switch: "logout-session-stays", Way: ByProof, Want: want("proof.still_signed_in")},
	},
	BackChannel: {
		pasted(demo.LogoutSound),
		pasted(demo.LogoutAlgNone, "logout_token.alg", "logout_token.signature"),
		pasted(demo.LogoutNoEvent, "logout_token.events"),
		pasted(demo.LogoutWithNonce, "logout_token.nonce"),
		pasted(demo.LogoutWrongAlg, "logout_token.signature"),
		pasted(demo.LogoutWrongAud, "logout_token.aud"),
		pasted(demo.LogoutWrongEvent, "logout_token.events"),
		pasted(demo.LogoutWrongIss, "logout_token.iss"),
	},
	FAPI2: {
		{Switch: "invalid-authorization-response-iss", Want: want("authorization_response.iss")},
		{Switch: "remove-authorization-response-iss", Want: want("authorization_response.iss")},
		{Switch: "state-invalid", Want: want("callback.state")},
		{Switch: "state-missing", Want: want("callback.state_absent")},
		{Switch: "missing-iss", Want: want("id_token.iss")},
		{Switch: "invalid-secondary-aud", Want: want("id_token.azp")},
		{Switch: "valid-aud-as-array"},
		{Switch: "invalid-alternate-alg", Want: want("id_token.alg", "id_token.signature")},
		{Switch: "expired-exp", Want: want("id_token.exp")},
		{Switch: "missing-exp", Want: want("id_token.exp")},
		{Switch: "missing-nonce", Want: want("id_token.nonce")},
		{Switch: "token-type-case-insensitivity"},
		{Switch: "token-endpoint-response-without-expires_in"},
		// Not in the plan, and of the same kind.
		{Switch: "future-iat", Want: want("id_token.iat")},
		{Switch: "future-nbf", Want: want("id_token.nbf")},
		{Switch: "invalid-typ", Want: want("id_token.typ")},
		{Switch: "code-missing", Want: want("authorization_response.code")},
		{Switch: "token-type-mac", Want: want("token_response.token_type")},
		{Switch: "missing-id-token", Want: want("token_response.id_token")},
		{Switch: "token-missing-access-token", Want: want("token.missing_access_token")},
		// Of the message signing plan.
		responded(demo.ResponseSound),
		responded(demo.ResponseWithoutIss, "jarm.iss"),
		responded(demo.ResponseWithoutAud, "jarm.aud"),
		responded(demo.ResponseWithoutExp, "jarm.exp"),
		responded(demo.ResponseWrongIss, "jarm.iss"),
		responded(demo.ResponseWrongAud, "jarm.aud"),
		responded(demo.ResponseWrongSig, "jarm.signature"),
		responded(demo.ResponseExpired, "jarm.exp"),
		responded(demo.ResponseAlgNone, "jarm.alg", "jarm.signature"),
	},
	Answers: {
		{Switch: "error-access-denied", Want: want("authorize.access_denied")},
		{Switch: "error-server-error", Want: want("authorize.server_error")},
		{Switch: "error-temporarily-unavailable", Want: want("authorize.temporarily_unavailable")},
		{Switch: "discovery-html", Want: want("response.html")},
		{Switch: "discovery-not-json", Want: want("response.not_json")},
		{Switch: "discovery-slow", Want: want("transport.timeout")},
		{Switch: "jwks-html", Want: want("response.html")},
		{Switch: "token-html", Want: want("response.html")},
		{Switch: "token-500", Want: want("response.status")},
		{Switch: "token-slow", Want: want("transport.timeout")},
		{Switch: "token-text-plain", Want: want("token.missing_access_token")},
		{Switch: "expires-in-string"},
		{Switch: "userinfo-401", Want: want("userinfo.invalid_token")},
		{Switch: "userinfo-html", Want: want("response.html")},
	},
	Lenient: {
		{Switch: "any-redirect-uri", Way: ByMistake, Scenario: oauth.ScenarioWrongRedirectURI, Want: want("accepted.redirect_uri")},
		{Switch: "any-secret", Way: ByMistake, Scenario: oauth.ScenarioWrongSecret, Want: want("accepted.client_secret")},
		{Switch: "code-reusable", Way: ByMistake, Scenario: oauth.ScenarioReplayedCode, Want: want("accepted.code")},
		{Switch: "refresh-token-reusable", Way: ByMistake, Scenario: oauth.ScenarioReusedRefreshToken, Want: want("accepted.refresh_token")},
	},
	Logto: {
		{Switch: "redirect-uri-unregistered", Way: ByCheck, Want: want("redirect_uri.registered.not_registered")},
		{Switch: "redirect-uri-slash", Way: ByCheck, Want: want("redirect_uri.registered.near_variant")},
		{Switch: "client-unknown", Way: ByCheck, Want: want("client.known.unknown_client")},
		{Switch: "client-secret-changed", Want: want("token.invalid_client")},
		{Switch: "client-secret-post-only", Want: want("token.invalid_client")},
		{ID: "public-app-with-secret", Change: asPublicApp, Want: want("token.invalid_client")},
		{ID: "confidential-app-without-secret", Change: withoutSecret, Want: want("token.invalid_client")},
		{Switch: "endpoint-without-port", Way: ByCheck, Want: want("discovery.issuer.different")},
		{Switch: "clock-ahead", Want: want("clock.skew", "id_token.iat")},
		{Switch: "no-refresh-token"},
		{ID: "offline-access-without-consent", Change: withoutConsent},
		{ID: "resource-token-at-userinfo", Change: knownResource},
		{ID: "resource-unknown", Change: unknownResource, Want: want("authorize.invalid_target")},
		{ID: "scope-unknown", Change: unknownScope},
		{ID: "direct-sign-in-unknown", Way: ByCheck, Change: unknownTarget, Want: want("logto.direct_sign_in.no_such_target")},
		{ID: "direct-sign-in-by-id", Way: ByCheck, Change: targetByID, Want: want("logto.direct_sign_in.target_expected")},
		{ID: "direct-sign-in-sso-unknown", Way: ByCheck, Change: unknownEnterprise, Want: want("logto.direct_sign_in.no_such_connector")},
		{Switch: "sso-off", Way: ByCheck, Change: knownEnterprise, Want: want("logto.direct_sign_in.sso_off")},
		{Switch: "sso-without-domain", Way: ByCheck, Change: knownEnterprise, Want: want("logto.sso.no_connector", "logto.direct_sign_in.no_such_connector")},
		{ID: "sso-sub-domain", Way: ByCheck, Change: hintBelow, Want: want("logto.login_hint.sub_domain")},
		{ID: "sso-domain-claimed", Way: ByCheck, Change: hintClaimed, Want: want("logto.login_hint.claimed")},
		{Switch: "registration-off", Way: ByCheck, Want: want("logto.sign_in.sign_in_only")},
		{Switch: "account-social-off", Way: ByCheck, Want: want("logto.account_center.social_off")},
		{ID: "prompt-unknown", Way: ByCheck, Change: unknownPrompt, Want: want("client.prompt.refused", "client.request.refused")},
		{ID: "first-screen-unknown", Way: ByCheck, Change: unknownScreen, Want: want("logto.extra.voids_all")},
	},
	Connectors: connectorExercises,
}

// pasted is a logout token to be looked at.
func pasted(token demo.Pasted, codes ...string) Exercise {
	return Exercise{ID: string(token), Module: oidcc + string(token), Way: ByPaste, Token: token, Want: codes}
}

// responded is an authorization response as a JWT, which this client never asks for.
func responded(token demo.Pasted, codes ...string) Exercise {
	e := Exercise{ID: string(token), Way: ByPaste, Token: token, Want: codes}
	if token != demo.ResponseSound {
		e.Module = "fapi2-security-profile-final-client-test-" + e.ID
	}
	return e
}

func byFormPost(p *oauth.Profile) { p.ResponseMode = "form_post" }

// silentByFormPost asks for an answer without a user, which there can not be.
func silentByFormPost(p *oauth.Profile) {
	zero := 0
	p.ResponseMode, p.Prompt, p.MaxAge = "form_post", "none", &zero
}

func asPublicApp(p *oauth.Profile)    { p.Client.ID = demo.SPAAppID }
func withoutConsent(p *oauth.Profile) { p.Prompt = "" }

func knownResource(p *oauth.Profile)   { p.Resources = []string{demo.Resource} }
func unknownResource(p *oauth.Profile) { p.Resources = []string{"https://nowhere.signbench.test/api"} }
func unknownScope(p *oauth.Profile)    { p.Scopes = append(p.Scopes, "nonsense") }
func unknownPrompt(p *oauth.Profile)   { p.Prompt = "select_account" }
func withoutSecret(p *oauth.Profile)   { p.Client.AuthMethod = oauth.AuthMethodNone }

func targetByID(p *oauth.Profile)        { extra(p, "direct_sign_in", "social:"+demo.SocialID) }
func knownEnterprise(p *oauth.Profile)   { extra(p, "direct_sign_in", "sso:"+demo.SSOID) }
func unknownEnterprise(p *oauth.Profile) { extra(p, "direct_sign_in", "sso:nobody") }
func unknownTarget(p *oauth.Profile)     { extra(p, "direct_sign_in", "social:nobody") }
func unknownScreen(p *oauth.Profile)     { extra(p, "first_screen", "signup") }

func hintClaimed(p *oauth.Profile) { p.LoginHint = "hana@" + demo.SSODomain }

// hintBelow asks for enterprise SSO with an address at a domain below the connector's.
func hintBelow(p *oauth.Profile) {
	p.LoginHint = "hana@sub." + demo.SSODomain
	extra(p, "first_screen", "single_sign_on")
}

func extra(p *oauth.Profile, name, value string) {
	if p.Extra == nil {
		p.Extra = map[string]string{}
	}
	p.Extra[name] = value
}
