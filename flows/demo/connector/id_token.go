package connector

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// expectation is what an ID token must be (OIDC Core 3.1.3.7), as the jose library
// of Node takes it.
type expectation struct {
	jwksURI    string
	issuers    []string // any of them; empty: not compared
	audience   string
	algorithms []string // empty: all
	tolerance  time.Duration
	maxAge     time.Duration // of iat; 0: any
	now        time.Time
}

// asymmetric are the algorithms that a key set can have keys for.
var asymmetric = []jose.SignatureAlgorithm{
	jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512,
	jose.ES256, jose.ES384, jose.ES512, jose.EdDSA,
}

// verify returns the claims of the token, or the error of that library: the
// signature first, then the claims in its order.
func verify(ctx context.Context, client *http.Client, token string, want expectation) (map[string]any, *Error) {
	signed, err := jose.ParseSignedCompact(token, asymmetric)
	if err != nil {
		return nil, unforeseen("JWSInvalid", "Invalid Compact JWS")
	}
	header := signed.Signatures[0].Protected
	if len(want.algorithms) > 0 && !slices.Contains(want.algorithms, header.Algorithm) {
		return nil, unforeseen("JOSEAlgNotAllowed", `"alg" (Algorithm) Header Parameter value not allowed`)
	}
	set, failed := fetchKeys(ctx, client, want.jwksURI)
	if failed != nil {
		return nil, failed
	}
	keys := set.Key(header.KeyID)
	if len(keys) == 0 {
		return nil, unforeseen("JWKSNoMatchingKey", "no applicable key found in the JSON Web Key Set")
	}
	payload, err := signed.Verify(keys[0])
	if err != nil {
		return nil, unforeseen("JWSSignatureVerificationFailed", "signature verification failed")
	}
	var claims map[string]any
	if json.Unmarshal(payload, &claims) != nil {
		return nil, unforeseen("JWTInvalid", "JWT Claims Set must be a top-level JSON object")
	}
	return claims, want.check(claims)
}

func fetchKeys(ctx context.Context, client *http.Client, uri string) (*jose.JSONWebKeySet, *Error) {
	a, err := get(ctx, client, uri, "")
	switch {
	case err != nil:
		return nil, unreachable(err, http.MethodGet, uri)
	case a.status != http.StatusOK:
		return nil, unforeseen("JOSEError", "Expected 200 OK from the JSON Web Key Set HTTP response")
	}
	var set jose.JSONWebKeySet
	if json.Unmarshal(a.body, &set) != nil {
		return nil, unforeseen("JOSEError", "Failed to parse the JSON Web Key Set HTTP response as JSON")
	}
	return &set, nil
}

func (x expectation) check(claims map[string]any) *Error {
	issuer, _ := claims["iss"].(string)
	issued, hasIssued := claims["iat"].(float64)
	expires, hasExpires := claims["exp"].(float64)
	now, tolerance := float64(x.now.Unix()), x.tolerance.Seconds()
	switch {
	case len(x.issuers) > 0 && !slices.Contains(x.issuers, issuer):
		return claimFailed("iss", "claim value")
	case !isAudience(claims["aud"], x.audience):
		return claimFailed("aud", "claim value")
	case x.maxAge > 0 && !hasIssued:
		return claimFailed("iat", "claim value")
	case hasExpires && expires <= now-tolerance:
		return unforeseen("JWTExpired", `"exp" claim timestamp check failed`)
	case x.maxAge > 0 && now-issued-tolerance > x.maxAge.Seconds():
		return unforeseen("JWTExpired", `"iat" claim timestamp check failed (too far in the past)`)
	}
	return nil
}

func claimFailed(claim, what string) *Error {
	return unforeseen("JWTClaimValidationFailed", fmt.Sprintf("unexpected %q %s", claim, what))
}

// isAudience reads aud, which is a string or an array of them (RFC 7519 4.1.3).
func isAudience(aud any, want string) bool {
	if list, ok := aud.([]any); ok {
		return slices.Contains(list, any(want))
	}
	return aud == want
}

// claimTypes are the types that Logto's schema wants of an ID token and of UserInfo.
// All but sub may be missing or null.
var claimTypes = []struct{ name, kind string }{
	{"sub", "string"},
	{"name", "string"},
	{"email", "string"},
	{"email_verified", "boolean"},
	{"phone", "string"},
	{"phone_verified", "boolean"},
	{"picture", "string"},
	{"nonce", "string"},
}

// guard is what the schema finds wrong. looseBooleans takes "true" for true.
func guard(claims map[string]any, looseBooleans bool) []issue {
	var found []issue
	for _, t := range claimTypes {
		value, present := claims[t.name]
		got := kind(value, present)
		switch {
		case got == t.kind, t.name != "sub" && value == nil:
		case looseBooleans && t.kind == "boolean" && (value == "true" || value == "false"):
			claims[t.name] = value == "true"
		default:
			found = append(found, issue{t.name, t.kind, got})
		}
	}
	return found
}

// profile maps the claims as Logto does: an e-mail address only when it is verified,
// or when nothing is said of that and the connector trusts it; a phone number under
// names that are not those of OIDC Core 5.1.
func profile(claims map[string]any, trustUnverified bool) Profile {
	text := func(name string) string { s, _ := claims[name].(string); return s }
	p := Profile{ID: text("sub"), Name: text("name"), Avatar: text("picture"), Raw: claims}
	if claims["email_verified"] == true || (claims["email_verified"] == nil && trustUnverified) {
		p.Email = text("email")
	}
	if claims["phone_verified"] == true {
		p.Phone = text("phone")
	}
	return p
}
