// Package inspect recognises what a developer pastes: a token in any
// serialization, a key set, a discovery document, a callback URL, an error page.
// It takes the text apart, explains what is wrong with it and, with keys that it is
// given, verifies it. Decoded is not verified; only Verify says so. It touches no
// network and no disk, and never fails: what it cannot tell is opaque.
package inspect

import (
	"fmt"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
)

// Kind says what a text turned out to be. Kinds are stable words; their names are
// in the translations under inspect.kind.<kind>.
type Kind string

// The kinds.
const (
	Empty           Kind = "empty"
	Opaque          Kind = "opaque"
	JWT             Kind = "jwt"              // claims of no profile in particular (RFC 7519)
	IDToken         Kind = "id_token"         // OIDC Core 2
	AccessToken     Kind = "access_token"     // RFC 9068
	LogoutToken     Kind = "logout_token"     // Back-Channel Logout 1.0, 2.4
	DPoP            Kind = "dpop"             // RFC 9449, 4.2
	ClientAssertion Kind = "client_assertion" // RFC 7523, 3
	JARM            Kind = "jarm"             // an authorization response as a JWT
	JWS             Kind = "jws"              // signed, and not claims
	JWSJSON         Kind = "jws_json"         // RFC 7515, 7.2
	JWE             Kind = "jwe"              // RFC 7516, 7.1
	JWEJSON         Kind = "jwe_json"         // RFC 7516, 7.2
	JWK             Kind = "jwk"              // RFC 7517, 4
	JWKS            Kind = "jwks"             // RFC 7517, 5
	PEM             Kind = "pem"              // RFC 7468: public keys and certificates
	PrivateKey      Kind = "private_key"      // PEM or JWK
	Discovery       Kind = "discovery"        // Discovery 1.0, 3; RFC 8414, 2
	Callback        Kind = "callback"         // RFC 6749, 4.1.2: a URL, a query or a form
	Authorization   Kind = "authorization"    // an authorization request (RFC 6749, 4.1.1)
	TokenResponse   Kind = "token_response"   // RFC 6749, 5.1
	OAuthError      Kind = "oauth_error"      // RFC 6749, 5.2
	LogtoError      Kind = "logto_error"      // Logto's own: code and message
	UserInfo        Kind = "userinfo"         // OIDC Core 5.3.2
	Introspection   Kind = "introspection"    // RFC 7662, 2.2
	Page            Kind = "page"             // HTML: its words are read, it is never shown as a page
	HAR             Kind = "har"              // a recording, for the import
	JSON            Kind = "json"             // some other JSON
)

// Kinds lists every kind, for the test that each has its words.
func Kinds() []Kind {
	return []Kind{
		Empty, Opaque, JWT, IDToken, AccessToken, LogoutToken, DPoP, ClientAssertion, JARM, JWS, JWSJSON, JWE, JWEJSON,
		JWK, JWKS, PEM, PrivateKey, Discovery, Callback, Authorization, TokenResponse, OAuthError, LogtoError, UserInfo, Introspection,
		Page, HAR, JSON,
	}
}

// Note is something worth a sentence about the text: inspect.note.<code>.
type Note struct {
	Code   string
	Params map[string]string // never a secret
}

// Member is one name and value of what is no token: a parameter of a callback, a
// member of a document. The value may be a secret.
type Member struct {
	Name  string
	Value oauth.Secret
}

// Document is a text taken apart. Nothing in it has been verified.
type Document struct {
	Kind     Kind
	Where    string       // where it stands in the document that it was found in: "id_token", "signatures[1]"
	Text     oauth.Secret // without what was around it: quotes, Bearer, white space
	Notes    []Note
	Token    jose.Token // of the kinds that are tokens
	Members  []Member
	Keys     jose.KeySet   // of JWK, JWKS and PEM
	Report   check.Report  // what can be said without keys: of a discovery document
	Faults   []fault.Fault // what an error answer means
	Title    string        // of a page
	Words    string        // of a page: its text, shortened
	Children []Document
}

// Format implements fmt.Formatter, so that no verb prints what was pasted.
func (d Document) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "inspect.Document(%s)", d.Kind) }

// Signed reports whether the document has a signature that Verify can verify.
func (d Document) Signed() bool {
	return d.Token.Form == jose.JWT || d.Token.Form == jose.JWS
}

// BringsKey reports whether the document is rightly verified with the key in its own
// header: a DPoP proof shows that its sender holds that key (RFC 9449, 4.3). Nothing else
// is, because a forger brings a key as well (RFC 8725, 3.10).
func (d Document) BringsKey() bool { return d.Kind == DPoP && d.Signed() }

// Encrypted reports whether the document is a JWE.
func (d Document) Encrypted() bool { return d.Kind == JWE || d.Kind == JWEJSON }

// Walk visits the document and everything found in it.
func (d Document) Walk(visit func(Document)) {
	visit(d)
	for _, c := range d.Children {
		c.Walk(visit)
	}
}

func (d *Document) note(code string, pairs ...string) {
	params := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		params[pairs[i]] = pairs[i+1]
	}
	d.Notes = append(d.Notes, Note{Code: code, Params: params})
}

func (d *Document) add(name, value string) {
	d.Members = append(d.Members, Member{Name: name, Value: oauth.Secret(value)})
}
