package flows

import (
	"context"

	"signbench/flows/connector/tenant"
	"signbench/flows/oauth"
)

// ExamineConnector starts what can be known of a connector of the profile's tenant
// without a user: what Logto would send upstream, and what is answered there.
func (e *Engine) ExamineConnector(ctx context.Context, req Request, c tenant.Connector) *Run {
	return e.start(ctx, oauth.ScenarioConnector, req, func(ctx context.Context, r *Run) error {
		r.emit(chosen(c))
		return r.reached(ctx, func(ctx context.Context, r *Run) error {
			r.origins(ctx)
			x := tenant.Examination{
				Connector: c, Patience: r.cfg.Limits.Request, Enter: r.visitTenant,
				Built: func(upstream oauth.Secret, redirectURI string) {
					r.emit(UpstreamBuilt{URL: upstream, RedirectURI: redirectURI})
				},
			}
			return checkConnector(ctx, r, x, x.Setup())
		}, fieldsOfVisit...)
	})
}
