package check

import (
	"slices"
	"strings"
	"time"

	"signbench/flows/jose"
)

// AccessTokenInput is what an access token is measured against.
type AccessTokenInput struct {
	Issuer   string
	ClientID string
	Resource string // the resource indicator that was asked for; empty: any audience will do
	Keys     jose.KeySet
	KeysErr  error
	Now      time.Time // zero: the clock of this machine
	Skew     time.Duration
}

var accessTokenChecks = []entry{
	{"access_token.form", "RFC 9068 2.1", []string{Absent, Opaque, Encrypted, NotClaims, Malformed, NotProfiled}},
	{"access_token.crit", "RFC 7515 4.1.11", []string{jose.CritUnknown}},
	{"access_token.signature", "RFC 9068 4", signatureReasons},
	{"access_token.iss", "RFC 9068 2.2", []string{Absent, WrongType, Different, TrailingSlash}},
	{"access_token.sub", "RFC 9068 2.2", []string{Absent, WrongType, Empty, TooLong, NotASCII}},
	{"access_token.aud", "RFC 9068 2.2, 3", []string{Absent, WrongType, Different}},
	{"access_token.client_id", "RFC 9068 2.2", []string{Absent, WrongType, Different}},
	{"access_token.exp", "RFC 9068 2.2", []string{Absent, WrongType, Milliseconds, Expired}},
	{"access_token.nbf", "RFC 7519 4.1.5", []string{Absent, WrongType, Milliseconds, NotYetValid}},
	{"access_token.iat", "RFC 9068 2.2", []string{Absent, WrongType, Milliseconds, InFuture}},
	{"access_token.jti", "RFC 9068 2.2", []string{Absent, WrongType}},
}

// AccessToken looks at an access token as the resource server will (RFC 9068, 4).
// To a client an access token is opaque (RFC 6749, 1.4), so one that is not a JWT,
// or does not say at+jwt, gets a single skipped result: nothing is wrong with it.
func AccessToken(t jose.Token, in AccessTokenInput) Report {
	if in.Now.IsZero() {
		in.Now = time.Now()
	}
	var l list
	if !l.accessTokenForm(t) {
		return l.report
	}
	l.crit("access_token.crit", t)
	l.signature("access_token.signature", t, in.Keys, in.KeysErr)
	l.issuer("access_token.iss", t.Claims, in.Issuer)
	l.subject("access_token.sub", t.Claims)
	l.accessTokenAudience(t.Claims, in.Resource)
	l.accessTokenClient(t.Claims, in.ClientID)
	l.expiry("access_token.exp", t.Claims, in.Now, in.Skew)
	l.notBefore("access_token.nbf", t.Claims, in.Now, in.Skew)
	l.issuedAt("access_token.iat", t.Claims, in.Now, in.Skew, time.Time{})
	_, reason, got := stringClaim(t.Claims, "jti")
	if reason != "" {
		l.fail("access_token.jti", reason, "", got)
	} else {
		l.pass("access_token.jti", "", got)
	}
	return l.report
}

func (l *list) accessTokenForm(t jose.Token) bool {
	const id, want = "access_token.form", "at+jwt"
	profiled := mediaType(t.Header.Typ) == want
	switch {
	case strings.TrimSpace(t.Raw) == "":
		l.skip(id, Absent, "")
	case t.Form == jose.Opaque:
		l.skip(id, Opaque, "")
	case t.Form == jose.JWE:
		l.skip(id, Encrypted, t.Header.Typ)
	case t.Claims == nil && profiled:
		l.fail(id, NotClaims, want, codes(t.Problems))
	case !profiled:
		l.skip(id, NotProfiled, t.Header.Typ)
	case len(t.Problems) > 0:
		l.fail(id, Malformed, want, codes(t.Problems))
		return true
	default:
		l.pass(id, want, t.Header.Typ)
		return true
	}
	return false
}

func (l *list) accessTokenAudience(claims *jose.Object, resource string) {
	const id = "access_token.aud"
	aud, ok := claims.Strings("aud")
	switch {
	case !claims.Has("aud"):
		l.fail(id, Absent, resource, "")
	case !ok:
		l.fail(id, WrongType, resource, kindOf(claims, "aud"))
	case resource != "" && !slices.Contains(aud, resource):
		l.fail(id, Different, resource, shown(aud))
	default:
		l.pass(id, resource, shown(aud))
	}
}

func (l *list) accessTokenClient(claims *jose.Object, want string) {
	const id = "access_token.client_id"
	client, reason, got := stringClaim(claims, "client_id")
	if reason == "" && client != want {
		reason = Different
	}
	if reason != "" {
		l.fail(id, reason, want, got)
		return
	}
	l.pass(id, want, got)
}
