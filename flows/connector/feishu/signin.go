package feishu

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// Depart implements connector.SignIner. Logto asks nobody before the browser leaves.
func (b Bench) Depart(_ context.Context, d connector.Desk, s connector.Setup, redirectURI string, state oauth.Secret) (connector.Departure, error) {
	h := b.hop(d, s)
	for _, f := range connector.Examine(s) {
		if f.OnSave {
			return connector.Departure{}, h.stop(connector.StepAuthorize, badConfig, nil, f.Told()...)
		}
	}
	return connector.Departure{URL: oauth.Secret(h.authorizationURL(redirectURI, state)), RedirectURI: redirectURI, State: state}, nil
}

// Return implements connector.SignIner.
func (b Bench) Return(ctx context.Context, d connector.Desk, s connector.Setup, from connector.Departure, callback url.Values) (connector.Arrival, error) {
	h := b.hop(d, s)
	if callback.Get("code") == "" {
		what := noCode
		if callback.Get("error") != "" {
			what = upstreamRefused
		}
		return connector.Arrival{}, h.stop(connector.StepCallback, what, nil,
			"Words", strings.Trim(callback.Get("error")+": "+callback.Get("error_description"), ": "))
	}
	tokens, err := h.redeem(ctx, callback.Get("code"), from.RedirectURI)
	in := connector.Arrival{Tokens: tokens}
	if err != nil {
		return in, err
	}
	user, a, err := h.userInfo(ctx, tokens.AccessToken)
	if err != nil {
		return in, err
	}
	in.UserInfo = slices.Clone(a.Body())
	if err := h.tick(user, a.IDs); err != nil {
		return in, err
	}
	h.Reach(connector.StepProfile)
	in.Profile = mapped(user, in.UserInfo)
	if in.Profile.Field("email").Value == "" && in.Profile.Field("phone").Value == "" {
		f := h.fault(connector.StepProfile, contactAbsent, a.IDs)
		f.Severity = fault.Warning
		in.Warnings = append(in.Warnings, f)
	}
	return in, nil
}

// redeem trades the code for a token, and accepts what Logto accepts.
func (h *hop) redeem(ctx context.Context, code, redirectURI string) (oauth.TokenSet, error) {
	h.Reach(connector.StepToken)
	call := h.tokenCall(code, redirectURI)
	a := connector.Send(ctx, h.Client, call)
	switch {
	case ctx.Err() != nil:
		return oauth.TokenSet{}, ctx.Err()
	case a.Status() == 0 || a.Err != nil:
		return oauth.TokenSet{}, h.unsent(connector.StepToken, call.URL, a)
	case !a.OK():
		return oauth.TokenSet{}, stopped(h.tokenFault(a))
	case !json.Valid(a.Body()):
		return oauth.TokenSet{}, h.stop(connector.StepToken, tokenUnreadable, a.IDs, "Type", contentType(a), "Words", page(a))
	}
	object, err := jose.ParseObject(a.Body())
	if err != nil {
		return oauth.TokenSet{}, h.stop(connector.StepToken, tokenShape, a.IDs, "Member", "access_token", "Want", "string", "Got", "absent", "Words", "")
	}
	text := func(name string) string { s, _ := object.String(name); return s }
	set := oauth.TokenSet{
		AccessToken: oauth.Secret(text("access_token")), RefreshToken: oauth.Secret(text("refresh_token")),
		TokenType: text("token_type"), ReceivedAt: h.Now(),
	}
	for _, member := range []struct{ name, want string }{{"access_token", "string"}, {"token_type", "string"}, {"expires_in", "number"}} {
		if got := connector.TypeOf(object, member.name); got != member.want {
			return set, h.stop(connector.StepToken, tokenShape, a.IDs,
				"Member", member.name, "Want", member.want, "Got", orAbsent(got), "Words", text("msg"))
		}
	}
	if set.AccessToken.Empty() {
		return set, h.stop(connector.StepToken, tokenEmpty, a.IDs)
	}
	return set, nil
}

// tokenFault names a refusal of the token endpoint. Its description is what Logto
// has in the data of its error.
func (h *hop) tokenFault(a connector.Answer) fault.Fault {
	code, _ := a.Words()
	what := tokenRefused
	switch code {
	case "":
		what = tokenStatus
	case "invalid_client", "unauthorized_client":
		what = tokenSecret
	case "invalid_grant":
		what = tokenCode
	}
	f := h.fault(connector.StepToken, what, a.IDs, "Status", a.StatusText(), "Words", told(a))
	if what == tokenSecret {
		f.Remedy = fault.EditSecret
	}
	return f
}

// userInfo asks for the user.
func (h *hop) userInfo(ctx context.Context, access oauth.Secret) (*jose.Object, connector.Answer, error) {
	h.Reach(connector.StepUserInfo)
	call := h.userInfoCall(access)
	a := connector.Send(ctx, h.Client, call)
	switch {
	case ctx.Err() != nil:
		return nil, a, ctx.Err()
	case a.Status() == 0 || a.Err != nil:
		return nil, a, h.unsent(connector.StepUserInfo, call.URL, a)
	case !a.OK():
		what := userInfoRefused
		if code, _ := a.Words(); code == "" {
			what = userInfoStatus
		}
		return nil, a, h.stop(connector.StepUserInfo, what, a.IDs, "Status", a.StatusText(), "Words", told(a))
	}
	user, err := jose.ParseObject(a.Body())
	if err != nil {
		return nil, a, h.stop(connector.StepUserInfo, userInfoUnreadable, a.IDs, "Type", contentType(a), "Words", page(a))
	}
	return user, a, nil
}

// tick is Logto's schema on the user, field by field. Whatever it refuses ends the
// sign-in.
func (h *hop) tick(user *jose.Object, evidence []int) error {
	sheet := connector.NewSheet(h.setup, ticks, h.Emit)
	var wrong []string
	for _, name := range slices.Concat(required, optional) {
		got := connector.TypeOf(user, name)
		value, _ := user.String(name)
		reason := "refused"
		switch optional := slices.Contains(optional, name); {
		case optional && (got == "" || got == "string" && value == ""):
			reason = "absent"
		case optional && got == "null":
			reason = "null"
		case got == "string":
			reason = "present"
		default:
			wrong = append(wrong, name+" ("+orAbsent(got)+")")
		}
		sheet.Say(fieldRow(name), reason, evidence, "Want", "string", "Got", orAbsent(got))
	}
	if wrong != nil {
		return h.stop(connector.StepUserInfo, userInfoFields, evidence, "Fields", strings.Join(wrong, ", "))
	}
	return nil
}

func orAbsent(kind string) string {
	if kind == "" {
		return "absent"
	}
	return kind
}
