package upstream

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
)

//go:embed page.html
var source string

var page = template.Must(template.New("page").Parse(source))

// content is what the one page shows: an error, the question to the user, or a form
// that sends itself.
type content struct {
	Nonce       string // of the style and the script (CSP 3)
	Title, Text string
	Code        string // of an error
	Request     string // the user is asked
	DecidePath  string
	Target      string // the form sends itself here
	Fields      url.Values
}

// errorPage tells the user, and nobody else, what is wrong.
func errorPage(w http.ResponseWriter, code, text string) {
	render(w, http.StatusBadRequest, content{Title: "Sign-in error", Text: text, Code: code})
}

// consentPage asks the user.
func consentPage(w http.ResponseWriter, request, client string) {
	render(w, http.StatusOK, content{
		Title: "Sign in as Hana Sato", Text: "The application " + client + " asks for your profile.",
		Request: request, DecidePath: decidePath,
	})
}

// formPostPage posts the response (OAuth 2.0 Form Post Response Mode 2).
func formPostPage(w http.ResponseWriter, target string, fields url.Values) {
	render(w, http.StatusOK, content{Title: "Going back", Text: "Going back to the application.", Target: target, Fields: fields})
}

// render writes the page. Its policy names no form-action: browsers hold the
// redirects that follow a form to it, and those lead to the application.
func render(w http.ResponseWriter, status int, c content) {
	c.Nonce = newHandle()
	var body bytes.Buffer
	if err := page.Execute(&body, c); err != nil {
		http.Error(w, "the page could not be drawn", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+c.Nonce+"'; script-src 'nonce-"+c.Nonce+
		"'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // a browser that has gone away is not our error
}
