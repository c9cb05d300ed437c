package connector

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

const wellKnown = "/.well-known/openid-configuration"

// social are the rules of the OIDC social connector.
func (r *report) social() {
	for _, path := range []string{"authorizationEndpoint", "tokenEndpoint", "idTokenVerificationConfig.jwksUri"} {
		if u, ok := r.address(path); ok {
			r.endpoint(path, u)
		}
	}
	r.issuers()
	r.spans()
	r.algorithms()
	r.authentication(r.config.Text("tokenEndpointAuthMethod"))
	r.scopes(r.config.Text("scope"))
	r.custom()
}

func (r *report) endpoint(path string, u *url.URL) {
	switch {
	case path == "idTokenVerificationConfig.jwksUri" && strings.HasSuffix(u.Path, wellKnown):
		r.fail(path, DiscoveryAsJWKS)
	case strings.Contains(r.config.raw(path), "#"):
		r.fail(path, EndpointFragment)
	case path == "authorizationEndpoint" && (u.RawQuery != "" || u.ForceQuery):
		r.fail(path, EndpointQuery) // Logto appends "?" and the parameters, whatever is there
	}
}

// issuers looks at those that an ID token may be from.
func (r *report) issuers() {
	const path = "idTokenVerificationConfig.issuer"
	if r.config.Type("idTokenVerificationConfig") == Object && !r.config.Has(path) {
		r.warn(path, IssuerUnset)
		return
	}
	for i, issuer := range r.config.Strings(path) {
		at := path
		if r.config.Type(path) == Array {
			at += "[" + strconv.Itoa(i) + "]"
		}
		if r.blamed(at) {
			continue
		}
		if base, _, found := strings.Cut(issuer, "/.well-known"); found {
			r.fail(at, IssuerWellKnown, "Want", base)
		}
	}
}

func (r *report) spans() {
	for _, path := range []string{"idTokenVerificationConfig.clockTolerance", "idTokenVerificationConfig.maxTokenAge"} {
		if r.config.Type(path) != String || r.blamed(path) {
			continue
		}
		if _, err := ReadSpan(r.config.Text(path)); err != nil {
			r.fail(path, SpanUnreadable)
		}
	}
}

// algorithms names those that no key of a remote key set can verify.
func (r *report) algorithms() {
	const path = "idTokenVerificationConfig.algorithms"
	for i, a := range r.config.Strings(path) {
		if strings.HasPrefix(a, "HS") || strings.EqualFold(a, "none") {
			r.fail(path+"["+strconv.Itoa(i)+"]", AlgorithmUnfit, "Algorithm", a)
		}
	}
}

// authentication looks at how the credentials get through the method that the
// connector uses.
func (r *report) authentication(method string) {
	secret := r.config.Secret("clientSecret")
	switch method {
	case "client_secret_basic":
		for _, path := range []string{"clientId", "clientSecret"} {
			if raw := r.config.raw(path); url.QueryEscape(raw) != raw && !r.blamed(path) {
				r.warn(path, SecretUnencoded)
			}
		}
	case "client_secret_jwt":
		want := map[string]int{"HS384": 48, "HS512": 64}[r.config.Text("clientSecretJwtSigningAlgorithm")]
		if want = max(want, 32); secret.Len() > 0 && secret.Len() < want {
			r.warn("clientSecret", SecretShort, "Want", strconv.Itoa(want), "Got", strconv.Itoa(secret.Len()))
		}
	}
}

func (r *report) scopes(scope string) {
	have := strings.FieldsFunc(scope, func(c rune) bool { return c == ' ' || c == '+' })
	for _, want := range []string{"profile", "email"} {
		if r.config.Type("scope") == String && !r.blamed("scope") && !slices.Contains(have, want) {
			r.warn("scope", ScopeWithout, "Scope", want)
		}
	}
}

// custom looks at the parameters that go into both the authorization request and
// the token request, in snake case and after Logto's own.
func (r *report) custom() {
	own := []string{
		"response_type", "client_id", "scope", "redirect_uri", "state", "nonce", "grant_type", "code", "client_secret",
		"client_assertion", "client_assertion_type",
	}
	if r.config.Type("customConfig") != Object {
		return
	}
	for _, name := range r.config.Names("customConfig") {
		path, sent := "customConfig."+name, SnakeCase(name)
		switch {
		case slices.Contains(own, sent):
			r.fail(path, CustomOverrides, "Name", sent)
		case strings.HasPrefix(sent, "code_challenge"):
			r.fail(path, ChallengeFixed)
		case sent != name:
			r.warn(path, CustomRenamed, "Name", name, "Want", sent)
		}
	}
}

// enterprise are the rules of the OIDC enterprise SSO connector.
func (r *report) enterprise() {
	if u, ok := r.address("issuer"); ok {
		issuer := r.config.Text("issuer")
		base, _, pasted := strings.Cut(issuer, "/.well-known")
		switch {
		case pasted:
			r.refuse("issuer", IssuerWellKnown, "Want", base)
		case u.RawQuery != "" || u.ForceQuery || strings.Contains(issuer, "#"):
			r.refuse("issuer", IssuerQuery)
		case strings.HasSuffix(issuer, "/"):
			r.warn("issuer", IssuerSlash, "Want", strings.TrimRight(issuer, "/"))
		}
	}
	r.authentication("client_secret_basic")
	r.domains()
}

// forbidden are the public e-mail domains that Logto refuses for a connector.
var forbidden = []string{
	"gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "icloud.com", "aol.com", "yandex.com", "mail.com",
	"protonmail.com", "yanex.com", "gmx.com", "mail.ru", "zoho.com", "qq.com", "163.com", "126.com", "sina.com", "sohu.com",
}

// IsPublicDomain reports whether Logto refuses the e-mail domain for a connector,
// because anybody may have an address there.
func IsPublicDomain(domain string) bool { return slices.Contains(forbidden, strings.ToLower(domain)) }

func (r *report) domains() {
	if r.setup.Domains != nil && len(r.setup.Domains) == 0 {
		r.warn(DomainsPath, DomainMissing)
	}
	seen := map[string]bool{}
	for _, domain := range r.setup.Domains {
		lower := strings.ToLower(strings.TrimSpace(domain))
		switch {
		case slices.Contains(forbidden, lower):
			r.refuse(DomainsPath, DomainForbidden, "Domain", domain)
		case seen[lower]:
			r.refuse(DomainsPath, DomainRepeated, "Domain", domain)
		case !strings.Contains(lower, ".") || strings.ContainsAny(lower, "@/:*") || strings.ContainsFunc(lower, unicode.IsSpace):
			r.refuse(DomainsPath, DomainForm, "Domain", domain)
		}
		seen[lower] = true
	}
}
