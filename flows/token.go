package flows

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"golang.org/x/oauth2"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// authStyle pins how x/oauth2 authenticates. Left to itself it tries one way and
// then, on any error, the other: the code is spent twice and the first answer, the
// true one, is lost.
func authStyle(m oauth.AuthMethod) oauth2.AuthStyle {
	if m == oauth.ClientSecretBasic {
		return oauth2.AuthStyleInHeader
	}
	return oauth2.AuthStyleInParams // also the public client: its ID and no secret
}

// redeem trades the code for tokens in exactly one token request (OIDC Core
// 3.1.3.1) and checks the response around the ID token.
func (r *Run) redeem(ctx context.Context, request oauth.AuthorizationRequest, response oauth.AuthorizationResponse) (oauth.TokenSet, error) {
	var tokens oauth.TokenSet
	err := r.step(ctx, oauth.StepToken, func(ctx context.Context) error {
		requested := r.profile.Scopes
		cfg := oauth2.Config{
			ClientID: r.profile.Client.ID, ClientSecret: r.presented(), RedirectURL: request.RedirectURI,
			Endpoint: oauth2.Endpoint{TokenURL: r.metadata.TokenEndpoint, AuthStyle: authStyle(r.profile.Client.AuthMethod)},
		}
		options := []oauth2.AuthCodeOption{oauth2.VerifierOption(request.CodeVerifier.Reveal())}
		if resource := r.resource(); resource != "" {
			options = append(options, oauth2.SetAuthURLParam("resource", resource))
		}
		ctx, cancel := context.WithTimeout(ctx, r.cfg.Limits.Request)
		defer cancel()
		token, err := cfg.Exchange(context.WithValue(ctx, oauth2.HTTPClient, r.client), response.Code.Reveal(), options...)
		if err != nil {
			return r.notRedeemed(oauth.StepToken, err)
		}
		tokens = r.tokenSet(token)
		return r.received(oauth.StepToken, tokens, requested)
	})
	return tokens, err
}

// resource is the audience that the access token is asked for. The profile may name
// several (RFC 8707 2), one access token is for one of them: the first. Logto wants
// it repeated in each token request.
func (r *Run) resource() string {
	if len(r.profile.Resources) == 0 {
		return ""
	}
	return r.profile.Resources[0]
}

// presented is the secret as far as the profile's method presents one.
func (r *Run) presented() string {
	if !r.profile.Client.AuthMethod.NeedsSecret() {
		return ""
	}
	return r.secret.Reveal()
}

func (r *Run) tokenSet(t *oauth2.Token) oauth.TokenSet {
	idToken, _ := t.Extra("id_token").(string)
	scope, _ := t.Extra("scope").(string)
	set := oauth.TokenSet{
		AccessToken: oauth.Secret(t.AccessToken), TokenType: t.TokenType, RefreshToken: oauth.Secret(t.RefreshToken),
		IDToken: oauth.Secret(idToken), Scope: scope, ReceivedAt: r.cfg.Now(),
	}
	if t.ExpiresIn > 0 {
		set.ExpiresAt = set.ReceivedAt.Add(time.Duration(t.ExpiresIn) * time.Second)
	}
	return set
}

// received publishes a token response and judges it.
func (r *Run) received(step oauth.Step, tokens oauth.TokenSet, requested []string) error {
	r.guard(tokens.AccessToken, tokens.RefreshToken, tokens.IDToken)
	r.emit(TokensReceived{Tokens: tokens, Decoded: Decode(tokens)})
	ex := r.exchange(step)
	return r.judge(step, "token_response", check.TokenResponse(check.TokenResponseInput{
		Tokens: tokens, Header: ex.Response.Header, Body: ex.Response.Body.Bytes, RequestedScopes: requested,
		OfflineRequested: slices.Contains(requested, "offline_access"), Refresh: step == oauth.StepRefresh,
	}))
}

// notRedeemed tells a transport failure, an OAuth error and an answer that is
// neither from one another. The recorded exchange is the witness: the library's
// errors drop what the answer was.
func (r *Run) notRedeemed(step oauth.Step, err error) error {
	ex := r.exchange(step)
	if ex == nil || ex.Response == nil {
		return r.unsent(step, r.metadata.TokenEndpoint, err)
	}
	var retrieve *oauth2.RetrieveError
	if errors.As(err, &retrieve) {
		return r.refused(step, r.metadata.TokenEndpoint, ex)
	}
	if ex.Response.Body.Err != nil {
		return r.unsent(step, r.metadata.TokenEndpoint, ex.Response.Body.Err)
	}
	if ex.Response.Status != http.StatusOK || !json.Valid(ex.Response.Body.Bytes) {
		return r.unusable(step, r.metadata.TokenEndpoint, ex)
	}
	return r.missingAccessToken(step, ex.Response.Header.Get("Content-Type"))
}

func (r *Run) missingAccessToken(step oauth.Step, contentType string) error {
	return failure(fault.New(fault.TokenMissingAccessToken, step, map[string]string{"Type": contentType}, r.exchanges(step)...))
}
