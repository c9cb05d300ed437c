package check

import (
	"slices"
	"time"

	"signbench/flows/jose"
)

// ClientAssertionInput is a client assertion (private_key_jwt or client_secret_jwt) and
// what it is measured against. What is empty is not compared.
type ClientAssertionInput struct {
	Token     jose.Token
	Signature jose.Verification
	KeysErr   error // why there are no keys
	Weak      int   // as in SignedInput
	ClientID  string
	Audience  string    // the issuer, or the token endpoint
	Now       time.Time // zero: the clock of this machine
	Skew      time.Duration
}

// longAssertion is how far ahead the end of an assertion may lie before it is worth a
// word: it can be used until then by whoever gets hold of it.
const longAssertion = time.Hour

var clientAssertionChecks = []entry{
	{"client_assertion.form", "RFC 7523 3", []string{Opaque, Encrypted, NotClaims, Malformed}},
	{"client_assertion.crit", "RFC 7515 4.1.11", []string{jose.CritUnknown}},
	{"client_assertion.alg", "RFC 7523 3 (9)", []string{Absent, jose.AlgNone}},
	{"client_assertion.header_key", "RFC 8725 3.10", []string{Present}},
	{"client_assertion.signature", "RFC 7523 3 (9)", slices.Concat(signatureReasons, []string{jose.AlgAsymmetric, jose.SecretIsKey})},
	{"client_assertion.secret", "RFC 7518 3.2", []string{TooShort}},
	{"client_assertion.typ", "RFC 8725 3.11", []string{Different}},
	{"client_assertion.iss", "RFC 7523 3 (1)", []string{Absent, WrongType, Empty, Different}},
	{"client_assertion.sub", "RFC 7523 3 (2)", []string{Absent, WrongType, Empty, Different}},
	{"client_assertion.aud", "RFC 7523 3 (3)", []string{Absent, WrongType, Different, Additional}},
	{"client_assertion.exp", "RFC 7523 3 (4)", []string{Absent, WrongType, Milliseconds, Expired, TooLong}},
	{"client_assertion.nbf", "RFC 7523 3 (5)", []string{Absent, WrongType, Milliseconds, NotYetValid}},
	{"client_assertion.iat", "RFC 7523 3 (6)", []string{Absent, WrongType, Milliseconds, InFuture}},
	{"client_assertion.jti", "OIDC Core 9", []string{Absent, WrongType, Empty}},
}

// ClientAssertion makes the checks of an authorization server on a JWT with which a
// client authenticates (RFC 7523, 3; OIDC Core 9), but for the memory of earlier ones.
func ClientAssertion(in ClientAssertionInput) Report {
	if in.Now.IsZero() {
		in.Now = time.Now()
	}
	var l list
	t := in.Token
	if !l.signedForm("client_assertion.form", t) {
		return l.report
	}
	l.crit("client_assertion.crit", t)
	l.signedAlg("client_assertion.alg", t)
	l.headerKey("client_assertion.header_key", t)
	l.verification("client_assertion.signature", t, in.Signature, in.KeysErr)
	l.weakSecret("client_assertion.secret", t, in.Weak)
	l.assertionType(t)
	iss, _ := t.Claims.String("iss")
	l.party("client_assertion.iss", t.Claims, "iss", in.ClientID)
	if in.ClientID == "" {
		in.ClientID = iss // at least they must be one
	}
	l.party("client_assertion.sub", t.Claims, "sub", in.ClientID)
	l.assertionAudience(in)
	l.assertionExpiry(in)
	l.notBefore("client_assertion.nbf", t.Claims, in.Now, in.Skew)
	if t.Claims.Has("iat") {
		l.issuedAt("client_assertion.iat", t.Claims, in.Now, in.Skew, time.Time{})
	} else {
		l.skip("client_assertion.iat", Absent, "")
	}
	l.present("client_assertion.jti", t.Claims, "jti")
	return l.report
}

// signedAlg refuses a token that is not signed at all; whether the signature is good is
// another check.
func (l *list) signedAlg(id string, t jose.Token) {
	switch alg := t.Header.Alg; {
	case alg == "":
		l.fail(id, Absent, "", "")
	case jose.AlgClass(alg) == "none":
		l.fail(id, jose.AlgNone, "", alg)
	default:
		l.pass(id, "", alg)
	}
}

// assertionType admits what assertions say: nothing, JWT, or their own type. That of
// another token is refused, so that none can pass for an assertion.
func (l *list) assertionType(t jose.Token) {
	const id, want = "client_assertion.typ", "client-authentication+jwt"
	if !slices.Contains([]string{"", "jwt", want}, mediaType(t.Header.Typ)) {
		l.fail(id, Different, want, t.Header.Typ)
		return
	}
	l.pass(id, want, quoteEmpty(t.Header.Typ))
}

// party wants the client's ID in iss and in sub.
func (l *list) party(id string, claims *jose.Object, name, want string) {
	value, reason, got := stringClaim(claims, name)
	switch {
	case reason != "":
	case value == "":
		reason = Empty
	case want != "" && value != want:
		reason = Different
	}
	if reason != "" {
		l.fail(id, reason, want, got)
		return
	}
	l.pass(id, want, got)
}

// assertionAudience wants the server among the audiences. Others beside it are a
// warning: they can use the assertion themselves.
func (l *list) assertionAudience(in ClientAssertionInput) {
	const id = "client_assertion.aud"
	aud, ok := in.Token.Claims.Strings("aud")
	switch {
	case !in.Token.Claims.Has("aud"):
		l.fail(id, Absent, in.Audience, "")
	case !ok:
		l.fail(id, WrongType, in.Audience, kindOf(in.Token.Claims, "aud"))
	case in.Audience != "" && !slices.Contains(aud, in.Audience):
		l.fail(id, Different, in.Audience, shown(aud))
	case len(aud) > 1:
		l.warn(id, Additional, in.Audience, shown(aud))
	default:
		l.pass(id, in.Audience, shown(aud))
	}
}

// assertionExpiry wants an end that is ahead, and not far ahead.
func (l *list) assertionExpiry(in ClientAssertionInput) {
	const id = "client_assertion.exp"
	exp := readTime(in.Token.Claims, "exp")
	if exp.reason == "" && exp.at.Sub(in.Now) > longAssertion+in.Skew {
		l.warn(id, TooLong, stamp(in.Now), exp.got)
		return
	}
	l.expiry(id, in.Token.Claims, in.Now, in.Skew)
}
