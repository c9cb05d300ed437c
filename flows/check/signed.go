package check

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"signbench/flows/jose"
)

// SignedInput is any signed object and what it is measured against. What is empty
// is not compared.
type SignedInput struct {
	Token     jose.Token
	Signature jose.Verification
	KeysErr   error // why there are no keys
	Weak      int   // the bits of a shared secret that is shorter than RFC 7518, 3.2 allows; 0: it is not
	Issuer    string
	Audience  string
	Nonce     string
	Type      string // the typ that it must have, without application/
	Now       time.Time
	Skew      time.Duration
}

var signedChecks = []entry{
	{"jws.form", "RFC 7515 5.2", []string{Opaque, Encrypted, Malformed, NotClaims}},
	{"jws.crit", "RFC 7515 4.1.11", []string{jose.CritUnknown}},
	{"jws.header_key", "RFC 8725 3.10", []string{Present}},
	{"jws.signature", "RFC 7515 5.2", slices.Concat(signatureReasons, []string{jose.AlgAsymmetric, jose.SecretIsKey, jose.Detached})},
	{"jws.secret", "RFC 7518 3.2", []string{TooShort}},
	{"jws.typ", "RFC 8725 3.11", []string{Absent, Different}},
	{"jws.iss", "RFC 7519 4.1.1", []string{Absent, WrongType, Different, TrailingSlash}},
	{"jws.aud", "RFC 7519 4.1.3", []string{Absent, WrongType, Different}},
	{"jws.exp", "RFC 7519 4.1.4", []string{Absent, WrongType, Milliseconds, Expired}},
	{"jws.nbf", "RFC 7519 4.1.5", []string{Absent, WrongType, Milliseconds, NotYetValid}},
	{"jws.iat", "RFC 7519 4.1.6", []string{Absent, WrongType, Milliseconds, InFuture}},
	{"jws.nonce", "OIDC Core 3.1.3.7 (11)", []string{Absent, WrongType, Different}},
}

// Signed looks at a signed object of no profile in particular: a JWT by its
// registered claims (RFC 7519, 4.1), any other payload by its signature alone.
func Signed(in SignedInput) Report {
	if in.Now.IsZero() {
		in.Now = time.Now()
	}
	var l list
	t := in.Token
	switch flaws := codes(t.Problems); {
	case t.Form == jose.Opaque:
		l.fail("jws.form", Opaque, "", flaws)
		return l.report
	case t.Form == jose.JWE:
		l.fail("jws.form", Encrypted, "", t.Header.Alg+" "+t.Header.Enc)
		return l.report
	case flaws != "":
		l.fail("jws.form", Malformed, "", flaws)
	case t.Claims == nil:
		l.skip("jws.form", NotClaims, "")
	default:
		l.pass("jws.form", "", string(t.Form))
	}
	if !t.Header.Unencoded() || len(t.Header.Crit) > 1 {
		l.crit("jws.crit", t)
	} else {
		l.pass("jws.crit", "", "b64")
	}
	l.headerKey("jws.header_key", t)
	l.verification("jws.signature", t, in.Signature, in.KeysErr)
	l.weakSecret("jws.secret", t, in.Weak)
	l.signedType(t, in.Type)
	if t.Claims != nil {
		l.signedClaims(t.Claims, in)
	}
	return l.report
}

// signedForm wants a JWS with claims. It reports whether there are any.
func (l *list) signedForm(id string, t jose.Token) bool {
	switch flaws := codes(t.Problems); {
	case t.Form == jose.Opaque:
		l.fail(id, Opaque, "", flaws)
	case t.Form == jose.JWE:
		l.fail(id, Encrypted, "", t.Header.Alg+" "+t.Header.Enc)
	case t.Claims == nil:
		l.fail(id, NotClaims, "", flaws)
	case flaws != "":
		l.fail(id, Malformed, "", flaws)
	default:
		l.pass(id, "", string(t.Form))
	}
	return t.Claims != nil
}

// verification reports what a signature turned out to be.
func (l *list) verification(id string, t jose.Token, v jose.Verification, keysErr error) {
	got := strings.TrimSpace(v.Alg + " " + v.KID)
	switch {
	case keysErr != nil:
		l.fail(id, KeysUnavailable, "", got)
	case v.OK():
		l.pass(id, "", got)
	case v.Reason == jose.Malformed:
		l.fail(id, v.Reason, "", codes(t.Problems))
	default:
		l.fail(id, v.Reason, "", got)
	}
}

// weakSecret warns of a shared secret of that many bits, where those are too few.
func (l *list) weakSecret(id string, t jose.Token, bits int) {
	if bits > 0 {
		l.warn(id, TooShort, strings.TrimPrefix(t.Header.Alg, "HS"), strconv.Itoa(bits))
	}
}

func (l *list) signedType(t jose.Token, want string) {
	const id = "jws.typ"
	switch {
	case want == "":
	case t.Header.Typ == "":
		l.fail(id, Absent, want, "")
	case mediaType(t.Header.Typ) != mediaType(want):
		l.fail(id, Different, want, t.Header.Typ)
	default:
		l.pass(id, want, t.Header.Typ)
	}
}

func (l *list) signedClaims(claims *jose.Object, in SignedInput) {
	if in.Issuer != "" {
		l.issuer("jws.iss", claims, in.Issuer)
	}
	if in.Audience != "" {
		l.audience("jws.aud", claims, in.Audience)
	}
	if claims.Has("exp") {
		l.expiry("jws.exp", claims, in.Now, in.Skew)
	} else {
		l.warn("jws.exp", Absent, "", "")
	}
	l.notBefore("jws.nbf", claims, in.Now, in.Skew)
	if claims.Has("iat") {
		l.issuedAt("jws.iat", claims, in.Now, in.Skew, time.Time{})
	} else {
		l.skip("jws.iat", Absent, "")
	}
	if in.Nonce == "" {
		return
	}
	const id = "jws.nonce"
	switch nonce, reason, _ := stringClaim(claims, "nonce"); {
	case reason != "":
		l.fail(id, reason, shorten(in.Nonce), kindOf(claims, "nonce"))
	case nonce != in.Nonce:
		l.fail(id, Different, shorten(in.Nonce), shorten(nonce))
	default:
		l.pass(id, shorten(in.Nonce), shorten(nonce))
	}
}

// audience wants one among the audiences, or any where none is expected.
func (l *list) audience(id string, claims *jose.Object, want string) {
	aud, ok := claims.Strings("aud")
	switch {
	case !claims.Has("aud"):
		l.fail(id, Absent, want, "")
	case !ok:
		l.fail(id, WrongType, want, kindOf(claims, "aud"))
	case want != "" && !slices.Contains(aud, want):
		l.fail(id, Different, want, shown(aud))
	default:
		l.pass(id, want, shown(aud))
	}
}
