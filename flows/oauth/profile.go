package oauth

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
)

// ProfileID names a profile for as long as it lives: in its file name, in the
// keychain, in the runs made with it. Renaming a profile does not change it.
type ProfileID string

// NewProfileID returns 16 random bytes in hexadecimal.
func NewProfileID() ProfileID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails (Go 1.24)
	return ProfileID(hex.EncodeToString(b[:]))
}

// Kind says what stands at the other end, and so how the issuer is found and in
// whose words a remedy is given.
type Kind string

// The kinds of profile.
const (
	KindLogto Kind = "logto" // a Logto tenant: the issuer is {endpoint}/oidc
	KindOIDC  Kind = "oidc"  // any OpenID Connect provider, by its issuer
	KindDemo  Kind = "demo"  // the tenant built into Signbench; its endpoint is known only while it runs
)

// IsLogto reports whether the provider speaks Logto's dialect (extra parameters,
// error bodies, console). The demo tenant does.
func (k Kind) IsLogto() bool { return k == KindLogto || k == KindDemo }

// AuthMethod is how the client authenticates at the token endpoint, by its
// registered name (OIDC Core 9, RFC 7591 2).
type AuthMethod string

// The methods that Signbench sends.
const (
	ClientSecretBasic AuthMethod = "client_secret_basic"
	ClientSecretPost  AuthMethod = "client_secret_post"
	AuthMethodNone    AuthMethod = "none"
)

// AuthMethods lists the methods in the order in which a form offers them.
func AuthMethods() []AuthMethod {
	return []AuthMethod{ClientSecretBasic, ClientSecretPost, AuthMethodNone}
}

// NeedsSecret reports whether the method sends a client secret.
func (m AuthMethod) NeedsSecret() bool { return m != AuthMethodNone }

// Client is the relying party's registration at the provider. It has no secret:
// that lives in the keychain, under the profile's ID.
type Client struct {
	ID                    string     `json:"client_id"`
	AuthMethod            AuthMethod `json:"token_endpoint_auth_method"`
	RedirectURI           string     `json:"redirect_uri"`
	PostLogoutRedirectURI string     `json:"post_logout_redirect_uri"`
}

// Defaults of a new profile, those of Logto's tutorials.
const (
	DefaultRedirectURI           = "http://localhost:3000/callback"
	DefaultPostLogoutRedirectURI = "http://localhost:3000/"
)

// Profile is one set-up to test: a provider, a client registered there, and what
// to ask for. It holds no secret and may be written to disk as it is.
type Profile struct {
	ID       ProfileID `json:"id"`
	Name     string    `json:"name"`
	Kind     Kind      `json:"kind"`
	Endpoint string    `json:"endpoint,omitempty"` // Logto's endpoint, without /oidc
	Issuer   string    `json:"issuer,omitempty"`   // the issuer identifier of any other provider, verbatim
	Client   Client    `json:"client"`
	Scopes   []string  `json:"scopes"`

	Resources    []string          `json:"resources,omitempty"`     // RFC 8707, repeated
	Prompt       string            `json:"prompt,omitempty"`        // OIDC Core 3.1.2.1, space separated
	LoginHint    string            `json:"login_hint,omitempty"`    //
	ACRValues    string            `json:"acr_values,omitempty"`    //
	MaxAge       *int              `json:"max_age,omitempty"`       // seconds; nil: not sent
	ResponseMode string            `json:"response_mode,omitempty"` // "", query, form_post, fragment
	Extra        map[string]string `json:"extra,omitempty"`         // further authorization parameters, verbatim

	KeepSignedIn bool `json:"keep_signed_in"` // tokens stay in the keychain when the window closes
	Order        int  `json:"order"`          // place in the list
}

// NewProfile returns a profile of that kind with a fresh ID and the defaults of
// Logto's SDKs: their scopes, their redirect URI, prompt=consent (without which
// Logto issues no refresh token).
func NewProfile(kind Kind, name string) Profile {
	p := Profile{
		ID:   NewProfileID(),
		Name: name,
		Kind: kind,
		Client: Client{
			AuthMethod:            ClientSecretBasic,
			RedirectURI:           DefaultRedirectURI,
			PostLogoutRedirectURI: DefaultPostLogoutRedirectURI,
		},
		Scopes:       []string{"openid", "profile", "email"},
		KeepSignedIn: true,
	}
	if kind.IsLogto() {
		p.Scopes = append(p.Scopes, "offline_access")
		p.Prompt = "consent"
	}
	return p
}

// Clone returns a copy that shares no memory with p.
func (p Profile) Clone() Profile {
	p.Scopes = slices.Clone(p.Scopes)
	p.Resources = slices.Clone(p.Resources)
	if p.MaxAge != nil {
		v := *p.MaxAge
		p.MaxAge = &v
	}
	if p.Extra != nil {
		extra := make(map[string]string, len(p.Extra))
		for k, v := range p.Extra {
			extra[k] = v
		}
		p.Extra = extra
	}
	return p
}

// IssuerID is the issuer identifier that discovery must confirm: the issuer as
// typed, or Logto's {endpoint}/oidc. It is empty for a demo profile whose tenant
// has not been started.
func (p Profile) IssuerID() string {
	if !p.Kind.IsLogto() {
		return p.Issuer
	}
	if p.Endpoint == "" {
		return ""
	}
	return strings.TrimSuffix(p.Endpoint, "/") + "/oidc"
}

// As returns the profile as one of another kind. The address is carried over: a
// Logto endpoint becomes the issuer that it serves, and the other way round.
func (p Profile) As(kind Kind) Profile {
	p = p.Clone()
	switch {
	case kind == p.Kind:
	case kind == KindOIDC && p.Issuer == "":
		p.Issuer = p.IssuerID()
	case kind == KindLogto && p.Endpoint == "":
		p.Endpoint, _ = CleanEndpoint(kind, p.Issuer)
	}
	switch { // consent at every sign-in is what Logto wants for a refresh token; others ask when they need it
	case kind == KindOIDC && p.Kind.IsLogto() && p.Prompt == "consent":
		p.Prompt = ""
	case kind == KindLogto && !p.Kind.IsLogto() && p.Prompt == "":
		p.Prompt = "consent"
	}
	p.Kind = kind
	return p
}
