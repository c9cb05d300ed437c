package tenant

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// How entering a tenant's sign-in page goes.
const (
	Entered     = "entered"
	NotReached  = "unreachable"    // the authorization endpoint does not answer
	BadClient   = "unknown_client" // the app is not one of the tenant's
	BadRedirect = "not_registered" // the profile's redirect URI
	NotLetIn    = "refused"        // anything else that the authorization endpoint says
	NoAPI       = "no_api"         // no API of the form that is known: an older or a newer server
	NotBegun    = "not_begun"      // the API refuses to begin
	Overtaken   = connector.Cancelled
)

// Entrance is how it went, with what is wrong where it did not go well.
type Entrance struct {
	Reason   string
	Fault    *fault.Fault // nil: entered, or overtaken
	Evidence []int
}

// Astray is an authorization endpoint that is no address.
func Astray(p oauth.Profile, err error) Entrance {
	return stopped(NotReached, fault.Transport(oauth.StepAuthorize, p.Endpoint, err), nil)
}

// Enter is at the authorization endpoint as the browser of the profile's app is, and
// then tells the API that the visitor wants to sign in.
func (v *Visit) Enter(ctx context.Context, p oauth.Profile, target oauth.Secret, redirectURI string) Entrance {
	a := connector.Send(ctx, v.client, connector.Call{
		Step: oauth.StepAuthorize, URL: target.Reveal(), Patience: v.patience, Header: http.Header{"Accept": {"text/html,application/json;q=0.9"}},
	})
	if ctx.Err() != nil {
		return Entrance{Reason: Overtaken}
	}
	if a.Status() == 0 {
		return stopped(NotReached, fault.Transport(oauth.StepAuthorize, target.Reveal(), a.Err), a.IDs)
	}
	at, err := url.Parse(target.Reveal())
	if err != nil {
		return Astray(p, err)
	}
	if sight := probe.ReadAuthorization(redirectURI, at, a.Status(), a.Response.Header, a.Body()); sight.Seen != probe.Login {
		return refusedAt(a, sight, p)
	}
	b := v.begin(ctx)
	b.IDs = slices.Concat(a.IDs, b.IDs)
	said, told := Say(b)
	switch {
	case ctx.Err() != nil:
		return Entrance{Reason: Overtaken}
	case b.OK():
		return Entrance{Reason: Entered, Evidence: b.IDs}
	case b.Status() == http.StatusNotFound && (!told || said.Code == ""), b.Status() == http.StatusMethodNotAllowed:
		return stopped(NoAPI, fault.New(fault.LogtoNoExperience, StepExperience, map[string]string{"Status": b.StatusText()}), b.IDs)
	}
	return stopped(NotBegun, read(StepExperience, v.origin, b), b.IDs)
}

// refusedAt explains an authorization endpoint that leads nowhere.
func refusedAt(a connector.Answer, sight probe.Sight, p oauth.Profile) Entrance {
	step, answer := oauth.StepAuthorize, fault.ErrorResponse{Code: sight.Code, Description: sight.Description}
	if sight.Seen == probe.Returned {
		step = oauth.StepCallback // its error is one that the app would get
	} else if said, ok := fault.ReadErrorResponse(a.Response); ok {
		answer = said
	}
	f := fault.FromErrorResponse(step, p, answer)
	if answer.Code == "" {
		f, _ = fault.Unusable(oauth.StepAuthorize, p.IssuerID(), a.Response, false)
	}
	switch sight.Code {
	case "invalid_client":
		return stopped(BadClient, f, a.IDs)
	case "invalid_redirect_uri", "redirect_uri_mismatch":
		return stopped(BadRedirect, f, a.IDs)
	}
	return stopped(NotLetIn, f, a.IDs)
}

func stopped(reason string, f fault.Fault, evidence []int) Entrance {
	f.Evidence = evidence
	return Entrance{Reason: reason, Fault: &f, Evidence: evidence}
}
