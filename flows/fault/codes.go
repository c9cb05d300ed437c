package fault

import (
	"slices"

	"signbench/flows/check"
	"signbench/flows/oauth"
)

// Codes of what can go wrong around the messages themselves.
const (
	PrepareProfile   Code = "prepare.profile"    // a field that the flow needs is missing or malformed
	PrepareSecret    Code = "prepare.no_secret"  // the method sends a secret and there is none
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

	UserInfoSignature Code = "userinfo.signature" // a signed answer whose signature does not verify

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

// FromReport makes one fault of each failed check, in the order of the report. A
// check that only warns becomes a warning.
func FromReport(step oauth.Step, report check.Report, evidence []int) []Fault {
	var out []Fault
	for _, r := range report {
		if r.ID == "id_token.library" && r.Reason == check.Refused {
			continue // go-oidc refuses what our own list refuses: the same fault once more
		}
		f := Fault{
			Code: Code(r.ID), Step: step, Checks: []string{r.ID}, Evidence: evidence, Spec: r.Spec,
			Params: map[string]string{"Want": r.Want, "Got": r.Got, "Reason": r.Reason},
		}
		switch r.Verdict {
		case check.Fail:
			f.Severity, f.Allowance = Error, allowanceOf(r)
		case check.Warn:
			f.Severity = Warning
		default:
			continue
		}
		if r.ID == "discovery.issuer" {
			f.Remedy = UseIssuer
			f.Params["found_issuer"] = r.Got
		}
		out = append(out, f)
	}
	return out
}

// Codes lists every code there is, except those of checks, which carry the ID of
// their check.
func Codes() []Code {
	all := append(errorCodes(),
		TransportDNS, TransportRefused, TransportUnreachable, TransportTimeout, TransportReset,
		TransportTLSUnknown, TransportTLSName, TransportTLSExpired, TransportTLSNot, TransportTLS,
		TransportProxy, TransportProtocol, TransportOther,
		ResponseNotFound, ResponseStatus, ResponseHTML, ResponseNotJSON, ResponseTooLarge, ResponseRedirect,
		PrepareProfile, PrepareSecret, PrepareDemo, PrepareNoSession,
		DiscoveryAuthMethod,
		CallbackPortTaken, CallbackListen, CallbackBrowser, CallbackTimeout, CallbackState, CallbackNoState, CallbackNoLoopback,
		TokenMissingAccessToken, JWKSEmpty, UserInfoSignature,
		RevokeFailed, EndSessionMissing, EndSessionTimeout, EndSessionState, EndSessionNoState, EndSessionNoURI,
		ProofStillSignedIn, ProofUnclear, Internal,
	)
	slices.Sort(all)
	return all
}
