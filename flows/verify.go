package flows

import (
	"context"
	"errors"
	"time"

	"signbench/flows/check"
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
			Keys: keys, KeysErr: keysErr, Now: r.cfg.Now(), Skew: r.cfg.Limits.Skew,
		})})
		judged := r.judge(oauth.StepVerify, "id_token", check.IDToken(check.IDTokenInput{
			Token: token, Issuer: r.metadata.Issuer, ClientID: r.profile.Client.ID,
			Nonce: v.nonce, AccessToken: v.tokens.AccessToken, Keys: keys, KeysErr: keysErr,
			Metadata: r.metadata, MaxAge: r.profile.MaxAge, ACRValues: r.profile.ACRValues,
			Now: r.cfg.Now(), Skew: r.cfg.Limits.Skew, RequestedAt: v.asked, Previous: v.previous,
		}))
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
