package demo

import (
	"net/http"
	"net/url"
	"strings"
)

// link is a connector on the sign-in page. It is a link and not a button of a form:
// a page's policy on forms holds for the redirects that follow too, and these lead
// to the upstream.
type link struct{ ID, Label, Address string }

func (t *Tenant) connectorLinks(i *interaction) []link {
	var links []link
	for _, c := range t.offered() {
		var path string
		switch c.kind {
		case kindSocial:
			path = "/direct/social/" + c.target
		case kindSSO:
			path = "/direct/sso/" + c.id
		default:
			continue
		}
		links = append(links, link{"with-" + c.id, "Continue with " + c.name, pageAddress(path, i)})
	}
	return links
}

// direct sends the browser on to the upstream. For a connector that is not there it
// falls back to the tenant's own page without a word, as Logto does.
func (t *Tenant) direct(w http.ResponseWriter, r *http.Request) {
	i := t.interactionOf(r, r.URL.Query().Get("interaction"))
	if i == nil {
		lost(w)
		return
	}
	c := t.directConnection(r.PathValue("method"), r.PathValue("target"))
	if c == nil {
		http.Redirect(w, r, pageAddress(i.request.ownPage(), i), http.StatusSeeOther)
		return
	}
	target, _, e := t.begin(r, i, c, newHandle(), t.endpoint(r)+"/callback/"+c.id)
	if e != nil {
		toastError(w, i, e)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", target) // as it was made, broken or not
	w.WriteHeader(http.StatusSeeOther)
}

// endpoint is the tenant's address as the browser sees it.
func (t *Tenant) endpoint(r *http.Request) string { return strings.TrimSuffix(t.issuer(r), "/oidc") }

// postedCallback turns a form_post response into a GET, as Logto does.
func (t *Tenant) postedCallback(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		toast(w, nil, invalidAuthorization)
		return
	}
	target := url.URL{Path: "/callback/" + r.PathValue("connector"), RawQuery: r.PostForm.Encode()}
	http.Redirect(w, r, target.String(), http.StatusSeeOther)
}

// What Logto's page says when a callback fits nothing that this browser began.
const invalidAuthorization = "The authorization is invalid."

// callback takes what the upstream sent the browser back with. When anything is
// wrong the user stays here, and the application never hears of it.
func (t *Tenant) callback(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	i, v := t.awaited(r, query.Get("state"))
	if v == nil || v.connection.id != r.PathValue("connector") {
		toast(w, nil, invalidAuthorization)
		return
	}
	data := map[string]string{"redirectUri": v.session.RedirectURI}
	for name := range query {
		if name != "state" {
			data[name] = query.Get(name)
		}
	}
	p, e := t.finish(r, i, v, data)
	if e != nil {
		toastError(w, i, e)
		return
	}
	if !t.settings().registers() && !t.book.knows(v.connection, p) {
		toastError(w, i, apiFailure(http.StatusForbidden, "auth.forbidden")) // of POST /api/experience/identification
		return
	}
	u, ok := t.book.userOf(v.connection, p, t.now())
	if !ok {
		toast(w, i, "There is no room for another account.")
		return
	}
	t.settle(w, r, i, u)
}

// awaited finds what this browser began with the state.
func (t *Tenant) awaited(r *http.Request, state string) (*interaction, *verification) {
	t.book.mu.Lock()
	defer t.book.mu.Unlock()
	for _, i := range t.book.interactions {
		if i.browser != cookie(r, browserCookie) || t.now().After(i.expires) {
			continue
		}
		for _, v := range i.verifications {
			if v.session.State == state && state != "" {
				return i, v
			}
		}
	}
	return nil, nil
}

// toastError says what Logto's page does of an error of its API: of one without a
// code nothing.
func toastError(w http.ResponseWriter, i *interaction, e *apiError) {
	if e.Code == "" {
		toast(w, i, "Unknown error. Please try again later.")
		return
	}
	toast(w, i, e.Message)
}

// toast is the tenant's own page with a message.
func toast(w http.ResponseWriter, i *interaction, text string) {
	data := struct{ Text, Back string }{Text: text}
	if i != nil {
		data.Back = pageAddress("/sign-in", i)
	}
	render(w, http.StatusOK, "toast.html", "'none'", data)
}
