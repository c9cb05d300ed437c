package tenant

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"signbench/flows/connector"
	"signbench/flows/oauth"
)

// Visit is a visit to the sign-in page of a tenant without a browser: a jar for
// cookies, and the calls that the page makes. Nothing is created in the tenant by it;
// what was begun is forgotten there within the hour.
type Visit struct {
	origin   string // of the authorization endpoint, whose cookies the API looks at
	client   *http.Client
	patience time.Duration
}

// NewVisit prepares a visit to the tenant with that authorization endpoint. Each
// request may take as long as patience.
func NewVisit(client *http.Client, authorizationEndpoint string, patience time.Duration) (*Visit, error) {
	u, err := url.Parse(authorizationEndpoint)
	if err != nil {
		return nil, err
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	own := *client
	own.Jar = jar
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Visit{origin: u.Scheme + "://" + u.Host, client: &own, patience: patience}, nil
}

// Owns reports whether the address is one of the tenant.
func (v *Visit) Owns(uri string) bool { return strings.HasPrefix(uri, v.origin+"/") }

func (v *Visit) begin(ctx context.Context) connector.Answer {
	return v.call(ctx, http.MethodPut, "/api/experience", nil, map[string]string{"interactionEvent": "SignIn"})
}

// Begun is a sign-in with a connector that the API has begun.
type Begun struct {
	connector.Answer
	URL oauth.Secret // of the upstream, as Logto builds it; holds state and nonce
	ID  string       // of the verification
}

// AuthorizationURI asks for the address to which the page would send the browser.
func (v *Visit) AuthorizationURI(ctx context.Context, c Connector, state oauth.Secret, redirectURI string) Begun {
	b := Begun{Answer: v.call(ctx, http.MethodPost, verification(c)+"authorization-uri", nil, map[string]string{
		"state": state.Reveal(), "redirectUri": redirectURI,
	})}
	var body struct {
		AuthorizationURI string
		VerificationID   string
	}
	if b.OK() && json.Unmarshal(b.Body(), &body) == nil {
		b.URL, b.ID = oauth.Secret(body.AuthorizationURI), body.VerificationID
	}
	return b
}

// Verify hands over what the callback carried, all but the state, as the page does.
// Logto redeems the code with it. It answers with no success when the connector
// fails; the session serves once.
func (v *Visit) Verify(ctx context.Context, c Connector, b Begun, callback url.Values, redirectURI string) connector.Answer {
	data := map[string]string{}
	for name := range callback {
		if name != "state" {
			data[name] = callback.Get(name)
		}
	}
	data["redirectUri"] = redirectURI
	return v.call(ctx, http.MethodPost, verification(c)+"verify", nil, map[string]any{"verificationId": b.ID, "connectorData": data})
}

// Route asks which enterprise connectors an e-mail address is sent to.
func (v *Visit) Route(ctx context.Context, email string) (ids []string, a connector.Answer) {
	a = v.call(ctx, http.MethodGet, "/api/experience/sso-connectors", url.Values{"email": {email}}, nil)
	var body struct{ ConnectorIDs []string }
	if a.OK() && json.Unmarshal(a.Body(), &body) != nil {
		a.Err = errUnreadable
	}
	return body.ConnectorIDs, a
}

func verification(c Connector) string {
	return "/api/experience/verification/" + string(c.Sort) + "/" + url.PathEscape(c.ID) + "/"
}

func (v *Visit) call(ctx context.Context, method, path string, query url.Values, body any) connector.Answer {
	call := connector.Call{
		Step: StepExperience, Method: method, URL: address(v.origin, path, query), Patience: v.patience,
		Header: http.Header{"Accept": {"application/json"}},
	}
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return connector.Answer{Err: err}
		}
		call.Form = string(text)
		call.Header.Set("Content-Type", "application/json")
	}
	return connector.Send(ctx, v.client, call)
}
