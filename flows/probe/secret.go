package probe

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// way is one way to authenticate at the token endpoint.
type way string

const (
	basic way = "client_secret_basic"
	raw   way = "client_secret_basic (not encoded)" // against RFC 6749 2.3.1, and what some providers expect
	post  way = "client_secret_post"
	none  way = "none"
)

// ruling is what a token endpoint made of a client that came with a code that
// cannot exist.
type ruling string

const (
	known    ruling = "accepted" // it went on to the code: the client is authenticated
	rejected ruling = "refused"  // invalid_client
	stranger ruling = "unknown"  // no such client
	barred   ruling = "grant"    // this client may not use the grant
	vague    ruling = "unclear"  //
	lost     ruling = "unsent"   //
)

// attempt is one way that was tried.
type attempt struct {
	*answer
	way         way
	ruling      ruling
	code        string
	description string
}

// words are the answer as it stands on the wire.
func (t attempt) words() string {
	switch {
	case t.code == "":
		return http.StatusText(t.status)
	case t.description == "":
		return t.code
	}
	return t.code + ": " + t.description
}

// authenticate asks for tokens for a code that cannot exist. What comes back tells
// whether the client was let in: then the code is refused, and not the client
// (RFC 6749, 5.2).
func (r *run) authenticate(ctx context.Context, w way, secret oauth.Secret) attempt {
	id := r.profile.Client.ID
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {"signbench-no-such-code-" + r.nonce},
		"redirect_uri": {withPort(r.profile.Client.RedirectURI)}, "code_verifier": {random(32)},
	}
	header := http.Header{}
	req := http.Request{Header: header}
	switch w {
	case basic:
		req.SetBasicAuth(url.QueryEscape(id), url.QueryEscape(secret.Reveal()))
	case raw:
		req.SetBasicAuth(id, secret.Reveal())
	case post:
		form.Set("client_id", id)
		form.Set("client_secret", secret.Reveal())
	default:
		form.Set("client_id", id)
	}
	t := attempt{answer: r.post(ctx, r.doc.TokenEndpoint, form, header), way: w}
	t.code, t.description = errorOf(t.body)
	t.ruling = rule(t, r.profile.Kind)
	return t
}

func rule(t attempt, kind oauth.Kind) ruling {
	lower := strings.ToLower(t.description)
	switch {
	case t.err != nil && t.status == 0:
		return lost
	case t.code == "invalid_grant":
		return known
	case t.code == "invalid_client" && (kind.IsLogto() && t.status == http.StatusBadRequest ||
		strings.Contains(lower, "not found") || strings.Contains(lower, "unknown client")):
		return stranger
	case t.code == "invalid_client", t.code == "" && t.status == http.StatusUnauthorized:
		return rejected
	case t.code == "unauthorized_client", t.code == "unsupported_grant_type":
		return barred
	}
	return vague
}

// secretAllowed says why the secret must not be sent, or nothing: not to an endpoint
// named by somebody else's document, and not in clear where the issuer is https.
func (r *run) secretAllowed() string {
	switch issuer := r.profile.IssuerID(); {
	case r.doc.TokenEndpoint == "":
		return "no_endpoint"
	case r.profile.Client.ID == "":
		return "no_client_id"
	case r.doc.Issuer != issuer:
		return untrusted
	case strings.HasPrefix(issuer, "https:") && !strings.HasPrefix(r.doc.TokenEndpoint, "https:"):
		return inClear
	case r.profile.Client.AuthMethod.NeedsSecret() && r.setup.Secret.Empty():
		return noSecret
	}
	return ""
}

// checkSecret tries the profile's own way first, and then the others, which tell a
// wrong secret from a wrong method and name the kind of application.
func (r *run) checkSecret(ctx context.Context) {
	if why := r.secretAllowed(); why != "" {
		options := []option{by(r.source)}
		switch why {
		case noSecret:
			options = append(options, remedy(fault.EditSecret))
		case untrusted:
			options = append(options, want(r.profile.IssuerID()), got(r.doc.Issuer))
		}
		r.say("secret.accepted", why, options...)
		r.close(notReached, nil, Secret)
		return
	}
	own := r.authenticate(ctx, r.ownWay(), r.setup.Secret)
	if ended(ctx, own.answer) {
		return
	}
	r.acceptedRow(own)
	if own.ruling != known && own.ruling != rejected {
		r.close(notReached, own.answer, Secret)
		return
	}
	others := r.otherWays(own.way)
	attempts := make([]attempt, len(others))
	var wrong attempt
	var side sync.WaitGroup
	for i, w := range others {
		side.Go(func() { attempts[i] = r.authenticate(ctx, w, r.setup.Secret) })
	}
	askWrong := r.setup.AskWrongSecret && own.ruling == known && own.way != none
	if askWrong {
		side.Go(func() { wrong = r.authenticate(ctx, own.way, oauth.Secret("signbench-wrong-"+r.nonce)) })
	}
	side.Wait()
	for _, t := range append(attempts, wrong) {
		if ended(ctx, t.answer) {
			return
		}
	}
	r.methodRow(own, attempts)
	if askWrong {
		r.wrongRow(wrong)
	}
	r.close(notReached, own.answer, Secret)
}

