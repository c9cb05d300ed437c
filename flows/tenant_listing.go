package flows

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"signbench/flows/connector/tenant"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// Connectors is what a tenant shows its users, and the exchanges that say so.
type Connectors struct {
	tenant.Listing
	Endpoint  string // of the tenant, where the demo tenant listens now
	Exchanges []*trace.Exchange
}

// Connectors reads what the tenant of the request's profile tells everybody. It is no
// run: nothing of it is kept. The error is a *Failure, or that of ctx; the exchanges
// are there all the same.
func (e *Engine) Connectors(ctx context.Context, req Request) (Connectors, error) {
	var out Connectors
	var err error
	out.Exchanges, err = e.ask(ctx, req, func(ctx context.Context, r *Run) error {
		var err error
		out.Endpoint = r.profile.Endpoint
		out.Listing, err = r.listing(ctx)
		return err
	}, oauth.FieldEndpoint)
	return out, err
}

// ask does what a run does, without being one: nobody follows it, and nothing of it
// is kept. The error is a *Failure as a run would end with, or that of ctx.
func (e *Engine) ask(
	ctx context.Context, req Request, do func(context.Context, *Run) error, fields ...oauth.Field,
) ([]*trace.Exchange, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := newRun(e.cfg, oauth.ScenarioConnector, req, cancel)
	err := r.reached(ctx, do, fields...)
	if err != nil {
		r.end(ctx, err)
	}
	var exchanges []*trace.Exchange
	for _, event := range r.log.Events() {
		switch b := event.Body.(type) {
		case Exchanged:
			exchanges = append(exchanges, b.Exchange)
		case Ended:
			if b.Outcome == Failed {
				err = &Failure{Step: b.Step, Faults: b.Faults}
			}
		}
	}
	return exchanges, err
}

// reached does it while the tenant is there. Only a tenant of Logto has connectors;
// those fields of the profile are needed.
func (r *Run) reached(ctx context.Context, do func(context.Context, *Run) error, fields ...oauth.Field) error {
	if !r.profile.Kind.IsLogto() {
		return failure(r.unprepared(fault.PrepareNotLogto, nil))
	}
	release, err := r.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := r.usable(fields...); err != nil {
		return err
	}
	return do(ctx, r)
}

// listing reads what the tenant shows, and where else it may be reached.
func (r *Run) listing(ctx context.Context) (tenant.Listing, error) {
	target := tenant.ListingURL(r.profile.Endpoint, r.profile.Client.ID)
	ex, err := r.get(ctx, tenant.StepListing, target, nil)
	if err != nil {
		return tenant.Listing{}, r.unsent(tenant.StepListing, target, err)
	}
	origins, notes := r.origins(ctx)
	l, err := tenant.ReadListing(ex.Response.Body.Bytes, origins)
	if ex.Response.Status != http.StatusOK || err != nil {
		return tenant.Listing{}, r.unusable(tenant.StepListing, target, ex)
	}
	l.Notes = append(l.Notes, notes...)
	return l, ctx.Err()
}

// origins are where browsers are known to reach the tenant: the profile's endpoint,
// and the issuer's origin where that is another one, as with a custom domain.
func (r *Run) origins(ctx context.Context) ([]string, []tenant.Note) {
	origins := []string{strings.TrimSuffix(r.profile.Endpoint, "/")}
	ex, err := r.get(ctx, oauth.StepDiscovery, r.profile.IssuerID()+wellKnown, nil)
	var doc oauth.Metadata
	if err != nil || ex.Response.Status != http.StatusOK || json.Unmarshal(ex.Response.Body.Bytes, &doc) != nil {
		return origins, []tenant.Note{{Code: tenant.NoDiscovery}}
	}
	r.metadata = doc
	issuer, err := url.Parse(doc.Issuer)
	if err != nil || issuer.Host == "" {
		return origins, []tenant.Note{{Code: tenant.NoDiscovery}}
	}
	origin := strings.TrimSuffix(strings.TrimSuffix(doc.Issuer, "/"), "/oidc")
	if slices.Contains(origins, origin) {
		return origins, nil
	}
	return append(origins, origin), []tenant.Note{{Code: tenant.OtherOrigin, Params: map[string]string{"Origin": origin}}}
}
