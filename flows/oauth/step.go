package oauth

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
)

// RunID names one run of a flow.
type RunID string

// NewRunID returns 8 random bytes in hexadecimal.
func NewRunID() RunID {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return RunID(hex.EncodeToString(b[:]))
}

// Step is one stage of a flow. Every event, exchange and fault names one.
type Step string

// The steps, in the order in which a flow takes them.
const (
	StepPrepare     Step = "prepare"   // the profile is read, the demo tenant started
	StepDiscovery   Step = "discovery" // OpenID Connect Discovery 1.0, 4
	StepAuthorize   Step = "authorize" // OIDC Core 3.1.2: the browser is sent away
	StepCallback    Step = "callback"  // OIDC Core 3.1.2.5: the authorization response
	StepToken       Step = "token"     // OIDC Core 3.1.3
	StepJWKS        Step = "jwks"      // Discovery 1.0, 3: jwks_uri
	StepVerify      Step = "verify"    // OIDC Core 3.1.3.7
	StepUserInfo    Step = "userinfo"  // OIDC Core 5.3
	StepRefresh     Step = "refresh"   // OIDC Core 12
	StepIntrospect  Step = "introspect"
	StepPush        Step = "push"        // RFC 9126 2: a pushed authorization request
	StepDevice      Step = "device"      // RFC 8628 3.1
	StepRegister    Step = "register"    // RFC 7591 3
	StepBackchannel Step = "backchannel" // CIBA Core 1.0, 7: the user is asked on another device
	StepRevoke      Step = "revoke"      // RFC 7009
	StepEndSession  Step = "end_session" // RP-Initiated Logout 1.0, 2
	StepReturn      Step = "return"      // RP-Initiated Logout 1.0, 3: back at post_logout_redirect_uri
)

// The steps between a tenant of Logto and the provider behind one of its connectors.
const (
	StepUpstreamDiscovery Step = "upstream_discovery"
	StepUpstreamAuthorize Step = "upstream_authorize"
	StepUpstreamCallback  Step = "upstream_callback"
	StepUpstreamToken     Step = "upstream_token"
	StepUpstreamJWKS      Step = "upstream_jwks"
	StepUpstreamVerify    Step = "upstream_verify"
	StepUpstreamUserInfo  Step = "upstream_userinfo"
	StepUpstreamProfile   Step = "upstream_profile" // what Logto makes of the claims
	StepUpstreamAccount   Step = "upstream_account" // what the vendor's own API tells of the app or account
	StepUpstreamMessage   Step = "upstream_message" // a text message is sent, and its delivery watched
)

// What is asked of a tenant of Logto beside the protocol.
const (
	StepSignInExperience Step = "sign_in_experience" // its anonymous description of its sign-in page
	StepExperience       Step = "experience"         // the API of its sign-in page
	StepManagement       Step = "management"         // the API of its console
)

// IsUpstream reports whether the step is one between Logto and a provider behind it.
func (s Step) IsUpstream() bool { return strings.HasPrefix(string(s), "upstream_") }
