package tenant

import (
	"net/url"
	"slices"

	"signbench/flows/oauth"
)

// Param is a parameter of the request that Logto sends upstream. The sentence is
// tenant.param.<meaning>.
type Param struct {
	Name    string
	Value   string // empty for those that are new each time
	Meaning string
}

// What is said of the other parameters, and of one that is not there.
const (
	meaningOther  = "other"   // from the connector's configuration
	meaningNoPKCE = "no_pkce" // Logto sends no code challenge
)

// meanings are the parameters that have a sentence of their own, in the order in
// which they are shown.
var meanings = []string{
	"response_type", "client_id", "scope", "redirect_uri", "state", "nonce", "prompt", "access_type", "SAMLRequest", "RelayState",
}

// fresh are random each time.
var fresh = []string{"state", "nonce", "SAMLRequest", "RelayState"}

// Meanings lists what Explain can say.
func Meanings() []string { return append(slices.Clone(meanings), meaningOther, meaningNoPKCE) }

// Explain takes the address apart to which Logto would send the browser: first what
// every connector sends, then what its configuration adds.
func Explain(upstream oauth.Secret) []Param {
	u, err := url.Parse(upstream.Reveal())
	if err != nil {
		return nil
	}
	query := u.Query()
	var out []Param
	add := func(name, meaning string) {
		for _, v := range query[name] {
			if slices.Contains(fresh, name) {
				v = ""
			}
			out = append(out, Param{Name: name, Value: v, Meaning: meaning})
		}
	}
	for _, name := range meanings {
		add(name, name)
	}
	if query.Has("client_id") && !query.Has("code_challenge") {
		out = append(out, Param{Name: "code_challenge", Meaning: meaningNoPKCE})
	}
	var rest []string
	for name := range query {
		if !slices.Contains(meanings, name) {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	for _, name := range rest {
		add(name, meaningOther)
	}
	return out
}

// Bare is an address without what may be private in it: user, query and fragment.
func Bare(address oauth.Secret) string {
	u, err := url.Parse(address.Reveal())
	if err != nil {
		return ""
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}
