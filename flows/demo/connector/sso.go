package connector

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"
)

// issuedAtWindow is how far iat may be from Logto's clock, in both directions.
const issuedAtWindow = 600 * time.Second

// SSO is the enterprise OIDC connector.
type SSO struct {
	client *http.Client
	now    func() time.Time
	config struct {
		ClientID     string `json:"clientId"`
		ClientSecret string `json:"clientSecret"` // #nosec G117 -- of the demo, public
		Issuer       string `json:"issuer"`
		Scope        string `json:"scope"`
		TrustEmail   bool   `json:"trustUnverifiedEmail"`
	}
}

// NewSSO is the enterprise OIDC connector with Logto's JSON. The error is an *Error.
func NewSSO(client *http.Client, now func() time.Time, config []byte) (*SSO, error) {
	s := &SSO{client: client, now: now}
	err := decode(config, &s.config, map[string]*string{
		"clientId": &s.config.ClientID, "clientSecret": &s.config.ClientSecret, "issuer": &s.config.Issuer,
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// provider is what Logto takes from the discovery document.
type provider struct{ authorization, token, userInfo, jwks, issuer string }

// Discover fetches the discovery document, as Logto does at every step: the path is
// put behind the issuer whatever that ends with. The map is what the API calls the
// providerConfig; the error is an *Error.
func (s *SSO) Discover(ctx context.Context) (map[string]any, error) {
	p, failed := s.discover(ctx)
	if failed != nil {
		return nil, failed
	}
	parsed := map[string]any{
		"authorizationEndpoint": p.authorization, "tokenEndpoint": p.token, "jwksUri": p.jwks, "issuer": p.issuer,
	}
	if p.userInfo != "" {
		parsed["userinfoEndpoint"] = p.userInfo
	}
	return parsed, nil
}

func (s *SSO) discover(ctx context.Context) (provider, *Error) {
	unfit := func(message string, cause any) *Error {
		return ssoRefusal(codeInvalidConfig, map[string]any{
			"config": map[string]any{"issuer": s.config.Issuer}, "message": message, "error": cause,
		})
	}
	a, err := get(ctx, s.client, s.config.Issuer+"/.well-known/openid-configuration", "")
	switch {
	case err != nil:
		return provider{}, unfit("fail_to_fetch_config", nodeError(err))
	case !a.ok():
		return provider{}, unfit("fail_to_fetch_config", string(a.body))
	}
	document, ok := a.object()
	if !ok {
		return provider{}, unfit("fail_to_fetch_config", map[string]any{"name": "ParseError", "code": "ERR_BODY_PARSE_FAILURE"})
	}
	var p provider
	fields := map[string][]string{}
	for name, into := range map[string]*string{
		"authorization_endpoint": &p.authorization, "token_endpoint": &p.token, "jwks_uri": &p.jwks, "issuer": &p.issuer,
	} {
		text, isText := document[name].(string)
		if !isText {
			fields[name] = []string{"Required"}
		}
		*into = text
	}
	if len(fields) > 0 {
		return provider{}, unfit("invalid_config_response", map[string]any{"formErrors": []string{}, "fieldErrors": fields})
	}
	p.userInfo, _ = document["userinfo_endpoint"].(string)
	return p, nil
}

// Begin implements SignIn.
func (s *SSO) Begin(ctx context.Context, state, redirectURI string) (string, Session, error) {
	p, failed := s.discover(ctx)
	if failed != nil {
		return "", Session{}, failed
	}
	kept := Session{Nonce: nonce(), RedirectURI: redirectURI, State: state}
	var q parameters
	q.add("state", state)
	q.add("nonce", kept.Nonce)
	q.add("client_id", s.config.ClientID)
	q.add("response_type", "code")
	q.add("redirect_uri", redirectURI)
	q.add("scope", s.scope())
	return p.authorization + "?" + q.encode(), kept, nil
}

// scope is always openid, profile and email, and what was added to them.
func (s *SSO) scope() string {
	scope := []string{"openid", "profile", "email"}
	for _, more := range strings.Fields(s.config.Scope) {
		if !slices.Contains(scope, more) {
			scope = append(scope, more)
		}
	}
	return strings.Join(scope, " ")
}

// Finish implements SignIn.
func (s *SSO) Finish(ctx context.Context, data map[string]string, kept Session) (Profile, error) {
	p, failed := s.discover(ctx)
	if failed != nil {
		return Profile{}, failed
	}
	if data["code"] == "" {
		return Profile{}, ssoRefusal(codeInvalidRequestParameters, map[string]any{
			"url": p.token, "params": data,
			"error": map[string]any{"formErrors": []string{}, "fieldErrors": map[string][]string{"code": {"Required"}}},
		})
	}
	tokens, failed := s.exchange(ctx, p, data["code"], kept.RedirectURI)
	if failed != nil {
		return Profile{}, failed
	}
	idToken, _ := tokens["id_token"].(string)
	claims, failed := s.readIDToken(ctx, p, idToken, kept.Nonce)
	if failed != nil {
		return Profile{}, failed
	}
	if p.userInfo != "" {
		if claims, failed = s.userInfo(ctx, p, tokens); failed != nil {
			return Profile{}, failed
		}
	}
	return profile(claims, s.config.TrustEmail), nil
}

// unauthorized is what becomes of nearly everything that goes wrong. Here the words
// of the upstream are kept.
func unauthorized(message string, more map[string]any) *Error {
	data := map[string]any{"message": message}
	for name, value := range more {
		data[name] = value
	}
	return ssoRefusal(codeAuthorizationFailed, data)
}

// exchange is the token request: client_secret_basic whatever the provider says, and
// not form-encoded.
func (s *SSO) exchange(ctx context.Context, p provider, code, redirectURI string) (map[string]any, *Error) {
	var form parameters
	form.add("grant_type", "authorization_code")
	form.add("code", code)
	form.add("redirect_uri", redirectURI)
	a, err := postForm(ctx, s.client, p.token, form, func(r *http.Request) {
		r.SetBasicAuth(s.config.ClientID, s.config.ClientSecret)
	})
	switch {
	case err != nil:
		return nil, unauthorized("Fail to fetch token", map[string]any{"error": nodeError(err)})
	case !a.ok():
		return nil, unauthorized("Fail to fetch token", map[string]any{"error": string(a.body)})
	}
	reply, ok := a.object()
	if !ok {
		return nil, unauthorized("Fail to fetch token", map[string]any{"error": map[string]any{"code": "connector.invalid_response"}})
	}
	if _, found := tokenReply(reply, true); found != nil {
		return nil, unauthorized("Invalid token response", map[string]any{"response": string(a.body), "error": zod(found...)})
	}
	return reply, nil
}

// readIDToken takes the issuer from discovery and not from the configuration.
func (s *SSO) readIDToken(ctx context.Context, p provider, token, nonce string) (map[string]any, *Error) {
	claims, failed := verify(ctx, s.client, token, expectation{
		jwksURI: p.jwks, issuers: []string{p.issuer}, audience: s.config.ClientID, now: s.now(),
	})
	if failed != nil {
		return nil, unauthorized("Fail to verify id_token", map[string]any{"error": failed.Log})
	}
	issued, _ := claims["iat"].(float64)
	if away := s.now().Sub(time.Unix(int64(issued), 0)); away.Abs() > issuedAtWindow {
		return nil, unauthorized("id_token is expired", map[string]any{"response": claims})
	}
	if guard(claims, false) != nil {
		return nil, unauthorized("invalid id_token", map[string]any{"response": claims})
	}
	if given, _ := claims["nonce"].(string); given != "" && given != nonce {
		return nil, unauthorized("nonce does not match", nil)
	}
	return claims, nil
}

// userInfo replaces the claims of the ID token.
func (s *SSO) userInfo(ctx context.Context, p provider, tokens map[string]any) (map[string]any, *Error) {
	token, _ := tokens["access_token"].(string)
	if token == "" {
		return nil, unauthorized("The access token is missing from the response.", nil)
	}
	a, err := get(ctx, s.client, p.userInfo, token)
	switch {
	case err != nil:
		return nil, unauthorized("Fail to fetch user info", map[string]any{"error": nodeError(err)})
	case !a.ok():
		return nil, unauthorized("Fail to fetch user info", map[string]any{"error": string(a.body)})
	}
	claims, ok := a.object()
	if !ok {
		return nil, unauthorized("Fail to fetch user info", map[string]any{"error": map[string]any{"code": "connector.invalid_response"}})
	}
	if found := guard(claims, false); found != nil {
		return nil, unauthorized("Invalid user info response", map[string]any{"response": string(a.body), "error": zod(found...)})
	}
	return claims, nil
}
