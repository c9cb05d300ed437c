package flows

import (
	"context"
	"errors"
	"time"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// mistakes are the sign-ins that do on purpose what a provider must refuse. A refusal
// ends the run as it would end an application's, and is marked; none is a fault.
var mistakes = map[oauth.Scenario]func(context.Context, *Run) error{
	oauth.ScenarioWrongRedirectURI:   wrongRedirectURI,
	oauth.ScenarioWrongSecret:        wrongSecret,
	oauth.ScenarioReplayedCode:       replayedCode,
	oauth.ScenarioReusedRefreshToken: reusedRefreshToken,
}

// wrongRedirectURI asks with a redirect URI that is not registered (RFC 9700 2.1). A
// provider must show that to the user and send nobody there (RFC 6749 4.1.2.1): as no
// user has anything to do (prompt=none), whoever comes back comes at once.
func wrongRedirectURI(ctx context.Context, r *Run) error {
	release, err := r.reach(ctx)
	if err != nil {
		return err
	}
	defer release()
	r.cfg.Limits.Callback = min(r.cfg.Limits.Callback, 2*r.cfg.Limits.Overdue)
	anything := func(oauth.AuthorizationRequest, oauth.AuthorizationResponse) error { return nil }
	if _, _, err := r.authorize(ctx, anything); err != nil {
		return r.mistaken(err, fault.CallbackTimeout)
	}
	return r.accepted(fault.AcceptedRedirectURI, oauth.StepCallback)
}

// wrongSecret redeems the code with a secret that is not the client's (RFC 6749 5.2).
func wrongSecret(ctx context.Context, r *Run) error {
	if !r.profile.Client.AuthMethod.NeedsSecret() {
		return failure(r.unprepared(fault.PreparePublic, nil))
	}
	return r.withCode(ctx, func(request oauth.AuthorizationRequest, response oauth.AuthorizationResponse) error {
		r.secret = random()
		if _, err := r.redeem(ctx, request, response); err != nil {
			return r.mistaken(err)
		}
		return r.accepted(fault.AcceptedSecret, oauth.StepToken)
	})
}

// replayedCode redeems the code twice (RFC 6749 4.1.2).
func replayedCode(ctx context.Context, r *Run) error {
	return r.withCode(ctx, func(request oauth.AuthorizationRequest, response oauth.AuthorizationResponse) error {
		if _, err := r.redeem(ctx, request, response); err != nil {
			return err
		}
		if _, err := r.redeem(ctx, request, response); err != nil {
			return r.mistaken(err)
		}
		return r.accepted(fault.AcceptedCode, oauth.StepToken)
	})
}

// grace is how long some providers accept a refresh token beside its successor, so that
// a lost answer does not end a session: Logto three seconds.
const grace = 5 * time.Second

// reusedRefreshToken uses a refresh token again that has got a successor (RFC 9700
// 4.14.2). The token is that of a sign-in of its own, since the answer to such a reuse
// is to revoke all that came of that sign-in.
func reusedRefreshToken(ctx context.Context, r *Run) error {
	return r.withCode(ctx, func(request oauth.AuthorizationRequest, response oauth.AuthorizationResponse) error {
		first, err := r.redeem(ctx, request, response)
		if err != nil {
			return err
		}
		if first.RefreshToken.Empty() {
			return failure(r.unprepared(fault.PrepareNoSession, nil))
		}
		second, err := r.renew(ctx, first)
		if err != nil {
			return err
		}
		if second.RefreshToken == first.RefreshToken {
			return r.unrotated()
		}
		if err := r.cfg.Pause(ctx, grace); err != nil {
			return err
		}
		if _, err := r.renew(ctx, first); err != nil {
			return r.mistaken(err)
		}
		return r.accepted(fault.AcceptedRefreshToken, oauth.StepRefresh)
	})
}

// withCode goes on from the authorization code.
func (r *Run) withCode(ctx context.Context, goOn func(oauth.AuthorizationRequest, oauth.AuthorizationResponse) error) error {
	release, err := r.reach(ctx)
	if err != nil {
		return err
	}
	defer release()
	request, response, err := r.authorize(ctx, r.judgeResponse)
	if err != nil {
		return err
	}
	return goOn(request, response)
}

// mistaken marks the refusal of what was wrong on purpose: an answer of the provider,
// or one of these codes. Any other failure stays what it is.
func (r *Run) mistaken(err error, codes ...fault.Code) error {
	var failed *Failure
	if !errors.As(err, &failed) {
		return err
	}
	f := &failed.Faults[0]
	refusal := f.Params["Error"] != ""
	for _, code := range codes {
		refusal = refusal || f.Code == code
	}
	if refusal {
		f.Params[fault.Mistake] = string(r.scenario)
	}
	return err
}

func (r *Run) accepted(code fault.Code, step oauth.Step) error {
	return failure(fault.New(code, step, nil, r.exchanges(step)...))
}

// unrotated judges a refresh token that stays as it is: a client that authenticates
// binds it to itself, a public one does not (RFC 9700 4.14.2).
func (r *Run) unrotated() error {
	f := fault.New(fault.UnrotatedRefreshToken, oauth.StepRefresh, nil, r.exchanges(oauth.StepRefresh)...)
	if r.profile.Client.AuthMethod.NeedsSecret() {
		r.warn(f)
		return nil
	}
	return failure(f)
}
