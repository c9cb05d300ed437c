package upstream

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// request is an authorization request that was found good (OIDC Core 3.1.2.1).
type request struct {
	client      string
	redirectURI string
	formPost    bool
	state       string
	nonce       string
	scope       []string
	challenge   string // PKCE S256 (RFC 7636 4.2)
	expires     time.Time
}

const requestLife = 10 * time.Minute

// authorize is the authorization endpoint. Without a client and a redirect URI that
// belong together nobody is told but the user (RFC 6749 4.1.2.1): a page with status
// 400, and nothing that the one who asked would hear of.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	c, known := p.Client(q.Get("client_id"))
	switch {
	case !known:
		errorPage(w, "invalid_client", "No application is registered with this client ID.")
		return
	case !c.allowsRedirect(q.Get("redirect_uri")):
		errorPage(w, "redirect_uri_mismatch", "The redirect URI "+q.Get("redirect_uri")+" is not registered for this application.")
		return
	}
	req := &request{
		client: c.ID, redirectURI: q.Get("redirect_uri"), state: q.Get("state"), nonce: q.Get("nonce"),
		scope: strings.Fields(q.Get("scope")), challenge: q.Get("code_challenge"),
		formPost: q.Get("response_mode") == "form_post", expires: p.opts.Now().Add(requestLife),
	}
	if e := req.check(q, c); e != nil {
		p.respond(w, r, req, url.Values{"error": {e.code}, "error_description": {e.description}})
		return
	}
	id := newHandle()
	p.mu.Lock()
	for old, one := range p.pending {
		if p.opts.Now().After(one.expires) {
			delete(p.pending, old)
		}
	}
	p.pending[id] = req
	p.mu.Unlock()
	consentPage(w, id, c.ID)
}

// check reads what goes back to the client when it is wrong (OIDC Core 3.1.2.6).
func (q *request) check(v url.Values, c Client) *oauthError {
	switch {
	case v.Get("response_type") != "code":
		return fail("unsupported_response_type", "the response type must be code")
	case !slices.Contains(q.scope, "openid"):
		return fail("invalid_scope", "the scope must have openid")
	case q.challenge == "" && c.pkce:
		return fail("invalid_request", "a code challenge is required (PKCE)")
	case q.challenge != "" && v.Get("code_challenge_method") != "S256":
		return fail("invalid_request", "the code challenge method must be S256")
	case v.Get("prompt") == "none":
		return fail("login_required", "the user must be asked")
	}
	return nil
}

// decide takes the user's answer on the page. It is taken once.
func (p *Provider) decide(w http.ResponseWriter, r *http.Request) {
	id, decision := r.PostFormValue("request"), r.PostFormValue("decision")
	p.mu.Lock()
	req := p.pending[id]
	delete(p.pending, id)
	p.mu.Unlock()
	switch {
	case req == nil || p.opts.Now().After(req.expires):
		errorPage(w, "session_expired", "This sign-in has ended. Start again from the application.")
	case decision == "allow":
		p.respond(w, r, req, url.Values{"code": {p.issueCode(req)}})
	default:
		p.respond(w, r, req, url.Values{"error": {"access_denied"}, "error_description": {"The user denied the request."}})
	}
}

// respond sends the authorization response to the redirect URI, with the state and
// the issuer (RFC 9207).
func (p *Provider) respond(w http.ResponseWriter, r *http.Request, req *request, v url.Values) {
	if req.state != "" {
		v.Set("state", req.state)
	}
	v.Set("iss", p.issuer(r))
	posted := req.formPost
	for _, h := range p.active() {
		if h.authorization != nil {
			h.authorization(v)
		}
		posted = posted || h.formPost
	}
	if posted {
		formPostPage(w, req.redirectURI, v)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", req.redirectURI+"?"+v.Encode()) // registered URIs have no query
	w.WriteHeader(http.StatusSeeOther)
}
