package loopback

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// serve answers every request. It is the handler itself and not behind a
// ServeMux, which would redirect unclean paths; nothing here ever redirects
// (RFC 9700, 4.11).
func (l *Listener) serve(w http.ResponseWriter, r *http.Request) {
	markBegun(r.Context())
	cb := observe(r)
	l.read(w, r, &cb)
	l.conclude(&cb)
	l.answer(w, &cb)
}

// observe notes what is known of a request before any of it is trusted.
func observe(r *http.Request) Callback {
	return Callback{
		Via:    ViaQuery,
		Method: r.Method,
		URL:    "http://" + r.Host + r.RequestURI,
		Host:   r.Host,
		Remote: r.RemoteAddr,
		Header: r.Header.Clone(),
		Size:   int64(len(r.RequestURI)),
	}
}

// read checks the place and reads the parameters. It sets a kind only when the
// request is refused before its parameters matter.
func (l *Listener) read(w http.ResponseWriter, r *http.Request, cb *Callback) {
	if reason := l.target.judgeHost(r.Host); reason != "" {
		cb.Kind, cb.Reason = ForeignHost, reason
		return
	}
	if reason, ok := l.target.judgePath(pathOf(r.URL)); !ok {
		cb.Kind, cb.Reason = UnknownPath, reason
		return
	}
	if len(r.RequestURI) > l.lim.target {
		cb.Kind, cb.Reason = TooLarge, ReasonTarget
		return
	}
	params, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		cb.Kind, cb.Reason = Malformed, ReasonEncoding
		return
	}
	cb.Params = params
	switch r.Method {
	case http.MethodGet:
	case http.MethodPost:
		l.readForm(w, r, cb)
	default:
		cb.Kind, cb.Reason = WrongMethod, ""
	}
}

// readForm reads the body of Form Post Response Mode, 2, or what the relay page
// posted. A parameter that is in the query too is then there twice, and refused.
func (l *Listener) readForm(w http.ResponseWriter, r *http.Request, cb *Callback) {
	cb.Via = ViaFormPost
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		cb.Kind, cb.Reason = Malformed, ReasonContentType
		return
	}
	cb.Size = max(r.ContentLength, 0)
	if r.ContentLength > l.lim.body {
		cb.Kind, cb.Reason = TooLarge, ReasonBody
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, l.lim.body))
	cb.Size = int64(len(body))
	if err != nil {
		cb.Kind, cb.Reason = Malformed, ReasonBody
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			cb.Kind = TooLarge
		}
		return
	}
	form, err := url.ParseQuery(string(body))
	if err == nil && form.Has(RelayMarker) {
		fragment := form.Get(RelayField)
		cb.Via = ViaFragment
		cb.URL += "#" + fragment
		form, err = url.ParseQuery(fragment)
	}
	if err != nil {
		cb.Kind, cb.Reason = Malformed, ReasonEncoding
		return
	}
	for name, values := range form {
		cb.Params[name] = append(cb.Params[name], values...)
	}
}

// answer writes the page.
func (l *Listener) answer(w http.ResponseWriter, cb *Callback) {
	page := Page{Outcome: cb.Outcome, Nonce: rand.Text()}
	if page.Outcome == PageError {
		page.Error = shown(cb.Params.Get("error"))
		page.ErrorDescription = shown(cb.Params.Get("error_description"))
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", policy(page.Nonce))
	// The address of this page held a code: it goes into no cache and no Referer.
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	if cb.Kind == WrongMethod {
		header.Set("Allow", "GET, POST")
	}
	var body bytes.Buffer
	if l.cfg.Pages != nil && cb.Reason != ReasonFavicon {
		if err := l.cfg.Pages.Render(&body, page); err != nil {
			body.Reset() // half a page is worse than none; the answer itself was taken
		}
	}
	w.WriteHeader(cb.Status)
	_, _ = w.Write(body.Bytes()) // a browser that went away does not change the answer
}

// policy lets the page run its own style and script and reach nothing else.
func policy(nonce string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'nonce-" + nonce + "'",
		"style-src 'nonce-" + nonce + "'",
		"img-src data:",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}

// reportLarge records a request that net/http refused before the handler.
func (l *Listener) reportLarge(remote string, size int64) {
	l.conclude(&Callback{Kind: TooLarge, Reason: ReasonHeader, Remote: remote, Size: size})
}

func clone(params url.Values) url.Values {
	out := make(url.Values, len(params))
	for name, values := range params {
		out[name] = append([]string(nil), values...)
	}
	return out
}
