package check

import (
	"slices"
	"time"

	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// IDTokenInput is an ID token and all that it is measured against.
type IDTokenInput struct {
	Token       jose.Token
	Issuer      string // the issuer that the profile names
	ClientID    string
	Nonce       string // as sent; empty: none was sent
	AccessToken oauth.Secret
	Keys        jose.KeySet
	KeysErr     error // why there are no keys
	Metadata    oauth.Metadata
	MaxAge      *int
	ACRValues   string
	Now         time.Time     // zero: the clock of this machine
	Skew        time.Duration // how far two clocks may differ
	RequestedAt time.Time     // when the run asked for the token; zero: unknown

	// Previous is the ID token that a refresh replaces (OIDC Core 12.2); nil when
	// this is the first one.
	Previous *jose.Token
}

var idTokenChecks = []entry{
	{"id_token.form", "OIDC Core 2; RFC 7519 7.2", []string{Absent, Opaque, Encrypted, NotClaims, Malformed}},
	{"id_token.duplicates", "RFC 7515 4; RFC 7519 4", []string{Duplicate}},
	{"id_token.crit", "RFC 7515 4.1.11", []string{jose.CritUnknown}},
	{"id_token.alg", "OIDC Core 3.1.3.7 (7)", []string{Absent, jose.AlgNone, jose.AlgSymmetric, jose.AlgUnknown, jose.AlgNotAllowed}},
	{"id_token.header_key", "RFC 8725 3.10", []string{Present}},
	{"id_token.signature", "OIDC Core 3.1.3.7 (6)", signatureReasons},
	{"id_token.typ", "RFC 8725 3.11", []string{Absent, IsAccessToken, Unusual}},
	{"id_token.iss", "OIDC Core 3.1.3.7 (2)", []string{Absent, WrongType, Different, TrailingSlash}},
	{"id_token.sub", "OIDC Core 2", []string{Absent, WrongType, Empty, TooLong, NotASCII}},
	{"id_token.aud", "OIDC Core 3.1.3.7 (3)", []string{Absent, WrongType, Different, Additional}},
	{"id_token.azp", "OIDC Core 3.1.3.7 (4, 5)", []string{Absent, WrongType, Different, NotRequired}},
	{"id_token.exp", "OIDC Core 3.1.3.7 (9)", []string{Absent, WrongType, Milliseconds, Expired}},
	{"id_token.nbf", "RFC 7519 4.1.5", []string{Absent, WrongType, Milliseconds, NotYetValid}},
	{"id_token.iat", "OIDC Core 3.1.3.7 (10)", []string{Absent, WrongType, Milliseconds, InFuture, BeforeRequest}},
	{"id_token.nonce", "OIDC Core 3.1.3.7 (11)", []string{Absent, WrongType, Different, Unexpected, NotSent, NotRequired}},
	{"id_token.acr", "OIDC Core 3.1.3.7 (12)", []string{Absent, WrongType, Different, NotRequested}},
	{"id_token.auth_time", "OIDC Core 3.1.3.7 (13)", []string{Absent, WrongType, Milliseconds, InFuture, TooOld, NotRequested}},
	{"id_token.at_hash", "OIDC Core 3.1.3.6", []string{Absent, WrongType, Different, NoAccessToken, jose.AlgUnknown}},
	{"id_token.updated_at", "OIDC Core 5.1", []string{WrongType, Milliseconds}},
}

// IDToken makes all the checks of OIDC Core 3.1.3.7 and, when there is a previous
// token, of 12.2. Each looks at one thing and none depends on another, except that
// a text without claims leaves nothing to check. The last is go-oidc's opinion of
// the whole.
func IDToken(in IDTokenInput) Report {
	if in.Now.IsZero() {
		in.Now = time.Now()
	}
	var l list
	if !l.idTokenForm(in.Token) {
		return l.report
	}
	l.idTokenDuplicates(in.Token)
	l.crit("id_token.crit", in.Token)
	l.idTokenAlg(in)
	l.headerKey("id_token.header_key", in.Token)
	l.signature("id_token.signature", in.Token, in.Keys, in.KeysErr)
	l.idTokenType(in.Token)
	claims := in.Token.Claims
	l.issuer("id_token.iss", claims, in.Issuer)
	l.subject("id_token.sub", claims)
	l.idTokenAudience(in)
	l.idTokenAuthorizedParty(in)
	l.expiry("id_token.exp", claims, in.Now, in.Skew)
	l.notBefore("id_token.nbf", claims, in.Now, in.Skew)
	l.issuedAt("id_token.iat", claims, in.Now, in.Skew, in.RequestedAt)
	l.idTokenNonce(in)
	l.idTokenACR(in)
	l.idTokenAuthTime(in)
	l.idTokenAccessTokenHash(in)
	l.idTokenUpdatedAt(claims)
	if in.Previous != nil {
		l.sameAsBefore(claims, in.Previous.Claims)
	}
	l.library(in)
	return l.report
}

// idTokenForm reports whether there are claims to look at.
func (l *list) idTokenForm(t jose.Token) bool {
	const id = "id_token.form"
	switch {
	case t.Raw == "":
		l.fail(id, Absent, "", "")
	case t.Form == jose.Opaque:
		l.fail(id, Opaque, string(jose.JWT), codes(t.Problems))
	case t.Form == jose.JWE:
		l.fail(id, Encrypted, string(jose.JWT), t.Header.Alg+" "+t.Header.Enc)
	case t.Claims == nil:
		l.fail(id, NotClaims, string(jose.JWT), codes(t.Problems))
	default:
		flaws := slices.DeleteFunc(slices.Clone(t.Problems), func(p jose.Problem) bool { return p.Code == jose.Duplicate })
		if len(flaws) == 0 {
			l.pass(id, string(jose.JWT), string(t.Form))
		} else {
			l.fail(id, Malformed, string(jose.JWT), codes(flaws))
		}
		return true
	}
	return false
}

// idTokenDuplicates finds names that occur twice: two parsers that pick different
// ones see two different tokens.
func (l *list) idTokenDuplicates(t jose.Token) {
	const id = "id_token.duplicates"
	names := slices.Concat(t.Header.Object.Duplicates(), t.Claims.Duplicates())
	if len(names) > 0 {
		l.fail(id, Duplicate, "", shown(names))
		return
	}
	l.pass(id, "", "")
}
