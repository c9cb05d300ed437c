package check

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"signbench/flows/jose"
	"signbench/flows/oauth"
)

var urlReasons = []string{NotAbsolute, NotHTTPS, HasFragment}

var discoveryChecks = []entry{
	{"discovery.issuer", "Discovery 1.0, 4.3", []string{Absent, Different, TrailingSlash}},
	{"discovery.issuer_url", "Discovery 1.0, 3", append([]string{Absent, HasQuery}, urlReasons...)},
	{"discovery.authorization_endpoint", "Discovery 1.0, 3", append([]string{Absent}, urlReasons...)},
	{"discovery.token_endpoint", "Discovery 1.0, 3", append([]string{Absent}, urlReasons...)},
	{"discovery.jwks_uri", "Discovery 1.0, 3", append([]string{Absent}, urlReasons...)},
	{"discovery.userinfo_endpoint", "Discovery 1.0, 3", append([]string{Absent}, urlReasons...)},
	{"discovery.end_session_endpoint", "RP-Initiated Logout 1.0, 2.1", append([]string{Absent}, urlReasons...)},
	{"discovery.revocation_endpoint", "RFC 8414 2", append([]string{Absent}, urlReasons...)},
	{"discovery.response_types", "Discovery 1.0, 3", []string{Absent, WrongType, NoCode}},
	{"discovery.subject_types", "Discovery 1.0, 3", []string{Absent, WrongType}},
	{"discovery.id_token_algs", "Discovery 1.0, 3", []string{Absent, NoRS256}},
	{"discovery.scopes", "Discovery 1.0, 3", []string{Absent, NoOpenID}},
	{"discovery.pkce", "RFC 9700 2.1.1", []string{Absent, NoS256}},
	{"discovery.iss_parameter", "RFC 9207 3", []string{NotAdvertised}},
	{"discovery.duplicates", "RFC 8259 4", []string{Duplicate, NotObject}},
}

// Discovery checks a provider's metadata against Discovery 1.0 and RFC 8414. What
// breaks the flow or its security fails; what only departs from the letter (a
// member that this client does not use, RS256 missing as with every Logto tenant
// on ES384) is a warning, because sign-in works without it.
func Discovery(issuer string, doc oauth.Metadata) Report {
	var l list
	l.discoveredIssuer(issuer, doc.Issuer)
	l.endpoint("discovery.issuer_url", doc.Issuer, Fail)
	l.endpoint("discovery.authorization_endpoint", doc.AuthorizationEndpoint, Fail)
	l.endpoint("discovery.token_endpoint", doc.TokenEndpoint, Fail)
	l.endpoint("discovery.jwks_uri", doc.JWKSURI, Fail)
	l.endpoint("discovery.userinfo_endpoint", doc.UserInfoEndpoint, Warn)
	l.endpoint("discovery.end_session_endpoint", doc.EndSessionEndpoint, Skip)
	l.endpoint("discovery.revocation_endpoint", doc.RevocationEndpoint, Skip)

	raw, err := jose.ParseObject(doc.Raw)
	l.responseTypes(raw)
	l.subjectTypes(raw)
	l.advertised("discovery.id_token_algs", doc.IDTokenAlgs, "RS256", NoRS256)
	l.advertised("discovery.scopes", doc.ScopesSupported, "openid", NoOpenID)
	l.advertised("discovery.pkce", doc.CodeChallengeMethods, "S256", NoS256)
	if doc.IssParameter {
		l.pass("discovery.iss_parameter", "", "true")
	} else {
		l.skip("discovery.iss_parameter", NotAdvertised, "")
	}
	switch names := raw.Duplicates(); {
	case err != nil:
		l.warn("discovery.duplicates", NotObject, "", "")
	case len(names) > 0:
		l.warn("discovery.duplicates", Duplicate, "", shown(names))
	default:
		l.pass("discovery.duplicates", "", "")
	}
	return l.report
}

func (l *list) discoveredIssuer(want, got string) {
	const id = "discovery.issuer"
	if got == "" {
		l.fail(id, Absent, want, "")
		return
	}
	if reason := sameOrSlash(want, got); reason != "" {
		l.fail(id, reason, want, got)
		return
	}
	l.pass(id, want, got)
}

// endpoint checks one URL of the document, which may be required, recommended or
// optional. One that is there but unfit fails always: the flow would use it.
func (l *list) endpoint(id, text string, whenAbsent Verdict) {
	if text == "" {
		l.add(whenAbsent, id, Absent, "", "")
		return
	}
	switch reason := unfit(text); {
	case reason == NotHTTPS && strings.HasPrefix(text, "http:"):
		l.warn(id, reason, "", text)
		return
	case reason != "":
		l.fail(id, reason, "", text)
		return
	}
	if id == "discovery.issuer_url" && strings.Contains(text, "?") {
		l.fail(id, HasQuery, "", text)
		return
	}
	l.pass(id, "", text)
}

// unfit says why a URL cannot be an endpoint: it must be absolute, without a
// fragment, and use TLS unless the connection never leaves this machine.
func unfit(text string) string {
	u, err := url.Parse(text)
	switch {
	case err != nil || !u.IsAbs() || u.Hostname() == "":
		return NotAbsolute
	case strings.Contains(text, "#"):
		return HasFragment
	case u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname()):
		return ""
	}
	return NotHTTPS
}

func loopback(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// responseTypes wants the code flow on offer.
func (l *list) responseTypes(doc *jose.Object) {
	const id, member = "discovery.response_types", "response_types_supported"
	types, ok := doc.Array(member)
	switch {
	case !doc.Has(member):
		l.warn(id, Absent, "code", "")
	case !ok:
		l.warn(id, WrongType, "code", kindOf(doc, member))
	case !slices.Contains(types, "code"):
		l.fail(id, NoCode, "code", strings.Join(types, ", "))
	default:
		l.pass(id, "code", strings.Join(types, ", "))
	}
}

func (l *list) subjectTypes(doc *jose.Object) {
	const id, member = "discovery.subject_types", "subject_types_supported"
	types, ok := doc.Array(member)
	switch {
	case !doc.Has(member):
		l.warn(id, Absent, "", "")
	case !ok:
		l.warn(id, WrongType, "", kindOf(doc, member))
	default:
		l.pass(id, "", shown(types))
	}
}

// advertised looks for one value in a list that a provider ought to publish.
func (l *list) advertised(id string, values []string, want, reason string) {
	switch {
	case len(values) == 0:
		l.warn(id, Absent, want, "")
	case !slices.Contains(values, want):
		l.warn(id, reason, want, shown(values))
	default:
		l.pass(id, want, shown(values))
	}
}
