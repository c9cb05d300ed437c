package demo

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
)

// authorization is an authorization request that has been read (OIDC Core 3.1.2.1).
type authorization struct {
	app         *app
	redirectURI string
	mode        string // the response mode in force
	state       string
	nonce       string
	scopes      scopes
	resources   resources
	prompt      map[string]bool
	maxAge      *int
	challenge   string
	loginHint   string
	idTokenHint string
	register    bool   // the first screen is registration
	direct      string // the path of direct sign-in; empty: the user is asked
}

// The response modes of Logto.
const (
	modeQuery    = "query"
	modeFragment = "fragment"
	modeFormPost = "form_post"
)

// identifyRequest reads what decides whether the app may be told of an error at
// all: the client and its redirect URI (RFC 6749 4.1.2.1).
func (t *Tenant) identifyRequest(p url.Values) (*authorization, *oauthError) {
	id := p.Get("client_id")
	if id == "" {
		return nil, fail("invalid_request", "missing required parameter 'client_id'")
	}
	a, known := t.registered(id)
	if !known {
		return nil, fail("invalid_client", "invalid client "+id)
	}
	uri := p.Get("redirect_uri")
	if uri == "" {
		return nil, fail("invalid_request", "missing required parameter 'redirect_uri'")
	}
	if len(p["redirect_uri"]) > 1 || !a.allowsRedirect(uri) && !t.leniency().redirectURI {
		return nil, fail("invalid_redirect_uri",
			"redirect_uri did not match any of the client's registered redirect_uris")
	}
	return &authorization{app: a.app, redirectURI: uri, mode: modeQuery, state: p.Get("state")}, nil
}

// read takes in the other parameters. Its errors go to the redirect URI.
func (q *authorization) read(p url.Values) *oauthError {
	for name, values := range p {
		if len(values) > 1 && name != "resource" { // RFC 6749 3.1; RFC 8707 2 repeats resource
			return fail("invalid_request", "'"+name+"' parameter must not be provided twice")
		}
	}
	for _, step := range []func(url.Values) *oauthError{
		q.readResponseType, q.readResponseMode, q.readChallenge, q.readPrompt, q.readMaxAge,
	} {
		if e := step(p); e != nil {
			return e
		}
	}
	var e *oauthError
	if q.resources, e = parseResources(p["resource"]); e != nil {
		return e
	}
	q.readScopes(p)
	q.nonce, q.idTokenHint = p.Get("nonce"), p.Get("id_token_hint")
	q.readExtras(p)
	return nil
}

// readResponseType accepts code only. What would have been answered in the
// fragment (OAuth 2.0 Multiple Response Types 5) is refused there.
func (q *authorization) readResponseType(p url.Values) *oauthError {
	switch p.Get("response_type") {
	case "code":
		return nil
	case "":
		return fail("invalid_request", "missing required parameter 'response_type'")
	case "none":
		return fail("unauthorized_client", "requested response_type is not allowed for this client")
	case "id_token", "code id_token", "id_token code":
		q.mode = modeFragment
		return fail("unauthorized_client", "requested response_type is not allowed for this client")
	default:
		q.mode = modeFragment
		return fail("unsupported_response_type", "unsupported response_type requested")
	}
}

func (q *authorization) readResponseMode(p url.Values) *oauthError {
	switch mode := p.Get("response_mode"); mode {
	case "":
	case modeQuery, modeFragment, modeFormPost:
		q.mode = mode
	default:
		return fail("unsupported_response_mode", "unsupported response_mode requested")
	}
	return nil
}

// readChallenge is PKCE (RFC 7636 4.3): S256 only, and required for a public
// client (RFC 9700 2.1.1). The default method is plain, which is refused.
func (q *authorization) readChallenge(p url.Values) *oauthError {
	q.challenge = p.Get("code_challenge")
	method := p.Get("code_challenge_method")
	switch {
	case q.challenge == "" && method != "":
		return fail("invalid_request", "code_challenge must be provided with code_challenge_method")
	case q.challenge == "" && q.app.public():
		return fail("invalid_request", "Authorization Server policy requires PKCE to be used for this request")
	case q.challenge == "":
		return nil
	case method != "S256":
		return fail("invalid_request", "not supported value of code_challenge_method")
	}
	if sum, err := base64.RawURLEncoding.DecodeString(q.challenge); err != nil || len(sum) != 32 {
		return fail("invalid_request", "code_challenge is not a base64url encoded SHA-256")
	}
	return nil
}

func (q *authorization) readPrompt(p url.Values) *oauthError {
	q.prompt = map[string]bool{}
	for _, value := range strings.Fields(p.Get("prompt")) {
		switch value {
		case "none", "login", "consent":
		case "create": // Initiating User Registration 1.0
			q.register = true
		default:
			return fail("invalid_request", "unsupported prompt value requested")
		}
		q.prompt[value] = true
	}
	if q.prompt["none"] && len(q.prompt) > 1 {
		return fail("invalid_request", "prompt none must only be used alone")
	}
	return nil
}

func (q *authorization) readMaxAge(p url.Values) *oauthError {
	if p.Get("max_age") == "" {
		return nil
	}
	seconds, err := strconv.Atoi(p.Get("max_age"))
	if err != nil || seconds < 0 {
		return fail("invalid_request", "invalid max_age parameter value")
	}
	q.maxAge = &seconds
	return nil
}

// readScopes drops in silence what cannot be granted: the scopes of a resource
// that was not asked for, and offline_access without prompt=consent (OIDC Core 11).
func (q *authorization) readScopes(p url.Values) {
	q.scopes = parseScopes(p.Get("scope"))
	if !q.prompt["consent"] {
		q.scopes &^= scopeOfflineAccess
	}
	var allowed scopes
	for _, r := range q.resources.list() {
		allowed |= r.scopes
	}
	q.scopes &^= ofResources &^ allowed
}

var (
	firstScreens = map[string]bool{
		"sign_in": true, "register": true, "identifier:sign_in": true, "identifier:register": true,
		"single_sign_on": true, "reset_password": true, "signIn": true,
	}
	interactionModes = map[string]bool{"signIn": true, "signUp": true}
)

// readExtras reads Logto's own parameters. They are one object to it: one value
// that is not of the list voids all of them, login_hint included, without a word.
func (q *authorization) readExtras(p url.Values) {
	first, mode := p.Get("first_screen"), p.Get("interaction_mode")
	direct, target, _ := strings.Cut(p.Get("direct_sign_in"), ":")
	switch {
	case first != "" && !firstScreens[first],
		mode != "" && !interactionModes[mode],
		p.Has("direct_sign_in") && direct != "social" && direct != "sso":
		return
	}
	q.loginHint = p.Get("login_hint")
	if target != "" {
		q.direct = "/direct/" + direct + "/" + url.PathEscape(target)
	}
	if first == "register" || first == "identifier:register" || (first == "" && mode == "signUp") {
		q.register = true
	}
}
