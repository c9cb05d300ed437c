package check

import (
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// UserInfoInput is an answer of the UserInfo endpoint.
type UserInfoInput struct {
	IDSubject   string // sub of the ID token; empty when there is none
	Info        oauth.UserInfo
	ContentType string
}

var userInfoChecks = []entry{
	{"userinfo.body", "OIDC Core 5.3.2", []string{NotObject, Duplicate}},
	{"userinfo.content_type", "OIDC Core 5.3.2", []string{Absent, Different}},
	{"userinfo.sub", "OIDC Core 5.3.2", []string{Absent, WrongType, Different, NoIDToken}},
	{"userinfo.email_verified", "OIDC Core 5.1", []string{Absent, WrongType}},
}

// UserInfo checks an answer of the UserInfo endpoint. Unless its sub equals that
// of the ID token, its values must not be used.
func UserInfo(in UserInfoInput) Report {
	var l list
	claims, err := jose.ParseObject(in.Info.Claims)
	switch {
	case err != nil || claims.Trailing:
		l.fail("userinfo.body", NotObject, "", "")
	case len(claims.Duplicates()) > 0:
		l.fail("userinfo.body", Duplicate, "", shown(claims.Duplicates()))
	default:
		l.pass("userinfo.body", "", "")
	}
	if in.Info.Signed {
		l.contentType("userinfo.content_type", in.ContentType, "application/jwt")
	} else {
		l.contentType("userinfo.content_type", in.ContentType, "application/json")
	}
	l.userInfoSubject(claims, in.IDSubject)
	l.emailVerified(claims)
	return l.report
}

func (l *list) userInfoSubject(claims *jose.Object, want string) {
	const id = "userinfo.sub"
	sub, reason, got := stringClaim(claims, "sub")
	switch {
	case reason != "":
		l.fail(id, reason, want, got)
	case want == "":
		l.skip(id, NoIDToken, got)
	case sub != want:
		l.fail(id, Different, want, got)
	default:
		l.pass(id, want, got)
	}
}

// emailVerified wants a boolean; some providers send the string "true".
func (l *list) emailVerified(claims *jose.Object) {
	const id, name = "userinfo.email_verified", "email_verified"
	if !claims.Has(name) {
		l.skip(id, Absent, "")
		return
	}
	raw, _ := claims.Get(name)
	if _, ok := claims.Bool(name); !ok {
		l.warn(id, WrongType, "boolean", kind(raw))
		return
	}
	l.pass(id, "boolean", string(raw))
}
