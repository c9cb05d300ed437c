package connector

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// The factories of the connectors.
const (
	FactoryOIDC   = "oidc"
	FactoryFeishu = "feishu-web"
	FactoryTwilio = "twilio-short-message-service"
)

// oidcTimeout is how long this connector waits for an answer.
const oidcTimeout = 10 * time.Second

// oidcConfig is the configuration of the social OIDC connector. Members that it does
// not name are dropped, as Logto does.
type oidcConfig struct {
	AuthorizationEndpoint string `json:"authorizationEndpoint"`
	TokenEndpoint         string `json:"tokenEndpoint"`
	ClientID              string `json:"clientId"`
	ClientSecret          string `json:"clientSecret"` // #nosec G117 -- of the demo, public
	Scope                 string `json:"scope"`
	Verification          struct {
		JWKSURI        string          `json:"jwksUri"`
		Issuer         json.RawMessage `json:"issuer"` // a string or an array
		Algorithms     []string        `json:"algorithms"`
		ClockTolerance float64         `json:"clockTolerance"`
		MaxTokenAge    float64         `json:"maxTokenAge"`
	} `json:"idTokenVerificationConfig"`
	AuthMethod   string            `json:"tokenEndpointAuthMethod"`
	JWTAlgorithm string            `json:"clientSecretJwtSigningAlgorithm"`
	Optional     map[string]string `json:"authRequestOptionalConfig"`
	Custom       map[string]string `json:"customConfig"`
	LooseBools   bool              `json:"acceptStringTypedBooleanClaims"`
	TrustEmail   bool              `json:"trustUnverifiedEmail"`
}

type oidc struct {
	client *http.Client
	now    func() time.Time
	config oidcConfig
}

// NewOIDC is the social OIDC connector with Logto's JSON. The error is an *Error.
func NewOIDC(client *http.Client, now func() time.Time, config []byte) (SignIn, error) {
	c := oidcConfig{AuthMethod: "client_secret_post", JWTAlgorithm: "HS256"}
	err := decode(config, &c, map[string]*string{
		"authorizationEndpoint": &c.AuthorizationEndpoint, "tokenEndpoint": &c.TokenEndpoint,
		"clientId": &c.ClientID, "clientSecret": &c.ClientSecret, "scope": &c.Scope,
		"idTokenVerificationConfig.jwksUri": &c.Verification.JWKSURI,
	})
	if err != nil {
		return nil, err
	}
	if !slices.Contains(strings.Fields(strings.ReplaceAll(c.Scope, "+", " ")), "openid") {
		c.Scope += " openid"
	}
	return &oidc{client, now, c}, nil
}

// Begin puts the query behind the endpoint whatever that holds already.
func (o *oidc) Begin(_ context.Context, state, redirectURI string) (string, Session, error) {
	s := Session{Nonce: nonce(), RedirectURI: redirectURI, State: state}
	var q parameters
	q.add("response_type", "code")
	q.add("client_id", o.config.ClientID)
	q.add("scope", o.config.Scope)
	q.add("redirect_uri", redirectURI)
	q.add("state", state)
	q.add("nonce", s.Nonce)
	q.addMap(o.config.Optional)
	q.addMap(o.config.Custom)
	return o.config.AuthorizationEndpoint + "?" + q.encode(), s, nil
}

