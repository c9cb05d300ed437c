package fault

import "signbench/flows/oauth"

// Mistake is the parameter of a fault that was provoked on purpose: the scenario. The
// fault is a provider's rightful refusal.
const Mistake = "Mistake"

// What was accepted although it was wrong on purpose, and why it could not be tried.
const (
	AcceptedRedirectURI  Code = "accepted.redirect_uri"
	AcceptedSecret       Code = "accepted.client_secret"
	AcceptedCode         Code = "accepted.code"
	AcceptedRefreshToken Code = "accepted.refresh_token"

	UnrotatedRefreshToken Code = "refresh.not_rotated" // a refresh brings none, or the same
	PreparePublic         Code = "prepare.public_client"
)

var mistakeEntries = []Entry{
	{Code: AcceptedRedirectURI, Severity: Error, Steps: at(oauth.StepCallback), Spec: "RFC 9700 2.1"},
	{Code: AcceptedSecret, Severity: Error, Steps: at(oauth.StepToken), Spec: "RFC 6749 3.2.1"},
	{Code: AcceptedCode, Severity: Error, Steps: at(oauth.StepToken), Spec: "RFC 6749 4.1.2"},
	{Code: AcceptedRefreshToken, Severity: Error, Steps: at(oauth.StepRefresh), Spec: "RFC 9700 4.14.2"},
	{Code: UnrotatedRefreshToken, Severity: Error, Steps: at(oauth.StepRefresh), Spec: "RFC 9700 4.14.2"},
	{Code: PreparePublic, Severity: Error, Steps: at(oauth.StepPrepare), Spec: "RFC 6749 2.1"},
}
