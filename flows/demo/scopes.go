package demo

import "strings"

// scopes is a set of the scope values that the tenant knows, small enough to
// travel inside an opaque token.
type scopes uint16

// The scopes of Logto (its core-kit's openid.ts) and those of the demo's resource.
const (
	scopeOpenID scopes = 1 << iota
	scopeOfflineAccess
	scopeProfile
	scopeEmail
	scopePhone
	scopeAddress
	scopeCustomData
	scopeIdentities
	scopeRoles
	scopeOrganizations
	scopeOrganizationRoles
	scopeSessions
	scopeReadOrders
	scopeWriteOrders
)

// scopeNames are in the order of the bits.
var scopeNames = []string{
	"openid", "offline_access", "profile", "email", "phone", "address",
	"custom_data", "identities", "roles",
	"urn:logto:scope:organizations", "urn:logto:scope:organization_roles", "urn:logto:scope:sessions",
	"read:orders", "write:orders",
}

// ofResources are the scopes that belong to a resource and not to the user.
const ofResources = scopeReadOrders | scopeWriteOrders

// parseScopes reads a scope parameter (RFC 6749 3.3). What the tenant does not
// know is dropped in silence, as Logto does.
func parseScopes(parameter string) scopes {
	var s scopes
	for _, name := range strings.Fields(parameter) {
		for i, known := range scopeNames {
			if name == known {
				s |= 1 << i
			}
		}
	}
	return s
}

func (s scopes) has(other scopes) bool { return s&other == other }

func (s scopes) String() string {
	var names []string
	for i, name := range scopeNames {
		if s&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}
