package trace

import (
	"net/url"
	"strings"
)

// walkValue shows a value, or what is in it when it is a document of its own: a
// JSON text in a form field, a URL with a query.
func walkValue(v visitor, s site, value string) string {
	if s.depth < maxDepth {
		s.depth++
		switch trimmed := strings.TrimSpace(value); {
		case len(trimmed) > 1 && (trimmed[0] == '{' || trimmed[0] == '[') && strings.ContainsAny(trimmed, `":`) && !isWord(trimmed):
			s.json, s.plus = true, false
			return walkJSON(v, s, value)
		case isURL(trimmed):
			return walkURL(v, s, value)
		}
	}
	s.plus = false
	return v.text(s, value)
}

// isURL reports whether a text is an absolute URL, or a path with a query.
func isURL(s string) bool {
	if strings.ContainsAny(s, " \t\r\n\"<>") {
		return false
	}
	if i := strings.Index(s, "://"); i > 0 && i < 24 {
		return !strings.ContainsAny(s[:i], "/?#=&")
	}
	return strings.HasPrefix(s, "/") && strings.ContainsAny(s, "?#")
}

// walkURL walks through userinfo, path, query and fragment (RFC 3986, 3). A URL
// that net/url refuses is walked all the same.
func walkURL(v visitor, s site, raw string) string {
	s.json, s.plus = false, true
	rest, fragment, hasFragment := strings.Cut(raw, "#")
	rest, query, hasQuery := strings.Cut(rest, "?")

	var out strings.Builder
	scheme, after, absolute := strings.Cut(rest, "://")
	path := rest
	if absolute {
		out.WriteString(scheme + "://")
		authority := after
		path = ""
		if i := strings.IndexByte(after, '/'); i >= 0 {
			authority, path = after[:i], after[i:]
		}
		out.WriteString(walkAuthority(v, s.in(PlaceURL), authority))
	}
	out.WriteString(v.text(s.in(PlaceURL), path))
	if hasQuery {
		out.WriteString("?" + walkForm(v, s.in(PlaceQuery), query))
	}
	if hasFragment {
		out.WriteString("#" + walkFragment(v, s.in(PlaceFragment), fragment))
	}
	return out.String()
}

// in sets the place where the site is the request's URL itself; what is in a
// header or body stays there.
func (s site) in(p Place) site {
	switch s.place {
	case PlaceURL, PlaceQuery, PlaceFragment:
		s.place = p
	}
	return s
}

func walkAuthority(v visitor, s site, authority string) string {
	at := strings.LastIndexByte(authority, '@')
	if at < 0 {
		return v.text(s, authority)
	}
	user, password, hasPassword := strings.Cut(authority[:at], ":")
	if !hasPassword {
		return authority
	}
	clear, err := url.PathUnescape(password)
	if err != nil {
		clear = password
	}
	if got := v.value(s.named("password"), clear); got != clear {
		password = url.QueryEscape(got)
	}
	return user + ":" + password + authority[at:]
}

// walkFragment walks through parameters (OIDC Core, 3.2.2.5), also behind a path
// of a page that routes in its fragment.
func walkFragment(v visitor, s site, fragment string) string {
	path, query, ok := strings.Cut(fragment, "?")
	switch {
	case ok:
		return v.text(s, path) + "?" + walkForm(v, s, query)
	case strings.Contains(fragment, "="):
		return walkForm(v, s, fragment)
	}
	return v.text(s, fragment)
}

// walkForm walks through the parameters of a query or a form.
func walkForm(v visitor, s site, raw string) string {
	s.plus, s.json = true, false
	if !strings.Contains(raw, "=") {
		return v.text(s, raw)
	}
	cut := s.cut
	var out strings.Builder
	out.Grow(len(raw))
	for at := 0; at <= len(raw); {
		end := at + strings.IndexAny(raw[at:], "&;")
		if end < at {
			end = len(raw)
		}
		s.cut = cut && end == len(raw)
		out.WriteString(walkPair(v, s, raw[at:end]))
		if end < len(raw) {
			out.WriteByte(raw[end])
		}
		at = end + 1
	}
	return out.String()
}

func walkPair(v visitor, s site, pair string) string {
	name, value, ok := strings.Cut(pair, "=")
	if !ok {
		return v.text(s, pair)
	}
	clearName, err := url.QueryUnescape(name)
	if err != nil {
		clearName = name
	}
	clear, err := url.QueryUnescape(value)
	if err != nil {
		clear = value
	}
	got := v.value(s.named(clearName), clear)
	if got != clear {
		value = escapeForm(got)
	}
	return v.text(s, name) + "=" + value
}

// escapeForm escapes a value for a form, and leaves a word readable.
func escapeForm(v string) string {
	if isWord(v) {
		return strings.ReplaceAll(v, " ", "+")
	}
	return url.QueryEscape(v)
}
