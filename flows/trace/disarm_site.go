package trace

import (
	"strings"

	"signbench/flows/oauth"
)

// site says where a value stands.
type site struct {
	step    oauth.Step
	place   Place
	name    string // of the header, parameter or member it belongs to
	request bool   // it is a part of what was sent
	json    bool   // a member of a JSON document
	number  bool   // a JSON number
	claims  bool   // a member of a JWT's claims
	keys    bool   // the document holds a JWK
	plus    bool   // words are written with + for a space, as in a query or form
	cut     bool   // the text ends where recording ended
	depth   int    // of documents in documents
}

// maxDepth is how far documents in documents are taken apart.
const maxDepth = 6

// spell writes a word as the place needs it.
func (s site) spell(w string) string {
	if s.plus {
		return strings.ReplaceAll(w, " ", "+")
	}
	return w
}

func (s site) named(name string) site {
	s.name = name
	return s
}

// visitor is shown what stands in an exchange, and answers with what is to stand
// there instead. The walkers keep every byte of what is not changed.
type visitor interface {
	value(s site, v string) string // a value with a name, decoded
	text(s site, v string) string  // a text without one
}

// secretKind says what kind of secret the value at a site is, "" for none.
func secretKind(s site, v string) Kind {
	if s.keys && isPrivateMember(s.name) && len(v) >= hashable {
		return KindPrivateKey
	}
	kind := kindOf(s.name)
	switch kind {
	case "":
		return ""
	case KindCode, KindState, KindNonce:
		switch {
		case plainName(s.name) == "requesturi" && !strings.HasPrefix(v, "urn:"): // a URL to a request object is none
			return ""
		case !isAmbiguous(s.name):
		case s.claims:
			return "" // known ones are removed; otherwise it is a claim
		case s.json && !s.request && !looksRandom(v):
			return "" // an error code, a state of an address
		}
	case KindAPIKey:
		if plainName(s.name) == "key" && (s.json || len(v) < hashable) {
			return ""
		}
	case KindSignature:
		if s.json && len(v) < hashable {
			return ""
		}
	case KindPassword:
		if s.number && !s.request {
			return ""
		}
	default:
		if s.number && !s.request {
			return "" // a counter
		}
	}
	return kind
}

// isAmbiguous names the parameters that are something else in other documents.
func isAmbiguous(name string) bool {
	switch plainName(name) {
	case "code", "state", "nonce":
		return true
	}
	return false
}

// looksRandom tells an authorization code from an error code such as
// "oidc.invalid_grant": it is long and has digits or capitals.
func looksRandom(v string) bool {
	if len(v) < hashable || strings.ContainsAny(v, " \t\n") {
		return false
	}
	return strings.ContainsAny(v, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// isPrivateMember names the private members of a JWK (RFC 7518, 6.2.2, 6.3.2, 6.4.1).
func isPrivateMember(name string) bool {
	switch name {
	case "d", "p", "q", "dp", "dq", "qi", "k":
		return true
	}
	return false
}

// searchable reports whether a value found by its name should be looked for in
// texts too. Cookies and states are often no secrets at all: "true", "en-US", the
// address to return to.
func searchable(kind Kind, v string) bool {
	switch kind {
	case KindCookie, KindState, KindNonce, KindSession, KindSignature, KindCredentials, KindAPIKey, KindToken:
		if len(v) < 8 || strings.Contains(v, "://") || strings.Contains(v, "%3A%2F%2F") || strings.HasPrefix(v, "/") {
			return false
		}
		return strings.ContainsAny(v, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	}
	return !isVocabulary(v)
}
