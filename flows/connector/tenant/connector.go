package tenant

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"signbench/flows/connector"
)

// Sort is what a connector is for.
type Sort string

// The sorts that sign users in.
const (
	Social Sort = "social"
	SSO    Sort = "sso" // enterprise single sign-on
)

// Connector is a connector of a tenant, as Logto shows it to everybody.
type Connector struct {
	ID       string
	Sort     Sort
	Names    map[string]string // by language tag; "" where it has the same for all
	Target   string            // of a social connector: by which its users are known
	Logo     string            // a URL
	LogoDark string
	Platform string // Web, Native, Universal; "" where the connector has none
	Standard State  // a tenant may have several of its factory: OIDC, OAuth 2.0 or SAML

	// Kind is the bench that fits, where what Logto shows leaves no doubt; "" elsewhere.
	Kind connector.Kind

	Shown     State // whether the sign-in page shows it
	Callbacks []Callback
}

// Use is what a callback is for.
type Use string

// The uses.
const (
	ForSignIn  Use = "sign_in" // where the sign-in page returns to
	ForAccount Use = "account" // where the Account Center returns to, since Logto 1.39
	ForSAML    Use = "saml"    // the assertion consumer service, if the connector speaks SAML: then in place of the others
)

// Uses lists them.
func Uses() []Use { return []Use{ForSignIn, ForAccount, ForSAML} }

// Callback is an address that must be registered at the provider behind a connector.
type Callback struct {
	URI    string
	Origin string // that of the page on which the user began
	Use    Use
}

// SAMLConsumerURL is where a SAML provider posts its assertions for an enterprise
// connector.
func SAMLConsumerURL(origin, id string) string {
	return address(origin, "/api/authn/single-sign-on/saml/"+id, nil)
}

// Name is what the connector is called in the first of these languages that it has,
// in English, or in any.
func (c Connector) Name(languages ...string) string {
	for _, tag := range append(languages, "en", "") {
		if name := c.Names[tag]; name != "" {
			return name
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(c.Names)) {
		if name := c.Names[tag]; name != "" {
			return name
		}
	}
	return cmp.Or(c.Target, c.ID)
}

// DirectSignIn is the value of direct_sign_in that leads straight to the connector:
// a social one is named by its target, an enterprise one by its ID.
func (c Connector) DirectSignIn() string {
	if c.Sort == SSO {
		return "sso:" + c.ID
	}
	return "social:" + c.Target
}

// shownConnector is a connector in the answer of ListingURL.
type shownConnector struct {
	ID            string
	Target        string
	Name          json.RawMessage // by language; a string in no version that is known
	ConnectorName string
	Logo          string
	LogoDark      *string
	DarkLogo      *string
	Platform      *string
	IsStandard    *bool
}

func (r *reader) connectors(member, absent string) []shownConnector {
	var raw []json.RawMessage
	r.read(member, &raw, absent)
	var out []shownConnector
	for _, one := range raw {
		var c shownConnector
		switch err := json.Unmarshal(one, &c); {
		case err != nil:
			r.note(Unreadable, "Member", member)
		case c.ID == "":
			r.note(WithoutID, "Target", cmp.Or(c.Target, c.ConnectorName))
		default:
			out = append(out, c)
		}
	}
	return out
}

func (r *reader) social(targets []string) []Connector {
	var out []Connector
	for _, c := range r.connectors("socialConnectors", NoSocial) {
		one := Connector{
			ID: c.ID, Sort: Social, Names: names(c.Name), Target: c.Target, Logo: c.Logo, LogoDark: text(c.LogoDark),
			Platform: text(c.Platform), Standard: state(c.IsStandard),
		}
		if one.Standard == Off && one.Target == "feishu" {
			one.Kind = connector.Feishu // the target of a connector that is no standard one is its factory's
		}
		if r.members["socialSignInConnectorTargets"] != nil {
			one.Shown = Off
			if slices.Contains(targets, c.Target) {
				one.Shown = On
			}
		}
		out = append(out, one)
	}
	return out
}

func (r *reader) enterprise() []Connector {
	var out []Connector
	for _, c := range r.connectors("ssoConnectors", NoEnterprise) {
		out = append(out, Connector{
			ID: c.ID, Sort: SSO, Names: map[string]string{"": c.ConnectorName}, Logo: c.Logo, LogoDark: text(c.DarkLogo), Shown: On,
		})
	}
	return out
}

func names(raw json.RawMessage) map[string]string {
	var all map[string]string
	if json.Unmarshal(raw, &all) == nil {
		return all
	}
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return map[string]string{"": one}
	}
	return nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
