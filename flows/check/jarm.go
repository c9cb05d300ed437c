package check

import (
	"slices"
	"time"

	"signbench/flows/jose"
)

// JARMInput is an authorization response as a JWT, and what it is measured against. What
// is empty is not compared.
type JARMInput struct {
	Token     jose.Token
	Signature jose.Verification
	KeysErr   error // why there are no keys
	Weak      int   // as in SignedInput
	Issuer    string
	ClientID  string
	State     string
	Now       time.Time // zero: the clock of this machine
	Skew      time.Duration
}

var jarmChecks = []entry{
	{"jarm.form", "JARM 2.1", []string{Opaque, Encrypted, NotClaims, Malformed}},
	{"jarm.crit", "RFC 7515 4.1.11", []string{jose.CritUnknown}},
	{"jarm.alg", "JARM 2.4", []string{Absent, jose.AlgNone}},
	{"jarm.header_key", "RFC 8725 3.10", []string{Present}},
	{"jarm.signature", "JARM 2.4", slices.Concat(signatureReasons, []string{jose.AlgAsymmetric, jose.SecretIsKey})},
	{"jarm.secret", "RFC 7518 3.2", []string{TooShort}},
	{"jarm.typ", "RFC 8725 3.11", []string{Different}},
	{"jarm.iss", "JARM 2.4", []string{Absent, WrongType, Empty, Different, TrailingSlash}},
	{"jarm.aud", "JARM 2.4", []string{Absent, WrongType, Different}},
	{"jarm.exp", "JARM 2.4", []string{Absent, WrongType, Milliseconds, Expired, TooLong}},
	{"jarm.state", "RFC 6749 10.12", []string{Absent, WrongType, Different, NotRequested}},
	{"jarm.response", "RFC 6749 4.1.2", []string{Absent, WithError, WrongType}},
}

// longResponse is how long an authorization response should last at most: a code does
// not last longer (RFC 6749, 4.1.2; JARM, 2.1).
const longResponse = 10 * time.Minute

// JARM makes the checks of a client on a JWT Secured Authorization Response.
func JARM(in JARMInput) Report {
	if in.Now.IsZero() {
		in.Now = time.Now()
	}
	var l list
	t := in.Token
	if !l.signedForm("jarm.form", t) {
		return l.report
	}
	l.crit("jarm.crit", t)
	l.signedAlg("jarm.alg", t)
	l.headerKey("jarm.header_key", t)
	l.verification("jarm.signature", t, in.Signature, in.KeysErr)
	l.weakSecret("jarm.secret", t, in.Weak)
	l.jarmType(t)
	l.jarmIssuer(in)
	l.audience("jarm.aud", t.Claims, in.ClientID)
	l.jarmExpiry(in)
	l.jarmState(in)
	l.jarmResponse(t.Claims)
	return l.report
}

// jarmType refuses the type of another token: nothing more is said of a response's own.
func (l *list) jarmType(t jose.Token) {
	const id = "jarm.typ"
	if typ := mediaType(t.Header.Typ); slices.Contains([]string{"at+jwt", "logout+jwt", "dpop+jwt"}, typ) {
		l.fail(id, Different, "JWT", t.Header.Typ)
		return
	}
	l.pass(id, "JWT", quoteEmpty(t.Header.Typ))
}

func (l *list) jarmIssuer(in JARMInput) {
	if in.Issuer != "" {
		l.issuer("jarm.iss", in.Token.Claims, in.Issuer)
		return
	}
	l.present("jarm.iss", in.Token.Claims, "iss")
}

// jarmExpiry wants an end that is ahead, and not later than that of a code.
func (l *list) jarmExpiry(in JARMInput) {
	const id = "jarm.exp"
	exp := readTime(in.Token.Claims, "exp")
	if exp.reason == "" && exp.at.Sub(in.Now) > longResponse+in.Skew {
		l.warn(id, TooLong, stamp(in.Now), exp.got)
		return
	}
	l.expiry(id, in.Token.Claims, in.Now, in.Skew)
}

func (l *list) jarmState(in JARMInput) {
	const id = "jarm.state"
	state, reason, got := stringClaim(in.Token.Claims, "state")
	if reason == "" {
		got = shorten(state)
	}
	switch {
	case reason == WrongType:
		l.fail(id, reason, shorten(in.State), got)
	case in.State == "":
		l.skip(id, NotRequested, got)
	case reason != "":
		l.fail(id, reason, shorten(in.State), got)
	case state != in.State:
		l.fail(id, Different, shorten(in.State), got)
	default:
		l.pass(id, shorten(in.State), got)
	}
}

// jarmResponse wants a code or an error, and not both. The code is a secret.
func (l *list) jarmResponse(claims *jose.Object) {
	const id = "jarm.response"
	_, code, codeKind := stringClaim(claims, "code")
	failure, reason, got := stringClaim(claims, "error")
	switch {
	case code == WrongType:
		l.fail(id, WrongType, "", "code "+codeKind)
	case reason == WrongType:
		l.fail(id, WrongType, "", "error "+got)
	case code == "" && reason == "":
		l.fail(id, WithError, "", failure)
	case code == "":
		l.pass(id, "", "code")
	case reason == "":
		l.pass(id, "", "error "+failure)
	default:
		l.fail(id, Absent, "", "")
	}
}