// Finish exchanges the code and reads the ID token. UserInfo is never asked.
func (o *oidc) Finish(ctx context.Context, data map[string]string, s Session) (Profile, error) {
	ctx, cancel := context.WithTimeout(ctx, oidcTimeout)
	defer cancel()
	if data["code"] == "" {
		return Profile{}, refusal(codeGeneral, data)
	}
	idToken, failed := o.exchange(ctx, data["code"], s.RedirectURI)
	if failed != nil {
		return Profile{}, failed
	}
	claims, failed := verify(ctx, o.client, idToken, expectation{
		jwksURI: o.config.Verification.JWKSURI, issuers: o.issuers(), audience: o.config.ClientID,
		algorithms: o.config.Verification.Algorithms, now: o.now(),
		tolerance: seconds(o.config.Verification.ClockTolerance), maxAge: seconds(o.config.Verification.MaxTokenAge),
	})
	if failed != nil {
		return Profile{}, failed
	}
	if found := guard(claims, o.config.LooseBools); found != nil {
		return Profile{}, refusal(codeSocialIDTokenInvalid, zod(found...))
	}
	if given, _ := claims["nonce"].(string); given != "" && given != s.Nonce {
		return Profile{}, refusal(codeSocialIDTokenInvalid, map[string]any{
			"message": "ID Token validation failed due to `nonce` mismatch.",
		})
	}
	return profile(claims, o.config.TrustEmail), nil
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

// issuers reads the member that is a string or an array of strings.
func (o *oidc) issuers() []string {
	var one string
	if json.Unmarshal(o.config.Verification.Issuer, &one) == nil && one != "" {
		return []string{one}
	}
	var list []string
	_ = json.Unmarshal(o.config.Verification.Issuer, &list) // what is neither is not compared
	return list
}

// exchange is the token request.
func (o *oidc) exchange(ctx context.Context, code, redirectURI string) (string, *Error) {
	var form parameters
	form.add("grant_type", "authorization_code")
	form.add("code", code)
	form.add("redirect_uri", redirectURI)
	form.addMap(o.config.Custom)
	var edit func(*http.Request)
	switch o.config.AuthMethod {
	case "client_secret_basic":
		edit = func(r *http.Request) { r.SetBasicAuth(o.config.ClientID, o.config.ClientSecret) } // not form-encoded
	case "client_secret_jwt":
		assertion, err := o.assertion()
		if err != nil {
			return "", refusal(codeGeneral, map[string]any{"message": "Failed to sign the client secret JWT."})
		}
		form.add("client_id", o.config.ClientID)
		form.add("client_assertion", assertion)
		form.add("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	default:
		form.add("client_id", o.config.ClientID)
		form.add("client_secret", o.config.ClientSecret)
	}
	a, err := postForm(ctx, o.client, o.config.TokenEndpoint, form, edit)
	switch {
	case err != nil:
		return "", unreachable(err, http.MethodPost, o.config.TokenEndpoint)
	case !a.ok():
		return "", thrownAway()
	}
	reply, ok := a.object()
	if !ok {
		return "", refusal(codeInvalidResponse, string(a.body))
	}
	idToken, found := tokenReply(reply, false)
	if found != nil {
		return "", refusal(codeInvalidResponse, zod(found...))
	}
	return idToken, nil
}

// tokenReply is the ID token of a token response, or what its schema finds wrong.
// Single sign-on takes expires_in as text too, because Microsoft Entra sends it so.
func tokenReply(reply map[string]any, lifeAsText bool) (string, []issue) {
	var found []issue
	idToken, isText := reply["id_token"].(string)
	if !isText {
		value, present := reply["id_token"]
		found = append(found, issue{"id_token", "string", kind(value, present)})
	}
	if value, present := reply["expires_in"]; present && kind(value, true) != "number" && !(lifeAsText && kind(value, true) == "string") {
		found = append(found, issue{"expires_in", "number", kind(value, true)})
	}
	return idToken, found
}

// assertion is client_secret_jwt (OIDC Core 9).
func (o *oidc) assertion() (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{
		Algorithm: jose.SignatureAlgorithm(o.config.JWTAlgorithm), Key: []byte(o.config.ClientSecret),
	}, nil)
	if err != nil {
		return "", err
	}
	now := o.now()
	return jwt.Signed(signer).Claims(jwt.Claims{
		Issuer: o.config.ClientID, Subject: o.config.ClientID, Audience: jwt.Audience{o.config.TokenEndpoint}, ID: nonce(),
		IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(10 * time.Minute)),
	}).Serialize()
}
