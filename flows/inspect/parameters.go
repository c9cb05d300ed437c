package inspect

import (
	"net/url"
	"slices"
	"strings"

	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// telling are the parameters by which a request or a response is told from other
// text (RFC 6749, 4.1; OIDC Core 3.1.2; RFC 9207; Back-Channel Logout 1.0, 2.5).
var telling = []string{
	"code", "state", "error", "iss", "id_token", "access_token", "response", "logout_token", "session_state",
	"client_id", "request_uri", "request", "id_token_hint", "client_assertion",
}

// readParameters reads a callback or an authorization request: a URL, its query or
// fragment, or a form (RFC 6749, 4.1.2; OAuth 2.0 Form Post Response Mode).
func readParameters(text string, depth int) (Document, bool) {
	if strings.ContainsAny(text, " \n\t") {
		return Document{}, false
	}
	values, order := parameters(text)
	if !slices.ContainsFunc(telling, func(name string) bool { return values.Has(name) }) {
		return Document{}, false
	}
	d := Document{Kind: Callback}
	if values.Has("client_id") && !values.Has("code") && !values.Has("error") {
		d.Kind = Authorization
	}
	for i, name := range order {
		if i == maxShown {
			d.note(NoteMore)
			break
		}
		for _, value := range values[name][:min(len(values[name]), maxShown)] {
			d.add(name, value)
		}
	}
	if code := values.Get("error"); code != "" {
		d.Faults = []fault.Fault{fault.FromErrorResponse(oauth.StepCallback, oauth.Profile{}, fault.ErrorResponse{
			Code: head(code), Description: head(values.Get("error_description")), URI: head(values.Get("error_uri")),
		})}
	}
	if depth >= maxDepth {
		return d, true
	}
	for _, name := range []string{"id_token", "access_token", "response", "logout_token", "request", "id_token_hint", "client_assertion"} {
		if value := values.Get(name); value != "" {
			d.child(name, named(name, read(value, depth+1)))
		}
	}
	return d, true
}

// named takes a JWT for what the parameter that holds it says, where its claims leave it
// open or speak of something else: a claim may be what is wrong with it.
func named(parameter string, d Document) Document {
	kind, says := map[string]Kind{"id_token": IDToken, "id_token_hint": IDToken, "client_assertion": ClientAssertion, "response": JARM, "logout_token": LogoutToken}[parameter]
	if says && d.Token.Form == jose.JWT {
		d.Kind = kind
	}
	return d
}

// parameters are those of the query and of the fragment, and their names in order.
func parameters(text string) (url.Values, []string) {
	rest, fragment, _ := strings.Cut(text, "#")
	if before, query, found := strings.Cut(rest, "?"); found {
		rest = query
	} else if fragment != "" || strings.Contains(before, "://") {
		rest = ""
	}
	values, order := url.Values{}, []string{}
	const most = 1000
	for i, pair := range strings.SplitN(rest+"&"+fragment, "&", most+2) {
		name, value, found := strings.Cut(pair, "=")
		if i > most || !found {
			continue
		}
		name, value = unescape(name), unescape(value)
		if !values.Has(name) {
			order = append(order, name)
		}
		values.Add(name, value)
	}
	return values, order
}

// unescape undoes form encoding; what is not encoded stays as it is.
func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}
