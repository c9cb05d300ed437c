package demo

import (
	"net/http"
	"net/url"

	"signbench/flows/demo/connector"
)

// signInExperience is Logto's anonymous description of what the sign-in page
// offers: usernames with passwords, and the connectors.
func (t *Tenant) signInExperience(w http.ResponseWriter, _ *http.Request) {
	targets, social, enterprise := []string{}, []any{}, []any{}
	methods := []any{method("username", true)}
	sms, settings := false, t.settings()
	for _, c := range t.offered() {
		switch c.kind {
		case kindSocial:
			targets = append(targets, c.target)
			social = append(social, c.shown())
		case kindSSO:
			enterprise = append(enterprise, map[string]any{"id": c.id, "connectorName": c.name, "logo": c.logo()})
		case kindSMS:
			sms = true
			methods = append(methods, method("phone", false))
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"tenantId":                     "demo",
		"id":                           "default",
		"color":                        map[string]any{"primaryColor": "#3556D4", "darkPrimaryColor": "#7C9BFF", "isDarkModeEnabled": true},
		"languageInfo":                 map[string]any{"autoDetect": false, "fallbackLanguage": "en"},
		"signIn":                       map[string]any{"methods": methods},
		"signUp":                       map[string]any{"identifiers": []string{"username"}, "password": true, "verify": false},
		"signInMode":                   settings.mode,
		"socialSignIn":                 map[string]any{},
		"socialSignInConnectorTargets": targets,
		"socialConnectors":             social,
		"ssoConnectors":                enterprise,
		"singleSignOnEnabled":          settings.singleSignOn,
		"forgotPassword":               map[string]any{"phone": sms, "email": false},
		"passwordPolicy":               map[string]any{},
		"mfa":                          map[string]any{"policy": "NoPrompt", "factors": []string{}},
		"captchaPolicy":                map[string]any{"enabled": false},
		"isDevelopmentTenant":          false,
		"unknownSessionRedirectUrl":    nil,
		"agreeToTermsPolicy":           "Automatic",
	})
}

// method is a way to sign in, with a password or else with a verification code.
func method(identifier string, password bool) map[string]any {
	return map[string]any{
		"identifier": identifier, "password": password, "verificationCode": !password, "isPasswordPrimary": password,
	}
}

// logo is a shape in a colour of the connector's own. It is in the answer itself, so
// that nothing is fetched for it.
func (c *connection) logo() string {
	shape := "<circle cx='12' cy='12' r='10' fill='#1d7a52'/>"
	switch c.id {
	case FeishuID:
		shape = "<path d='M12 2 22 21H2z' fill='#2f6fd6'/>"
	case SSOID:
		shape = "<rect x='3' y='3' width='18' height='18' rx='4' fill='#8a4fc4'/>"
	}
	return "data:image/svg+xml," + url.PathEscape("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>"+shape+"</svg>")
}

// shown is a social connector as everybody may see it.
func (c *connection) shown() map[string]any {
	return map[string]any{
		"id": c.id, "target": c.target, "name": map[string]any{"en": c.name},
		"logo": c.logo(), "logoDark": nil, "platform": c.platform(), "isStandard": c.standard(), "isTokenStorageSupported": c.standard(),
	}
}

// standard says whether a tenant may have several connectors of the factory.
func (c *connection) standard() bool { return c.factory == connector.FactoryOIDC }

// platform is Web for a social factory that is made for it.
func (c *connection) platform() any {
	if c.factory == connector.FactoryFeishu {
		return "Web"
	}
	return nil
}
