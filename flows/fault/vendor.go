package fault

import (
	"net/url"
	"slices"
	"strings"

	"signbench/flows/oauth"
)

// Vendor is who made the provider: in the words of its console a remedy is given
// where there are some. Empty: unknown, the general remedy serves.
type Vendor string

// The vendors whose consoles are known.
const (
	Logto    Vendor = "logto"
	Entra    Vendor = "entra"
	Okta     Vendor = "okta"
	Google   Vendor = "google"
	Keycloak Vendor = "keycloak"
	Auth0    Vendor = "auth0"
)

// Vendors lists them.
func Vendors() []Vendor { return []Vendor{Logto, Entra, Okta, Google, Keycloak, Auth0} }

// vendorHosts are the domains under which a vendor's cloud issues tokens.
var vendorHosts = map[string]Vendor{
	"logto.app":                 Logto,
	"login.microsoftonline.com": Entra,
	"login.microsoftonline.us":  Entra,
	"sts.windows.net":           Entra,
	"ciamlogin.com":             Entra,
	"okta.com":                  Okta,
	"oktapreview.com":           Okta,
	"okta-emea.com":             Okta,
	"accounts.google.com":       Google,
	"auth0.com":                 Auth0,
}

// VendorOf recognises the vendor by the kind of the profile, by the host of its
// issuer, and by what only one product's metadata has.
func VendorOf(p oauth.Profile, m oauth.Metadata) Vendor {
	if p.Kind.IsLogto() {
		return Logto
	}
	for _, issuer := range []string{p.IssuerID(), m.Issuer} {
		if v := byHost(issuer); v != "" {
			return v
		}
	}
	switch {
	case strings.Contains(m.AuthorizationEndpoint, "/protocol/openid-connect/"), strings.Contains(p.IssuerID(), "/realms/"):
		return Keycloak
	case slices.ContainsFunc(m.ScopesSupported, func(s string) bool { return strings.HasPrefix(s, "urn:logto:") }):
		return Logto
	}
	return ""
}

func byHost(issuer string) Vendor {
	u, err := url.Parse(issuer)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	for host != "" {
		if v, ok := vendorHosts[host]; ok {
			return v
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return ""
}

// For is the vendor in whose words a fault is mended: what Logto itself has named is
// mended in Logto, whatever the profile says of the provider.
func (v Vendor) For(code Code) Vendor {
	if strings.HasPrefix(string(code), logtoPrefix) {
		return Logto
	}
	return v
}
