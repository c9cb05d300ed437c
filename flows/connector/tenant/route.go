package tenant

import (
	"context"
	"net/mail"
	"slices"
	"strings"

	"signbench/flows/connector"
)

// Route is where Logto sends an e-mail address.
type Route struct {
	Email      string
	Domain     string
	Connectors []Connector // of enterprise SSO; none: Reason says why
	Reason     RouteReason
	Parent     string // with SubDomain: the domain above it that a connector has
}

// RouteReason is why an address is sent to no connector. The sentence is
// tenant.route.<reason>.
type RouteReason string

// The reasons.
const (
	Routed     RouteReason = "routed"
	NoAddress  RouteReason = "no_address"
	SSOOff     RouteReason = "sso_off"
	NoSSO      RouteReason = "no_sso"     // no enterprise connector is shown: none is there, or none has a domain and a valid configuration
	Public     RouteReason = "public"     // a domain of everybody, which Logto refuses for a connector
	SubDomain  RouteReason = "sub_domain" // domains match exactly, and a connector has the one above
	Unassigned RouteReason = "unassigned" // no connector has the domain
)

// RouteReasons lists them.
func RouteReasons() []RouteReason {
	return []RouteReason{Routed, NoAddress, SSOOff, NoSSO, Public, SubDomain, Unassigned}
}

// levels is how many domains above an address are asked about.
const levels = 3

// ReadAddress is the route of what was typed as far as it is known without asking:
// what it is, and NoAddress where it is none.
func ReadAddress(typed string) Route {
	email := strings.TrimSpace(typed)
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Name != "" || parsed.Address != email || len(email) > 254 { // RFC 5321 4.5.3.1.3
		return Route{Email: email, Reason: NoAddress}
	}
	return Route{Email: email, Domain: strings.ToLower(email[strings.LastIndexByte(email, '@')+1:])}
}

// Router asks where one address is sent to.
type Router func(ctx context.Context, email string) (ids []string, a connector.Answer)

// Follow asks for the route of an address of that tenant, and where it leads nowhere
// finds out why. The answer is the first that is no success, with ok false.
func Follow(ctx context.Context, ask Router, l Listing, r Route) (route Route, a connector.Answer, ok bool) {
	ids, a := ask(ctx, r.Email)
	if !a.OK() {
		if said, told := Say(a); told && said.Code == "guard.invalid_input" {
			r.Reason = NoAddress
			return r, a, true
		}
		return r, a, false
	}
	for _, id := range ids {
		c, known := l.Find(id)
		if !known {
			c = Connector{ID: id, Sort: SSO}
		}
		r.Connectors = append(r.Connectors, c)
	}
	switch {
	case len(ids) > 0:
		r.Reason = Routed
	case l.SingleSignOn == Off:
		r.Reason = SSOOff
	case connector.IsPublicDomain(r.Domain):
		r.Reason = Public
	case l.SingleSignOn == On && !slices.ContainsFunc(l.Connectors, func(c Connector) bool { return c.Sort == SSO }):
		r.Reason = NoSSO
	default:
		r.Reason = Unassigned
		return above(ctx, ask, r, a)
	}
	return r, a, true
}

// above asks for the same user at the domains above.
func above(ctx context.Context, ask Router, r Route, a connector.Answer) (Route, connector.Answer, bool) {
	user := r.Email[:strings.LastIndexByte(r.Email, '@')+1]
	parent := r.Domain
	for range levels {
		if _, parent, _ = strings.Cut(parent, "."); !strings.Contains(parent, ".") {
			return r, a, true
		}
		ids, next := ask(ctx, user+parent)
		if !next.OK() {
			return r, next, false
		}
		if len(ids) > 0 {
			r.Reason, r.Parent = SubDomain, parent
			return r, next, true
		}
	}
	return r, a, true
}
