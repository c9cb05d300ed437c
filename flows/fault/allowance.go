package fault

import (
	"strings"

	"signbench/flows/check"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// allowanceOf is the rule that a failed check enforces, or nothing where a run can
// not go on without it.
func allowanceOf(r check.Result) oauth.Allowance {
	switch r.Reason {
	case jose.AlgNone:
		return oauth.AllowAlgNone
	case jose.AlgSymmetric:
		return oauth.AllowAlgSymmetric
	case check.Duplicate:
		return oauth.AllowDuplicates
	case jose.CritUnknown:
		return oauth.AllowCrit
	case check.Malformed:
		return oauth.AllowEncoding
	}
	if strings.HasPrefix(r.ID, "id_token.previous_") {
		return oauth.AllowPrevious
	}
	return allowances[r.ID]
}

var allowances = map[string]oauth.Allowance{
	"discovery.issuer":           oauth.AllowIssuerMismatch,
	"authorization_response.iss": oauth.AllowResponseIssuer,
	"token_response.token_type":  oauth.AllowTokenType,
	"id_token.alg":               oauth.AllowAlgorithm,
	"id_token.signature":         oauth.AllowSignature,
	"id_token.typ":               oauth.AllowType,
	"id_token.iss":               oauth.AllowIssuer,
	"id_token.sub":               oauth.AllowSubject,
	"id_token.aud":               oauth.AllowAudience,
	"id_token.azp":               oauth.AllowAudience,
	"id_token.exp":               oauth.AllowLifetime,
	"id_token.nbf":               oauth.AllowLifetime,
	"id_token.iat":               oauth.AllowLifetime,
	"id_token.auth_time":         oauth.AllowLifetime,
	"id_token.nonce":             oauth.AllowNonce,
	"id_token.at_hash":           oauth.AllowAccessTokenHash,
	"id_token.library":           oauth.AllowLibrary,
	"userinfo.sub":               oauth.AllowUserInfoSubject,
}

// SetAside reports whether the fault is a breach of a rule that the run was told
// to go on without.
func (f Fault) SetAside() bool { return f.Severity == Warning && f.Allowance != "" }
