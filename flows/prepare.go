package flows

import (
	"context"
	"maps"
	"slices"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// acquire makes sure that the demo tenant, where the profile is its own, is
// listening. The returned function lets it go.
func (r *Run) acquire(ctx context.Context) (release func(), err error) {
	release = func() {}
	if r.profile.Kind != oauth.KindDemo {
		return release, nil
	}
	if r.cfg.Tenant == nil {
		return release, failure(r.unprepared(fault.PrepareDemo, map[string]string{"Cause": "there is no demo tenant in this program"}))
	}
	endpoint, done, err := r.cfg.Tenant.Acquire(ctx)
	if err != nil {
		return release, failure(r.unprepared(fault.PrepareDemo, map[string]string{"Cause": err.Error()}))
	}
	r.profile.Endpoint = endpoint
	return done, nil
}

// prepare makes sure that the profile can be used, and acquires what it needs.
func (r *Run) prepare(ctx context.Context) (release func(), err error) {
	release, err = r.acquire(ctx)
	if err != nil {
		return release, err
	}
	if err := r.usable(); err != nil {
		release()
		return func() {}, err
	}
	return release, nil
}

// usable looks at those fields of the profile, at all where none is named.
func (r *Run) usable(fields ...oauth.Field) error {
	for _, e := range r.profile.Validate(!r.secret.Empty()) {
		if e.Severity != oauth.SeverityError || fields != nil && !slices.Contains(fields, e.Field) {
			continue
		}
		code := fault.PrepareProfile
		if e.Field == oauth.FieldSecret {
			code = fault.PrepareSecret
		}
		params := map[string]string{"Field": string(e.Field), "Problem": e.Code}
		maps.Copy(params, e.Params)
		f := r.unprepared(code, params)
		f.Remedy = remedyFor[e.Field]
		return failure(f)
	}
	return nil
}

// reach prepares the run and discovers the provider: how every flow begins that
// needs both.
func (r *Run) reach(ctx context.Context) (release func(), err error) {
	release, err = r.prepare(ctx)
	if err != nil {
		return release, err
	}
	if err := r.discover(ctx); err != nil {
		release()
		return func() {}, err
	}
	return release, nil
}

var remedyFor = map[oauth.Field]fault.Remedy{
	oauth.FieldEndpoint:    fault.EditEndpoint,
	oauth.FieldIssuer:      fault.EditEndpoint,
	oauth.FieldClientID:    fault.EditClientID,
	oauth.FieldSecret:      fault.EditSecret,
	oauth.FieldRedirectURI: fault.EditRedirectURI,
}

func (r *Run) unprepared(code fault.Code, params map[string]string) fault.Fault {
	return fault.New(code, oauth.StepPrepare, params)
}
