package fault

import (
	"slices"
	"strings"

	"signbench/flows/oauth"
)

// link says that one fault follows from another when both were found. A code that
// ends in a dot stands for all codes that begin with it; a step narrows the cause to
// that step.
type link struct {
	effect, cause Code
	step          oauth.Step
}

// links are looked through from the top: the first cause that was found is the one
// that is named. Nothing follows from itself over however many links, by test.
var links = slices.Concat(
	// A provider that calls itself by another name does so everywhere. Behind a proxy
	// that hides https, its endpoints are wrong for the same reason.
	from("discovery.issuer", "discovery.issuer_url", "discovery.authorization_endpoint", "discovery.token_endpoint",
		"discovery.jwks_uri", "discovery.userinfo_endpoint", "discovery.end_session_endpoint", "discovery.revocation_endpoint",
		"authorization_response.iss", "id_token.iss"),
	from("discovery.authorization_endpoint", CallbackTimeout),
	// One clock that is wrong makes every time look wrong.
	from(ClockSkew, "id_token.exp", "id_token.nbf", "id_token.iat", "id_token.auth_time"),
	// Without a browser nothing comes back.
	from(CallbackBrowser, CallbackTimeout, EndSessionTimeout),
	from("authorization_response.iss", "authorization_response.state", "authorization_response.code"),
	// The provider's list of methods says why the secret is not accepted.
	from(DiscoveryAuthMethod, "token.invalid_client", "refresh.invalid_client", "revoke.invalid_client", "push.invalid_client"),
	from("token_response.content_type", "token_response.body", TokenMissingAccessToken),
	from("token_response.body", "token_response.access_token", "token_response.token_type", "token_response.id_token"),
	from("token_response.scope", "token_response.id_token", "token_response.refresh_token", "userinfo.insufficient_scope"),
	// What is no ID token fails in whatever an ID token must have.
	from("token_response.id_token", "id_token."),
	from("id_token.form", "id_token."),
	from("id_token.typ", "id_token.aud", "id_token.nonce", "id_token.at_hash", "id_token.azp"),
	// Without a key that fits, or with an algorithm that may not be used, no signature
	// is good.
	from(JWKSEmpty, "id_token.signature", UserInfoSignature),
	fromStep("transport.", oauth.StepJWKS, "id_token.signature", UserInfoSignature),
	fromStep("response.", oauth.StepJWKS, "id_token.signature", UserInfoSignature),
	from("id_token.header_key", "id_token.signature"),
	from("id_token.alg", "id_token.signature"),
	from("id_token.signature", UserInfoSignature),
	from("dpop.alg", "dpop.signature"),
	from("dpop.jwk", "dpop.signature", "dpop.jkt"),
	from("logout_token.alg", "logout_token.signature"),
	from("client_assertion.alg", "client_assertion.signature"),
	from("client_assertion.iss", "client_assertion.sub"),
	from("jarm.alg", "jarm.signature"),
	// A token for another app names it in azp as well, and is none of the old one's.
	from("id_token.aud", "id_token.azp", "id_token.previous_aud"),
	from("id_token.azp", "id_token.previous_azp"),
	from("id_token.iss", "id_token.previous_iss"),
	from("id_token.sub", "id_token.previous_sub", "userinfo.sub"),
	from("id_token.previous_sub", "userinfo.sub"),
	from("userinfo.body", "userinfo.sub", "userinfo.email_verified"),
)

func from(cause Code, effects ...Code) []link { return fromStep(cause, "", effects...) }

func fromStep(cause Code, step oauth.Step, effects ...Code) []link {
	out := make([]link, 0, len(effects))
	for _, effect := range effects {
		out = append(out, link{effect: effect, cause: cause, step: step})
	}
	return out
}

func matches(pattern, code Code) bool {
	if strings.HasSuffix(string(pattern), ".") {
		return strings.HasPrefix(string(code), string(pattern))
	}
	return pattern == code
}

// causeOf finds the fault that the one at i follows from, or -1.
func causeOf(faults []Fault, i int) int {
	for _, l := range links {
		if !matches(l.effect, faults[i].Code) || matches(l.cause, faults[i].Code) {
			continue
		}
		for j, f := range faults {
			if matches(l.cause, f.Code) && (l.step == "" || l.step == f.Step) {
				return j
			}
		}
	}
	return -1
}

// Order puts the root causes first, each with what follows from it behind it, and
// names in Because what a fault follows from. A cause that only warns comes before
// an error that nothing explains when an error follows from it. Otherwise the order
// stays, which is that of the flow.
func Order(faults []Fault) []Fault {
	followers := make(map[int][]int, len(faults))
	var roots []int
	ordered := slices.Clone(faults)
	for i := range ordered {
		ordered[i].Because = ""
		if cause := causeOf(faults, i); cause >= 0 {
			ordered[i].Because = faults[cause].Code
			followers[cause] = append(followers[cause], i)
		} else {
			roots = append(roots, i)
		}
	}
	var tree func(i int) []int
	tree = func(i int) []int {
		out := []int{i}
		for _, j := range followers[i] {
			out = append(out, tree(j)...)
		}
		return out
	}
	var stopped, warned []Fault
	for _, root := range roots {
		var group []Fault
		stops := false
		for _, i := range tree(root) {
			group = append(group, ordered[i])
			stops = stops || ordered[i].Severity == Error
		}
		if stops {
			stopped = append(stopped, group...)
		} else {
			warned = append(warned, group...)
		}
	}
	return append(stopped, warned...)
}

// Folded is a root cause with everything that follows from it.
type Folded struct {
	Fault
	Followers []Fault
}

// Fold gathers ordered faults under their root causes. A follower whose cause is
// not among them stands by itself.
func Fold(faults []Fault) []Folded {
	var out []Folded
	root := map[Code]int{}
	for _, f := range faults {
		if at, ok := root[f.Because]; ok && f.Because != "" {
			root[f.Code] = at
			out[at].Followers = append(out[at].Followers, f)
			continue
		}
		root[f.Code] = len(out)
		out = append(out, Folded{Fault: f})
	}
	return out
}
