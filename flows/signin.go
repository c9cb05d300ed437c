package flows

import (
	"context"
	"time"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
)

// signIn is the authorization code flow with PKCE, from discovery to user info.
func signIn(ctx context.Context, r *Run) error {
	release, err := r.reach(ctx)
	if err != nil {
		return err
	}
	defer release()
	keys := r.prefetchKeys(ctx) // while the user signs in
	asked := r.cfg.Now()
	request, response, err := r.authorize(ctx, r.judgeResponse)
	if err != nil {
		return err
	}
	tokens, err := r.redeem(ctx, request, response)
	if err != nil {
		return err
	}
	idToken, err := r.verify(ctx, verification{tokens: tokens, nonce: request.Nonce.Reveal(), asked: asked, keys: keys})
	if err != nil {
		return err
	}
	info, err := r.userInfo(ctx, tokens, idToken)
	if err != nil {
		return err
	}
	now := r.cfg.Now()
	r.signedIn(oauth.Session{
		Profile: r.profile.ID, Issuer: r.metadata.Issuer, ClientID: r.profile.Client.ID,
		Tokens: tokens, UserInfo: info, SignedInAt: now, VerifiedAt: now,
	})
	return nil
}

// signedIn publishes a session. Whatever the rule was that was set aside, nothing of
// the session counts as verified, now or after a refresh: keys, tokens and user info
// vouch for one another.
func (r *Run) signedIn(s oauth.Session) {
	if s.SetAside = oauth.JoinAllowances(s.SetAside, r.setAside()); s.SetAside != nil {
		s.VerifiedAt = time.Time{}
	}
	r.emit(SignedIn{Session: s, Decoded: Decode(s.Tokens)})
}

// judge decides on an authorization response.
type judge func(oauth.AuthorizationRequest, oauth.AuthorizationResponse) error

// authorize sends the browser away and judges what it brings back. The loopback is
// listening before the URL is built, because its port may be part of the URL.
func (r *Run) authorize(ctx context.Context, decide judge) (oauth.AuthorizationRequest, oauth.AuthorizationResponse, error) {
	var (
		request  oauth.AuthorizationRequest
		response oauth.AuthorizationResponse
		journey  visit
	)
	err := r.step(ctx, oauth.StepAuthorize, func(ctx context.Context) error {
		state := random()
		listener, err := r.listen(ctx, oauth.StepAuthorize, loopback.Config{
			RedirectURI: r.profile.Client.RedirectURI, State: state.Reveal(),
		})
		if err != nil {
			return err
		}
		request, err = r.authorizationRequest(listener.RedirectURI(), state)
		if err != nil {
			_ = listener.Close()
			return r.unsent(oauth.StepAuthorize, r.metadata.AuthorizationEndpoint, err)
		}
		journey = visit{
			leave: oauth.StepAuthorize, back: oauth.StepCallback, url: request.URL, listener: listener,
			opened: make(chan error, 1), limit: r.cfg.Limits.Callback, timeout: r.callbackTimeout(request.RedirectURI),
		}
		r.open(ctx, journey)
		return nil
	})
	if err != nil {
		return request, response, err
	}
	r.leave = func() { _ = journey.listener.Close() }
	err = r.step(ctx, oauth.StepCallback, func(ctx context.Context) error {
		callback, err := r.await(ctx, journey)
		if err != nil {
			return err
		}
		r.leave = r.stay(journey)
		response = authorizationResponse(callback.Params)
		return decide(request, response)
	})
	return request, response, err
}

// judgeResponse looks at state and iss before anything else in the response is
// believed (RFC 9207 2.4), then at its error.
func (r *Run) judgeResponse(request oauth.AuthorizationRequest, response oauth.AuthorizationResponse) error {
	report := r.responseReport(request, response)
	// The provider's own word comes first, unless the response is not from it.
	warned, failed := r.report(oauth.StepCallback, "authorization_response", report)
	if response.Error == "" || r.foreign(report) {
		r.warn(warned...)
		return failed
	}
	f := fault.FromErrorResponse(oauth.StepCallback, r.profile, fault.ErrorResponse{
		Code: response.Error, Description: response.ErrorDescription, URI: response.ErrorURI,
	})
	f.Evidence = r.exchanges(oauth.StepCallback)
	return failure(f)
}

// foreign reports whether the response is not from the provider that was asked, and
// the run was not told to go on nevertheless (RFC 9207 2.4).
func (r *Run) foreign(report check.Report) bool {
	iss, _ := report.Find("authorization_response.iss")
	return iss.Verdict == check.Fail && !r.allows(oauth.AllowResponseIssuer)
}

func (r *Run) responseReport(request oauth.AuthorizationRequest, response oauth.AuthorizationResponse) check.Report {
	return check.AuthorizationResponse(check.AuthorizationResponseInput{
		Response: response, State: request.State.Reveal(), Metadata: r.metadata, Issuer: r.metadata.Issuer,
	})
}

// callbackTimeout explains a browser that never came back. The commonest cause is
// an unregistered redirect URI: Logto then shows its own error page and redirects
// nobody.
func (r *Run) callbackTimeout(redirectURI string) func(loopback.Kind) fault.Fault {
	return func(knocked loopback.Kind) fault.Fault {
		code := fault.CallbackTimeout
		switch knocked {
		case loopback.WrongState:
			code = fault.CallbackState
		case loopback.MissingState:
			code = fault.CallbackNoState
		}
		return fault.New(code, oauth.StepCallback, map[string]string{
			"redirect_uri": redirectURI, "RedirectURI": redirectURI,
			"Waited": r.cfg.Limits.Callback.String(),
		})
	}
}

// keySet is a key set on its way.
type keySet struct {
	ready chan struct{}
	keys  jose.KeySet
	err   error
}

// prefetchKeys fetches the key set while the browser is away, so that
// verification adds no round trip after the token response.
func (r *Run) prefetchKeys(ctx context.Context) *keySet {
	set := &keySet{ready: make(chan struct{})}
	go func() {
		defer close(set.ready)
		set.keys, set.err = r.fetchKeys(ctx)
	}()
	return set
}

func (s *keySet) wait(ctx context.Context) (jose.KeySet, error) {
	select {
	case <-ctx.Done():
		return jose.KeySet{}, ctx.Err()
	case <-s.ready:
		return s.keys, s.err
	}
}
