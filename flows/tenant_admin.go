package flows

import (
	"context"

	"signbench/flows/connector/tenant"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// AdminSession is the Management API of a tenant while it is used. What it reads is
// not recorded: it holds secrets of connectors in clear.
type AdminSession = tenant.Console

// Administer opens the Management API of the profile's tenant with the credential,
// and closes it when do has returned. It is no run, and nothing of it is kept. The
// error is a *Failure, or that of ctx; no secret of the credential is in it.
//
// Nothing is written to the tenant but by AdminSession.Apply, and nothing sent but by
// SendTest: each is for a press of the user's that says so.
func (e *Engine) Administer(
	ctx context.Context, req Request, a tenant.Admin, do func(context.Context, *AdminSession) *fault.Fault,
) error {
	req.Secret = a.Secret // guarded, in the place of the app's
	_, err := e.ask(ctx, req, func(ctx context.Context, r *Run) error {
		a.Endpoint = r.profile.Endpoint
		console, f := tenant.Open(ctx, r.client, a, r.cfg.Limits.Request, r.guard)
		if f == nil {
			f = do(ctx, console)
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case f != nil:
			return failure(*f)
		}
		return nil
	}, oauth.FieldEndpoint)
	return err
}
