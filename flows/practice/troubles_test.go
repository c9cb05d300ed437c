package practice_test

import (
	"testing"

	"signbench/flows/practice"
)

// trouble is something that users of Logto report: the exercises in which it is met,
// or why there can be none.
type trouble struct {
	what      string
	exercises []string
	reason    string
}

func met(what string, exercises ...string) trouble { return trouble{what: what, exercises: exercises} }
func unmet(what, reason string) trouble            { return trouble{what: what, reason: reason} }

const administrator = "what it shows by can be read with an administrator's credential only"

// troubles are the most frequent ones, in the order of the list that the project
// keeps of them.
var troubles = []trouble{
	met("the redirect URI is not registered", "redirect-uri-unregistered", "redirect-uri-slash"),
	met("the callback of a connector is not registered upstream", "connector-oidc-redirect_uri_unknown", "connector-feishu-redirect_uri_unknown"),
	met("direct_sign_in shows the plain sign-in page", "direct-sign-in-unknown", "direct-sign-in-by-id", "first-screen-unknown"),
	met("enterprise SSO is missing on the sign-in page", "sso-off", "sso-without-domain", "sso-sub-domain", "direct-sign-in-sso-unknown"),
	met("an e-mail domain was claimed, and its users are blocked", "sso-domain-claimed"),
	met("the provider of enterprise SSO cannot be discovered", "connector-sso-discovery_404"),
	met("the ID token of a connector does not fit", "connector-oidc-issuer_slash", "connector-oidc-jwks_wrong_key", "connector-sso-aud_wrong"),
	met("a connector's key set is not there", "connector-oidc-jwks_404"),
	met("a connector's token request is refused", "connector-oidc-wrong_secret", "connector-oidc-not_json"),
	met("a provider takes another client authentication", "connector-oidc-basic_only", "connector-sso-post_only", "connector-sso-strict_basic_encoding"),
	met("a provider insists on PKCE", "connector-oidc-pkce_required"),
	met("email_verified is a string", "connector-oidc-email_verified_string", "connector-sso-email_verified_string"),
	met("a user is made without an e-mail address", "connector-oidc-email_unverified", "connector-sso-userinfo_other_claims", "connector-sso-userinfo_jwt"),
	met("the phone number never arrives", "connector-oidc-scope_phone", "connector-sso-scope_phone"),
	unmet("a provider of plain OAuth 2.0 answers in another form", "the generic OAuth 2.0 connector has no bench"),
	met("the authorization endpoint of a connector is no address", "connector-oidc-endpoint_query", "connector-oidc-endpoint_fragment", "connector-oidc-endpoint_placeholder"),
	unmet("the state of a connector's sign-in is lost", "it is the browser's storage that loses it, and shows there alone"),
	met("the tenant's own address is another", "endpoint-without-port"),
	unmet("endpoints are http behind TLS", "there is no TLS in front of a tenant on loopback; Check setup has a row for it"),
	unmet("the app has lost its own session", "the same flow works here: it is the app's cookie, and shows in the app alone"),
	met("no refresh token", "no-refresh-token", "offline-access-without-consent"),
	met("the client authentication is refused", "client-secret-changed", "client-secret-post-only", "public-app-with-secret", "confidential-app-without-secret"),
	met("the signature has another algorithm than expected", "idtoken-sig-rs256", "idtoken-sig-es256", "invalid-alternate-alg"),
	met("user info refuses the access token", "resource-token-at-userinfo", "userinfo-401"),
	met("an API resource or its permission is unknown", "resource-unknown", "scope-unknown"),
	unmet("the Management API refuses", administrator),
	met("Twilio refuses", "connector-twilio-wrong_secret", "connector-twilio-geo_permission", "connector-twilio-trial_account-sent", "connector-twilio-wrong_service"),
	met("a message is accepted and never arrives", "connector-twilio-filtered-sent", "connector-twilio-pumping-sent", "connector-twilio-daily_cap-sent"),
	met("a number is not one that Logto takes", "connector-twilio-number_national"),
	met("templates are missing, or the code in them", "connector-twilio-template_missing", "connector-twilio-code_missing"),
	met("Feishu refuses, or tells no e-mail address", "connector-feishu-not_published", "connector-feishu-missing_en_name", "connector-feishu-no_contact_permission"),
	unmet("accounts double after a connector was changed", administrator),
	met("the clocks of the server and this machine differ", "clock-ahead"),
	met("a newcomer is refused after a sound sign-in with a connector", "registration-off"),
	met("the Account Center does not link social accounts", "account-social-off"),
}

// Every trouble is practised, or it is said why not.
func TestTroublesArePractised(t *testing.T) {
	for i, one := range troubles {
		if (len(one.exercises) > 0) == (one.reason != "") {
			t.Errorf("%d, %s: exercises %v, reason %q", i+1, one.what, one.exercises, one.reason)
		}
		for _, id := range one.exercises {
			if _, ok := practice.Find(id); !ok {
				t.Errorf("%d, %s: there is no exercise %s", i+1, one.what, id)
			}
		}
	}
	if n := len(troubles); n != 35 {
		t.Errorf("%d troubles", n)
	}
}
