package demo

// identityClaims are the claims of the scopes for a user (OIDC Core 5.4), mapped
// as Logto maps them: times in milliseconds, null for what is absent, and some
// claims in UserInfo only.
func identityClaims(u *user, granted scopes, inUserInfo bool) map[string]any {
	claims := map[string]any{"sub": u.sub}
	if granted.has(scopeProfile) {
		claims["name"] = orNull(u.name)
		claims["picture"] = orNull(u.picture)
		claims["username"] = orNull(u.username)
		claims["created_at"] = u.created
		claims["updated_at"] = u.created
		for name, value := range map[string]string{
			"given_name": u.given, "family_name": u.family, "locale": u.locale, "zoneinfo": u.zone,
		} {
			if value != "" {
				claims[name] = value
			}
		}
	}
	if granted.has(scopeEmail) {
		claims["email"] = orNull(u.email)
		claims["email_verified"] = u.email != ""
	}
	if granted.has(scopePhone) {
		claims["phone_number"] = nil
		claims["phone_number_verified"] = false
	}
	if granted.has(scopeAddress) {
		claims["address"] = nil
	}
	if granted.has(scopeRoles) {
		claims["roles"] = []string{}
	}
	if granted.has(scopeOrganizations) {
		claims["organizations"] = []string{}
	}
	if granted.has(scopeOrganizationRoles) {
		claims["organization_roles"] = []string{}
	}
	if inUserInfo {
		addExtendedClaims(claims, u, granted)
	}
	return claims
}

// addExtendedClaims adds what a tenant of Logto leaves out of the ID token unless
// it is told otherwise.
func addExtendedClaims(claims map[string]any, u *user, granted scopes) {
	if granted.has(scopeCustomData) {
		claims["custom_data"] = map[string]any{}
	}
	if granted.has(scopeIdentities) {
		claims["identities"] = u.socialIdentities()
		claims["sso_identities"] = u.ssoIdentities()
	}
	if granted.has(scopeOrganizations) {
		claims["organization_data"] = []any{}
	}
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
