package probe

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"signbench/flows/oauth"
)

// seen is what an authorization endpoint did with a request.
type seen string

const (
	unsent   seen = "unsent"   // nothing came back
	returned seen = "returned" // redirected to the redirect URI: it is registered
	login    seen = "login"    // redirected to a page of its own: it is registered
	page     seen = "page"     // a page with status 200: says nothing
	refused  seen = "refused"  // an error that was not redirected (RFC 6749, 4.1.2.1)
	broken   seen = "broken"   // 5xx
)

// reply is an answer of the authorization endpoint, read.
type reply struct {
	*answer
	seen        seen
	code        string // the error code
	description string
}

// accepted reports whether the redirect URI must be registered for this to come.
func (p reply) accepted() bool { return p.seen == returned || p.seen == login }

// says reports whether the provider's words contain one of these.
func (p reply) says(words ...string) bool {
	text := strings.ToLower(p.code + " " + p.description)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// words are the error as it stands on the wire.
func (p reply) words() string {
	switch {
	case p.description == "":
		return p.code
	case p.code == "":
		return p.description
	}
	return p.code + ": " + p.description
}

// authorization is an authorization request of this run (OIDC Core 3.1.2.1).
type authorization struct {
	redirectURI string
	challenge   string // a code_challenge_method, or empty for none
	silent      bool   // prompt=none: an answer without a page, and no interaction is begun
}

// authorize makes the request and follows nothing. The state and the nonce are for
// form's sake: no answer of it is ever used.
func (r *run) authorize(ctx context.Context, req authorization) reply {
	endpoint, err := url.Parse(r.doc.AuthorizationEndpoint)
	if err != nil {
		return reply{answer: &answer{target: r.doc.AuthorizationEndpoint, err: err}, seen: unsent}
	}
	query := endpoint.Query() // an endpoint may have a query of its own, RFC 6749 3.1
	for name, values := range r.params(req) {
		query[name] = values
	}
	endpoint.RawQuery = query.Encode()
	return read(r.visit(ctx, oauth.StepAuthorize, endpoint.String()), req.redirectURI)
}

// params are those of the profile's own request, but for response_mode: an error
// that comes as a form to be posted could not be told from a login page.
func (r *run) params(req authorization) url.Values {
	p := r.profile
	v := url.Values{}
	for name, value := range p.Extra {
		if !oauth.IsReservedParameter(name) && !oauth.IsSecretParameter(name) {
			v.Set(name, value)
		}
	}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("response_type", "code")
	set("client_id", p.Client.ID)
	set("redirect_uri", req.redirectURI)
	set("scope", strings.Join(p.Scopes, " "))
	set("prompt", p.Prompt)
	set("acr_values", p.ACRValues)
	if p.MaxAge != nil {
		set("max_age", strconv.Itoa(*p.MaxAge))
	}
	set("state", random(16))
	set("nonce", random(16))
	if len(p.Resources) > 0 {
		v["resource"] = slices.Clone(p.Resources)
	}
	if req.silent {
		v.Set("prompt", "none")
	}
	verifier := random(32)
	switch req.challenge {
	case "S256":
		sum := sha256.Sum256([]byte(verifier))
		set("code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]))
		set("code_challenge_method", "S256")
	case "plain":
		set("code_challenge", verifier)
		set("code_challenge_method", "plain")
	}
	return v
}

// read says what the answer is.
func read(a *answer, redirectURI string) reply {
	p := reply{answer: a}
	switch {
	case a.err != nil && a.status == 0:
		p.seen = unsent
	case a.status >= 300 && a.status < 400:
		p.readLocation(redirectURI)
	case a.status >= 500:
		p.seen = broken
		p.readBody()
	case a.status >= 400:
		p.seen = refused
		p.readBody()
	default:
		p.seen = page
	}
	return p
}

// readLocation tells the redirect URI from a page of the provider. Some redirect to
// their page for errors instead of answering with it.
func (p *reply) readLocation(redirectURI string) {
	to, err := p.final.Parse(p.header.Get("Location"))
	if err != nil {
		p.seen = page
		return
	}
	query := to.Query()
	if fragment, err := url.ParseQuery(to.Fragment); err == nil && len(query) == 0 {
		query = fragment
	}
	p.code, p.description = query.Get("error"), query.Get("error_description")
	own, err := url.Parse(redirectURI)
	switch {
	case err == nil && sameAddress(to, own):
		p.seen = returned
	case p.code != "" || query.Has("authError") || strings.HasSuffix(to.Path, "/error") || strings.HasSuffix(to.Path, "/unknown-session"):
		p.seen = refused
	default:
		p.seen = login
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
func (p *reply) readBody() {
	p.code, p.description = errorOf(p.body)
	if p.code != "" {
		return
	}
	text := html.UnescapeString(string(p.body))
	for _, code := range []string{"invalid_redirect_uri", "redirect_uri_mismatch", "invalid_client", "unauthorized_client"} {
		if strings.Contains(text, code) {
			p.code = code
			break
		}
	}
	lower := strings.ToLower(text)
	for _, words := range []string{"redirect_uri", "redirect uri", "redirect url", "callback url"} {
		if strings.Contains(lower, words) {
			p.description = words
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
