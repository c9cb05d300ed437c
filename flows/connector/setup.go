package connector

import (
	"slices"
	"strings"

	"signbench/flows/oauth"
)

// Setup is what a bench examines.
type Setup struct {
	Kind        Kind
	ID          oauth.ProfileID // under which the runs on the bench are kept
	Name        string          // what the user calls it
	Config      Config
	ConnectorID string   // the instance's ID in the tenant; empty when it is not known
	Origin      string   // the tenant's endpoint, "https://acme.logto.app"
	Domains     []string // the e-mail domains of an enterprise SSO connector; nil: not known
	To          string   // the number that messages are to reach, as it was typed; empty: none was

	// RedirectURI is where the upstream sends the browser when the sign-in is repeated:
	// an address of this machine that is registered upstream, or the tenant's callback,
	// whose URL is then pasted.
	RedirectURI string

	// Addresses replaces base addresses of the vendor, by the names of Addresses.
	Addresses map[string]string
}

// Address is a base address of a vendor that the user may replace, for a gateway or
// a test. Its text is connector.address.<name>.
type Address struct{ Name, Default string }

// The names of the addresses.
const (
	FeishuPassport  = "feishu_passport"
	FeishuOpen      = "feishu_open"
	LarkPassport    = "lark_passport"
	LarkOpen        = "lark_open"
	TwilioAPI       = "twilio_api"
	TwilioMessaging = "twilio_messaging"
	TwilioAccounts  = "twilio_accounts"
)

var addresses = map[Kind][]Address{
	Feishu: {
		{FeishuPassport, "https://passport.feishu.cn"},
		{FeishuOpen, "https://open.feishu.cn"},
		{LarkPassport, "https://passport.larksuite.com"},
		{LarkOpen, "https://open.larksuite.com"},
	},
	Twilio: {
		{TwilioAPI, "https://api.twilio.com"},
		{TwilioMessaging, "https://messaging.twilio.com"},
		{TwilioAccounts, "https://accounts.twilio.com"},
	},
}

// Addresses lists the base addresses that the kind's bench uses.
func Addresses(kind Kind) []Address { return slices.Clone(addresses[kind]) }

// Address is the base address to use, without a trailing slash.
func (s Setup) Address(name string) string {
	if a := strings.TrimSuffix(strings.TrimSpace(s.Addresses[name]), "/"); a != "" {
		return a
	}
	for _, a := range addresses[s.Kind] {
		if a.Name == name {
			return s.vendors(a)
		}
	}
	return ""
}

// vendors is the vendor's own address. Twilio has one for each region, which newer
// versions of Logto take from the configuration.
func (s Setup) vendors(a Address) string {
	host := strings.ToLower(s.Config.Text("host"))
	if s.Kind != Twilio || !twilioHost.MatchString(host) {
		return a.Default
	}
	return strings.TrimSuffix(a.Default, ".twilio.com") + strings.TrimPrefix(host, "api")
}

// Replaced lists the addresses that are not the vendor's, which must be plain to
// see wherever a result is shown.
func (s Setup) Replaced() []Address {
	var out []Address
	for _, a := range addresses[s.Kind] {
		if used := s.Address(a.Name); used != s.vendors(a) {
			out = append(out, Address{a.Name, used})
		}
	}
	return out
}

// Elsewhere are the addresses of Replaced, each once: a gateway has one for all.
func (s Setup) Elsewhere() []string {
	var out []string
	for _, a := range s.Replaced() {
		if !slices.Contains(out, a.Default) {
			out = append(out, a.Default)
		}
	}
	return out
}

// CallbackURIs are what must be registered upstream for a social or SSO connector:
// where the sign-in page returns, and where the Account Center returns (since Logto
// 1.39; social connectors only). Nil while origin or ID is not known.
func CallbackURIs(origin, id string) []string {
	origin = strings.TrimSuffix(origin, "/")
	if origin == "" || id == "" {
		return nil
	}
	return []string{origin + "/callback/" + id, origin + "/account/callback/social/" + id}
}

// CallbackURIs are those of the set-up: one for enterprise SSO, two for a social
// connector, none for one that sends messages.
func (s Setup) CallbackURIs() []string {
	all := CallbackURIs(s.Origin, s.ConnectorID)
	switch {
	case s.Kind == Twilio || len(all) == 0:
		return nil
	case s.Kind == SSO:
		return all[:1]
	}
	return all
}
