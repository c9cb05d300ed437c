package oidc

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/probe"
)

// asked is one authorization request that was made, and what came of it.
type asked struct {
	connector.Glance
	row, uri string
}

// authorization makes the request that Logto would make for each redirect URI that
// must be registered, and follows nothing: nobody signs in.
func (c *checking) authorization(ctx context.Context) {
	if c.authorizationEndpoint == "" || c.clientID() == "" {
		return
	}
	uris := map[string]string{rowBench: c.setup.RedirectURI}
	for i, uri := range c.setup.CallbackURIs() {
		uris[[]string{rowSignIn, rowAccount}[i]] = uri
	}
	var answers []*asked
	var side sync.WaitGroup
	for _, row := range []string{rowSignIn, rowAccount, rowBench} {
		if uris[row] == "" {
			if row != rowAccount || c.kind == connector.OIDC {
				c.Say(row, noURI, nil)
			}
			continue
		}
		one := &asked{row: row, uri: uris[row]}
		answers = append(answers, one)
		side.Go(func() { c.ask(ctx, one) })
	}
	side.Wait()
	if ctx.Err() != nil || len(answers) == 0 {
		return
	}
	for _, one := range answers {
		c.redirectRow(one)
	}
	c.clientRows(answers)
}

func (c *checking) ask(ctx context.Context, one *asked) {
	one.Glance = connector.GlanceAt(ctx, c.Client, c.authorizationURL(one.uri, random(), random()), one.uri, c.patience)
}

func (c *checking) redirectRow(one *asked) {
	reason := unclear
	switch {
	case one.Taken():
		reason = "registered"
	case one.Stranger():
		reason = notReached
	case one.Unregistered():
		reason = "not_registered"
	case one.Seen == probe.Unsent:
		reason = connector.NoConnection
	}
	remedy := fault.NoRemedy
	if reason == "not_registered" {
		remedy = fault.CopyRedirectURI
	}
	c.SayWith(one.row, reason, remedy, one.IDs, "URI", one.uri, "redirect_uri", one.uri, "Status", one.Answer.StatusText(), "Got", one.Refusal())
}

// clientRows are what the requests have in common: the answer that got furthest
// speaks for all.
func (c *checking) clientRows(answers []*asked) {
	best := answers[0]
	for _, one := range answers {
		if one.Taken() {
			best = one
			break
		}
	}
	ids, got := best.IDs, best.Refusal()
	taken := best.Taken()
	switch {
	case taken, best.Seen == probe.Refused && best.Says("redirect"):
		c.Say(rowClient, "known", ids, "ClientID", c.clientID())
	case best.Stranger():
		c.SayWith(rowClient, "unknown_client", fault.EditClientID, ids, "ClientID", c.clientID(), "Got", got)
	case best.Seen == probe.Unsent:
		c.Say(rowClient, connector.NoConnection, ids)
	default:
		c.Say(rowClient, unclear, ids, "ClientID", c.clientID(), "Got", got)
	}
	c.requestRows(best, taken, ids, got)
}

// requestRows are about the rest of the request: a provider says what else it does
// not take at the redirect URI.
func (c *checking) requestRows(best *asked, taken bool, ids []int, got string) {
	pkce, scope := unclear, unclear
	switch {
	case connector.WantsPKCE(best.Code, best.Description):
		pkce, scope = "required", notReached
	case best.Code == "invalid_scope":
		pkce, scope = notReached, "refused"
	case taken && (best.Code == "" || slices.Contains(interactive, best.Code)):
		pkce, scope = "not_required", "accepted"
	case best.Seen == probe.Unsent:
		pkce, scope = connector.NoConnection, connector.NoConnection
	case best.Seen == probe.Refused:
		pkce, scope = notReached, notReached
	}
	c.Say(rowPKCE, pkce, ids, "Got", got)
	c.Say(rowScope, scope, ids, "Want", c.scope, "Got", got)
}

