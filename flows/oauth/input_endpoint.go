package oauth

import (
	"net"
	"net/netip"
	"slices"
	"strings"
)

// MaxAddress is the longest address that is taken for one, in bytes. It is what
// browsers and servers agree on.
const MaxAddress = 2048

// CleanEndpoint understands what people paste as a Logto endpoint or an issuer,
// and says what it did with it:
//
//   - white space, characters of no width, quotes and punctuation around it are taken
//     off;
//   - a discovery address becomes the endpoint or issuer it belongs to, in the form
//     of Discovery 1.0, 4 (appended) and of RFC 8414, 3 (inserted before the path);
//   - for Logto, /oidc and what follows it, /console and a slash at the end go;
//   - an issuer's slash at the end stays: issuers are compared character by
//     character (Discovery 1.0, 4.3);
//   - a missing scheme is suggested and not added.
//
// Cleaning what is clean changes nothing. What is not understood is returned as it
// is, for Validate to report.
func CleanEndpoint(kind Kind, s string) (clean string, notices []Notice) {
	clean, notices = CleanValue(s)
	notices = slices.DeleteFunc(notices, func(n Notice) bool { return n.Code == NoticeInnerSpaces })
	for len(clean) <= MaxAddress { // a pasted file is no address, and not worth the time
		shorter, notice := shorten(kind, clean)
		if shorter == clean {
			break
		}
		clean = shorter
		if !slices.ContainsFunc(notices, func(n Notice) bool { return n.Code == notice }) {
			notices = append(notices, Notice{Code: notice})
		}
	}
	for i := range notices {
		notices[i].Params = map[string]string{"Value": clean}
	}
	if value, code := suggest(kind, clean); code != "" {
		notices = append(notices, Notice{Code: code, Params: map[string]string{"Value": value}})
	}
	return clean, notices
}

// shorten takes one thing off s that does not belong to it, and names it.
func shorten(kind Kind, s string) (shorter, notice string) {
	if t := unquote(strings.TrimRight(s, ",; ")); strings.TrimSpace(t) != s { // a line of a configuration file
		t = strings.TrimSpace(t)
		return t, NoticeQuotesRemoved
	}
	a := takeApart(s)
	if a.authority == "" {
		return s, ""
	}
	if path, ok := beforeWellKnown(a.path); ok {
		return a.prefix + a.authority + path, NoticeWellKnownRemoved
	}
	if !kind.IsLogto() {
		return s, ""
	}
	for _, known := range []struct{ segment, notice string }{
		{"/oidc", NoticeOIDCRemoved},
		{"/console", NoticeConsoleRemoved},
	} {
		if path, _, ok := strings.Cut(a.path+"/", known.segment+"/"); ok {
			return a.prefix + a.authority + path, known.notice
		}
	}
	if a.rest == "" && strings.HasSuffix(a.path, "/") {
		return a.prefix + a.authority + strings.TrimRight(a.path, "/"), NoticeSlashRemoved
	}
	return s, ""
}

// beforeWellKnown returns the path of the issuer to which a discovery path belongs.
func beforeWellKnown(path string) (issuer string, ok bool) {
	before, after, ok := strings.Cut(path, "/.well-known/")
	if !ok {
		return "", false
	}
	for _, name := range []string{"openid-configuration", "oauth-authorization-server"} {
		inserted, ok := strings.CutPrefix(after, name)
		if !ok || inserted != "" && inserted[0] != '/' {
			continue
		}
		inserted = strings.TrimSuffix(inserted, "/")
		switch {
		case inserted == "": // {issuer}/.well-known/{name}
			return before, true
		case before == "": // {origin}/.well-known/{name}{path}
			return inserted, true
		}
	}
	return "", false
}

// address is a URL cut where its text says, so that nothing is rewritten that was
// not meant: net/url would escape and normalise.
type address struct{ prefix, authority, path, rest string }

func takeApart(s string) address {
	var a address
	if i := strings.Index(s, "://"); i >= 0 {
		a.prefix, s = s[:i+3], s[i+3:]
	} else if scheme(s) != "" {
		return a
	}
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		s, a.rest = s[:i], s[i:]
	}
	a.authority = s
	if i := strings.IndexByte(s, '/'); i >= 0 {
		a.authority, a.path = s[:i], s[i:]
	}
	return a
}

// scheme returns the scheme that s begins with, or "". A host with a port is not
// taken for a scheme.
func scheme(s string) string {
	name, after, ok := strings.Cut(s, ":")
	if !ok || name == "" || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789+-.") != "" {
		return ""
	}
	if strings.HasPrefix(after, "/") { // also the private-use schemes of RFC 8252, 7.1
		return name
	}
	if after == "" || after[0] >= '0' && after[0] <= '9' || strings.Contains(name, ".") {
		return ""
	}
	return name
}

// suggest returns what s was probably meant to be, without acting on it: which
// scheme a server speaks, and where a tenant of Logto Cloud lives, is a guess.
func suggest(kind Kind, s string) (value, code string) {
	a := takeApart(s)
	switch {
	case a.authority == "" || hasSpace(s) || strings.Contains(a.authority, "@"):
		return "", ""
	case a.prefix == "":
		return likelyScheme(a.authority) + "://" + s, NoticeNoScheme
	case kind.IsLogto() && strings.EqualFold(a.authority, "cloud.logto.io"):
		tenant, _, _ := strings.Cut(strings.TrimPrefix(a.path, "/"), "/")
		if tenant != "" && strings.Trim(tenant, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" {
			return "https://" + tenant + ".logto.app", NoticeCloudConsole
		}
	}
	return "", ""
}

// likelyScheme guesses http for this machine and for a development port.
func likelyScheme(authority string) string {
	host, port, err := net.SplitHostPort(authority)
	if err != nil {
		host, port = authority, ""
	}
	if isLoopback(strings.Trim(host, "[]")) || port != "" && port != "443" && port != "8443" {
		return "http"
	}
	return "https"
}

// isLoopback reports whether host is this machine by its name or address
// (RFC 8252, 7.3 and 8.3; RFC 6761, 6.3).
func isLoopback(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}
