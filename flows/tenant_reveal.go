package flows

import (
	"context"
	"net/url"

	"signbench/flows/connector"
	"signbench/flows/connector/tenant"
	"signbench/flows/fault"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
)

// RevealError signs in at the provider behind a connector, and hands what comes back
// to Logto's own API, which redeems the code: its answer is the error that Logto's
// page does not show. Nobody is signed in to the tenant by it, and no account is
// created.
//
// RedirectURI is an address of this machine that is registered upstream, or the
// tenant's own callback. From there the URL is pasted: Logto's page does not know
// what began elsewhere, and leaves the code alone.
func (e *Engine) RevealError(ctx context.Context, req Request, c tenant.Connector, redirectURI string) *Run {
	return e.start(ctx, oauth.ScenarioReveal, req, func(ctx context.Context, r *Run) error {
		r.emit(chosen(c))
		return r.reached(ctx, func(ctx context.Context, r *Run) error {
			return r.reveal(ctx, c, redirectURI)
		}, fieldsOfVisit...)
	})
}

func (r *Run) reveal(ctx context.Context, c tenant.Connector, redirectURI string) (err error) {
	at := &stages{run: r, passed: map[oauth.Step]bool{}}
	defer func() { at.end(ctx, err) }()
	at.enter(tenant.StepExperience)
	r.origins(ctx)
	api, entrance := r.visitTenant(ctx)
	if api == nil {
		return notLetIn(ctx, entrance)
	}
	at.enter(connector.StepAuthorize)
	begun, journey, err := r.departTenant(ctx, api, c, redirectURI)
	if err != nil {
		return err
	}
	defer func() { _ = journey.listener.Close() }()
	at.enter(connector.StepCallback)
	callback, err := r.await(ctx, journey)
	if err != nil {
		return err
	}
	at.enter(connector.StepVerify)
	answer := api.Verify(ctx, c, begun, callback.Params, journey.listener.RedirectURI())
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case !answer.OK():
		return failure(tenant.Fault(connector.StepVerify, r.profile.Endpoint, answer))
	}
	return nil
}

// departTenant asks Logto for the address upstream and sends the browser there.
func (r *Run) departTenant(ctx context.Context, api *tenant.Visit, c tenant.Connector, redirectURI string) (tenant.Begun, visit, error) {
	state := random()
	listener, err := r.listenOrPaste(ctx, api, loopback.Config{RedirectURI: redirectURI, State: state.Reveal()})
	if err != nil {
		return tenant.Begun{}, visit{}, err
	}
	r.guard(state)
	begun := api.AuthorizationURI(ctx, c, state, listener.RedirectURI())
	target, err := url.Parse(begun.URL.Reveal())
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case !begun.OK():
		err = failure(tenant.Fault(connector.StepAuthorize, r.profile.Endpoint, begun.Answer))
	case begun.ID == "":
		err = failure(tenant.Unfit(begun.Answer))
	case err != nil || target.Host == "":
		err = failure(fault.New(fault.LogtoUpstreamURL, connector.StepAuthorize, map[string]string{"URL": tenant.Bare(begun.URL)}, begun.IDs...))
	}
	if err != nil {
		_ = listener.Close()
		return begun, visit{}, err
	}
	r.emit(UpstreamBuilt{URL: begun.URL, RedirectURI: listener.RedirectURI()})
	return begun, r.sendUpstream(ctx, listener, begun.URL), nil
}

// listenOrPaste listens, except at an address of the tenant, which may be one of this
// machine: a callback there is pasted.
func (r *Run) listenOrPaste(ctx context.Context, api *tenant.Visit, cfg loopback.Config) (*loopback.Listener, error) {
	if api.Owns(cfg.RedirectURI) {
		cfg.Pages = r.cfg.Pages
		return loopback.PasteOnly(cfg)
	}
	return r.listen(ctx, connector.StepAuthorize, cfg)
}
