package flows

import (
	"context"
	"errors"

	"signbench/flows/connector/tenant"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// Probed is one thing that Check setup found out.
type Probed struct{ Row probe.Row }

func (Probed) body() {}

// CheckSetup starts what can be known of the profile without a user.
func (e *Engine) CheckSetup(ctx context.Context, req Request) *Run {
	return e.start(ctx, oauth.ScenarioCheck, req, checkSetup)
}

// checkSetup asks all probes, each on the profile as it stands: an incomplete one
// is just what it is for.
func checkSetup(ctx context.Context, r *Run) error {
	release, err := r.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	failed := false
	machine := r.cfg.Machine
	if machine.Port = r.portIsFree; r.request.Beside {
		machine.Port = nil
	}
	setup := probe.Setup{Profile: r.profile, Secret: r.secret, AskWrongSecret: r.request.AskWrongSecret}
	tell := func(row probe.Row) {
		failed = failed || row.Verdict == probe.Fail
		r.emit(Probed{Row: row})
	}
	probe.Run(ctx, r.client, setup, machine, tell)
	if _, asked := probe.Hint(r.profile); asked {
		tell(r.whereHinted(ctx))
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if failed {
		return &Failure{Step: oauth.StepPrepare} // the rows say what
	}
	return nil
}

// whereHinted asks the sign-in page where the address of login_hint is sent.
func (r *Run) whereHinted(ctx context.Context) probe.Row {
	profile := r.profile
	defer func() { r.profile = profile }() // a visitor asks for less
	route := tenant.ReadAddress(profile.LoginHint)
	visit, entrance := r.visitTenant(ctx)
	if visit == nil {
		return probe.HintUnasked(ctx.Err() != nil, entrance.Evidence)
	}
	route, answer, ok := tenant.Follow(ctx, visit.Route, tenant.Listing{}, route)
	if !ok {
		return probe.HintUnasked(ctx.Err() != nil, answer.IDs)
	}
	var connectors []string
	for _, c := range route.Connectors {
		connectors = append(connectors, c.ID)
	}
	return probe.HintRow(profile, connectors, route.Parent, answer.IDs)
}

// portIsFree tries what a sign-in would do with the redirect URI.
func (r *Run) portIsFree(ctx context.Context, redirectURI string) error {
	listener, err := loopback.Listen(ctx, loopback.Config{RedirectURI: redirectURI, State: random().Reveal()})
	if err == nil {
		return listener.Close()
	}
	var taken *loopback.PortTakenError
	var remote *loopback.NotLoopbackError
	switch {
	case errors.As(err, &remote):
		return &probe.PortError{Reason: probe.PortNotLoopback}
	case errors.As(err, &taken):
		e := &probe.PortError{Reason: probe.PortTaken, Free: taken.Free}
		if taken.Holder != nil {
			e.Holder = taken.Holder.Name
		}
		return e
	}
	return err
}
