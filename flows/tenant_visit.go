package flows

import (
	"context"
	"strings"

	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// fieldsOfVisit are those of a profile without which nobody gets to its sign-in page.
var fieldsOfVisit = []oauth.Field{oauth.FieldEndpoint, oauth.FieldClientID, oauth.FieldRedirectURI}

// visitTenant is a visit to the tenant's sign-in page, which the profile's app has
// sent there. The request asks for as little as possible: what else the profile has
// is for another check. It returns nil when the visitor was not let in.
func (r *Run) visitTenant(ctx context.Context) (*tenant.Visit, tenant.Entrance) {
	if r.metadata.AuthorizationEndpoint == "" {
		r.metadata.AuthorizationEndpoint = strings.TrimSuffix(r.profile.Endpoint, "/") + "/oidc/auth" // where every version has it
	}
	r.profile.Scopes, r.profile.Resources, r.profile.Extra, r.profile.MaxAge = []string{"openid"}, nil, nil, nil
	r.profile.Prompt, r.profile.ACRValues, r.profile.ResponseMode, r.profile.LoginHint = "", "", "", ""
	request, err := r.authorizationRequest(r.profile.Client.RedirectURI, random())
	if err != nil {
		return nil, tenant.Astray(r.profile, err)
	}
	visit, err := tenant.NewVisit(r.client, r.metadata.AuthorizationEndpoint, r.cfg.Limits.Request)
	if err != nil {
		return nil, tenant.Astray(r.profile, err)
	}
	entrance := visit.Enter(ctx, r.profile, oauth.Secret(request.URL), request.RedirectURI)
	if entrance.Reason != tenant.Entered {
		return nil, entrance
	}
	return visit, entrance
}

// Routed is where an e-mail address is sent, and the exchanges that say so.
type Routed struct {
	tenant.Route
	Exchanges []*trace.Exchange
}

// RouteEmail asks the tenant which enterprise connector an e-mail address is sent to,
// and why none. It is no run: nothing of it is kept. The error is a *Failure, or that
// of ctx.
func (e *Engine) RouteEmail(ctx context.Context, req Request, address string) (Routed, error) {
	out := Routed{Route: tenant.ReadAddress(address)}
	if out.Reason == tenant.NoAddress {
		return out, nil
	}
	var err error
	out.Exchanges, err = e.ask(ctx, req, func(ctx context.Context, r *Run) error {
		l, err := r.listing(ctx)
		if err != nil {
			return err
		}
		visit, entrance := r.visitTenant(ctx)
		if visit == nil {
			return notLetIn(ctx, entrance)
		}
		route, answer, ok := tenant.Follow(ctx, visit.Route, l, out.Route)
		out.Route = route
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case !ok:
			return failure(tenant.Fault(tenant.StepExperience, r.profile.Endpoint, answer))
		}
		return nil
	}, fieldsOfVisit...)
	return out, err
}

// notLetIn is why nobody gets to the sign-in page.
func notLetIn(ctx context.Context, entrance tenant.Entrance) error {
	if entrance.Fault == nil {
		return ctx.Err()
	}
	return failure(*entrance.Fault)
}
