package fault

import "signbench/flows/oauth"

// Codes of what can go wrong around the messages themselves.
const (
	PrepareProfile   Code = "prepare.profile"    // a field that the flow needs is missing or malformed
	PrepareSecret    Code = "prepare.no_secret"  // the method sends a secret and there is none
	PrepareNotLogto  Code = "prepare.not_logto"  // only a tenant of Logto has what was asked for
	PrepareDemo      Code = "prepare.demo"       // the demo tenant could not listen
	PrepareNoSession Code = "prepare.no_session" // nothing to refresh or to sign out

	DiscoveryAuthMethod Code = "discovery.auth_method" // the profile's method is not among the supported ones

	CallbackPortTaken  Code = "callback.port_taken"
	CallbackListen     Code = "callback.listen"  // the loopback could not be opened for another reason
	CallbackBrowser    Code = "callback.browser" // no browser could be opened: a warning, the URL can be copied
	CallbackTimeout    Code = "callback.timeout"
	CallbackState      Code = "callback.state"        // callbacks came, but only with another state
	CallbackNoState    Code = "callback.state_absent" // callbacks came, but without any
	CallbackNoLoopback Code = "callback.no_loopback"  // the redirect URI is not on this machine: paste mode

	TokenMissingAccessToken Code = "token.missing_access_token"

	JWKSEmpty Code = "jwks.empty"

	ClockSkew Code = "clock.skew" // the provider's Date and this machine's time differ by more than is tolerated

	UserInfoSignature Code = "userinfo.signature" // a signed answer whose signature does not verify

	JWEClosed     Code = "jwe.closed"           // a text that is looked at by itself is encrypted, and the key does not open it
	PastedUnknown Code = "pasted.unknown_error" // an error that is looked at by itself, of no registry and no known endpoint

	RevokeFailed      Code = "revoke.failed"       // a warning: the local sign-out goes on
	EndSessionMissing Code = "end_session.missing" // the provider has no end_session_endpoint
	EndSessionTimeout Code = "end_session.timeout" // the browser did not come back
	EndSessionState   Code = "end_session.state_different"
	EndSessionNoState Code = "end_session.state_absent"
	EndSessionNoURI   Code = "end_session.no_return" // no post sign-out URI: nothing comes back

	ProofStillSignedIn Code = "proof.still_signed_in"
	ProofUnclear       Code = "proof.unclear" // neither login_required nor a code

	Internal Code = "internal" // a defect of Signbench, caught
)

const logout = "RP-Initiated Logout 1.0, 3"

var flowEntries = []Entry{
	{Code: PrepareProfile, Severity: Error, Steps: at(oauth.StepPrepare)},
	{Code: PrepareSecret, Severity: Error, Steps: at(oauth.StepPrepare), Spec: "RFC 6749 2.3.1"},
	{Code: PrepareNotLogto, Severity: Error, Steps: at(oauth.StepPrepare)},
	{Code: PrepareDemo, Severity: Error, Steps: at(oauth.StepPrepare)},
	{Code: PrepareNoSession, Severity: Error, Steps: at(oauth.StepPrepare), Spec: "RFC 6749 6"},
	{Code: DiscoveryAuthMethod, Severity: Warning, Steps: at(oauth.StepDiscovery), Spec: "Discovery 1.0, 3"},
	{Code: CallbackPortTaken, Severity: Error, Steps: at(oauth.StepAuthorize, oauth.StepEndSession), Spec: "RFC 8252 7.3"},
	{Code: CallbackListen, Severity: Error, Steps: at(oauth.StepAuthorize, oauth.StepEndSession), Spec: "RFC 8252 7.3"},
	{Code: CallbackBrowser, Severity: Warning, Steps: at(oauth.StepAuthorize, oauth.StepEndSession), Remedy: CopyURL},
	{Code: CallbackTimeout, Severity: Error, Steps: at(oauth.StepCallback), Spec: "RFC 6749 4.1.2.1", Remedy: CopyRedirectURI},
	{Code: CallbackState, Severity: Error, Steps: at(oauth.StepCallback), Spec: "RFC 6749 10.12"},
	{Code: CallbackNoState, Severity: Error, Steps: at(oauth.StepCallback), Spec: "RFC 6749 4.1.2"},
	{Code: CallbackNoLoopback, Severity: Warning, Steps: at(oauth.StepAuthorize, oauth.StepEndSession)},
	{Code: TokenMissingAccessToken, Severity: Error, Steps: at(oauth.StepToken, oauth.StepRefresh), Spec: "RFC 6749 5.1"},
	{Code: JWKSEmpty, Severity: Error, Steps: at(oauth.StepJWKS), Spec: "RFC 7517 5"},
	{Code: ClockSkew, Severity: Error, Steps: at(oauth.StepVerify), Spec: "RFC 7519 4.1.4"},
	{Code: UserInfoSignature, Severity: Error, Steps: at(oauth.StepUserInfo), Spec: "OIDC Core 5.3.2"},
	{Code: JWEClosed, Severity: Error, Steps: at(oauth.StepVerify), Spec: "RFC 7516 5.2"},
	{Code: PastedUnknown, Severity: Error, Steps: at(oauth.StepVerify), Spec: "RFC 6749 5.2", Unknown: true},
	{Code: RevokeFailed, Severity: Warning, Steps: at(oauth.StepRevoke), Spec: "RFC 7009 2.2.1"},
	{Code: EndSessionMissing, Severity: Error, Steps: at(oauth.StepEndSession), Spec: "RP-Initiated Logout 1.0, 2.1"},
	{Code: EndSessionTimeout, Severity: Error, Steps: at(oauth.StepReturn), Spec: logout, Remedy: CopyPostLogout},
	{Code: EndSessionState, Severity: Warning, Steps: at(oauth.StepReturn), Spec: logout},
	{Code: EndSessionNoState, Severity: Warning, Steps: at(oauth.StepReturn), Spec: logout},
	{Code: EndSessionNoURI, Severity: Warning, Steps: at(oauth.StepReturn), Spec: logout},
	{Code: ProofStillSignedIn, Severity: Error, Steps: at(oauth.StepCallback), Spec: "OIDC Core 3.1.2.6"},
	{Code: ProofUnclear, Severity: Error, Steps: at(oauth.StepCallback), Spec: "OIDC Core 3.1.2.6"},
	{Code: Internal, Severity: Error},
}
