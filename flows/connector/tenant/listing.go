package tenant

import (
	"encoding/json"
	"errors"
	"slices"

	"signbench/flows/connector"
)

// State is a switch of the tenant, as far as it is known.
type State string

// The states.
const (
	Unknown State = "" // the answer does not say
	On      State = "on"
	Off     State = "off"
)

func state(on *bool) State {
	switch {
	case on == nil:
		return Unknown
	case *on:
		return On
	}
	return Off
}

// Listing is what a tenant shows its users.
type Listing struct {
	Connectors []Connector
	Methods    []Method // nil: not known, when Notes has NoMethods

	SingleSignOn State
	Captcha      State

	// Targets are the social connectors that the sign-in page is to show, by target.
	Targets []string

	// TargetsWithout are those of Targets for which there is no connector: it was
	// deleted, or its configuration is not valid.
	TargetsWithout []string

	// ForgotByEmail and ForgotByPhone say whether a forgotten password can be reset
	// so. On means that there is a connector that sends.
	ForgotByEmail, ForgotByPhone State

	Origins []string // where the tenant is known to be reached, the endpoint first
	Notes   []Note   // where the answer is not that of Logto 1.37 to 1.42
}

// Method is a way to sign in without a connector of somebody else's.
type Method struct {
	Identifier string // username, email or phone
	Password   bool
	Code       bool // by a verification code
}

// Sends names what a connector has to send for the method: "email", "sms", or "" for
// nothing.
func (m Method) Sends() string {
	switch {
	case !m.Code:
		return ""
	case m.Identifier == "phone":
		return "sms"
	}
	return m.Identifier
}

// Note is something in which the answer of a tenant is not the one that is known. The
// sentence is tenant.note.<code>.
type Note struct {
	Code   string            `json:"code"`
	Params map[string]string `json:"params,omitempty"`
}

// The codes of notes.
const (
	NoSocial     = "no_social"     // no member socialConnectors
	NoEnterprise = "no_enterprise" // no member ssoConnectors: before enterprise SSO
	NoSwitch     = "no_switch"     // no member singleSignOnEnabled
	NoMethods    = "no_methods"    // no member signIn.methods
	NoTargets    = "no_targets"    // no member socialSignInConnectorTargets
	NoForgot     = "no_forgot"     // no member forgotPassword
	Unreadable   = "unreadable"    // a member has another type; Params: Member
	WithoutID    = "without_id"    // a connector without an ID; Params: Target
	NoDiscovery  = "no_discovery"  // the issuer is not known, so its origin may be missing
	OtherOrigin  = "other_origin"  // the issuer is at another origin; Params: Origin
)

// NoteCodes lists every code.
func NoteCodes() []string {
	return []string{
		NoSocial, NoEnterprise, NoSwitch, NoMethods, NoTargets, NoForgot, Unreadable, WithoutID, NoDiscovery, OtherOrigin,
	}
}

// ErrNotLogto is an answer that is not Logto's description of a sign-in page.
var ErrNotLogto = errors.New("not Logto's description of its sign-in page")

// reader reads an answer member by member, so that one of an unknown shape takes no
// other with it.
type reader struct {
	members map[string]json.RawMessage
	notes   []Note
}

func (r *reader) note(code string, params ...string) {
	n := Note{Code: code}
	if len(params) > 0 {
		n.Params = map[string]string{}
	}
	for i := 0; i+1 < len(params); i += 2 {
		n.Params[params[i]] = params[i+1]
	}
	r.notes = append(r.notes, n)
}

// read reports whether the member is there and of the type of v. Where absent is a
// code, its absence is noted.
func (r *reader) read(name string, v any, absent string) bool {
	raw, ok := r.members[name]
	switch {
	case !ok && absent != "":
		r.note(absent)
		return false
	case !ok || string(raw) == "null":
		return false
	case json.Unmarshal(raw, v) != nil:
		r.note(Unreadable, "Member", name)
		return false
	}
	return true
}

// ReadListing reads the answer of ListingURL. Origins are where the tenant is known
// to be reached, the endpoint first: browsers return to the origin on which they
// began.
func ReadListing(body []byte, origins []string) (Listing, error) {
	r := &reader{}
	if json.Unmarshal(body, &r.members) != nil || r.members["signIn"] == nil && r.members["socialConnectors"] == nil {
		return Listing{}, ErrNotLogto
	}
	l := Listing{Origins: origins}
	r.methods(&l)
	r.read("socialSignInConnectorTargets", &l.Targets, NoTargets)
	l.Connectors = append(r.social(l.Targets), r.enterprise()...)
	for i := range l.Connectors {
		l.Connectors[i].Callbacks = callbacks(origins, l.Connectors[i])
	}
	l.TargetsWithout = slices.DeleteFunc(slices.Clone(l.Targets), func(target string) bool {
		return slices.ContainsFunc(l.Connectors, func(c Connector) bool { return c.Target == target })
	})
	var on *bool
	if r.read("singleSignOnEnabled", &on, NoSwitch) {
		l.SingleSignOn = state(on)
	}
	var captcha struct{ Enabled *bool }
	r.read("captchaPolicy", &captcha, "")
	var forgot struct{ Phone, Email *bool }
	r.read("forgotPassword", &forgot, NoForgot)
	l.Captcha, l.ForgotByEmail, l.ForgotByPhone = state(captcha.Enabled), state(forgot.Email), state(forgot.Phone)
	l.Notes = r.notes
	return l, nil
}

func (r *reader) methods(l *Listing) {
	var signIn struct {
		Methods *[]struct {
			Identifier       string
			Password         bool
			VerificationCode bool
		}
	}
	r.read("signIn", &signIn, "")
	if signIn.Methods == nil {
		r.note(NoMethods)
		return
	}
	for _, m := range *signIn.Methods {
		l.Methods = append(l.Methods, Method{Identifier: m.Identifier, Password: m.Password, Code: m.VerificationCode})
	}
}

// Find is the connector with that ID.
func (l Listing) Find(id string) (Connector, bool) {
	i := slices.IndexFunc(l.Connectors, func(c Connector) bool { return c.ID == id })
	if i < 0 {
		return Connector{}, false
	}
	return l.Connectors[i], true
}

// callbacks are what must be registered upstream, for each origin.
func callbacks(origins []string, c Connector) []Callback {
	var out []Callback
	for _, origin := range origins {
		for i, uri := range connector.CallbackURIs(origin, c.ID) {
			use := []Use{ForSignIn, ForAccount}[i]
			if c.Sort == Social || use == ForSignIn {
				out = append(out, Callback{URI: uri, Origin: origin, Use: use})
			}
		}
		if c.Sort == SSO {
			out = append(out, Callback{URI: SAMLConsumerURL(origin, c.ID), Origin: origin, Use: ForSAML})
		}
	}
	return out
}
