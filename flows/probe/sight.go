package probe

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Seen is what an authorization endpoint did with a request.
type Seen string

// What it can do.
const (
	Unsent   Seen = "unsent"   // nothing came back
	Returned Seen = "returned" // redirected to the redirect URI: it is registered
	Login    Seen = "login"    // redirected to a page of its own: it is registered
	Page     Seen = "page"     // a page with status 200: says nothing
	Refused  Seen = "refused"  // an error that was not redirected (RFC 6749, 4.1.2.1)
	Broken   Seen = "broken"   // 5xx
)

// Sight is an answer of an authorization endpoint as it can be read from outside.
type Sight struct {
	Seen        Seen
	Code        string // the error code
	Description string
}

// Accepted reports whether the redirect URI must be registered for this to come.
func (p Sight) Accepted() bool { return p.Seen == Returned || p.Seen == Login }

// Says reports whether the provider's words contain one of these.
func (p Sight) Says(words ...string) bool {
	text := strings.ToLower(p.Code + " " + p.Description)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// Words are the error as it stands on the wire.
func (p Sight) Words() string {
	switch {
	case p.Description == "":
		return p.Code
	case p.Code == "":
		return p.Description
	}
	return p.Code + ": " + p.Description
}

// ReadAuthorization says what the answer to an authorization request with that
// redirect URI is; final is the address that answered.
func ReadAuthorization(redirectURI string, final *url.URL, status int, header http.Header, body []byte) Sight {
	var p Sight
	switch {
	case status >= 300 && status < 400:
		p.readLocation(redirectURI, final, header.Get("Location"))
	case status >= 500:
		p.Seen = Broken
		p.readBody(body)
	case status >= 400:
		p.Seen = Refused
		p.readBody(body)
	default:
		p.Seen = Page
	}
	return p
}

// readLocation tells the redirect URI from a page of the provider. Some redirect to
// their page for errors instead of answering with it.
func (p *Sight) readLocation(redirectURI string, final *url.URL, location string) {
	to, err := final.Parse(location)
	if err != nil {
		p.Seen = Page
		return
	}
	query := to.Query()
	if fragment, err := url.ParseQuery(to.Fragment); err == nil && len(query) == 0 {
		query = fragment
	}
	p.Code, p.Description = query.Get("error"), query.Get("error_description")
	if p.Code == "" {
		p.Code = codeIn(authError(query.Get("authError")))
	}
	own, err := url.Parse(redirectURI)
	switch {
	case err == nil && sameAddress(to, own):
		p.Seen = Returned
	case p.Code != "" || query.Has("authError") || strings.HasSuffix(to.Path, "/error") || strings.HasSuffix(to.Path, "/unknown-session"):
		p.Seen = Refused
	default:
		p.Seen = Login
	}
}

func sameAddress(a, b *url.URL) bool {
	path := func(u *url.URL) string {
		if u.Path == "" {
			return "/"
		}
		return u.Path
	}
	return a.Scheme == b.Scheme && strings.EqualFold(a.Host, b.Host) && path(a) == path(b)
}

// readBody takes the error out of JSON, or the words out of a page.
func (p *Sight) readBody(body []byte) {
	p.Code, p.Description = errorOf(body)
	if p.Code != "" {
		return
	}
	text := html.UnescapeString(string(body))
	p.Code = codeIn(text)
	lower := strings.ToLower(text)
	for _, words := range []string{"redirect_uri", "redirect uri", "redirect url", "callback url"} {
		if strings.Contains(lower, words) {
			p.Description = words
			break
		}
	}
}

// errorOf reads an OAuth error body (RFC 6749, 5.2).
func errorOf(body []byte) (code, description string) {
	var e struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	if json.Unmarshal(body, &e) != nil {
		return "", ""
	}
	return e.Error, e.Description
}

// codeIn is the first known code that a text mentions.
func codeIn(text string) string {
	for _, code := range []string{"invalid_redirect_uri", "redirect_uri_mismatch", "invalid_client", "unauthorized_client"} {
		if strings.Contains(text, code) {
			return code
		}
	}
	return ""
}

// authError is what Google tells its own error page: a message in base64, of which
// only the code in it is of use.
func authError(encoded string) string {
	encoded = strings.TrimRight(strings.NewReplacer("+", "-", "/", "_").Replace(encoded), "=")
	b, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return ""
	}
	return string(b)
}
