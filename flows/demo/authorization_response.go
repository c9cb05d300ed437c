package demo

import (
	"net/http"
	"net/url"
)

// authorizationAnswer is the parameters that go to the redirect URI.
type authorizationAnswer struct{ url.Values }

// failure is the parameters of an error response (RFC 6749 4.1.2.1).
func failure(e *oauthError) url.Values {
	return url.Values{"error": {e.code}, "error_description": {e.description}}
}

// answer sends an authorization response (OIDC Core 3.1.2.5, 3.1.2.6) to the
// redirect URI, with the state and with the issuer (RFC 9207 2).
func (t *Tenant) answer(w http.ResponseWriter, r *http.Request, req *authorization, params url.Values) {
	if req.state != "" {
		params.Set("state", req.state)
	}
	params.Set("iss", t.issuer(r))
	for _, h := range t.active() {
		if h.authorization != nil {
			h.authorization(authorizationAnswer{params})
		}
	}
	if req.mode == modeFormPost {
		t.formPost(w, req.redirectURI, params)
		return
	}
	target, err := url.Parse(req.redirectURI)
	if err != nil { // it was compared with the registered ones
		t.refuse(w, r, fail("invalid_request", "redirect_uri could not be read"))
		return
	}
	switch req.mode {
	case modeFragment:
		w.Header().Set("Location", target.String()+"#"+params.Encode())
	default:
		query := target.Query()
		for name, values := range params {
			query[name] = values
		}
		target.RawQuery = query.Encode()
		w.Header().Set("Location", target.String())
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusSeeOther) // 303 and not 302 or 307 (RFC 9700 4.12)
}

// formPost is the page that posts the response (OAuth 2.0 Form Post Response
// Mode 2). Its policy names no form-action: where the application goes on to from
// its redirect URI is its own affair.
func (t *Tenant) formPost(w http.ResponseWriter, target string, params url.Values) {
	type field struct{ Name, Value string }
	data := struct {
		Target string
		Fields []field
	}{Target: target}
	for name := range params {
		data.Fields = append(data.Fields, field{name, params.Get(name)})
	}
	render(w, http.StatusOK, "form_post.html", "", data)
}
