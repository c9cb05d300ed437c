package flows

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// refresh redeems the refresh token (RFC 6749 6) and checks the new ID token, if
// one comes, against the old one (OIDC Core 12.2).
func refresh(ctx context.Context, r *Run) error {
	release, err := r.prepare(ctx)
	if err != nil {
		return err
	}
	defer release()
	if r.session == nil || r.session.Tokens.RefreshToken.Empty() {
		return failure(r.unprepared(fault.PrepareNoSession, nil))
	}
	r.guard(r.session.Tokens.RefreshToken, r.session.Tokens.AccessToken, r.session.Tokens.IDToken)
	if err := r.discover(ctx); err != nil {
		return err
	}
	keys := r.prefetchKeys(ctx)
	old := r.session.Tokens
	tokens, err := r.renew(ctx, old)
	if err != nil {
		return err
	}
	session := *r.session
	session.Tokens = tokens
	idToken := jose.Decode(old.IDToken.Reveal())
	if !tokens.IDToken.Empty() {
		previous := idToken
		idToken, err = r.verify(ctx, verification{tokens: tokens, keys: keys, previous: &previous})
		if err != nil {
			return err
		}
		session.VerifiedAt = r.cfg.Now()
	} else {
		session.Tokens.IDToken = old.IDToken // legal: OIDC Core 12.2
	}
	info, err := r.userInfo(ctx, tokens, idToken)
	if err != nil {
		return err
	}
	if info != nil {
		session.UserInfo = info
	}
	r.signedIn(session)
	return nil
}

// renew sends the refresh request. It is a form of our own and not x/oauth2's
// TokenSource, which can't repeat the resource that Logto wants named again.
func (r *Run) renew(ctx context.Context, old oauth.TokenSet) (oauth.TokenSet, error) {
	var tokens oauth.TokenSet
	err := r.step(ctx, oauth.StepRefresh, func(ctx context.Context) error {
		form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {old.RefreshToken.Reveal()}}
		if resource := r.resource(); resource != "" {
			form.Set("resource", resource)
		}
		target := r.metadata.TokenEndpoint
		ex, err := r.post(ctx, oauth.StepRefresh, target, form)
		if err != nil {
			return r.unsent(oauth.StepRefresh, target, err)
		}
		if ex.Response.Status != http.StatusOK {
			return r.refused(oauth.StepRefresh, target, ex)
		}
		var body struct {
			AccessToken  string      `json:"access_token"`
			TokenType    string      `json:"token_type"`
			RefreshToken string      `json:"refresh_token"`
			IDToken      string      `json:"id_token"`
			Scope        string      `json:"scope"`
			ExpiresIn    json.Number `json:"expires_in"`
		}
		if json.Unmarshal(ex.Response.Body.Bytes, &body) != nil {
			return r.unusable(oauth.StepRefresh, target, ex)
		}
		if body.AccessToken == "" {
			return r.missingAccessToken(oauth.StepRefresh, ex.Response.Header.Get("Content-Type"))
		}
		tokens = oauth.TokenSet{
			AccessToken: oauth.Secret(body.AccessToken), TokenType: body.TokenType, IDToken: oauth.Secret(body.IDToken),
			RefreshToken: oauth.Secret(body.RefreshToken), Scope: body.Scope, ReceivedAt: r.cfg.Now(),
		}
		if seconds, err := body.ExpiresIn.Int64(); err == nil && seconds > 0 {
			tokens.ExpiresAt = tokens.ReceivedAt.Add(time.Duration(seconds) * time.Second)
		}
		if tokens.RefreshToken.Empty() {
			tokens.RefreshToken = old.RefreshToken // not rotated: the old one stays good, RFC 6749 6
		}
		granted := strings.Fields(old.Scope)
		if len(granted) == 0 {
			granted = r.profile.Scopes // as requested, RFC 6749 5.1
		}
		return r.received(oauth.StepRefresh, tokens, granted)
	})
	return tokens, err
}
