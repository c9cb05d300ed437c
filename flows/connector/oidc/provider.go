package oidc

import (
	"slices"
	"strings"
	"time"

	"signbench/flows/connector"
	"signbench/flows/oauth"
)

// provider is the upstream as Logto sees it: from the configuration of the social
// connector, or from the discovery document of the enterprise one.
type provider struct {
	kind   connector.Kind
	config connector.Config

	authorizationEndpoint string
	tokenEndpoint         string
	userInfoEndpoint      string // "" for the social connector, which never asks it
	jwksURI               string

	method    string // of client authentication
	algorithm string // of client_secret_jwt, which the check tries also where Logto does not
	scope     string
	patience  time.Duration // with one request
}

func (p provider) clientID() string { return p.config.Text("clientId") }

func (p provider) secret() oauth.Secret { return p.config.Secret("clientSecret") }

// socialProvider reads the configuration with the defaults of Logto's schema.
func socialProvider(c connector.Config) provider {
	return provider{
		kind: connector.OIDC, config: c,
		authorizationEndpoint: c.Text("authorizationEndpoint"), tokenEndpoint: c.Text("tokenEndpoint"),
		jwksURI: c.Text("idTokenVerificationConfig.jwksUri"),
		method:  or(c.Text("tokenEndpointAuthMethod"), secretPost), algorithm: or(c.Text("clientSecretJwtSigningAlgorithm"), "HS256"),
		scope: socialScope(c.Text("scope")), patience: kyTimeout,
	}
}

// enterpriseProvider takes the endpoints from the discovery document. The method is
// fixed.
func enterpriseProvider(c connector.Config, doc oauth.Metadata) provider {
	return provider{
		kind: connector.SSO, config: c,
		authorizationEndpoint: doc.AuthorizationEndpoint, tokenEndpoint: doc.TokenEndpoint,
		userInfoEndpoint: doc.UserInfoEndpoint, jwksURI: doc.JWKSURI,
		method: secretBasic, algorithm: "HS256", scope: enterpriseScope(c.Text("scope")), patience: gotPatience,
	}
}

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func scopes(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '+' })
}

// socialScope appends openid where it is missing, and otherwise leaves the scope as
// it is written.
func socialScope(s string) string {
	list := scopes(s)
	if slices.Contains(list, "openid") {
		return s
	}
	return strings.Join(append(list, "openid"), " ")
}

// enterpriseScope begins with the three that Logto always asks for.
func enterpriseScope(s string) string {
	list := []string{"openid", "profile", "email"}
	for _, scope := range scopes(s) {
		if !slices.Contains(list, scope) {
			list = append(list, scope)
		}
	}
	return strings.Join(list, " ")
}
