package flows

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"signbench/flows/fault"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
)

// signOut ends both sessions: the local one by revoking and forgetting the
// tokens, the provider's by its end-session endpoint (RP-Initiated Logout 1.0, 2).
// The local one ends first and whatever happens: a user who signs out must not stay
// signed in because a provider is down.
func signOut(ctx context.Context, r *Run) error {
	release, err := r.prepare(ctx)
	if err != nil {
		r.emit(SignedOut{})
		return err
	}
	defer release()
	if r.session != nil {
		r.guard(r.session.Tokens.RefreshToken, r.session.Tokens.AccessToken, r.session.Tokens.IDToken)
	}
	if err := r.discover(ctx); err != nil {
		r.emit(SignedOut{})
		return err
	}
	err = r.revoke(ctx)
	r.emit(SignedOut{})
	if err != nil {
		return err
	}
	return r.endSession(ctx)
}

// revoke revokes the refresh token and the access token (RFC 7009 2.1). A refusal
// is a warning: revocation is the provider's courtesy, not its duty.
func (r *Run) revoke(ctx context.Context) error {
	return r.step(ctx, oauth.StepRevoke, func(ctx context.Context) error {
		target := r.metadata.RevocationEndpoint
		if target == "" || r.session == nil {
			return errSkipped
		}
		for _, t := range r.revocable() {
			if t.token.Empty() {
				continue
			}
			ex, err := r.post(ctx, oauth.StepRevoke, target, url.Values{"token": {t.token.Reveal()}, "token_type_hint": {t.hint}})
			if ctx.Err() != nil {
				return ctx.Err()
			}
			var cause *Failure
			switch {
			case err != nil:
				errors.As(r.unsent(oauth.StepRevoke, target, err), &cause)
			case ex.Response.Status != http.StatusOK:
				errors.As(r.refused(oauth.StepRevoke, target, ex), &cause)
			default:
				continue
			}
			f := cause.Faults[0]
			if e, _ := fault.Lookup(f.Code); e.Unknown || !slices.Contains(e.Steps, oauth.StepRevoke) {
				f.Params["Cause"], f.Code = string(f.Code), fault.RevokeFailed
			}
			f.Params["Token"] = t.hint
			r.warn(f)
		}
		return nil
	})
}

// revocable is a token, and its token_type_hint (RFC 7009 2.1).
type revocable struct {
	hint  string
	token oauth.Secret
}

// revocable lists what the session has, always in the same order, so that two runs can
// be compared. The refresh token is first: until it is gone it makes new access tokens.
func (r *Run) revocable() []revocable {
	tokens := r.session.Tokens
	return []revocable{{"refresh_token", tokens.RefreshToken}, {"access_token", tokens.AccessToken}}
}

// endSession sends the browser to the end-session endpoint and says how it came
// back. The browser must go there itself: its cookie is the session.
func (r *Run) endSession(ctx context.Context) error {
	var journey visit
	state := random()
	defer func() {
		if journey.listener != nil {
			_ = journey.listener.Close()
		}
	}()
	err := r.step(ctx, oauth.StepEndSession, func(ctx context.Context) error {
		if r.metadata.EndSessionEndpoint == "" {
			return failure(fault.New(fault.EndSessionMissing, oauth.StepEndSession,
				map[string]string{"Issuer": r.metadata.Issuer}, r.exchanges(oauth.StepDiscovery)...))
		}
		var err error
		if uri := r.profile.Client.PostLogoutRedirectURI; uri != "" {
			journey.listener, err = r.listen(ctx, oauth.StepEndSession, loopback.Config{
				RedirectURI: uri, State: state.Reveal(), AllowBare: true,
			})
			if err != nil {
				return err
			}
		}
		journey.leave, journey.back, journey.limit = oauth.StepEndSession, oauth.StepReturn, r.cfg.Limits.Return
		journey.opened = make(chan error, 1)
		journey.url, err = r.endSessionURL(journey.listener, state)
		if err != nil {
			return r.unsent(oauth.StepEndSession, r.metadata.EndSessionEndpoint, err)
		}
		r.open(ctx, journey)
		return nil
	})
	if err != nil {
		return err
	}
	return r.step(ctx, oauth.StepReturn, func(ctx context.Context) error {
		if journey.listener == nil {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case err := <-journey.opened:
				if err != nil {
					r.notOpened(journey, err)
				}
			}
			r.warn(fault.New(fault.EndSessionNoURI, oauth.StepReturn, nil))
			return errSkipped
		}
		return r.awaitReturn(ctx, journey)
	})
}

func (r *Run) endSessionURL(listener *loopback.Listener, state oauth.Secret) (string, error) {
	endpoint, err := url.Parse(r.metadata.EndSessionEndpoint)
	if err != nil {
		return "", err
	}
	query := endpoint.Query()
	query.Set("client_id", r.profile.Client.ID)
	if r.session != nil && !r.session.Tokens.IDToken.Empty() {
		query.Set("id_token_hint", r.session.Tokens.IDToken.Reveal())
	}
	if listener != nil {
		query.Set("post_logout_redirect_uri", listener.RedirectURI())
		query.Set("state", state.Reveal())
	}
	endpoint.RawQuery = query.Encode()
	return endpoint.String(), nil
}

// awaitReturn takes any request on the post sign-out path as the return, and says
// whether its state was the one that was sent. Unlike a sign-in nothing is at
// stake: a wrong state is reported, not waited out.
func (r *Run) awaitReturn(ctx context.Context, v visit) error {
	uri := v.listener.RedirectURI()
	v.timeout = func(loopback.Kind) fault.Fault {
		return fault.New(fault.EndSessionTimeout, oauth.StepReturn, map[string]string{
			"post_logout_redirect_uri": uri, "PostLogoutRedirectURI": uri, "Waited": v.limit.String(),
		})
	}
	v.settles = func(cb loopback.Callback) bool {
		switch cb.Kind {
		case loopback.Accepted, loopback.WrongState, loopback.MissingState:
			return true
		default:
			return false
		}
	}
	callback, err := r.await(ctx, v)
	if err != nil {
		return err
	}
	match := StateEqual
	switch {
	case callback.Params.Get("state") == "":
		match = StateAbsent
		r.warn(fault.New(fault.EndSessionNoState, oauth.StepReturn, nil, r.exchanges(oauth.StepReturn)...))
	case callback.Kind != loopback.Accepted:
		match = StateDifferent
		r.warn(fault.New(fault.EndSessionState, oauth.StepReturn, nil, r.exchanges(oauth.StepReturn)...))
	}
	r.emit(Returned{State: match})
	return nil
}
