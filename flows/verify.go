package flows

import (
	"context"
	"errors"
	"slices"
	"time"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// verification is what verifying an ID token needs besides the run's own state.
type verification struct {
	tokens   oauth.TokenSet
	nonce    string
	asked    time.Time // when the browser was sent away
	keys     *keySet
	previous *jose.Token // the ID token before a refresh
}

// verify runs every check on the ID token and returns it decoded.
func (r *Run) verify(ctx context.Context, v verification) (jose.Token, error) {
	token := jose.Decode(v.tokens.IDToken.Reveal())
	err := r.step(ctx, oauth.StepVerify, func(ctx context.Context) error {
		keys, keysErr := v.keys.wait(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if keysErr == nil && keys.Verify(token, nil).Reason == jose.UnknownKID {
			// A key that is not in the set: the provider may have rotated just before signing
			// (OIDC Core 10.1.1). Ask once more, and once only.
			keys, keysErr = r.fetchKeys(ctx)
		}
		r.keys = keys
		// The access token is the API's to judge; what it would find is reported.
		r.emit(Checked{Subject: "access_token", Report: check.AccessToken(jose.Decode(v.tokens.AccessToken.Reveal()), check.AccessTokenInput{
			Issuer: r.metadata.Issuer, ClientID: r.profile.Client.ID, Resource: r.resource(),
			Keys: keys, KeysErr: keysErr, Now: r.cfg.Now(), Skew: *r.cfg.Limits.Skew,
		})})
		judged := r.clock(v, r.judge(oauth.StepVerify, "id_token", check.IDToken(check.IDTokenInput{
			Token: token, Issuer: r.metadata.Issuer, ClientID: r.profile.Client.ID,
			Nonce: v.nonce, AccessToken: v.tokens.AccessToken, Keys: keys, KeysErr: keysErr,
			Metadata: r.metadata, MaxAge: r.profile.MaxAge, ACRValues: r.profile.ACRValues,
			Now: r.cfg.Now(), Skew: *r.cfg.Limits.Skew, RequestedAt: v.asked, Previous: v.previous,
		})))
		// That the keys could not be had is the cause; that the signature is unverified
		// follows from it.
		var cause, effect *Failure
		if !errors.As(keysErr, &cause) {
			return judged
		}
		if errors.As(judged, &effect) {
			for _, f := range effect.Faults {
				if f.Params["Reason"] != check.KeysUnavailable {
					cause.Faults = append(cause.Faults, f)
				}
			}
		}
		return r.unverified(cause, judged)
	})
	return token, err
}

// timed are the checks that fail when two clocks differ.
var timed = []fault.Code{"id_token.exp", "id_token.nbf", "id_token.iat", "id_token.auth_time"}

// clock adds to checks that failed for a time what the token response says of the
// provider's clock, when it differs by more than is tolerated: then that is the
// cause, and neither the token nor the provider is at fault.
func (r *Run) clock(v verification, judged error) error {
	var failed *Failure
	step := oauth.StepToken
	if v.previous != nil {
		step = oauth.StepRefresh
	}
	ahead, known := r.exchange(step).Skew()
	if !known || ahead.Abs() <= *r.cfg.Limits.Skew || !errors.As(judged, &failed) {
		return judged
	}
	if !slices.ContainsFunc(failed.Faults, func(f fault.Fault) bool { return slices.Contains(timed, f.Code) }) {
		return judged
	}
	side := "ahead" // of this machine
	if ahead < 0 {
		side = "behind"
	}
	skewed := fault.New(fault.ClockSkew, oauth.StepVerify,
		map[string]string{"Skew": ahead.Abs().Round(time.Second).String(), "Side": side}, r.exchanges(step)...)
	skewed.Allowance = oauth.AllowLifetime // what lets the times pass lets their cause pass
	failed.Faults = append(failed.Faults, skewed)
	return failed
}
