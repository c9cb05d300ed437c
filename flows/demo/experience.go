package demo

import "net/http"

// signInExperience is Logto's anonymous description of what the sign-in page
// offers. The demo has usernames with passwords, and no connector.
func (t *Tenant) signInExperience(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{
		"tenantId":     "demo",
		"id":           "default",
		"color":        map[string]any{"primaryColor": "#3556D4", "darkPrimaryColor": "#7C9BFF", "isDarkModeEnabled": true},
		"languageInfo": map[string]any{"autoDetect": false, "fallbackLanguage": "en"},
		"signIn": map[string]any{"methods": []any{map[string]any{
			"identifier": "username", "password": true, "verificationCode": false, "isPasswordPrimary": true,
		}}},
		"signUp":                       map[string]any{"identifiers": []string{"username"}, "password": true, "verify": false},
		"signInMode":                   "SignInAndRegister",
		"socialSignIn":                 map[string]any{},
		"socialSignInConnectorTargets": []string{},
		"socialConnectors":             []any{},
		"ssoConnectors":                []any{},
		"singleSignOnEnabled":          false,
		"forgotPassword":               map[string]any{"phone": false, "email": false},
		"passwordPolicy":               map[string]any{},
		"mfa":                          map[string]any{"policy": "NoPrompt", "factors": []string{}},
		"captchaPolicy":                map[string]any{"enabled": false},
		"isDevelopmentTenant":          false,
		"unknownSessionRedirectUrl":    nil,
		"agreeToTermsPolicy":           "Automatic",
	})
}
