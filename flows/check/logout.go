package check

import (
	"slices"
	"time"

	"signbench/flows/jose"
)

// LogoutTokenInput is a logout token and what it is measured against.
type LogoutTokenInput struct {
	Token     jose.Token
	Signature jose.Verification
	KeysErr   error    // why there are no keys
	Algs      []string // what the client is registered for; empty: RS256 or what the provider advertises is not known
	Issuer    string
	ClientID  string
	Now       time.Time // zero: the clock of this machine
	Skew      time.Duration
}

// BackChannelLogout is the name of the event (Back-Channel Logout 1.0, 2.4).
const BackChannelLogout = "http://schemas.openid.net/event/backchannel-logout"

var logoutTokenChecks = []entry{
	{"logout_token.form", "Back-Channel Logout 1.0, 2.6 (1)", []string{Opaque, Encrypted, NotClaims, Malformed}},
	{"logout_token.crit", "RFC 7515 4.1.11", []string{jose.CritUnknown}},
	{"logout_token.alg", "Back-Channel Logout 1.0, 2.6 (3)", []string{Absent, jose.AlgNone, jose.AlgNotAllowed}},
	{"logout_token.signature", "Back-Channel Logout 1.0, 2.6 (2)", slices.Concat(signatureReasons, []string{jose.AlgAsymmetric, jose.SecretIsKey})},
	{"logout_token.typ", "Back-Channel Logout 1.0, 2.4", []string{Absent, Different}},
	{"logout_token.iss", "Back-Channel Logout 1.0, 2.6 (4)", []string{Absent, WrongType, Different, TrailingSlash}},
	{"logout_token.aud", "Back-Channel Logout 1.0, 2.6 (4)", []string{Absent, WrongType, Different}},
	{"logout_token.iat", "Back-Channel Logout 1.0, 2.6 (4)", []string{Absent, WrongType, Milliseconds, InFuture}},
	{"logout_token.exp", "Back-Channel Logout 1.0, 2.6 (4)", []string{Absent, WrongType, Milliseconds, Expired}},
	{"logout_token.subject", "Back-Channel Logout 1.0, 2.6 (5)", []string{Absent, WrongType}},
	{"logout_token.events", "Back-Channel Logout 1.0, 2.6 (6)", []string{Absent, WrongType, Different}},
	{"logout_token.nonce", "Back-Channel Logout 1.0, 2.6 (7)", []string{Present}},
	{"logout_token.jti", "Back-Channel Logout 1.0, 2.6 (8)", []string{Absent, WrongType}},
}

// LogoutToken makes the checks of OpenID Connect Back-Channel Logout 1.0, 2.6 that
// need no memory of earlier tokens or of sessions.
func LogoutToken(in LogoutTokenInput) Report {
	if in.Now.IsZero() {
		in.Now = time.Now()
	}
	var l list
	t := in.Token
	if !l.signedForm("logout_token.form", t) {
		return l.report
	}
	l.crit("logout_token.crit", t)
	l.logoutAlg(in)
	l.verification("logout_token.signature", t, in.Signature, in.KeysErr)
	l.logoutType(t)
	l.issuer("logout_token.iss", t.Claims, in.Issuer)
	l.audience("logout_token.aud", t.Claims, in.ClientID)
	l.issuedAt("logout_token.iat", t.Claims, in.Now, in.Skew, time.Time{})
	l.expiry("logout_token.exp", t.Claims, in.Now, in.Skew)
	l.logoutSubject(t.Claims)
	l.logoutEvents(t.Claims)
	if t.Claims.Has("nonce") {
		l.fail("logout_token.nonce", Present, "", "")
	} else {
		l.pass("logout_token.nonce", "", "")
	}
	if _, reason, got := stringClaim(t.Claims, "jti"); reason != "" {
		l.fail("logout_token.jti", reason, "", got)
	} else {
		l.pass("logout_token.jti", "", got)
	}
	return l.report
}

// logoutAlg refuses none always, and what the client is not registered for.
func (l *list) logoutAlg(in LogoutTokenInput) {
	const id = "logout_token.alg"
	alg, want := in.Token.Header.Alg, shown(in.Algs)
	switch {
	case alg == "":
		l.fail(id, Absent, want, "")
	case jose.AlgClass(alg) == "none":
		l.fail(id, jose.AlgNone, want, alg)
	case len(in.Algs) > 0 && !slices.Contains(in.Algs, alg):
		l.fail(id, jose.AlgNotAllowed, want, alg)
	default:
		l.pass(id, want, alg)
	}
}

// logoutType wants logout+jwt, which is recommended: many providers write JWT or
// nothing, so those are a warning, and the type of another token is a failure.
func (l *list) logoutType(t jose.Token) {
	const id, want = "logout_token.typ", "logout+jwt"
	switch typ := mediaType(t.Header.Typ); typ {
	case want:
		l.pass(id, want, t.Header.Typ)
	case "":
		l.warn(id, Absent, want, "")
	case "jwt":
		l.warn(id, Different, want, t.Header.Typ)
	default:
		l.fail(id, Different, want, t.Header.Typ)
	}
}

// logoutSubject wants sub, sid or both.
func (l *list) logoutSubject(claims *jose.Object) {
	const id = "logout_token.subject"
	if !claims.Has("sub") && !claims.Has("sid") {
		l.fail(id, Absent, "", "")
		return
	}
	var found []string
	for _, name := range []string{"sub", "sid"} {
		value, reason, got := stringClaim(claims, name)
		switch reason {
		case WrongType:
			l.fail(id, WrongType, "", name+" "+got)
			return
		case "":
			found = append(found, name+" "+quoteEmpty(value))
		}
	}
	l.pass(id, "", shown(found))
}

// logoutEvents wants the member named by the specification, whose value is an
// object.
func (l *list) logoutEvents(claims *jose.Object) {
	const id = "logout_token.events"
	raw, _ := claims.Get("events")
	if !claims.Has("events") {
		l.fail(id, Absent, BackChannelLogout, "")
		return
	}
	events, err := jose.ParseObject(raw)
	if err != nil {
		l.fail(id, WrongType, BackChannelLogout, kind(raw))
		return
	}
	event, found := events.Get(BackChannelLogout)
	switch {
	case !found:
		l.fail(id, Different, BackChannelLogout, names(events))
	case kind(event) != "object":
		l.fail(id, WrongType, BackChannelLogout, kind(event))
	default:
		l.pass(id, BackChannelLogout, BackChannelLogout)
	}
}

func names(o *jose.Object) string {
	var out []string
	for _, m := range o.Members {
		out = append(out, m.Name)
	}
	return orAbsent(shown(out))
}
