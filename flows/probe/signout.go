package probe

import (
	"context"
	"net/url"
	"strings"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// checkSignOut asks whether the post sign-out URI is registered (RP-Initiated Logout
// 1.0, 3.1). Without cookies there is no session that could end.
func (r *run) checkSignOut(ctx context.Context) {
	target := r.doc.EndSessionEndpoint
	if target == "" {
		r.say("sign_out.endpoint", "missing", by(r.source))
		r.say("sign_out.uri", "no_endpoint", by(r.source))
		return
	}
	r.say("sign_out.endpoint", "present", got(bare(target)), by(r.source))
	client := r.profile.Client
	if client.PostLogoutRedirectURI == "" {
		r.say("sign_out.uri", "not_set")
		return
	}
	if client.ID == "" {
		r.say("sign_out.uri", "no_client_id")
		return
	}
	u, err := url.Parse(target)
	if err != nil {
		r.say("sign_out.uri", unclear, got(bare(target)))
		return
	}
	uri := withPort(client.PostLogoutRedirectURI)
	query := u.Query()
	query.Set("client_id", client.ID)
	query.Set("post_logout_redirect_uri", uri)
	u.RawQuery = query.Encode()
	a := r.visit(ctx, oauth.StepEndSession, u.String())
	if ended(ctx, a) {
		return
	}
	p := read(a, uri)
	switch {
	case p.Seen == Unsent:
		r.say("sign_out.uri", noConnection, by(a))
	case p.Seen == Page, p.Seen == Returned:
		r.say("sign_out.uri", "registered", got(uri), by(a))
	case p.Seen == Login:
		// A page of its own may be the question whether to sign out, or an error.
		r.say("sign_out.uri", unclear, got(uri), by(a))
	case p.Says("invalid_client", "invalid client"):
		r.say("sign_out.uri", "client_unknown", got(p.Words()), by(a))
	case p.Seen == Refused && (p.Says("post_logout_redirect_uri") || mentions(a.body, "post_logout_redirect_uri", "redirect")):
		r.say("sign_out.uri", "not_registered", got(uri), want(p.Words()), by(a),
			param("post_logout_redirect_uri", uri), remedy(fault.CopyPostLogout))
	default:
		r.say("sign_out.uri", unclear, got(p.Words()), by(a))
	}
}

func mentions(body []byte, words ...string) bool {
	text := strings.ToLower(string(body))
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
