package tenant

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// DefaultResource is the indicator of the Management API of a tenant that is not in
// Logto's cloud. It is a name and no address: it stays the same on localhost and on a
// custom domain.
const DefaultResource = "https://default.logto.app/api"

// ResourceOf is the indicator of the Management API of the tenant at that endpoint,
// as far as the endpoint tells: on a custom domain of the cloud it does not.
func ResourceOf(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "https" {
		return DefaultResource
	}
	if id, ok := strings.CutSuffix(u.Host, ".logto.app"); ok && id != "" && !strings.Contains(id, ".") {
		return "https://" + u.Host + "/api"
	}
	return DefaultResource
}

// Admin is the credential of a machine-to-machine app with Logto's Management API
// permission. There is only one such permission, so that it may do everything.
type Admin struct {
	Endpoint string // of the tenant
	ClientID string
	Secret   oauth.Secret
	Resource string // empty: ResourceOf the endpoint
}

// Validate says what is wrong with ID and resource as they were typed, in the words
// of a profile's fields. An empty resource is none that is wrong.
func (a Admin) Validate() []oauth.FieldError {
	p := oauth.Profile{Kind: oauth.KindLogto, Client: oauth.Client{ID: a.ClientID}}
	if a.Resource != "" {
		p.Resources = []string{a.Resource}
	}
	return slices.DeleteFunc(p.Validate(true), func(e oauth.FieldError) bool {
		return e.Field != oauth.FieldClientID && e.Field != oauth.FieldResources
	})
}

// Likely reports whether the resource has the form that the Management API's has. One
// of another form is of an API of the tenant's own.
func (a Admin) Likely() bool {
	return a.Resource == "" || ResourceOf(strings.TrimSuffix(a.Resource, "/api")) == a.Resource
}

// Console is the Management API with a token. Its answers hold secrets of connectors
// in clear: they are for the bench, and not for a record.
type Console struct {
	endpoint string
	token    oauth.Secret
	client   *http.Client
	patience time.Duration
	guard    func(...oauth.Secret)
}

// Endpoint is the address of the tenant.
func (c *Console) Endpoint() string { return c.endpoint }

// keep lets no secret of the configuration into a text.
func (c *Console) keep(config connector.Config) {
	_, secrets := config.WithoutSecrets()
	for _, s := range secrets {
		c.guard(s)
	}
}

// The codes of what is wrong with a credential, in the words of the mistakes that are
// made.
const (
	BadResource  = fault.LogtoAdminResource
	BadSecret    = fault.LogtoAdminClient
	NotMachine   = fault.LogtoAdminApp
	NoPermission = fault.LogtoAdminRole
	OtherDomain  = fault.LogtoAdminDomain
)

// Open asks for a token (RFC 6749 4.4) with the credential. Guard is told every secret
// that may be in an answer.
func Open(
	ctx context.Context, client *http.Client, a Admin, patience time.Duration, guard func(...oauth.Secret),
) (*Console, *fault.Fault) {
	if a.Resource == "" {
		a.Resource = ResourceOf(a.Endpoint)
	}
	direct := *client
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	request := http.Request{Header: http.Header{}}
	request.SetBasicAuth(url.QueryEscape(a.ClientID), url.QueryEscape(a.Secret.Reveal())) // RFC 6749 2.3.1
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	target := address(a.Endpoint, "/oidc/token", nil)
	answer := connector.Send(ctx, &direct, connector.Call{
		Step: StepManagement, Method: http.MethodPost, URL: target, Header: request.Header, Patience: patience,
		Form: url.Values{"grant_type": {"client_credentials"}, "resource": {a.Resource}, "scope": {"all"}}.Encode(),
	})
	var granted struct {
		Token string `json:"access_token"` // #nosec G117 -- put into a Secret at once
		Scope string `json:"scope"`
	}
	if !answer.OK() || json.Unmarshal(answer.Body(), &granted) != nil || granted.Token == "" {
		f := refusedToken(target, answer, a)
		return nil, &f
	}
	if granted.Scope != "" && granted.Scope != "all" {
		f := fault.New(NoPermission, StepManagement, map[string]string{"ClientID": a.ClientID}, answer.IDs...)
		return nil, &f
	}
	guard(oauth.Secret(granted.Token))
	return &Console{strings.TrimSuffix(a.Endpoint, "/"), oauth.Secret(granted.Token), &direct, patience, guard}, nil
}

// refusedToken explains a token endpoint that gives no token.
func refusedToken(target string, a connector.Answer, admin Admin) fault.Fault {
	f := Fault(StepManagement, target, a)
	if a.Status() == 0 {
		return f
	}
	said, _ := fault.ReadErrorResponse(a.Response)
	codes := map[string]fault.Code{
		"invalid_target": BadResource, "invalid_client": BadSecret,
		"unauthorized_client": NotMachine, "unsupported_grant_type": NotMachine,
	}
	if code, ok := codes[said.Code]; ok {
		f = fault.New(code, StepManagement, map[string]string{
			"Resource": admin.Resource, "ClientID": admin.ClientID, "Description": said.Description,
		}, a.IDs...)
	}
	return f
}

// refused explains an API that does not take the token, or the request.
func (c *Console) refused(a connector.Answer) *fault.Fault {
	f := Fault(StepManagement, c.endpoint, a)
	said, told := Say(a)
	var body struct{ Data struct{ Claim string } }
	if told {
		_ = json.Unmarshal(a.Body(), &body) // without data there is no claim
	}
	code := f.Code
	switch {
	case said.Code == "auth.forbidden":
		code = NoPermission
	case said.Code == "auth.unauthorized" && body.Data.Claim == "aud":
		code = BadResource
	case said.Code == "auth.unauthorized" && body.Data.Claim == "iss":
		code = OtherDomain
	}
	if code != f.Code {
		f = fault.New(code, StepManagement, map[string]string{"Description": said.Message}, a.IDs...)
	}
	return &f
}

// call makes a request with the token and reads a success into v, where there is
// something to read.
func (c *Console) call(ctx context.Context, method, path string, query url.Values, body oauth.Secret, v any) *fault.Fault {
	call := connector.Call{
		Step: StepManagement, Method: method, URL: address(c.endpoint, path, query), Patience: c.patience, Form: body.Reveal(),
		Header: http.Header{"Accept": {"application/json"}, "Authorization": {"Bearer " + c.token.Reveal()}},
	}
	if !body.Empty() {
		call.Header.Set("Content-Type", "application/json")
	}
	a := connector.Send(ctx, c.client, call)
	switch {
	case !a.OK():
		return c.refused(a)
	case v != nil && json.Unmarshal(a.Body(), v) != nil:
		f, _ := fault.Unusable(StepManagement, call.URL, a.Response, false)
		f.Evidence = a.IDs
		return &f
	}
	return nil
}
