package oauth

import "strings"

// Scenario is what a run sets out to do.
type Scenario string

// The scenarios.
const (
	ScenarioSignIn    Scenario = "sign_in"
	ScenarioSignUp    Scenario = "sign_up"
	ScenarioRefresh   Scenario = "refresh"
	ScenarioSignOut   Scenario = "sign_out"
	ScenarioCheck     Scenario = "check"     // what can be known without a user
	ScenarioImported  Scenario = "imported"  // a recording made by another program
	ScenarioBench     Scenario = "bench"     // what can be known of a connector without a user
	ScenarioUpstream  Scenario = "upstream"  // a connector's sign-in, repeated as Logto makes it
	ScenarioMessage   Scenario = "message"   // a connector's message, sent once and followed to its end
	ScenarioConnector Scenario = "connector" // what can be known of a tenant's connector without a user
	ScenarioReveal    Scenario = "reveal"    // a connector's sign-in, with Logto's own answer to it
	ScenarioProof     Scenario = "proof"     // prompt=none after a sign-out, which must answer login_required
)

// Sign-ins that ask for something special (OIDC Core 3.1.2.1).
const (
	ScenarioFresh   Scenario = "fresh"   // prompt=login: the user signs in again
	ScenarioSilent  Scenario = "silent"  // prompt=none: no page is shown
	ScenarioConsent Scenario = "consent" // prompt=consent: the user is asked again
	ScenarioStepUp  Scenario = "step_up" // max_age=0 beside the profile's acr_values (RFC 9470 4)
)

// Sign-ins with a mistake, to see how the provider refuses them. One that does not is
// at fault.
const (
	ScenarioWrongRedirectURI   Scenario = "wrong_redirect_uri"   // RFC 9700 2.1: compared character by character
	ScenarioWrongSecret        Scenario = "wrong_secret"         // RFC 6749 5.2
	ScenarioReplayedCode       Scenario = "replayed_code"        // RFC 6749 4.1.2: used once
	ScenarioReusedRefreshToken Scenario = "reused_refresh_token" // RFC 9700 4.14.2: rotated
)

// SignIns are the scenarios that send the user to the provider to sign in, in the order
// of a menu.
func SignIns() []Scenario {
	return []Scenario{
		ScenarioSignIn, ScenarioSignUp, ScenarioFresh, ScenarioSilent, ScenarioConsent, ScenarioStepUp,
		ScenarioWrongRedirectURI, ScenarioWrongSecret, ScenarioReplayedCode, ScenarioReusedRefreshToken,
	}
}

// Mistaken reports whether the scenario does on purpose what must be refused.
func (s Scenario) Mistaken() bool {
	switch s {
	case ScenarioWrongRedirectURI, ScenarioWrongSecret, ScenarioReplayedCode, ScenarioReusedRefreshToken:
		return true
	}
	return false
}

// Of is the profile as the scenario uses it.
func (s Scenario) Of(p Profile) Profile {
	p = p.Clone()
	switch s {
	case ScenarioFresh:
		p.Prompt = "login"
	case ScenarioSilent, ScenarioProof:
		p.Prompt = "none"
	case ScenarioConsent:
		p.Prompt = "consent"
	case ScenarioStepUp:
		p.MaxAge = new(int)
	case ScenarioWrongRedirectURI:
		p.Prompt = "none"
		p.Client.RedirectURI = strings.TrimSuffix(p.Client.RedirectURI, "/") + unregistered
	}
	return p
}

// unregistered is what no redirect URI ends with by chance.
const unregistered = "/signbench-not-registered"

// Probes reports whether the scenario asks without a user and finds rows.
func (s Scenario) Probes() bool {
	return s == ScenarioCheck || s == ScenarioBench || s == ScenarioConnector
}

// Steps lists the steps of the scenario that a rail shows, in order.
func (s Scenario) Steps() []Step {
	switch s {
	case ScenarioImported, ScenarioCheck, ScenarioBench, ScenarioConnector:
		return nil
	case ScenarioMessage:
		return []Step{StepUpstreamMessage}
	case ScenarioUpstream:
		return []Step{
			StepUpstreamDiscovery, StepUpstreamAuthorize, StepUpstreamCallback, StepUpstreamToken, StepUpstreamVerify,
			StepUpstreamUserInfo, StepUpstreamProfile,
		}
	case ScenarioReveal:
		return []Step{StepExperience, StepUpstreamAuthorize, StepUpstreamCallback, StepUpstreamVerify}
	case ScenarioRefresh:
		return []Step{StepDiscovery, StepRefresh, StepVerify, StepUserInfo}
	case ScenarioSignOut:
		return []Step{StepDiscovery, StepRevoke, StepEndSession, StepReturn}
	case ScenarioProof, ScenarioWrongRedirectURI:
		return []Step{StepDiscovery, StepAuthorize, StepCallback}
	case ScenarioWrongSecret, ScenarioReplayedCode:
		return []Step{StepDiscovery, StepAuthorize, StepCallback, StepToken}
	case ScenarioReusedRefreshToken:
		return []Step{StepDiscovery, StepAuthorize, StepCallback, StepToken, StepRefresh}
	default:
		return []Step{StepDiscovery, StepAuthorize, StepCallback, StepToken, StepVerify, StepUserInfo}
	}
}
