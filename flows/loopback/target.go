package loopback

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// NotLoopbackError says that a redirect URI cannot be listened on: it is not a
// plain http address of this machine (RFC 8252, 7.3).
type NotLoopbackError struct {
	URI    string
	Reason string // syntax, scheme, host, port, userinfo or fragment
}

func (e *NotLoopbackError) Error() string {
	return fmt.Sprintf("loopback: %q is not a loopback redirect URI (%s)", e.URI, e.Reason)
}

// target is a redirect URI, taken apart.
type target struct {
	uri      *url.URL
	redirect string // as it is sent
	host     string // lower case, without brackets or port
	port     int
	path     string       // escaped, never empty
	fixed    url.Values   // parameters that the redirect URI itself carries (RFC 6749, 3.1.2)
	addrs    []netip.Addr // to bind, in the order in which they are tried
}

func parseTarget(uri string) (*target, error) {
	refuse := func(reason string) (*target, error) {
		return nil, &NotLoopbackError{URI: uri, Reason: reason}
	}
	u, err := url.Parse(uri)
	if err != nil || u.Opaque != "" {
		return refuse("syntax")
	}
	switch {
	case u.Scheme != "http":
		return refuse("scheme")
	case u.User != nil:
		return refuse("userinfo")
	case u.Fragment != "" || strings.HasSuffix(uri, "#"): // RFC 6749, 3.1.2
		return refuse("fragment")
	}
	t := &target{uri: u, redirect: uri, host: strings.ToLower(u.Hostname()), path: pathOf(u)}
	switch t.host {
	case "localhost": // RFC 8252, 8.3: its family is not ours to choose, so both
		t.addrs = []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.IPv6Loopback()}
	case "127.0.0.1", "::1":
		t.addrs = []netip.Addr{netip.MustParseAddr(t.host)}
	default:
		return refuse("host")
	}
	if err := t.readRest(); err != nil {
		return refuse(err.Error())
	}
	return t, nil
}

// parsePasteTarget takes any absolute redirect URI: an answer that is only ever
// pasted may come from https, another machine, or a private-use scheme
// (RFC 8252, 7.1 and 7.2).
func parsePasteTarget(uri string) (*target, error) {
	u, err := url.Parse(uri)
	if err != nil || u.Opaque != "" || u.Scheme == "" {
		return nil, &NotLoopbackError{URI: uri, Reason: "syntax"}
	}
	if u.Fragment != "" || strings.HasSuffix(uri, "#") {
		return nil, &NotLoopbackError{URI: uri, Reason: "fragment"}
	}
	t := &target{uri: u, redirect: uri, host: strings.ToLower(u.Hostname()), path: pathOf(u)}
	if err := t.readRest(); err != nil {
		return nil, &NotLoopbackError{URI: uri, Reason: err.Error()}
	}
	return t, nil
}

// readRest reads the port and the parameters; the error is a reason.
func (t *target) readRest() (err error) {
	t.port = defaultPort(t.uri.Scheme)
	if p := t.uri.Port(); p != "" {
		if t.port, err = strconv.Atoi(p); err != nil || t.port > 65535 {
			return errors.New("port")
		}
	}
	if t.fixed, err = url.ParseQuery(t.uri.RawQuery); err != nil {
		return errors.New("syntax")
	}
	return nil
}

func defaultPort(scheme string) int {
	if scheme == "https" {
		return 443
	}
	return 80
}

// settle takes the port that was really bound and writes it into the redirect
// URI where that has 0. A fixed port leaves the string untouched, because
// providers compare it byte by byte (RFC 8252, 8.4).
func (t *target) settle(port int) {
	if t.port == 0 {
		u := *t.uri
		u.Host = net.JoinHostPort(t.host, strconv.Itoa(port))
		t.redirect = u.String()
	}
	t.port = port
}

// judgeHost compares a Host header with the redirect URI. A page of another
// origin that had its name resolved to this machine arrives with its own name,
// which is how DNS rebinding is recognised. The reason is empty when it matches.
func (t *target) judgeHost(host string) (reason string) {
	u := url.URL{Host: strings.ToLower(host)}
	port := u.Port()
	if port == "" {
		port = strconv.Itoa(defaultPort(t.uri.Scheme))
	}
	switch {
	case u.Hostname() != t.host:
		return ReasonOtherHost
	case port != strconv.Itoa(t.port):
		return ReasonOtherPort
	}
	return ""
}

// judgePath compares a path with the redirect URI's, exactly (RFC 8252, 8.4).
func (t *target) judgePath(path string) (reason string, ok bool) {
	switch {
	case path == t.path:
		return "", true
	case path == "/favicon.ico":
		return ReasonFavicon, false
	case strings.EqualFold(strings.TrimRight(path, "/"), strings.TrimRight(t.path, "/")):
		return ReasonNearPath, false
	}
	return "", false
}

// withoutFixed removes what the redirect URI itself carries, so that only what
// the provider added is left.
func (t *target) withoutFixed(params url.Values) url.Values {
	for name, values := range t.fixed {
		for _, value := range values {
			dropOne(params, name, value)
		}
	}
	return params
}

func dropOne(params url.Values, name, value string) {
	for i, v := range params[name] {
		if v != value {
			continue
		}
		if len(params[name]) == 1 {
			params.Del(name)
			return
		}
		params[name] = append(params[name][:i:i], params[name][i+1:]...)
		return
	}
}

func pathOf(u *url.URL) string {
	if p := u.EscapedPath(); p != "" {
		return p
	}
	return "/"
}
