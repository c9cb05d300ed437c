package state

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"signbench/flows"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// Values that are new in each run.
var (
	freshParameters = []string{"state", "nonce", "code_challenge", "id_token_hint"}
	freshClaims     = []string{
		"iat", "exp", "nbf", "auth_time", "updated_at", // times
		"nonce", "jti", "sid", "at_hash", "c_hash", "s_hash", // of this sign-in
	}
)

func (r Run) outcome() flows.Outcome {
	if r.Ended == nil {
		return ""
	}
	return r.Ended.Outcome
}

func (r Run) idToken() *jose.Object {
	if r.Tokens == nil {
		return nil
	}
	return r.Tokens.Decoded.ID.Claims
}

func (r Run) accessToken() *jose.Object {
	if r.Tokens == nil {
		return nil
	}
	return r.Tokens.Decoded.Access.Claims
}

// values are names with their values as text, in the order in which they stand.
type values struct {
	names []string
	text  map[string]string
	lists map[string][]string // of those that are lists
}

func (v *values) set(name, text string, list []string) {
	if v.text == nil {
		v.text, v.lists = map[string]string{}, map[string][]string{}
	}
	if _, twice := v.text[name]; !twice {
		v.names = append(v.names, name)
	}
	v.text[name], v.lists[name] = text, list
}

// differences lists names in the order of a, then those that only b has.
func differences(where string, a, b values, fresh []string) []Difference {
	var out []Difference
	for _, name := range a.names {
		d := Difference{Where: where, Name: name, A: a.text[name]}
		text, both := b.text[name]
		switch {
		case !both:
			d.Change, d.Out = Gone, a.lists[name]
		case d.A == text || slices.Contains(fresh, name):
			continue
		default:
			d.Change, d.B = Changed, text
			if listA, listB := a.lists[name], b.lists[name]; listA != nil && listB != nil {
				d.In, d.Out = without(listB, listA), without(listA, listB)
				if len(d.In)+len(d.Out) == 0 && len(listA) == len(listB) {
					continue // the same in another order
				}
			}
		}
		out = append(out, d)
	}
	for _, name := range b.names {
		if _, both := a.text[name]; !both {
			out = append(out, Difference{Where: where, Name: name, Change: Added, B: b.text[name], In: b.lists[name]})
		}
	}
	return out
}

func without(list, other []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(other, s) {
			out = append(out, s)
		}
	}
	return out
}

// requestOf has the parameters of the first request that the browser was sent away
// with: the authorization request, or the end-session request.
func requestOf(r Run) values {
	var v values
	for _, ex := range r.Exchanges {
		if ex.Channel != trace.FrontChannel || ex.Step != oauth.StepAuthorize && ex.Step != oauth.StepUpstreamAuthorize && ex.Step != oauth.StepEndSession {
			continue
		}
		u, err := url.Parse(ex.Request.URL)
		if err != nil {
			return v
		}
		query := u.Query()
		names := make([]string, 0, len(query))
		for name := range query {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			var list []string
			if name == "scope" || name == "prompt" || name == "acr_values" {
				list = strings.Fields(strings.Join(query[name], " "))
			} else if len(query[name]) > 1 {
				list = query[name]
			}
			v.set(name, strings.Join(query[name], " "), list)
		}
		return v
	}
	return v
}

func discoveryOf(r Run) values {
	if r.Metadata == nil {
		return values{}
	}
	document, err := jose.ParseObject(r.Metadata.Raw)
	if err != nil {
		return values{}
	}
	return claimsOf(document)
}

func (r Run) userInfoClaims() values {
	if r.UserInfo == nil {
		return values{}
	}
	claims, err := jose.ParseObject(r.UserInfo.Claims)
	if err != nil {
		return values{}
	}
	return claimsOf(claims)
}

// claimsOf has the members of an object. White space and the order of an object's
// members within are no difference, and neither is null against absent: Logto
// writes null for a claim without a value.
func claimsOf(o *jose.Object) values {
	var v values
	if o == nil {
		return v
	}
	for _, m := range o.Members {
		if string(m.Raw) == "null" {
			continue
		}
		if s, ok := o.String(m.Name); ok {
			v.set(m.Name, s, nil)
			continue
		}
		list, _ := o.Array(m.Name)
		v.set(m.Name, canonical(m.Raw), list)
	}
	return v
}

// canonical is JSON with sorted names and no white space; numbers stay as written.
func canonical(raw json.RawMessage) string {
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	var value any
	if dec.Decode(&value) != nil {
		return string(raw)
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if enc.Encode(value) != nil {
		return string(raw)
	}
	return strings.TrimSuffix(out.String(), "\n")
}