// interactive are the errors of a provider that would go on if it could ask the user.
var interactive = []string{"login_required", "consent_required", "interaction_required", "account_selection_required"}

// attempt is one way to authenticate that was tried.
type attempt struct {
	connector.Answer
	method   string
	code     string
	accepted bool
	refused  bool
}

// secrets asks for tokens for a code that cannot exist, first as Logto would. What
// comes back tells whether the client was let in: then the code is refused, and not
// the client (RFC 6749 5.2).
func (c *checking) secrets(ctx context.Context) {
	switch {
	case c.tokenEndpoint == "" || c.clientID() == "" || c.secret().Empty():
		return
	case c.doc != nil && strings.HasPrefix(c.doc.Issuer, "https:") && strings.HasPrefix(c.tokenEndpoint, "http:"):
		c.Say(rowSecret, "in_clear", nil, "URL", c.tokenEndpoint)
		return
	}
	own := c.authenticate(ctx, c.method)
	if ctx.Err() != nil {
		return
	}
	got := toldBy(own)
	switch {
	case own.Status() == 0 || own.Err != nil:
		c.Say(rowSecret, "unreachable", own.IDs, "Got", c.cause(c.tokenEndpoint, own.Answer))
	case own.accepted:
		c.Say(rowSecret, "accepted", own.IDs, "Method", c.method, "Got", got)
	case own.code == "unauthorized_client" || own.code == "unsupported_grant_type":
		c.Say(rowSecret, "grant_refused", own.IDs, "Method", c.method, "Got", got)
	case own.refused:
		c.otherMethods(ctx, own)
	default:
		c.Say(rowSecret, unclear, own.IDs, "Method", c.method, "Got", got)
	}
}

func toldBy(a attempt) string {
	if a.Status() == 0 {
		return ""
	}
	return a.Answer.Told()
}

func (c *checking) authenticate(ctx context.Context, method string) attempt {
	uri := or(c.setup.RedirectURI, "http://localhost:3000/callback")
	if all := c.setup.CallbackURIs(); len(all) > 0 {
		uri = all[0]
	}
	t := attempt{
		Answer: connector.Send(ctx, c.Client, c.tokenCall(method, "signbench-no-such-code-"+random().Reveal(), uri, c.Now())),
		method: method,
	}
	if t.Status() == 0 {
		return t
	}
	t.code, _ = t.Answer.Words()
	t.accepted = t.code == "invalid_grant"
	t.refused = t.code == "invalid_client" || t.code == "invalid_request" || t.code == "" && t.Status() == http.StatusUnauthorized
	return t
}

// otherMethods tells a wrong secret from a wrong method.
func (c *checking) otherMethods(ctx context.Context, own attempt) {
	methods := []string{secretPost, secretBasic, secretJWT}
	if both := c.clientID() + c.secret().Reveal(); c.method == secretBasic && url.QueryEscape(both) != both {
		methods = append(methods, encodedBasic)
	}
	methods = slices.DeleteFunc(methods, func(m string) bool { return m == c.method })
	tried := make([]attempt, len(methods))
	var side sync.WaitGroup
	for i, m := range methods {
		side.Go(func() { tried[i] = c.authenticate(ctx, m) })
	}
	side.Wait()
	if ctx.Err() != nil {
		return
	}
	ids := slices.Clone(own.IDs)
	works := ""
	for _, t := range tried {
		ids = append(ids, t.IDs...)
		// That the encoding makes the difference says more than that another method works.
		if t.accepted && (works == "" || t.method == encodedBasic) {
			works = t.method
		}
	}
	slices.Sort(ids)
	got := toldBy(own)
	switch works {
	case "":
		c.SayWith(rowSecret, "refused", fault.EditSecret, ids, "Method", c.method, "Got", got)
	case encodedBasic:
		c.Say(rowSecret, "not_encoded", ids, "Method", c.method, "Got", got)
	default:
		c.Say(rowSecret, "other_method", ids, "Method", c.method, "Want", works, "Got", got)
	}
}
