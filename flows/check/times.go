package check

import (
	"strconv"
	"time"

	"signbench/flows/jose"
)

// expiry wants the current time to be before exp (RFC 7519, 4.1.4).
func (l *list) expiry(id string, claims *jose.Object, now time.Time, skew time.Duration) {
	exp := readTime(claims, "exp")
	switch {
	case exp.reason != "":
		l.fail(id, exp.reason, stamp(now), exp.got)
	case !now.Before(exp.at.Add(skew)):
		l.fail(id, Expired, stamp(now), exp.got)
	default:
		l.pass(id, stamp(now), exp.got)
	}
}

// notBefore wants the current time not to be before nbf, which is optional.
func (l *list) notBefore(id string, claims *jose.Object, now time.Time, skew time.Duration) {
	nbf := readTime(claims, "nbf")
	switch {
	case nbf.reason == Absent:
		l.skip(id, Absent, "")
	case nbf.reason != "":
		l.fail(id, nbf.reason, stamp(now), nbf.got)
	case now.Add(skew).Before(nbf.at):
		l.fail(id, NotYetValid, stamp(now), nbf.got)
	default:
		l.pass(id, stamp(now), nbf.got)
	}
}

// issuedAt wants iat in the past. A token that is older than the request for it
// is a warning: either a clock is wrong, or it was not made for this request.
func (l *list) issuedAt(id string, claims *jose.Object, now time.Time, skew time.Duration, requested time.Time) {
	iat := readTime(claims, "iat")
	switch {
	case iat.reason != "":
		l.fail(id, iat.reason, stamp(now), iat.got)
	case now.Add(skew).Before(iat.at):
		l.fail(id, InFuture, stamp(now), iat.got)
	case !requested.IsZero() && iat.at.Before(requested.Truncate(time.Second).Add(-skew)):
		l.warn(id, BeforeRequest, stamp(requested), iat.got)
	default:
		l.pass(id, stamp(now), iat.got)
	}
}

// idTokenAuthTime holds auth_time to max_age, where that was sent.
func (l *list) idTokenAuthTime(in IDTokenInput) {
	const id = "id_token.auth_time"
	authTime := readTime(in.Token.Claims, "auth_time")
	want := ""
	if in.MaxAge != nil {
		want = "max_age " + strconv.Itoa(*in.MaxAge)
	}
	switch {
	case authTime.reason == Absent && in.MaxAge == nil:
		l.skip(id, NotRequested, "")
	case authTime.reason != "":
		l.fail(id, authTime.reason, want, authTime.got)
	case in.Now.Add(in.Skew).Before(authTime.at):
		l.fail(id, InFuture, stamp(in.Now), authTime.got)
	case in.MaxAge != nil && in.Now.Sub(authTime.at) > time.Duration(*in.MaxAge)*time.Second+in.Skew:
		l.fail(id, TooOld, want, authTime.got)
	default:
		l.pass(id, want, authTime.got)
	}
}

// idTokenUpdatedAt warns of updated_at in milliseconds, which Logto sends, and of
// its own created_at likewise. The row exists only when a claim does.
func (l *list) idTokenUpdatedAt(claims *jose.Object) {
	const id = "id_token.updated_at"
	good := ""
	for _, name := range []string{"updated_at", "created_at"} {
		at := readTime(claims, name)
		switch at.reason {
		case Absent:
		case "":
			if good == "" {
				good = at.got
			}
		default:
			l.warn(id, at.reason, "", name+" "+at.got)
			return
		}
	}
	if good != "" {
		l.pass(id, "", good)
	}
}
