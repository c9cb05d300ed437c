package fault

import (
	"testing"

	"signbench/flows/oauth"
)

func TestVendorOf(t *testing.T) {
	for issuer, want := range map[string]Vendor{
		"https://login.microsoftonline.com/3b/v2.0": Entra,
		"https://contoso.ciamlogin.com/3b/v2.0":     Entra,
		"https://dev-1.okta.com/oauth2/default":     Okta,
		"https://accounts.google.com":               Google,
		"https://id.example/realms/staff":           Keycloak,
		"https://dev-1.eu.auth0.com/":               Auth0,
		"https://a1b2.logto.app/oidc":               Logto,
		"https://okta.com.evil.example":             "",
		"https://notokta.com":                       "",
		"https://id.example":                        "",
		"":                                          "",
		"://":                                       "",
	} {
		if got := VendorOf(oauth.Profile{Kind: oauth.KindOIDC, Issuer: issuer}, oauth.Metadata{}); got != want {
			t.Errorf("%s is %q, want %q", issuer, got, want)
		}
	}
	plain := oauth.Profile{Kind: oauth.KindOIDC, Issuer: "https://id.example"}
	for want, m := range map[Vendor]oauth.Metadata{
		Keycloak: {AuthorizationEndpoint: "https://id.example/x/protocol/openid-connect/auth"},
		Logto:    {ScopesSupported: []string{"openid", "urn:logto:scope:organizations"}},
		Auth0:    {Issuer: "https://dev-1.eu.auth0.com/"},
	} {
		if got := VendorOf(plain, m); got != want {
			t.Errorf("by its metadata it is %q, want %q", got, want)
		}
	}
	if got := VendorOf(oauth.Profile{Kind: oauth.KindDemo}, oauth.Metadata{}); got != Logto {
		t.Errorf("the demo tenant is %q", got)
	}
	if got := Okta.For("logto.session.not_found"); got != Logto {
		t.Errorf("what Logto said is mended in %q", got)
	}
}

// What goes wrong most often is said in the words of each console that has a place
// for it. Google has no console for PKCE and for the sign-out, and Auth0 ignores
// scopes that it does not know.
func TestTheMostFrequentFaultsKnowTheConsoles(t *testing.T) {
	texts := translations(t)
	for code, vendors := range map[Code][]Vendor{
		"authorize.invalid_redirect_uri": Vendors(),
		CallbackTimeout:                  Vendors(),
		"token.invalid_client":           Vendors(),
		"discovery.issuer":               Vendors(),
		"authorize.access_denied":        {Logto, Entra, Okta, Google, Auth0},
		"authorize.unauthorized_client":  {Logto, Entra, Okta, Keycloak, Auth0},
		"authorize.consent_required":     {Logto, Entra, Okta, Keycloak, Auth0},
		"authorize.invalid_scope":        {Logto, Entra, Okta, Keycloak},
		"authorize.pkce_required":        {Logto, Entra, Okta, Keycloak},
		"end_session.unregistered_uri":   {Logto, Entra, Okta, Keycloak, Auth0},
		EndSessionTimeout:                {Logto, Entra, Okta, Keycloak, Auth0},
	} {
		for _, v := range vendors {
			key := "fault." + string(code) + ".remedy."
			if own := texts[key+string(v)]; own == "" || own == texts["fault."+string(code)+".remedy"] {
				t.Errorf("%s%s is not there", key, v)
			}
		}
	}
}
