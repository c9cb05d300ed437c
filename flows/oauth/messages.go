package oauth

import (
	"encoding/json"
	"net/url"
	"time"
)

// Metadata is a provider's discovery document (Discovery 1.0, 3; RFC 8414, 2).
// The members that the flow uses are fields; Raw keeps every byte.
type Metadata struct {
	Issuer                string   `json:"issuer"`
	AuthorizationEndpoint string   `json:"authorization_endpoint"`
	TokenEndpoint         string   `json:"token_endpoint"`
	UserInfoEndpoint      string   `json:"userinfo_endpoint"`
	JWKSURI               string   `json:"jwks_uri"`
	EndSessionEndpoint    string   `json:"end_session_endpoint"`
	RevocationEndpoint    string   `json:"revocation_endpoint"`
	IntrospectionEndpoint string   `json:"introspection_endpoint"`
	ScopesSupported       []string `json:"scopes_supported"`
	ResponseModes         []string `json:"response_modes_supported"`
	PromptValues          []string `json:"prompt_values_supported"`
	AuthMethods           []string `json:"token_endpoint_auth_methods_supported"`
	CodeChallengeMethods  []string `json:"code_challenge_methods_supported"`
	IDTokenAlgs           []string `json:"id_token_signing_alg_values_supported"`
	UserInfoAlgs          []string `json:"userinfo_signing_alg_values_supported"`
	IssParameter          bool     `json:"authorization_response_iss_parameter_supported"`

	Raw json.RawMessage `json:"-"` // the document as it came
}

// AuthorizationRequest is OIDC Core 3.1.2.1 with PKCE (RFC 7636) and resource
// indicators (RFC 8707). URL is what the browser is given.
type AuthorizationRequest struct {
	URL           string
	RedirectURI   string
	State         Secret
	Nonce         Secret
	CodeVerifier  Secret
	CodeChallenge string
	Params        url.Values // as in URL, without what the endpoint itself carried
}

// AuthorizationResponse is OIDC Core 3.1.2.5 and 3.1.2.6 with iss (RFC 9207).
type AuthorizationResponse struct {
	Code             Secret
	State            Secret
	Issuer           string // the iss parameter; empty when absent
	Error            string
	ErrorDescription string
	ErrorURI         string
}

// TokenSet is what a token endpoint answered (RFC 6749 5.1, OIDC Core 3.1.3.3).
type TokenSet struct {
	AccessToken  Secret
	TokenType    string
	RefreshToken Secret
	IDToken      Secret
	Scope        string    // empty: as requested (RFC 6749 5.1)
	ReceivedAt   time.Time //
	ExpiresAt    time.Time // of the access token, by our clock; zero when expires_in was absent
}

// UserInfo is the answer of the UserInfo endpoint (OIDC Core 5.3.2).
type UserInfo struct {
	Subject string
	Claims  json.RawMessage // the JSON object as it came, or the payload of a signed one
	Signed  bool            // it came as application/jwt and the signature was verified
}

// Session is a signed-in state: what Logto's SDKs keep in their Storage. It holds
// secrets and is stored in the keychain only.
type Session struct {
	Profile    ProfileID
	Issuer     string
	ClientID   string
	Tokens     TokenSet
	UserInfo   *UserInfo
	SignedInAt time.Time
	VerifiedAt time.Time // zero: the ID token was never verified

	// SetAside are the rules that were broken and that the run went on without. Such
	// a session is not verified and is for this window only: Store refuses it.
	SetAside []Allowance
}
