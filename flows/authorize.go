package flows

import (
	"crypto/rand"
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/oauth2"

	"signbench/flows/oauth"
)

// authorizationRequest builds the URL for the browser: OIDC Core 3.1.2.1 with PKCE
// S256 (RFC 7636 4.3), always with state and nonce, whatever the provider asks.
func (r *Run) authorizationRequest(redirectURI string, state oauth.Secret) (oauth.AuthorizationRequest, error) {
	endpoint, err := url.Parse(r.metadata.AuthorizationEndpoint)
	if err != nil {
		return oauth.AuthorizationRequest{}, err
	}
	verifier := oauth2.GenerateVerifier()
	req := oauth.AuthorizationRequest{
		RedirectURI:   redirectURI,
		State:         state,
		Nonce:         random(),
		CodeVerifier:  oauth.Secret(verifier),
		CodeChallenge: oauth2.S256ChallengeFromVerifier(verifier),
		Params:        RequestParams(r.profile, r.scenario),
	}
	r.guard(req.CodeVerifier, req.State)
	for name, value := range map[string]string{
		"redirect_uri": redirectURI, // with the port that was really opened
		"state":        req.State.Reveal(), "nonce": req.Nonce.Reveal(), "code_challenge": req.CodeChallenge,
	} {
		req.Params.Set(name, value)
	}
	query := endpoint.Query() // an endpoint may have a query of its own, RFC 6749 3.1
	for name, values := range req.Params {
		query[name] = values
	}
	endpoint.RawQuery = query.Encode()
	req.URL = endpoint.String()
	return req, nil
}

// RequestParams are the parameters of the authorization request that the profile
// and the scenario ask for, without those that are new each time (state, nonce,
// code_challenge). The extra ones come first, so that they can't replace those of
// the flow.
func RequestParams(p oauth.Profile, scenario oauth.Scenario) url.Values {
	params := url.Values{}
	for name, value := range p.Extra {
		params.Set(name, value)
	}
	set := func(name, value string) {
		if value != "" {
			params.Set(name, value)
		}
	}
	set("response_type", "code")
	set("client_id", p.Client.ID)
	set("redirect_uri", p.Client.RedirectURI)
	set("scope", strings.Join(p.Scopes, " "))
	set("prompt", p.Prompt)
	set("login_hint", p.LoginHint)
	set("acr_values", p.ACRValues)
	set("response_mode", p.ResponseMode)
	set("code_challenge_method", "S256")
	if p.MaxAge != nil {
		params.Set("max_age", strconv.Itoa(*p.MaxAge))
	}
	if len(p.Resources) > 0 {
		params["resource"] = slices.Clone(p.Resources) // repeatable, RFC 8707 2
	}
	switch {
	case scenario == oauth.ScenarioSignUp && p.Kind.IsLogto():
		params.Set("first_screen", "register")
		params.Set("interaction_mode", "signUp") // servers from before first_screen
	case scenario == oauth.ScenarioSignUp:
		params.Set("prompt", "create") // Initiating User Registration 1.0, 4
	}
	return params
}

// random is 32 bytes of crypto/rand in base64url: state and nonce.
func random() oauth.Secret {
	var b [32]byte
	_, _ = rand.Read(b[:])
	return oauth.Secret(base64.RawURLEncoding.EncodeToString(b[:]))
}
