package oidc

import (
	"context"
	"encoding/json"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// redeem trades the code for tokens, and accepts what Logto accepts.
func (h *hop) redeem(ctx context.Context, from connector.Departure, code string) (oauth.TokenSet, error) {
	h.Reach(connector.StepToken)
	a := connector.Send(ctx, h.Client, h.tokenCall(h.method, code, from.RedirectURI, h.Now()))
	h.redeemed = a.IDs
	switch {
	case ctx.Err() != nil:
		return oauth.TokenSet{}, ctx.Err()
	case a.Status() == 0 || a.Err != nil:
		return oauth.TokenSet{}, h.unsent(connector.StepToken, h.tokenEndpoint, a)
	case !a.OK():
		return oauth.TokenSet{}, stopped(h.tokenFault(a))
	}
	return h.readTokens(a)
}

// tokenFault names a refusal of the token endpoint. Its words are those that Logto's
// social connector drops.
func (h *hop) tokenFault(a connector.Answer) fault.Fault {
	code, description := a.Words()
	what := tokenRefused
	switch {
	case code == "":
		what = tokenStatus
	case connector.WantsPKCE(code, description):
		what = tokenPKCE
	case h.method == secretBasic && strings.Contains(strings.ToLower(description), "encoded"):
		what = tokenEncoding
	case code == "invalid_client":
		what = tokenClient
	case code == "invalid_grant":
		what = tokenGrant
	}
	f := h.fault(connector.StepToken, what, a.IDs,
		"Status", a.StatusText(), "Error", code, "Description", description, "Words", a.Told())
	if what == tokenClient {
		f.Remedy = fault.EditSecret
	}
	return f
}

// readTokens reads a token response as Logto's schemas do. A member of a wrong type
// refuses the whole.
func (h *hop) readTokens(a connector.Answer) (oauth.TokenSet, error) {
	evidence := a.IDs
	if !json.Valid(a.Body()) {
		return oauth.TokenSet{}, h.stop(connector.StepToken, tokenUnreadable, evidence,
			"Type", a.Response.Header.Get("Content-Type"), "Words", a.Told())
	}
	object, err := jose.ParseObject(a.Body())
	if err != nil {
		return oauth.TokenSet{}, h.stop(connector.StepToken, tokenShape, evidence, "Member", "{}", "Want", "object", "Got", "array")
	}
	text := func(name string) oauth.Secret {
		s, _ := object.String(name)
		return oauth.Secret(s)
	}
	set := oauth.TokenSet{
		IDToken: text("id_token"), AccessToken: text("access_token"), RefreshToken: text("refresh_token"),
		TokenType: text("token_type").Reveal(), Scope: text("scope").Reveal(), ReceivedAt: h.Now(),
	}
	if !object.Has("id_token") {
		return set, h.stop(connector.StepToken, noIDToken, evidence, "Scope", h.scope)
	}
	for _, name := range []string{"id_token", "access_token", "token_type", "expires_in", "refresh_token", "scope"} {
		want := "string"
		if name == "expires_in" {
			want = "number"
		}
		got := connector.TypeOf(object, name)
		if got == "" || got == want || name == "expires_in" && got == "string" && h.kind == connector.SSO {
			continue
		}
		return set, h.stop(connector.StepToken, tokenShape, evidence, "Member", name, "Want", want, "Got", got)
	}
	if h.userInfoEndpoint != "" && set.AccessToken.Empty() {
		return set, h.stop(connector.StepToken, noAccessToken, evidence)
	}
	return set, nil
}
