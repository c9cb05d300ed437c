package loopback

import (
	"net/url"
	"strings"
	"unicode"
)

// PasteError says that a pasted text is not a callback URL at all. It never
// repeats the text, which may hold a code.
type PasteError struct {
	Reason string // empty or syntax
}

func (e *PasteError) Error() string {
	return "loopback: the pasted text is not a callback URL (" + e.Reason + ")"
}

// Offer judges a callback URL that the user pasted because the browser is on
// another machine or could not reach this one. The same rules apply as to a
// request; the callback is returned and not in the channel as well. An error means
// that there was nothing to judge.
func (l *Listener) Offer(text string) (Callback, error) {
	l.mu.Lock()
	closed := l.closed
	l.mu.Unlock()
	if closed {
		return Callback{}, ErrClosed
	}
	cb := Callback{Via: ViaPaste, Method: "GET", Size: int64(len(text))}
	if int64(len(text)) > l.lim.body {
		cb.Kind, cb.Reason = TooLarge, ReasonOversize
		l.conclude(&cb)
		return cb, nil
	}
	p, err := l.target.parsePaste(text)
	if err != nil {
		return Callback{}, err
	}
	cb.URL, cb.Host, cb.Params = p.url, p.host, p.params
	cb.Kind, cb.Reason = p.kind, p.reason
	if cb.Kind == "" && !carriesAnswer(l.target.withoutFixed(clone(cb.Params))) && !l.cfg.AllowBare {
		cb.Kind, cb.Reason = Empty, ReasonNoAnswer // and not a reload: the user looks for an answer in it
	}
	l.conclude(&cb)
	return cb, nil
}

// pasted is a text that was understood. A kind is set when it is refused.
type pasted struct {
	url    string
	host   string
	params url.Values
	kind   Kind
	reason string
}

// parsePaste understands a whole URL, one without its scheme, a path with its
// parameters, and parameters alone, each also when wrapped over several lines or
// in quotation marks.
func (t *target) parsePaste(text string) (*pasted, error) {
	text = tidyPaste(text)
	if text == "" {
		return nil, &PasteError{Reason: "empty"}
	}
	u, err := url.Parse(t.complete(text))
	if err != nil {
		// The error of url.Parse repeats its input.
		return nil, &PasteError{Reason: "syntax"}
	}
	p := &pasted{url: u.String(), host: u.Host}
	if p.kind, p.reason = t.judgePlace(u); p.kind != "" {
		return p, nil
	}
	p.params, err = url.ParseQuery(u.RawQuery)
	if err == nil && !carriesAnswer(t.withoutFixed(clone(p.params))) {
		err = addFragment(p.params, u)
	}
	if err != nil {
		p.kind, p.reason, p.params = Malformed, ReasonEncoding, nil
	}
	return p, nil
}

func addFragment(params url.Values, u *url.URL) error {
	fragment, err := url.ParseQuery(u.EscapedFragment())
	for name, values := range fragment {
		params[name] = append(params[name], values...)
	}
	return err
}

func (t *target) judgePlace(u *url.URL) (Kind, string) {
	if u.Scheme != t.uri.Scheme {
		return ForeignHost, ReasonOtherScheme
	}
	if reason := t.judgeHost(u.Host); reason != "" {
		return ForeignHost, reason
	}
	if reason, ok := t.judgePath(pathOf(u)); !ok {
		return UnknownPath, reason
	}
	return "", ""
}

// complete makes a URL of what may be only the end of one.
func (t *target) complete(text string) string {
	base := t.redirect
	switch {
	case strings.HasPrefix(text, "?"):
		base, _, _ = strings.Cut(base, "?")
		return base + text
	case strings.HasPrefix(text, "#"):
		return base + text
	case strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "//"):
		return strings.TrimSuffix(base, t.uri.RequestURI()) + text
	}
	mark := strings.IndexAny(text, "/?#:=&")
	switch {
	case mark >= 0 && text[mark] == '=': // a name and its value come first
		base, _, _ = strings.Cut(base, "?")
		return base + "?" + text
	case !t.schemed(text):
		return t.uri.Scheme + "://" + text // browsers hide the scheme
	}
	return text
}

// schemed reports whether a text begins with a scheme. "://" further on may be
// part of a parameter, such as iss; a private-use scheme may have no "//".
func (t *target) schemed(text string) bool {
	scheme, _, found := strings.Cut(text, "://")
	if found && !strings.ContainsAny(scheme, "/?#:=&") {
		return true
	}
	scheme, _, _ = strings.Cut(text, ":")
	return t.host == "" && strings.EqualFold(scheme, t.uri.Scheme)
}

// tidyPaste removes what copying adds: quotation marks, line breaks with the
// indentation around them, invisible marks, and spaces. Spaces stay only where
// words are expected, because a browser may show %20 as a space.
func tidyPaste(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00A0' || r == '\u3000':
			return ' '
		case r == '\uFEFF' || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	lines := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' })
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	text = strings.Trim(strings.Join(lines, ""), " \"'`<>\u201C\u201D\u2018\u2019\u300C\u300D")
	var out strings.Builder
	for part := range strings.SplitAfterSeq(text, "&") {
		words := strings.HasPrefix(part, "error_description=") || strings.HasPrefix(part, "scope=") ||
			strings.Contains(part, "?error_description=") || strings.Contains(part, "#error_description=")
		if words {
			part = strings.ReplaceAll(part, " ", "+")
		} else {
			part = strings.ReplaceAll(part, " ", "")
		}
		out.WriteString(part)
	}
	return out.String()
}