func (r *run) ownWay() way {
	switch r.profile.Client.AuthMethod {
	case oauth.ClientSecretPost:
		return post
	case oauth.AuthMethodNone:
		return none
	}
	return basic
}

// otherWays are the ways that are worth a request: those with a secret when there is
// one, and the unencoded one only where encoding makes a difference.
func (r *run) otherWays(own way) []way {
	out := []way{none}
	if !r.setup.Secret.Empty() {
		out = []way{basic, post, none}
		both := r.profile.Client.ID + r.setup.Secret.Reveal()
		if url.QueryEscape(both) != both {
			out = append(out, raw)
		}
	}
	return slices.DeleteFunc(out, func(w way) bool { return w == own })
}

func (r *run) acceptedRow(own attempt) {
	ask, words := by(own.answer), got(own.words())
	method := param("Method", string(own.way))
	switch {
	case own.ruling == known && own.way == none:
		r.say("secret.accepted", "public", ask, words, method)
	case own.ruling == known:
		r.say("secret.accepted", "accepted", ask, words, method)
	case own.ruling == rejected && own.way == none:
		r.say("secret.accepted", "needs_secret", ask, words, method)
	case own.ruling == rejected:
		r.say("secret.accepted", "refused", ask, words, method, remedy(fault.EditSecret))
	case own.ruling == stranger:
		r.say("secret.accepted", "client_unknown", ask, words, method)
	case own.ruling == barred:
		r.say("secret.accepted", "grant_refused", ask, words, method)
	case own.ruling == lost:
		r.say("secret.accepted", "unreachable", ask, method,
			got(fault.Transport(oauth.StepToken, own.target, own.err).Params["Cause"]))
	default:
		r.say("secret.accepted", unclear, ask, words, method)
	}
}

// methodRow puts the answers side by side. Together they name the kind of
// application: one that is let in without a secret is public.
func (r *run) methodRow(own attempt, others []attempt) {
	all := append([]attempt{own}, others...)
	answers := make([]*answer, len(all))
	table := make([]string, len(all))
	lets := map[way]bool{}
	for i, t := range all {
		answers[i] = t.answer
		lets[t.way] = t.ruling == known
		table[i] = string(t.way) + ": " + string(t.ruling)
	}
	ask, words := by(answers...), got(strings.Join(table, ", "))
	use := func(w way) option {
		return params(map[string]string{"supported": string(w), "Method": string(w)})
	}
	method := use(own.way)
	switch {
	case lets[own.way] && own.way == none:
		r.say("secret.method", "public", ask, words, method)
	case lets[own.way] && lets[none]:
		r.say("secret.method", "secret_unneeded", ask, words, method)
	case lets[own.way]:
		r.say("secret.method", "suits", ask, words, method)
	case lets[none]:
		r.say("secret.method", "public_app", ask, words, use(none), remedy(fault.UseAuthMethod))
	case lets[basic]:
		r.say("secret.method", "other_method", ask, words, use(basic), remedy(fault.UseAuthMethod))
	case lets[post]:
		r.say("secret.method", "other_method", ask, words, use(post), remedy(fault.UseAuthMethod))
	case lets[raw]:
		r.say("secret.method", "not_encoded", ask, words, method)
	case own.way == none:
		r.say("secret.method", "confidential_app", ask, words, use(basic))
	default:
		r.say("secret.method", "none_accepted", ask, words, method)
	}
}

// wrongRow says whether the acceptance proves anything: a provider that looks at the
// code first refuses it for every secret.
func (r *run) wrongRow(t attempt) {
	switch t.ruling {
	case rejected:
		r.say("secret.wrong", "refused", by(t.answer), got(t.words()))
	case known:
		r.say("secret.wrong", "indistinct", by(t.answer), got(t.words()))
	default:
		r.say("secret.wrong", unclear, by(t.answer), got(t.words()))
	}
}
