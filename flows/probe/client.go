package probe

import (
	"context"
	"net/url"
	"strings"
	"sync"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// trio are the three authorization requests of the second round.
type trio struct {
	own   reply // as the profile asks, with PKCE S256
	bare  reply // without PKCE, silent
	plain reply // with PKCE plain, silent
}

// checkClient asks whether client and redirect URI are known, and what a request
// has to have. Nothing is followed to a login.
func (r *run) checkClient(ctx context.Context) {
	if r.doc.AuthorizationEndpoint == "" {
		r.close(noDiscovery, r.source, Client)
		return
	}
	if r.profile.Client.ID == "" {
		r.say("client.known", "no_client_id", remedy(fault.EditClientID))
		r.say("redirect_uri.registered", "no_client_id", remedy(fault.EditClientID))
		r.close(notReached, nil, Client)
		return
	}
	uri := withPort(r.profile.Client.RedirectURI)
	var t trio
	var side sync.WaitGroup
	side.Go(func() { t.own = r.authorize(ctx, authorization{redirectURI: uri, challenge: "S256"}) })
	side.Go(func() { t.bare = r.authorize(ctx, authorization{redirectURI: uri, silent: true}) })
	side.Go(func() { t.plain = r.authorize(ctx, authorization{redirectURI: uri, challenge: "plain", silent: true}) })
	side.Wait()
	if ended(ctx, t.own.answer, t.bare.answer, t.plain.answer) {
		return
	}
	r.judgeClient(ctx, uri, t)
}

// withPort gives a redirect URI for a random port one that it may have.
func withPort(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Port() != "0" {
		return uri
	}
	u.Host = strings.TrimSuffix(u.Host, ":0") + ":49152"
	return u.String()
}

func (r *run) judgeClient(ctx context.Context, uri string, t trio) {
	id := got(r.profile.Client.ID)
	switch {
	case t.own.Accepted() || t.bare.Accepted() || t.plain.Accepted():
		r.say("client.known", "known", id, by(t.own.answer))
		r.say("redirect_uri.registered", "registered", got(uri), by(t.own.answer, t.bare.answer))
		r.requestRows(t)
	case t.own.Seen == Unsent:
		r.close(noConnection, t.own.answer, Client)
	case t.own.Seen == Refused && r.unknownClient(t.own):
		r.say("client.known", "unknown_client", id, want(t.own.Words()), by(t.own.answer), remedy(fault.EditClientID))
		r.say("redirect_uri.registered", "client_unknown", by(t.own.answer))
		r.close(notReached, t.own.answer, Client)
	case t.own.Seen == Refused && wrongRedirect(t.own):
		r.say("client.known", "known", id, by(t.own.answer))
		r.close(notReached, t.own.answer, Client)
		r.unregistered(ctx, uri, t.own)
	case t.own.Seen == Refused:
		r.close(notReached, t.own.answer, Client)
		r.unregistered(ctx, uri, t.own)
	default:
		r.close(notReached, t.own.answer, Client)
		r.compare(ctx, uri, t.own)
	}
}

func (r *run) unknownClient(p reply) bool {
	if wrongRedirect(p) {
		return false
	}
	return p.Says("invalid_client", "unauthorized_client", "unknown client", "client not found", "invalid client")
}

func wrongRedirect(p reply) bool {
	return p.Says("redirect_uri", "redirect uri", "redirect url", "callback url", "redirect_uri_mismatch")
}

// compare settles a page with status 200, which says nothing by itself, by a redirect URI that nobody can have registered: where that
// one is answered otherwise, the profile's own is registered.
func (r *run) compare(ctx context.Context, uri string, own reply) {
	if own.Seen != Page {
		r.say("redirect_uri.registered", unclear, got(own.Words()), by(own.answer))
		r.say("client.known", unclear, got(own.Words()), by(own.answer))
		return
	}
	control := r.authorize(ctx, authorization{redirectURI: "https://" + r.nonce + ".invalid/callback", challenge: "S256"})
	if ended(ctx, control.answer) {
		return
	}
	both := by(own.answer, control.answer)
	if control.Seen == Refused {
		r.say("redirect_uri.registered", "registered", got(uri), both)
		r.say("client.known", "known", got(r.profile.Client.ID), both)
		return
	}
	r.say("redirect_uri.registered", unclear, got(own.Words()), both)
	r.say("client.known", unclear, got(own.Words()), both)
}

// requestRows says what the request that the profile makes comes to, beside client
// and redirect URI.
func (r *run) requestRows(t trio) {
	own := t.own
	r.pkceRows(t)
	scopes := got(strings.Join(r.profile.Scopes, " "))
	resources := got(strings.Join(r.profile.Resources, " "))
	ask := by(own.answer)
	say := func(scope, resource, prompt, request string) {
		r.say("client.scopes", scope, scopes, want(own.Words()), ask)
		r.say("client.resources", resource, resources, want(own.Words()), ask)
		r.say("client.prompt", prompt, got(r.profile.Prompt), want(own.Words()), ask)
		r.say("client.request", request, got(own.Words()), ask)
	}
	switch {
	case own.Seen == Page || own.Seen == Broken || own.Seen == Unsent:
		say(unclear, unclear, unclear, unclear)
	case own.Seen == Refused:
		say(notReached, notReached, notReached, "refused")
	case own.Code == "" || interactive(own.Code):
		say("accepted", "accepted", "accepted", "accepted")
	case own.Code == "invalid_scope":
		say("refused", notReached, notReached, "refused")
	case own.Code == "invalid_target":
		say(notReached, "refused", notReached, "refused")
	case own.Code == "invalid_request" && own.Says("prompt"):
		say(notReached, notReached, "refused", "refused")
	case own.Code == "temporarily_unavailable" || own.Code == "server_error":
		say(notReached, notReached, notReached, "unavailable")
	default:
		say(notReached, notReached, notReached, "refused")
	}
}

// interactive reports whether the error only says that a user is needed (OIDC Core
// 3.1.2.6): the request itself was in order.
func interactive(code string) bool {
	switch code {
	case "login_required", "interaction_required", "consent_required", "account_selection_required":
		return true
	}
	return false
}

// aboutPKCE reports whether the refusal is about the code challenge (RFC 7636, 4.4.1).
func aboutPKCE(p reply) bool {
	return p.Seen == Returned && p.Code == "invalid_request" && p.Says("pkce", "code_challenge", "code challenge")
}

// fine reports whether the request got as far as the user.
func fine(p reply) bool {
	return p.Seen == Login || p.Seen == Returned && (p.Code == "" || interactive(p.Code))
}

func (r *run) pkceRows(t trio) {
	words := func(p reply) option { return got(p.Words()) }
	switch {
	case aboutPKCE(t.own):
		r.say("client.pkce", "refused", words(t.own), by(t.own.answer))
	case aboutPKCE(t.bare):
		r.say("client.pkce", "required", words(t.bare), by(t.own.answer, t.bare.answer))
	case fine(t.bare) && r.profile.Client.AuthMethod == oauth.AuthMethodNone:
		r.say("client.pkce", "optional_public", words(t.bare), by(t.own.answer, t.bare.answer))
	case fine(t.bare):
		r.say("client.pkce", "optional", words(t.bare), by(t.own.answer, t.bare.answer))
	case t.bare.Seen == Returned:
		r.say("client.pkce", notReached, words(t.bare), by(t.bare.answer))
	default:
		r.say("client.pkce", unclear, words(t.bare), by(t.bare.answer))
	}
	switch {
	case aboutPKCE(t.plain):
		r.say("client.pkce_plain", "refused", words(t.plain), by(t.plain.answer))
	case fine(t.plain):
		r.say("client.pkce_plain", "accepted", words(t.plain), by(t.plain.answer))
	case t.plain.Seen == Returned:
		r.say("client.pkce_plain", notReached, words(t.plain), by(t.plain.answer))
	default:
		r.say("client.pkce_plain", unclear, words(t.plain), by(t.plain.answer))
	}
}
