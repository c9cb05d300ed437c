package check

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"
	"time"

	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// DPoPInput is a DPoP proof and the request that it was made for. What is empty is not
// compared.
type DPoPInput struct {
	Token       jose.Token
	Signature   jose.Verification // by the key in its own header: see jose.VerifyByHeader
	Key         jose.Key          // that key
	Method      string            // of the request
	URL         string            // of the request
	Nonce       string            // what the server sent in DPoP-Nonce
	AccessToken oauth.Secret      // that was sent with the proof
	Now         time.Time         // zero: the clock of this machine
	Skew        time.Duration
}

// proofWindow is how old a proof may be before a server can be expected to refuse it:
// "seconds or minutes" (RFC 9449, 11.1).
const proofWindow = 5 * time.Minute

var dpopChecks = []entry{
	{"dpop.form", "RFC 9449 4.3 (2)", []string{Opaque, Encrypted, NotClaims, Malformed}},
	{"dpop.crit", "RFC 7515 4.1.11", []string{jose.CritUnknown}},
	{"dpop.typ", "RFC 9449 4.3 (4)", []string{Absent, Different}},
	{"dpop.alg", "RFC 9449 4.3 (5)", []string{Absent, jose.AlgNone, jose.AlgSymmetric, jose.AlgUnknown}},
	{"dpop.jwk", "RFC 9449 4.3 (7)", []string{Absent, jose.KeyPrivate, jose.KeyUnusable}},
	{"dpop.signature", "RFC 9449 4.3 (6)", []string{
		jose.NoKey, jose.KeyUnusable, jose.BadSignature, jose.AlgNone, jose.AlgSymmetric, jose.AlgUnknown, jose.CritUnknown, jose.Malformed,
	}},
	{"dpop.jti", "RFC 9449 4.2", []string{Absent, WrongType, Empty}},
	{"dpop.htm", "RFC 9449 4.3 (8)", []string{Absent, WrongType, Different}},
	{"dpop.htu", "RFC 9449 4.3 (9)", []string{Absent, WrongType, NotAbsolute, HasQuery, Different}},
	{"dpop.iat", "RFC 9449 4.3 (11)", []string{Absent, WrongType, Milliseconds, InFuture, TooOld}},
	{"dpop.nonce", "RFC 9449 4.3 (10)", []string{Absent, WrongType, Different, NotRequested}},
	{"dpop.ath", "RFC 9449 4.3 (12)", []string{Absent, WrongType, Different, NoAccessToken}},
	{"dpop.jkt", "RFC 9449 6.1", []string{Absent, Different, Opaque, NoAccessToken}},
}

// DPoP makes the checks of RFC 9449, 4.3 that need no memory of earlier proofs.
func DPoP(in DPoPInput) Report {
	if in.Now.IsZero() {
		in.Now = time.Now()
	}
	var l list
	t := in.Token
	if !l.signedForm("dpop.form", t) {
		return l.report
	}
	l.crit("dpop.crit", t)
	l.proofType(t)
	l.proofAlg(t)
	l.proofKey(in)
	l.verification("dpop.signature", t, in.Signature, nil)
	l.present("dpop.jti", t.Claims, "jti")
	l.proofMethod(in)
	l.proofTarget(in)
	l.proofTime(in)
	l.proofNonce(in)
	l.proofTokenHash(in)
	l.proofBinding(in)
	return l.report
}

func (l *list) proofType(t jose.Token) {
	const id, want = "dpop.typ", "dpop+jwt"
	switch {
	case t.Header.Typ == "":
		l.fail(id, Absent, want, "")
	case mediaType(t.Header.Typ) != want:
		l.fail(id, Different, want, t.Header.Typ)
	default:
		l.pass(id, want, t.Header.Typ)
	}
}

// proofAlg wants an asymmetric algorithm: with a shared key, the server could have made
// the proof itself.
func (l *list) proofAlg(t jose.Token) {
	const id = "dpop.alg"
	alg := t.Header.Alg
	reasons := map[string]string{"none": jose.AlgNone, "symmetric": jose.AlgSymmetric, "unknown": jose.AlgUnknown}
	switch reason := reasons[jose.AlgClass(alg)]; {
	case alg == "":
		l.fail(id, Absent, "", "")
	case reason != "":
		l.fail(id, reason, "", alg)
	default:
		l.pass(id, "", alg)
	}
}

// proofKey wants the public key, and nothing of the private one, in the header.
func (l *list) proofKey(in DPoPInput) {
	const id = "dpop.jwk"
	described := strings.TrimSpace(in.Key.Kty + " " + in.Key.Crv)
	switch {
	case !in.Token.Header.HasJWK:
		l.fail(id, Absent, "", "")
	case in.Key.Private:
		l.fail(id, jose.KeyPrivate, "", described)
	case !in.Key.Usable:
		l.fail(id, jose.KeyUnusable, "", in.Key.Problem)
	default:
		l.pass(id, "", described)
	}
}

