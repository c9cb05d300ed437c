package loopback

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
	"unicode"
)

// Outcome names the page that the browser is shown. It is also the middle of the
// keys of the page's sentences: page.<outcome>.title and page.<outcome>.message.
type Outcome string

// The outcomes.
const (
	PageSignedIn   Outcome = "signed_in"   // the answer came; what it is worth is decided in the window
	PageSignedOut  Outcome = "signed_out"  // the provider sent the browser back after a sign-out
	PageError      Outcome = "error"       // the answer is an error response
	PageRepeated   Outcome = "repeated"    // the answer came already
	PageLate       Outcome = "late"        // the answer to a run that is over
	PageWrongState Outcome = "wrong_state" // not the answer that is waited for
	PageUnreadable Outcome = "unreadable"  // could not be read as an answer
	PageNotFound   Outcome = "not_found"   // not the callback address
	PageRelay      Outcome = "relay"       // looks for the answer in the fragment
)

// Outcomes lists every outcome, for tests of the sentences.
var Outcomes = []Outcome{
	PageSignedIn, PageSignedOut, PageError, PageRepeated, PageLate,
	PageWrongState, PageUnreadable, PageNotFound, PageRelay,
}

// Page is the data of one page. Nothing of a request is in it but the error of
// the accepted answer.
type Page struct {
	Outcome          Outcome
	Error            string // RFC 6749, 4.1.2.1; only with PageError
	ErrorDescription string // shortened, without control characters
	Nonce            string // of the page's own style and script (CSP)
}

// RelayMarker is the form field by which the relay page marks what it posts, and
// RelayField the one that holds the fragment.
const (
	RelayMarker = "signbench_relay"
	RelayField  = "fragment"
)

// NewPages reads pages/callback.html and pages/relay.html. The templates hold no
// sentences: text gives them by key, in the language of the window.
func NewPages(fsys fs.FS, text func(key string, params map[string]string) string) (Pages, error) {
	tmpl, err := template.New("pages").Option("missingkey=error").
		ParseFS(fsys, "pages/callback.html", "pages/relay.html")
	if err != nil {
		return nil, fmt.Errorf("loopback: pages: %w", err)
	}
	return &TemplatePages{templates: tmpl, text: text}, nil
}

// TemplatePages renders the embedded templates.
type TemplatePages struct {
	templates *template.Template
	text      func(key string, params map[string]string) string
}

// view is what the templates see.
type view struct {
	Page
	Lang, App, Title, Message string
	ErrorLabel, DetailLabel   string
	NoScript                  string
	Marker, Field             string
}

// Render writes one page.
func (p *TemplatePages) Render(w io.Writer, page Page) error {
	say := func(key string) string { return p.text("page."+key, nil) }
	v := view{
		Page:    page,
		Lang:    say("lang"),
		App:     say("app"),
		Title:   say(string(page.Outcome) + ".title"),
		Message: say(string(page.Outcome) + ".message"),
	}
	name := "callback.html"
	switch page.Outcome {
	case PageError:
		v.ErrorLabel, v.DetailLabel = say("error.code"), say("error.description")
	case PageRelay:
		name = "relay.html"
		v.Marker, v.Field = RelayMarker, RelayField
		v.NoScript = say("relay.noscript")
	}
	if err := p.templates.ExecuteTemplate(w, name, v); err != nil {
		return fmt.Errorf("loopback: page %s: %w", page.Outcome, err)
	}
	return nil
}

const longestShown = 500 // characters of a provider's words on the page

// shown makes a provider's words fit for the page: one line of printable text of
// bounded length. Escaping is the template's.
func shown(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r): // control characters, and the marks that reverse the direction of text
			return -1
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > longestShown {
		return string(runes[:longestShown]) + "\u2026"
	}
	return s
}
