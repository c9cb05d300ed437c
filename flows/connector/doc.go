// Package connector is the vocabulary of the connector benches: what a connector of
// Logto is configured with, what is wrong with that configuration before anything
// is asked, and what Logto makes of what the upstream provider answers. Each bench
// is a package below it and examines set-ups of one Kind.
//
// A bench does what Logto's server does, request for request. What it finds out
// without a user are rows (probe.Row) of its Catalog; what stops a sign-in is a
// fault.Fault with a code "connector.<bench>.<what>". Its exchanges are recorded
// under the Upstream steps.
//
// A Config holds secrets and prints as a placeholder. Config.JSON and Config.Secret
// are the ways out; what is written to disk is Config.WithoutSecrets.
package connector

import "signbench/flows/oauth"

// Kind is the sort of connector, by the name that Logto's factory has for it.
type Kind string

// The kinds that have a bench. Enterprise SSO is no factory among the connectors of
// Logto; its provider name there is OIDC.
const (
	OIDC   Kind = "oidc"                         // social sign-in by any OpenID Connect provider
	SSO    Kind = "sso"                          // enterprise single sign-on by OpenID Connect
	Feishu Kind = "feishu-web"                   //
	Twilio Kind = "twilio-short-message-service" //
)

// Kinds lists the kinds in the order in which they are offered.
func Kinds() []Kind { return []Kind{OIDC, SSO, Feishu, Twilio} }

// Bench is the short name of the kind's bench, in the codes of its rows and faults.
func (k Kind) Bench() string {
	switch k {
	case Feishu:
		return "feishu"
	case Twilio:
		return "twilio"
	}
	return string(k)
}

// The steps of a run on a bench: those of a sign-in, between Logto and the provider
// behind it.
const (
	StepDiscovery = oauth.StepUpstreamDiscovery
	StepAuthorize = oauth.StepUpstreamAuthorize
	StepCallback  = oauth.StepUpstreamCallback
	StepToken     = oauth.StepUpstreamToken
	StepJWKS      = oauth.StepUpstreamJWKS
	StepVerify    = oauth.StepUpstreamVerify
	StepUserInfo  = oauth.StepUpstreamUserInfo
	StepProfile   = oauth.StepUpstreamProfile
	StepAccount   = oauth.StepUpstreamAccount
	StepMessage   = oauth.StepUpstreamMessage
)