func (l *list) proofMethod(in DPoPInput) {
	const id = "dpop.htm"
	htm, reason, got := stringClaim(in.Token.Claims, "htm")
	if reason == "" && in.Method != "" && htm != in.Method {
		reason = Different
	}
	if reason != "" {
		l.fail(id, reason, in.Method, got)
		return
	}
	l.pass(id, in.Method, got)
}

// proofTarget compares htu with the address of the request without its query and its
// fragment, both normalised by syntax and scheme (RFC 3986, 6.2.2 and 6.2.3).
func (l *list) proofTarget(in DPoPInput) {
	const id = "dpop.htu"
	want := target(in.URL)
	htu, reason, got := stringClaim(in.Token.Claims, "htu")
	switch {
	case reason != "":
		l.fail(id, reason, want, got)
	case target(htu) == "":
		l.fail(id, NotAbsolute, want, got)
	case want != "" && target(htu) != want:
		l.fail(id, Different, want, got)
	case strings.ContainsAny(htu, "?#"):
		l.warn(id, HasQuery, want, got)
	default:
		l.pass(id, want, got)
	}
}

// target is what of an address a proof is for, or nothing where it is no address.
func target(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return ""
	}
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	for _, port := range [][2]string{{"https", ":443"}, {"http", ":80"}} {
		if scheme == port[0] {
			host = strings.TrimSuffix(host, port[1])
		}
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	return scheme + "://" + host + path
}

// proofTime wants a proof that was made a moment ago. One that was pasted is always
// older, so age alone is a warning.
func (l *list) proofTime(in DPoPInput) {
	const id = "dpop.iat"
	iat := readTime(in.Token.Claims, "iat")
	switch {
	case iat.reason != "":
		l.fail(id, iat.reason, stamp(in.Now), iat.got)
	case in.Now.Add(in.Skew).Before(iat.at):
		l.fail(id, InFuture, stamp(in.Now), iat.got)
	case in.Now.Sub(iat.at) > proofWindow+in.Skew:
		l.warn(id, TooOld, stamp(in.Now), iat.got)
	default:
		l.pass(id, stamp(in.Now), iat.got)
	}
}

func (l *list) proofNonce(in DPoPInput) {
	const id = "dpop.nonce"
	nonce, reason, got := stringClaim(in.Token.Claims, "nonce")
	if reason == "" {
		got = shorten(nonce)
	}
	switch {
	case reason == WrongType:
		l.fail(id, reason, shorten(in.Nonce), got)
	case in.Nonce == "":
		l.skip(id, NotRequested, got)
	case reason != "":
		l.fail(id, reason, shorten(in.Nonce), got)
	case nonce != in.Nonce:
		l.fail(id, Different, shorten(in.Nonce), got)
	default:
		l.pass(id, shorten(in.Nonce), got)
	}
}

// proofTokenHash wants ath to be the SHA-256 of the access token that the proof was sent
// with, in base64url (RFC 9449, 4.2).
func (l *list) proofTokenHash(in DPoPInput) {
	const id = "dpop.ath"
	ath, reason, got := stringClaim(in.Token.Claims, "ath")
	sum := sha256.Sum256([]byte(in.AccessToken.Reveal()))
	switch {
	case reason == WrongType:
		l.fail(id, reason, same, got)
	case in.AccessToken.Empty():
		l.skip(id, NoAccessToken, got)
	case reason != "":
		l.fail(id, reason, same, got)
	case ath != base64.RawURLEncoding.EncodeToString(sum[:]):
		l.fail(id, Different, same, differs)
	default:
		l.pass(id, same, same)
	}
}

// proofBinding compares the thumbprint of the key with the one that the access token is
// bound to (RFC 9449, 6.1). An opaque token keeps that to itself.
func (l *list) proofBinding(in DPoPInput) {
	const id = "dpop.jkt"
	thumbprint := in.Key.Thumbprint
	if in.AccessToken.Empty() {
		l.skip(id, NoAccessToken, thumbprint)
		return
	}
	token := jose.Decode(in.AccessToken.Reveal())
	if token.Claims == nil {
		l.skip(id, Opaque, thumbprint)
		return
	}
	raw, _ := token.Claims.Get("cnf")
	cnf, _ := jose.ParseObject(raw)
	switch bound, found := cnf.String("jkt"); {
	case !found:
		l.fail(id, Absent, orAbsent(thumbprint), "")
	case bound != thumbprint:
		l.fail(id, Different, bound, orAbsent(thumbprint))
	default:
		l.pass(id, bound, thumbprint)
	}
}
