package check

import (
	"crypto/subtle"
	"strings"

	"signbench/flows/oauth"
)

// AuthorizationResponseInput is what came back from the browser, and what it must
// match.
type AuthorizationResponseInput struct {
	Response oauth.AuthorizationResponse
	State    string // as sent
	Metadata oauth.Metadata
	Issuer   string // of the provider that was asked
}

var authorizationResponseChecks = []entry{
	{"authorization_response.state", "RFC 6749 4.1.2, 10.12", []string{Absent, Different}},
	{"authorization_response.iss", "RFC 9207 2.4", []string{Absent, Different, TrailingSlash, NotAdvertised}},
	{"authorization_response.error", "OIDC Core 3.1.2.6", []string{Present}},
	{"authorization_response.code", "OIDC Core 3.1.2.5", []string{Absent, WithError, ErrorResponse}},
}

// AuthorizationResponse checks an authorization response, good or bad. state and
// iss come first: until both match, nothing else in it can be believed.
func AuthorizationResponse(in AuthorizationResponseInput) Report {
	var l list
	l.state(in)
	l.responseIssuer(in)
	res := in.Response
	if res.Error != "" {
		l.fail("authorization_response.error", Present, "", strings.TrimSpace(res.Error+" "+res.ErrorDescription))
	} else {
		l.pass("authorization_response.error", "", "")
	}
	const id = "authorization_response.code"
	switch {
	case res.Error != "" && res.Code.Empty():
		l.skip(id, ErrorResponse, "")
	case res.Error != "":
		l.warn(id, WithError, "", "")
	case res.Code.Empty():
		l.fail(id, Absent, "", "")
	default:
		l.pass(id, "", "")
	}
	return l.report
}

func (l *list) state(in AuthorizationResponseInput) {
	const id = "authorization_response.state"
	got := in.Response.State
	switch {
	case got.Empty():
		l.fail(id, Absent, same, nothing)
	case subtle.ConstantTimeCompare([]byte(got.Reveal()), []byte(in.State)) != 1:
		l.fail(id, Different, same, differs)
	default:
		l.pass(id, same, same)
	}
}

// responseIssuer is the defence against mix-up: with iss advertised, a response
// without it must be refused too (RFC 9207, 2.4).
func (l *list) responseIssuer(in AuthorizationResponseInput) {
	const id = "authorization_response.iss"
	got := in.Response.Issuer
	switch {
	case got == "" && in.Metadata.IssParameter:
		l.fail(id, Absent, in.Issuer, "")
	case got == "":
		l.skip(id, NotAdvertised, "")
	case got != in.Issuer:
		l.fail(id, sameOrSlash(in.Issuer, got), in.Issuer, got)
	default:
		l.pass(id, in.Issuer, got)
	}
}
