package demo

import "time"

// registrationFaults are set-ups that do not fit: what the app sends is sound, and
// the tenant has something else on record.
func registrationFaults() []definition {
	record := func(name Fault, module, about string, change func(*registration)) definition {
		return definition{Switch{name, module, about}, hooks{registration: change}}
	}
	return []definition{
		record("redirect-uri-unregistered", "", "The redirect URI of the app is not registered.",
			func(r *registration) { r.redirectURIs = nil }),
		record("redirect-uri-slash", "", "The redirect URI is registered with a slash at its end.",
			func(r *registration) { r.redirectURIs = withSlash(r.redirectURIs) }),
		record("post-logout-uri-unregistered", "", "The post sign-out URI of the app is not registered.",
			func(r *registration) { r.postLogoutURIs = nil }),
		record("client-unknown", "", "The app was deleted: the tenant does not know its ID.",
			func(r *registration) { r.unknown = true }),
		record("client-secret-changed", "", "The app's secret was replaced, and the old one deleted.",
			func(r *registration) { r.secret = "another-secret-of-the-demo-app" }),
		record("client-secret-basic", "oidcc-client-test-client-secret-basic",
			"The token endpoint takes client_secret_basic only. This is allowed.",
			func(r *registration) { r.authMethods = []string{"client_secret_basic"} }),
		record("client-secret-post-only", "", "The token endpoint takes client_secret_post only.",
			func(r *registration) { r.authMethods = []string{"client_secret_post"} }),
		{
			Switch{"clock-ahead", "", "The tenant's clock is ten minutes ahead."},
			hooks{clock: 10 * time.Minute},
		},
		{
			Switch{
				"discovery-openid-config", "oidcc-client-test-discovery-openid-config",
				"The endpoints are at other paths than usual; only the discovery document says where. This is allowed.",
			},
			hooks{moved: allMoved, discovery: namesMoved},
		},
		{
			Switch{
				"discovery-jwks-uri-keys", "oidcc-client-test-discovery-jwks-uri-keys",
				"The key set is at another address every time that the discovery document is read. This is allowed.",
			},
			hooks{moved: jwksMoved, discovery: namesJWKS},
		},
	}
}

func withSlash(uris []string) []string {
	var out []string
	for _, uri := range uris {
		out = append(out, uri+"/")
	}
	return out
}

// ahead is how far the tenant's clock is ahead at this moment.
func (t *Tenant) ahead() time.Duration {
	var ahead time.Duration
	for _, h := range t.active() {
		ahead += h.clock
	}
	return ahead
}
