package connector

import (
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// placeholder is what forms and tutorials have where a value is to be put:
// <jwks-uri>, <client-id>, {tenant}, your-client-id.
var placeholder = regexp.MustCompile(`^<[^<>]*>$|<[A-Za-z][A-Za-z0-9 _.-]*>|\{[A-Za-z][A-Za-z0-9 _-]*\}|^(?i:your|my)[ _-](?i:client|app|account|auth|issuer|tenant|secret)`)

// values is what is wrong with single values of any kind. Those of a type that the
// schema refuses are passed over.
func (r *report) values() {
	r.config.tree().walk("", func(path, _ string, v value) {
		m, known := MemberAt(r.config.kind, path)
		if v.kind != String || !known && !r.listed(path) {
			return
		}
		if strings.HasSuffix(path, ".content") {
			r.content(path, v.text)
			return
		}
		switch trimmed := strings.TrimSpace(v.text); {
		case trimmed == "":
			if m.Required || !known {
				r.fail(path, EmptyValue)
			}
		case strings.ContainsAny(trimmed, "\r\n"):
			r.fail(path, LineBreak)
		case trimmed != v.text:
			r.fail(path, SurroundingSpace)
		case placeholder.MatchString(trimmed):
			r.fail(path, Placeholder, "Value", r.shown(m, trimmed))
		case strings.ContainsFunc(trimmed, unicode.IsSpace) && single(m):
			r.fail(path, InnerSpace)
		}
	})
}

// listed reports whether the path is an entry of a known map or array.
func (r *report) listed(path string) bool {
	around := parent(path)
	if i := strings.LastIndexByte(path, '['); strings.HasSuffix(path, "]") {
		around = path[:i]
	}
	m, ok := MemberAt(r.config.kind, around)
	return ok && m.Type != Object
}

// single reports whether the value is one word by its nature: what the provider
// issued, and every address.
func single(m Member) bool {
	return m.Secret || isEndpoint(m) || slices.Contains([]string{
		"issuer", "clientId", "idTokenVerificationConfig.issuer", "appId", "accountSID", "fromMessagingServiceSID",
	}, m.Path)
}

func isEndpoint(m Member) bool {
	return strings.HasSuffix(m.Path, "Endpoint") || strings.HasSuffix(m.Path, "Uri")
}

// shown is a value as a finding may quote it.
func (r *report) shown(m Member, v string) string {
	if m.Secret {
		return ""
	}
	return v
}

// address is what is wrong with an absolute URL, as Logto will use it. It returns
// false when nothing more can be said of it.
func (r *report) address(path string) (*url.URL, bool) {
	raw := r.config.raw(path)
	if r.config.Type(path) != String || strings.TrimSpace(raw) != raw || raw == "" || r.blamed(path) {
		return nil, false
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		r.fail(path, NotAURL)
		return nil, false
	case u.User != nil:
		r.fail(path, HasUserinfo)
		return nil, false
	case u.Scheme == "http" && !loopback(u.Hostname()):
		r.warn(path, PlainHTTP, "Host", u.Host)
	}
	return u, true
}

// blamed reports whether something is wrong with the member already.
func (r *report) blamed(path string) bool {
	return slices.ContainsFunc(r.findings, func(f Finding) bool { return f.Path == path })
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}
