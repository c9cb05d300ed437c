package upstream

import (
	"crypto/subtle"
	"encoding/base64"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// Client is one registered client. Its secret protects nothing: it is the same in
// every copy of the program.
type Client struct {
	ID, Secret string

	// RedirectPaths are the paths of its redirect URIs, which are on loopback; the
	// port is ignored (RFC 8252 7.3).
	RedirectPaths []string

	methods []string // of authentication; nil: all that the provider knows
	pkce    bool     // a code challenge is required
}

// The methods of client authentication that the provider knows (OIDC Core 9).
const (
	secretBasic = "client_secret_basic" // #nosec G101 -- a method's name
	secretPost  = "client_secret_post"  // #nosec G101 -- a method's name
	secretJWT   = "client_secret_jwt"   // #nosec G101 -- a method's name
)

var allMethods = []string{secretBasic, secretPost, secretJWT}

// Client returns the registration as the switches have it, and false for a client
// that is not registered. A connector that is set up well holds what it returns,
// but for the switch wrong_secret, which no registration shows.
func (p *Provider) Client(id string) (Client, bool) {
	i := slices.IndexFunc(p.opts.Clients, func(c Client) bool { return c.ID == id })
	if i < 0 {
		return Client{}, false
	}
	c := p.opts.Clients[i]
	for _, h := range p.active() {
		if h.client != nil {
			h.client(&c)
		}
	}
	return c, true
}

func (c Client) may(method string) bool {
	return c.methods == nil || slices.Contains(c.methods, method)
}

// allowsRedirect compares as RFC 8252 7.3 has it.
func (c Client) allowsRedirect(uri string) bool {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "http" || u.Fragment != "" || u.RawQuery != "" || u.User != nil {
		return false
	}
	if u.Hostname() != "localhost" && !net.ParseIP(u.Hostname()).IsLoopback() {
		return false
	}
	return slices.Contains(c.RedirectPaths, u.Path)
}

// oauthError is an error response (RFC 6749 5.2).
type oauthError struct {
	status            int
	code, description string
	basic             bool // name the scheme in WWW-Authenticate
}

func fail(code, description string) *oauthError {
	return &oauthError{status: http.StatusBadRequest, code: code, description: description}
}

func invalidClient(description string) *oauthError {
	return &oauthError{status: http.StatusUnauthorized, code: "invalid_client", description: description}
}

// credentials are what a token request says of its client.
type credentials struct {
	method, id, secret string
	assertion          string
}

// readCredentials finds the one method that the request uses (RFC 6749 2.3).
func readCredentials(r *http.Request) (credentials, *oauthError) {
	var found []credentials
	if header := r.Header.Get("Authorization"); header != "" {
		id, secret, ok := parseBasic(header)
		if !ok {
			e := invalidClient("the Authorization header is not Basic with a form-encoded client ID and secret")
			e.basic = true
			return credentials{}, e
		}
		found = append(found, credentials{method: secretBasic, id: id, secret: secret})
	}
	if r.PostForm.Has("client_secret") {
		found = append(found, credentials{
			method: secretPost, id: r.PostForm.Get("client_id"), secret: r.PostForm.Get("client_secret"),
		})
	}
	if assertion := r.PostForm.Get("client_assertion"); assertion != "" {
		found = append(found, credentials{method: secretJWT, id: r.PostForm.Get("client_id"), assertion: assertion})
	}
	switch len(found) {
	case 0:
		return credentials{}, invalidClient("no client authentication was sent")
	case 1:
		return found[0], nil
	default:
		return credentials{}, fail("invalid_request", "more than one method of client authentication was used")
	}
}

// parseBasic form-decodes both halves strictly, as RFC 6749 2.3.1 has them encoded.
func parseBasic(header string) (id, secret string, ok bool) {
	scheme, encoded, _ := strings.Cut(header, " ")
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	if err != nil || !strings.EqualFold(scheme, "Basic") {
		return "", "", false
	}
	id, secret, found := strings.Cut(string(raw), ":")
	id, errID := url.QueryUnescape(id)
	secret, errSecret := url.QueryUnescape(secret)
	return id, secret, found && errID == nil && errSecret == nil
}

// authenticate is the client of a token request.
func (p *Provider) authenticate(r *http.Request) (Client, *oauthError) {
	given, e := readCredentials(r)
	if e != nil {
		return Client{}, e
	}
	c, known := p.Client(given.id)
	secret := c.Secret
	for _, h := range p.active() {
		secret += h.secretSuffix
	}
	switch {
	case !known:
		e = invalidClient("the client is not known")
	case !c.may(given.method):
		e = invalidClient("the client may not use " + given.method)
	case given.method == secretJWT:
		e = p.checkAssertion(given, secret, p.base(r))
	case subtle.ConstantTimeCompare([]byte(given.secret), []byte(secret)) != 1:
		e = invalidClient("the client secret is wrong")
	}
	if e != nil {
		e.basic = given.method == secretBasic
		return Client{}, e
	}
	return c, nil
}

var macs = []jose.SignatureAlgorithm{jose.HS256, jose.HS384, jose.HS512}

// checkAssertion is client_secret_jwt (OIDC Core 9; RFC 7523 3).
func (p *Provider) checkAssertion(given credentials, secret, base string) *oauthError {
	token, err := jwt.ParseSigned(given.assertion, macs)
	if err != nil {
		return invalidClient("the client assertion is not a JWT with HS256, HS384 or HS512")
	}
	var claims jwt.Claims
	if token.Claims([]byte(secret), &claims) != nil {
		return invalidClient("the signature of the client assertion is wrong")
	}
	err = claims.ValidateWithLeeway(jwt.Expected{
		Issuer: given.id, Subject: given.id, AnyAudience: jwt.Audience{base + tokenPath, base}, Time: p.opts.Now(),
	}, time.Minute)
	if err != nil || claims.Expiry == nil || claims.ID == "" {
		return invalidClient("a claim of the client assertion is missing or wrong")
	}
	return nil
}
