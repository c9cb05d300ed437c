package oidc

import (
	"strings"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// guarded are the claims whose types Logto's schema asks for. All but sub may be
// null or absent.
var guarded = []struct{ name, want string }{
	{"sub", "string"},
	{"name", "string"},
	{"email", "string"},
	{"email_verified", "boolean"},
	{"phone", "string"},
	{"phone_verified", "boolean"},
	{"picture", "string"},
	{"profile", "string"},
	{"nonce", "string"},
}

// guard is that schema on the claims of an answer. Everything that is wrong is
// named; Logto's data names it too.
func (h *hop) guard(step oauth.Step, what string, claims *jose.Object, evidence []int) error {
	strings := h.kind == connector.OIDC && h.config.Bool("acceptStringTypedBooleanClaims")
	var faults []fault.Fault
	for _, g := range guarded {
		got := connector.TypeOf(claims, g.name)
		switch {
		case got == g.want, g.name != "sub" && (got == "" || got == "null"):
			continue
		case g.want == "boolean" && strings && isBoolean(claims, g.name):
			continue
		case got == "":
			got = "absent"
		}
		faults = append(faults, h.fault(step, what, evidence, "Claim", g.name, "Want", g.want, "Got", got))
	}
	if len(faults) > 0 {
		return stopped(faults...)
	}
	return nil
}

// isBoolean reports whether the claim is true or false written as a string.
func isBoolean(claims *jose.Object, name string) bool {
	s, _ := claims.String(name)
	return s == "true" || s == "false"
}

// verdict is what a claim like email_verified says: true, false, or nothing.
func verdict(claims *jose.Object, name string) (value, said bool) {
	if value, said = claims.Bool(name); said {
		return value, true
	}
	s, ok := claims.String(name)
	return s == "true", ok && (s == "true" || s == "false")
}

// mapped is what Logto makes of the claims that it reads, and why it leaves out what
// it leaves out. Other is the answer that it does not read, nil when there is none.
func (h *hop) mapped(claims *jose.Object, source connector.Source, payload []byte, other *jose.Object) connector.Profile {
	m := &mapping{claims: claims, source: source}
	m.take("id", "sub")
	m.take("name", "name")
	m.take("avatar", "picture")
	trust := h.config.Bool("trustUnverifiedEmail")
	m.takeVerified("email", "email", "email_verified", trust)
	m.takeVerified("phone", "phone", "phone_verified", false)
	for _, name := range []string{"phone_number", "phone_number_verified"} {
		m.drop(name, connector.DropOtherName)
	}
	if other != nil {
		m.replaced(other)
	}
	m.Raw = rawJSON(claims, payload)
	return m.Profile
}

type mapping struct {
	connector.Profile
	claims *jose.Object
	source connector.Source
}

func (m *mapping) take(field, claim string) {
	value, ok := m.claims.String(claim)
	if m.claims.Has(claim) && !ok && connector.TypeOf(m.claims, claim) != "null" {
		m.drop(claim, connector.DropNotText)
	}
	if ok && value == "" {
		m.drop(claim, connector.DropEmpty)
	}
	m.Fields = append(m.Fields, connector.Field{Name: field, Value: value, Claim: claim, Source: m.source})
}

// takeVerified takes a claim only when another says that it is verified; where that
// says nothing, only when it is trusted all the same.
func (m *mapping) takeVerified(field, claim, verified string, trust bool) {
	yes, said := verdict(m.claims, verified)
	value, _ := m.claims.String(claim)
	switch {
	case value == "":
	case said && !yes:
		m.drop(claim, connector.DropUnverified)
		value = ""
	case !said && !trust:
		m.drop(claim, connector.DropVerifiedAbsent)
		value = ""
	}
	m.Fields = append(m.Fields, connector.Field{Name: field, Value: value, Claim: claim, Source: m.source})
}

// drop notes a claim that is there and not taken.
func (m *mapping) drop(claim, reason string) {
	raw, ok := m.claims.Get(claim)
	if !ok {
		return
	}
	m.Dropped = append(m.Dropped, connector.Dropped{
		Claim: claim, Value: strings.Trim(string(raw), `"`), Source: m.source, Reason: reason,
	})
}

// replaced notes the claims about the user that stand only in the ID token, where
// user info takes its place.
func (m *mapping) replaced(idToken *jose.Object) {
	for _, claim := range []string{"name", "picture", "email", "email_verified", "phone", "phone_verified"} {
		if raw, ok := idToken.Get(claim); ok && !m.claims.Has(claim) {
			m.Dropped = append(m.Dropped, connector.Dropped{
				Claim: claim, Value: strings.Trim(string(raw), `"`), Source: connector.FromIDToken, Reason: connector.DropReplaced,
			})
		}
	}
}

// missing warns of what leaves a user without e-mail address or phone number.
func (h *hop) missing(p connector.Profile, claims *jose.Object) []fault.Fault {
	var out []fault.Fault
	for _, d := range p.Dropped {
		what, ok := dropWarnings[d.Claim][d.Reason]
		if ok {
			out = append(out, h.warning(connector.StepProfile, what))
		}
	}
	if !claims.Has("email") && len(out) == 0 {
		out = append(out, h.warning(connector.StepProfile, emailAbsent, "Scope", h.scope))
	}
	return out
}

var dropWarnings = map[string]map[string]string{
	"email": {
		connector.DropUnverified: emailUnverified, connector.DropVerifiedAbsent: emailUnstated, connector.DropReplaced: emailReplaced,
	},
	"phone": {
		connector.DropUnverified: phoneUnverified, connector.DropVerifiedAbsent: phoneUnverified,
	},
	"phone_number": {connector.DropOtherName: phoneName},
}
