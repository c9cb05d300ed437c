package check

import (
	"mime"
	"net/http"
	"slices"
	"strings"

	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// TokenResponseInput is a successful answer of a token endpoint.
type TokenResponseInput struct {
	Tokens           oauth.TokenSet
	Header           http.Header
	Body             []byte
	RequestedScopes  []string
	OfflineRequested bool
	Refresh          bool // the answer to a refresh_token grant, which may leave out ID and refresh token
}

var tokenResponseChecks = []entry{
	{"token_response.body", "RFC 6749 5.1", []string{NotObject, Duplicate}},
	{"token_response.content_type", "RFC 6749 5.1", []string{Absent, Different}},
	{"token_response.cache_control", "RFC 6749 5.1", []string{Absent, Different}},
	{"token_response.access_token", "RFC 6749 5.1", []string{Absent}},
	{"token_response.token_type", "OIDC Core 3.1.3.3", []string{Absent, Different}},
	{"token_response.expires_in", "RFC 6749 5.1", []string{Absent, WrongType, NotPositive}},
	{"token_response.id_token", "OIDC Core 3.1.3.3", []string{Absent, NotRequested, NotRequired}},
	{"token_response.scope", "RFC 6749 3.3", []string{Absent, Narrower, Wider}},
	{"token_response.refresh_token", "OIDC Core 11", []string{Absent, NotRequested, NotRequired}},
}

// TokenResponse checks the answer itself; the ID token in it has its own checks.
func TokenResponse(in TokenResponseInput) Report {
	var l list
	body, err := jose.ParseObject(in.Body)
	switch {
	case err != nil || body.Trailing:
		l.fail("token_response.body", NotObject, "", "")
	case len(body.Duplicates()) > 0:
		l.fail("token_response.body", Duplicate, "", shown(body.Duplicates()))
	default:
		l.pass("token_response.body", "", "")
	}
	l.contentType("token_response.content_type", in.Header.Get("Content-Type"), "application/json")
	l.cacheControl(in.Header)
	if in.Tokens.AccessToken.Empty() {
		l.fail("token_response.access_token", Absent, "", nothing)
	} else {
		l.pass("token_response.access_token", "", "")
	}
	l.tokenType(in.Tokens.TokenType)
	l.expiresIn(body)
	l.idTokenPresent(in)
	l.scope(in)
	l.refreshToken(in)
	return l.report
}

// contentType compares media types without their parameters.
func (l *list) contentType(id, got string, want ...string) {
	media, _, err := mime.ParseMediaType(got)
	switch {
	case got == "":
		l.warn(id, Absent, want[0], "")
	case err != nil || !slices.Contains(want, media):
		l.warn(id, Different, want[0], got)
	default:
		l.pass(id, want[0], got)
	}
}

// cacheControl wants no-store on an answer that holds tokens.
func (l *list) cacheControl(h http.Header) {
	const id, want = "token_response.cache_control", "no-store"
	got := strings.Join(h.Values("Cache-Control"), ", ")
	for directive := range strings.SplitSeq(got, ",") {
		if strings.EqualFold(strings.TrimSpace(directive), want) {
			l.pass(id, want, got)
			return
		}
	}
	if got == "" {
		l.warn(id, Absent, want, "")
		return
	}
	l.warn(id, Different, want, got)
}

// tokenType wants Bearer, in any case (RFC 6749, 5.1).
func (l *list) tokenType(got string) {
	const id, want = "token_response.token_type", "Bearer"
	switch {
	case got == "":
		l.fail(id, Absent, want, "")
	case !strings.EqualFold(got, want):
		l.fail(id, Different, want, got)
	default:
		l.pass(id, want, got)
	}
}

func (l *list) expiresIn(body *jose.Object) {
	const id, member = "token_response.expires_in", "expires_in"
	if !body.Has(member) {
		l.warn(id, Absent, "", "")
		return
	}
	n, ok := body.Number(member)
	if !ok {
		l.warn(id, WrongType, "number", kindOf(body, member))
		return
	}
	if f, err := n.Float64(); err != nil || f <= 0 {
		l.warn(id, NotPositive, "", n.String())
		return
	}
	l.pass(id, "", n.String())
}

func (l *list) idTokenPresent(in TokenResponseInput) {
	const id = "token_response.id_token"
	switch {
	case !in.Tokens.IDToken.Empty():
		l.pass(id, "", "")
	case in.Refresh: // OIDC Core 12.2: might not contain an id_token
		l.skip(id, NotRequired, "")
	case !slices.Contains(in.RequestedScopes, "openid"):
		l.skip(id, NotRequested, "")
	default:
		l.fail(id, Absent, "", nothing)
	}
}

// scope compares what was granted with what was asked for. Providers may narrow
// it at will, so a difference is a warning.
func (l *list) scope(in TokenResponseInput) {
	const id = "token_response.scope"
	want := shown(in.RequestedScopes)
	if in.Tokens.Scope == "" {
		l.skip(id, Absent, "") // RFC 6749, 5.1: then it is as requested
		return
	}
	granted := strings.Fields(in.Tokens.Scope)
	less, more := missing(in.RequestedScopes, granted), missing(granted, in.RequestedScopes)
	switch {
	case len(less) > 0:
		l.warn(id, Narrower, want, in.Tokens.Scope)
	case len(more) > 0:
		l.warn(id, Wider, want, in.Tokens.Scope)
	default:
		l.pass(id, want, in.Tokens.Scope)
	}
}

func (l *list) refreshToken(in TokenResponseInput) {
	const id = "token_response.refresh_token"
	switch {
	case !in.Tokens.RefreshToken.Empty():
		l.pass(id, "", "")
	case in.Refresh: // RFC 6749, 6: the old one then stays good
		l.skip(id, NotRequired, "")
	case in.OfflineRequested:
		l.warn(id, Absent, "", nothing)
	default:
		l.skip(id, NotRequested, "")
	}
}
