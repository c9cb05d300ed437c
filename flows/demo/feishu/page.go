package feishu

import (
	"bytes"
	"crypto/rand"
	_ "embed"
	"html/template"
	"net/http"
)

//go:embed page.html
var source string

var page = template.Must(template.New("page").Parse(source))

// content is what the page shows: an error, or the question to the user.
type content struct {
	Nonce       string // of the style (CSP 3)
	Title, Text string
	Code        string // of an error
	Lark        bool
	Action      string // the user is asked
	Fields      map[string]string
}

// render writes the page, with status 200 also for an error, as Feishu's are drawn
// by a script of its own. Its policy names no form-action: browsers hold the
// redirects that follow a form to it, and those lead to the application.
func render(w http.ResponseWriter, c content) {
	c.Nonce = rand.Text()
	var body bytes.Buffer
	if err := page.Execute(&body, c); err != nil {
		http.Error(w, "the page could not be drawn", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+c.Nonce+"'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body.Bytes()) // a browser that has gone away is not our error
}
