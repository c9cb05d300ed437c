package oidc

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// depart does what Logto does until the browser leaves: it parses its configuration,
// discovers the provider where it does so, and builds the address.
func depart(ctx context.Context, d connector.Desk, s connector.Setup, redirectURI string, state oauth.Secret) (connector.Departure, error) {
	h := &hop{Desk: d, setup: s, provider: socialProvider(s.Config)}
	if s.Kind == connector.SSO {
		h.provider = enterpriseProvider(s.Config, oauth.Metadata{})
	}
	if err := h.refusedConfig(); err != nil {
		return connector.Departure{}, err
	}
	from := connector.Departure{RedirectURI: redirectURI, State: state, Nonce: random()}
	if s.Kind == connector.SSO {
		doc, err := h.discover(ctx)
		if err != nil {
			return from, err
		}
		from.Discovered = doc
		h.Reach(connector.StepAuthorize)
		h.provider = enterpriseProvider(s.Config, doc)
	}
	from.URL = oauth.Secret(h.authorizationURL(redirectURI, state, from.Nonce))
	return from, nil
}

// refusedConfig is the first thing that Logto's schema would refuse, on saving and
// at every use.
func (h *hop) refusedConfig() error {
	for _, f := range connector.Examine(h.setup) {
		if f.OnSave && f.Path != connector.DomainsPath {
			return h.stop(connector.StepAuthorize, badConfig, nil, f.Told()...)
		}
	}
	return nil
}

// arrive does with the callback what Logto does.
func arrive(ctx context.Context, d connector.Desk, s connector.Setup, from connector.Departure, callback url.Values) (connector.Arrival, error) {
	h := &hop{Desk: d, setup: s, provider: socialProvider(s.Config)}
	if s.Kind == connector.SSO {
		h.provider = enterpriseProvider(s.Config, from.Discovered)
	}
	code := callback.Get("code")
	if code == "" {
		what := noCode
		if callback.Get("error") != "" {
			what = upstreamRefused
		}
		if connector.WantsPKCE(callback.Get("error"), callback.Get("error_description")) {
			what = upstreamPKCE
		}
		return connector.Arrival{}, h.stop(connector.StepCallback, what, nil,
			"Error", callback.Get("error"), "Description", callback.Get("error_description"),
			"Words", strings.Trim(callback.Get("error")+": "+callback.Get("error_description"), ": "))
	}
	tokens, err := h.redeem(ctx, from, code)
	in := connector.Arrival{Tokens: tokens}
	if err != nil {
		return in, err
	}
	return h.identify(ctx, in, from)
}

// identify finds out who the user is from the tokens.
func (h *hop) identify(ctx context.Context, in connector.Arrival, from connector.Departure) (connector.Arrival, error) {
	issuers := []string{from.Discovered.Issuer}
	if h.kind == connector.OIDC {
		issuers = h.config.Strings(verification + "issuer")
	}
	token, err := h.verify(ctx, in.Tokens.IDToken, issuers)
	if err != nil {
		return in, err
	}
	if err := h.guard(connector.StepVerify, claimType, token.Claims, h.redeemed); err != nil {
		return in, err
	}
	if nonce, _ := token.Claims.String("nonce"); nonce != "" && nonce != from.Nonce.Reveal() {
		return in, h.stop(connector.StepVerify, nonceDifferent, h.redeemed)
	}
	claims, source, payload := token.Claims, connector.FromIDToken, token.Payload
	var other *jose.Object
	if h.userInfoEndpoint != "" {
		other = claims
		if claims, payload, err = h.userInfo(ctx, in.Tokens.AccessToken); err != nil {
			return in, err
		}
		source, in.UserInfo = connector.FromUserInfo, payload
	}
	h.Reach(connector.StepProfile)
	profile := h.mapped(claims, source, payload, other)
	in.Profile = &profile
	in.Warnings = h.missing(profile, claims)
	h.warnOf(&in, token, from)
	return in, nil
}

// warnOf notes what Logto accepts and a developer should know.
func (h *hop) warnOf(in *connector.Arrival, token jose.Token, from connector.Departure) {
	if h.kind == connector.OIDC {
		if !h.config.Has(verification + "issuer") {
			iss, _ := token.Claims.String("iss")
			in.Warnings = append(in.Warnings, h.warning(connector.StepVerify, issuerUnchecked, "Got", iss))
		}
		return
	}
	if typed := h.config.Text("issuer"); typed != from.Discovered.Issuer {
		in.Warnings = append(in.Warnings, h.warning(connector.StepDiscovery, issuerOther, "Want", typed, "Got", from.Discovered.Issuer))
	}
	sub, _ := token.Claims.String("sub")
	if got := in.Profile.Field("id").Value; got != sub {
		in.Warnings = append(in.Warnings, h.warning(connector.StepUserInfo, subjectOther, "Want", sub, "Got", got))
	}
}

// userInfo asks for the claims that replace those of the ID token. A signed answer
// is not JSON, and refused.
func (h *hop) userInfo(ctx context.Context, access oauth.Secret) (*jose.Object, []byte, error) {
	h.Reach(connector.StepUserInfo)
	a := connector.Send(ctx, h.Client, connector.Call{
		Step: connector.StepUserInfo, URL: h.userInfoEndpoint, Patience: h.patience, Retries: retries,
		Header: http.Header{"Authorization": {"Bearer " + access.Reveal()}},
	})
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case a.Status() == 0 || a.Err != nil:
		return nil, nil, h.unsent(connector.StepUserInfo, h.userInfoEndpoint, a)
	case !a.OK():
		return nil, nil, h.stop(connector.StepUserInfo, userInfoStatus, a.IDs, "Status", a.StatusText(), "Words", a.Told())
	}
	claims, err := jose.ParseObject(slices.Clone(a.Body()))
	if err != nil {
		return nil, nil, h.stop(connector.StepUserInfo, userInfoUnreadable, a.IDs, "Type", a.Response.Header.Get("Content-Type"))
	}
	if err := h.guard(connector.StepUserInfo, userInfoClaimType, claims, a.IDs); err != nil {
		return nil, nil, err
	}
	return claims, a.Body(), nil
}
