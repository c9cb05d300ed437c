package oauth

import "slices"

// Allowance names a rule that must be kept and that a run was told to go on
// without. It is given for one run, never saved, and never makes anything count as
// verified: the check still fails, the run only does not stop at it.
//
// Some refusals have no allowance, because there is nothing to go on with or
// because going on would hand something over: a missing endpoint, code or token, a
// wrong state, a redirected token request. Keys that a token brings along (jwk,
// jku, x5u, x5c) are never used, so there is nothing to allow: such a token fails
// by its signature (RFC 8725, 3.10).
type Allowance string

// The allowances, one for each rule.
const (
	AllowIssuerMismatch    Allowance = "issuer_mismatch"    // Discovery 1.0, 4.3: the document is another issuer's
	AllowResponseIssuer    Allowance = "response_iss"       // RFC 9207, 2.4: the authorization response is another issuer's
	AllowTokenType         Allowance = "token_type"         // OIDC Core 3.1.3.3: the access token is no Bearer token
	AllowDuplicates        Allowance = "duplicate_members"  // RFC 7519, 4: a name occurs twice
	AllowEncoding          Allowance = "encoding"           // RFC 7515, 2 and 3: the token breaks the rules of its encoding
	AllowCrit              Allowance = "crit"               // RFC 7515, 4.1.11: an extension that must be understood
	AllowAlgNone           Allowance = "alg_none"           // RFC 8725, 3.2: the token is not signed
	AllowAlgSymmetric      Allowance = "alg_symmetric"      // RFC 8725, 2.1: signed with a shared key where a published one is due
	AllowAlgorithm         Allowance = "algorithm"          // OIDC Core 3.1.3.7 (7): not an algorithm that was agreed on
	AllowSignature         Allowance = "signature"          // OIDC Core 3.1.3.7 (6): no published key verifies it
	AllowType              Allowance = "typ"                // RFC 8725, 3.11: the token says that it is something else
	AllowIssuer            Allowance = "iss"                // OIDC Core 3.1.3.7 (2)
	AllowSubject           Allowance = "sub"                // OIDC Core 2
	AllowAudience          Allowance = "audience"           // OIDC Core 3.1.3.7 (3 to 5): aud and azp
	AllowLifetime          Allowance = "lifetime"           // OIDC Core 3.1.3.7 (9, 10, 13): exp, nbf, iat, auth_time
	AllowNonce             Allowance = "nonce"              // OIDC Core 3.1.3.7 (11)
	AllowAccessTokenHash   Allowance = "at_hash"            // OIDC Core 3.1.3.6
	AllowLibrary           Allowance = "library"            // go-oidc refuses what every check of ours accepts
	AllowPrevious          Allowance = "previous"           // OIDC Core 12.2: not the user, issuer or client of before
	AllowUserInfoSubject   Allowance = "userinfo_sub"       // OIDC Core 5.3.2: user info about somebody else
	AllowUserInfoSignature Allowance = "userinfo_signature" // OIDC Core 5.3.2: a signed answer that does not verify
)

// Allowances lists them in the order in which a sign-in meets the rules.
func Allowances() []Allowance {
	return []Allowance{
		AllowIssuerMismatch, AllowResponseIssuer, AllowTokenType, AllowDuplicates, AllowEncoding, AllowCrit,
		AllowAlgNone, AllowAlgSymmetric, AllowAlgorithm, AllowSignature, AllowType, AllowIssuer, AllowSubject,
		AllowAudience, AllowLifetime, AllowNonce, AllowAccessTokenHash, AllowLibrary, AllowPrevious,
		AllowUserInfoSubject, AllowUserInfoSignature,
	}
}

// JoinAllowances is the union of two lists, each rule once, in the order of
// Allowances. It is nil when both are empty.
func JoinAllowances(a, b []Allowance) []Allowance {
	var out []Allowance
	for _, rule := range Allowances() {
		if slices.Contains(a, rule) || slices.Contains(b, rule) {
			out = append(out, rule)
		}
	}
	return out
}
