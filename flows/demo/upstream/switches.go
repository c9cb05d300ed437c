package upstream

import (
	"net/http"
	"net/url"
	"time"
)

// Switch is one thing that the provider can do differently, as a list shows it.
type Switch struct {
	Name  string
	About string // what the provider does, for developers
}

// definition is a switch and what it does. Adding one means adding an entry to the
// table of its stage.
type definition struct {
	Switch
	hooks
}

// hooks are the places at which a switch can change what the provider would do.
type hooks struct {
	issuerSuffix  string               // added to the issuer identifier
	secretSuffix  string               // added to the secret that the client must know
	client        func(*Client)        // how the client is registered
	discovery     func(*answer)        //
	jwks          func(*answer)        //
	authorization func(url.Values)     // the authorization response
	formPost      bool                 // the response mode, whatever was asked for
	claims        func(map[string]any) // of the user, in the ID token and in UserInfo
	idToken       func(map[string]any) // the ID token alone
	token         func(*answer)        // success only
	userInfo      func(*answer)        // success only
}

func catalogue() []definition {
	var all []definition
	for _, stage := range [][]definition{
		registrationSwitches(), documentSwitches(), authorizationSwitches(), tokenSwitches(), idTokenSwitches(),
		claimSwitches(), userInfoSwitches(),
	} {
		all = append(all, stage...)
	}
	return all
}

// Switches lists all that SetSwitches knows, in the order of a flow.
func Switches() []Switch {
	var list []Switch
	for _, d := range catalogue() {
		list = append(list, d.Switch)
	}
	return list
}

const htmlPage = "<!doctype html><html><head><title>Service unavailable</title></head><body>" +
	"<h1>Service unavailable</h1><p>The gateway could not reach the server.</p></body></html>"

func notFound(a *answer) { a.replace(http.StatusNotFound, "text/plain; charset=utf-8", "Not Found") }

func registrationSwitches() []definition {
	return []definition{
		{
			Switch{"redirect_uri_unknown", "The connector's callback URI is not registered."},
			hooks{client: func(c *Client) { c.RedirectPaths = nil }},
		},
		{
			Switch{"wrong_secret", "The client secret was changed, and the connector still has the old one."},
			hooks{secretSuffix: "-changed"},
		},
		{
			Switch{"post_only", "The client may authenticate with client_secret_post only."},
			hooks{client: func(c *Client) { c.methods = []string{secretPost} }},
		},
		{
			Switch{"basic_only", "The client may authenticate with client_secret_basic only."},
			hooks{client: func(c *Client) { c.methods = []string{secretBasic} }},
		},
		{
			Switch{"strict_basic_encoding", "The client secret has characters that must be form-encoded in a Basic header (RFC 6749 2.3.1)."},
			hooks{client: func(c *Client) { c.Secret += "%+:/ü" }},
		},
		{
			Switch{"pkce_required", "An authorization request must have a code challenge (RFC 7636)."},
			hooks{client: func(c *Client) { c.pkce = true }},
		},
	}
}

func documentSwitches() []definition {
	return []definition{
		{
			Switch{"issuer_slash", "The issuer ends with a slash, in discovery and in ID tokens."},
			hooks{issuerSuffix: "/"},
		},
		{Switch{"discovery_404", "There is no discovery document."}, hooks{discovery: notFound}},
		{
			Switch{"discovery_missing_member", "The discovery document has no token_endpoint."},
			hooks{discovery: func(a *answer) { delete(a.document, "token_endpoint") }},
		},
		{Switch{"jwks_404", "There is no JWKS."}, hooks{jwks: notFound}},
		{
			Switch{"jwks_wrong_key", "The JWKS has another key under the ID of the one that signs."},
			hooks{jwks: func(a *answer) {
				if document, err := published(strangeKey); err == nil {
					a.document = document
				}
			}},
		},
	}
}

func authorizationSwitches() []definition {
	return []definition{
		{
			Switch{"error_access_denied", "The authorization request is refused with access_denied."},
			hooks{authorization: func(v url.Values) {
				v.Del("code")
				v.Set("error", "access_denied")
				v.Set("error_description", "The user is not assigned to this application.")
			}},
		},
		{Switch{"form_post", "The authorization response is posted."}, hooks{formPost: true}},
	}
}

func tokenSwitches() []definition {
	return []definition{
		{Switch{"hang", "The token endpoint does not answer for a minute."}, hooks{token: func(a *answer) { a.hangs = true }}},
		{
			Switch{"not_json", "The token endpoint answers with a web page."},
			hooks{token: func(a *answer) { a.replace(http.StatusOK, "text/html; charset=utf-8", htmlPage) }},
		},
		{
			Switch{"expires_in_string", "expires_in is a string and not a number."},
			hooks{token: func(a *answer) { a.document["expires_in"] = "3600" }},
		},
		{
			Switch{"no_id_token", "The token response has no ID token."},
			hooks{token: func(a *answer) { delete(a.document, "id_token") }},
		},
	}
}

func idTokenSwitches() []definition {
	return []definition{
		{
			Switch{"iat_old", "The ID token was issued twenty minutes ago."},
			hooks{idToken: func(c map[string]any) {
				if at, ok := c["iat"].(int64); ok {
					c["iat"] = at - int64((20 * time.Minute).Seconds())
				}
			}},
		},
		{
			Switch{"aud_wrong", "The ID token is for another client."},
			hooks{idToken: func(c map[string]any) { c["aud"] = "another-client" }},
		},
		{
			Switch{"nonce_wrong", "The ID token has another nonce than the request."},
			hooks{idToken: func(c map[string]any) { c["nonce"] = "another-nonce" }},
		},
	}
}

func claimSwitches() []definition {
	return []definition{
		{
			Switch{"email_verified_string", "email_verified is a string and not a boolean."},
			hooks{claims: func(c map[string]any) { ifPresent(c, "email_verified", "true") }},
		},
		{
			Switch{"email_unverified", "The e-mail address is not verified."},
			hooks{claims: func(c map[string]any) { ifPresent(c, "email_verified", false) }},
		},
		{
			Switch{"numeric_sub", "sub is a number and not a string."},
			hooks{claims: func(c map[string]any) { c["sub"] = 4711 }},
		},
		{Switch{"missing_sub", "There is no sub."}, hooks{claims: func(c map[string]any) { delete(c, "sub") }}},
	}
}

func userInfoSwitches() []definition {
	return []definition{
		{
			Switch{"userinfo_other_claims", "UserInfo has another name than the ID token, and no e-mail address."},
			hooks{userInfo: func(a *answer) {
				ifPresent(a.document, "name", "Hana S.")
				delete(a.document, "email")
				delete(a.document, "email_verified")
			}},
		},
		{Switch{"userinfo_jwt", "UserInfo is a signed JWT."}, hooks{userInfo: func(a *answer) { a.signed = true }}},
	}
}

// ifPresent changes a claim that the scope gave.
func ifPresent(claims map[string]any, name string, value any) {
	if _, ok := claims[name]; ok {
		claims[name] = value
	}
}
