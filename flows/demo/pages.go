package demo

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strings"
)

//go:embed pages
var pageFiles embed.FS

// pages are the templates by file name, each with the common layout.
var pages = parsePages()

func parsePages() map[string]*template.Template {
	set := map[string]*template.Template{}
	for _, name := range []string{
		"sign_in.html", "register.html", "form_post.html", "end_session.html", "message.html", "toast.html",
	} {
		set[name] = template.Must(template.ParseFS(pageFiles, "pages/layout.html", path.Join("pages", name)))
	}
	return set
}

// page is what the layout is given.
type page struct {
	Nonce string // of the style and the script (CSP 3)
	Data  any
}

// render writes a page. Its policy allows the page's own style and script and
// nothing from anywhere else; formAction is where its forms may lead, including
// the redirects that follow, because browsers hold those to it as well. Empty:
// anywhere.
func render(w http.ResponseWriter, status int, name, formAction string, data any) {
	p := page{Nonce: newHandle(), Data: data}
	var body bytes.Buffer
	if err := pages[name].ExecuteTemplate(&body, "layout.html", p); err != nil {
		http.Error(w, "the page could not be drawn", http.StatusInternalServerError)
		return
	}
	policy := []string{
		"default-src 'none'", "style-src 'nonce-" + p.Nonce + "'", "script-src 'nonce-" + p.Nonce + "'",
		"base-uri 'none'", "frame-ancestors 'none'",
	}
	if formAction != "" {
		policy = append(policy, "form-action "+formAction)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", strings.Join(policy, "; "))
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // a browser that has gone away is not our error
}

// leadsTo is the form-action of a page whose last redirect goes to the URI. The
// grammar of the policy has no IPv6 address, so for one the whole scheme is named.
func leadsTo(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme == "" || uri == "" {
		return "'self'"
	}
	if strings.Contains(u.Host, "[") {
		return "'self' " + u.Scheme + ":"
	}
	return "'self' " + u.Scheme + "://" + u.Host
}

// notice is a page that says one thing.
type notice struct{ Title, Text string }

func (t *Tenant) home(w http.ResponseWriter, r *http.Request) {
	render(w, http.StatusOK, "message.html", "'none'", notice{
		"Signbench demo tenant",
		"This provider runs inside Signbench, for as long as it is needed. Its issuer is " + t.issuer(r) + ".",
	})
}

// lost is the page for an interaction that has ended or was begun elsewhere.
func lost(w http.ResponseWriter) {
	render(w, http.StatusBadRequest, "message.html", "'none'", notice{
		"This sign-in has ended",
		"It was finished, took more than an hour, or was begun in another browser. Start again from the application.",
	})
}
