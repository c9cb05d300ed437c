package probe

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"signbench/flows/oauth"
)

// reply is an answer of the authorization endpoint, read.
type reply struct {
	*answer
	Sight
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
		return reply{&answer{target: r.doc.AuthorizationEndpoint, err: err}, Sight{Seen: Unsent}}
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
	if a.err != nil && a.status == 0 {
		return reply{a, Sight{Seen: Unsent}}
	}
	return reply{a, ReadAuthorization(redirectURI, a.final, a.status, a.header, a.body)}
}
