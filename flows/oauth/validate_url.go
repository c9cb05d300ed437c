package oauth

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// base checks a Logto endpoint or an issuer: an http(s) URL with no userinfo,
// query or fragment (Discovery 1.0, 3, on issuer). Plain http is for this machine.
func (v *validation) base(field Field, s string) {
	u, ok := v.absolute(field, s)
	if !ok {
		return
	}
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		v.fail(field, CodeBadScheme, "Scheme", u.Scheme)
	case u.Opaque != "" || u.Hostname() == "":
		v.fail(field, CodeNotAURL)
	case u.User != nil:
		v.fail(field, CodeHasUserinfo)
	case u.RawQuery != "" || u.ForceQuery:
		v.fail(field, CodeHasQuery)
	case strings.Contains(s, "#"):
		v.fail(field, CodeHasFragment)
	case !portInRange(u, 1):
		v.fail(field, CodePortRange, "Port", u.Port())
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		v.warn(field, CodeHTTPNotLoopback, "Host", u.Hostname())
	}
}

// returnURI checks an address to which the provider sends the browser back:
// absolute and without a fragment (RFC 6749, 3.1.2). Signbench listens on plain
// http of this machine (RFC 8252, 7.3); any other address can be used, and then
// the answer is pasted.
func (v *validation) returnURI(field Field, s string) {
	u, ok := v.absolute(field, s)
	if !ok {
		return
	}
	web := u.Scheme == "http" || u.Scheme == "https"
	switch {
	case u.Opaque != "" || web && u.Hostname() == "": // a private-use URI has a path (RFC 8252, 7.1)
		v.fail(field, CodeNotAURL)
	case u.User != nil:
		v.fail(field, CodeHasUserinfo)
	case strings.Contains(s, "#"):
		v.fail(field, CodeHasFragment)
	case web && !portInRange(u, 0): // 0 stands for any free port (RFC 8252, 7.3)
		v.fail(field, CodePortRange, "Port", u.Port())
	case isUnspecified(u.Hostname()):
		v.fail(field, CodeAnyAddress, "Host", u.Hostname())
	case u.Scheme != "http" || !listensOn(u.Hostname()):
		v.warn(field, CodeNotLoopback, "Value", s)
	case privileged(u):
		v.warn(field, CodePortPrivileged, "Port", portOf(u))
	}
}

// absolute parses s, or reports why it is no absolute URL. What it reports does
// not quote s, which may hold a password.
func (v *validation) absolute(field Field, s string) (*url.URL, bool) {
	switch {
	case s == "":
		v.fail(field, CodeEmpty)
		return nil, false
	case len(s) > MaxAddress:
		v.fail(field, CodeTooLong, "Max", strconv.Itoa(MaxAddress))
		return nil, false
	case hasSpace(s):
		v.fail(field, CodeSpaces)
		return nil, false
	case scheme(s) == "":
		if a := takeApart(s); a.authority == "" || strings.Contains(a.authority, "@") {
			v.fail(field, CodeNotAURL)
		} else {
			v.fail(field, CodeNoScheme, "Value", likelyScheme(a.authority)+"://"+s)
		}
		return nil, false
	}
	u, err := url.Parse(s)
	if err != nil {
		v.fail(field, CodeNotAURL)
		return nil, false
	}
	return u, true
}

// resources checks RFC 8707, 2: an absolute URI without a fragment. A name like
// urn:example:api is one.
func (v *validation) resources(resources []string) {
	for _, s := range resources {
		u, err := url.Parse(s)
		switch {
		case hasSpace(s):
			v.fail(FieldResources, CodeSpaces, "Value", s)
		case err != nil || !u.IsAbs() || u.Opaque == "" && u.Host == "" && u.Path == "":
			v.fail(FieldResources, CodeNotAbsolute, "Value", s)
		case strings.Contains(s, "#"):
			v.fail(FieldResources, CodeHasFragment, "Value", s)
		}
	}
}

// listensOn reports whether the callback listener can stand at host.
func listensOn(host string) bool {
	switch strings.ToLower(host) {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	return false
}

func isUnspecified(host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsUnspecified()
}

// portInRange reports whether the port, if one is written, is one.
func portInRange(u *url.URL, lowest int) bool {
	if u.Port() == "" {
		return true
	}
	n, err := strconv.Atoi(u.Port())
	return err == nil && n >= lowest && n <= 65535
}

func portOf(u *url.URL) string {
	if u.Port() == "" {
		return "80"
	}
	return u.Port()
}

// privileged reports whether the port is one that most systems give to
// administrators only.
func privileged(u *url.URL) bool {
	n, err := strconv.Atoi(portOf(u))
	return err == nil && n > 0 && n < 1024
}
