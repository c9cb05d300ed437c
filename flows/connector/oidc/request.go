package oidc

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"hash"
	"net/http"
	"net/url"
	"strings"
	"time"

	"signbench/flows/connector"
	"signbench/flows/oauth"
)

// The methods of client authentication that Logto's connectors use, and those that
// the bench tries beside them to tell a wrong secret from a wrong method.
const (
	secretPost  = "client_secret_post"  // #nosec G101 -- a method's name
	secretBasic = "client_secret_basic" // #nosec G101 -- a method's name
	secretJWT   = "client_secret_jwt"   // #nosec G101 -- a method's name

	encodedBasic = "client_secret_basic, form-encoded" // as RFC 6749 2.3.1 has it, and as Logto does not send it
)

// pairs are parameters in the order in which Logto writes them. A name that comes
// again takes the place of the earlier one, as in a JavaScript object.
type pairs [][2]string

func (p *pairs) set(name, value string) {
	for i := range *p {
		if (*p)[i][0] == name {
			(*p)[i][1] = value
			return
		}
	}
	*p = append(*p, [2]string{name, value})
}

func (p pairs) encode() string {
	var b strings.Builder
	for i, pair := range p {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(connector.FormEncoded(pair[0]) + "=" + connector.FormEncoded(pair[1]))
	}
	return b.String()
}

// authorizationURL is the address to which Logto sends the browser: no PKCE, and a
// question mark put in blindly.
func (p provider) authorizationURL(redirectURI string, state, nonce oauth.Secret) string {
	var query pairs
	if p.kind == connector.SSO {
		query = pairs{
			{"state", state.Reveal()},
			{"nonce", nonce.Reveal()},
			{"client_id", p.clientID()},
			{"response_type", "code"},
			{"redirect_uri", redirectURI},
			{"scope", p.scope},
		}
		return p.authorizationEndpoint + "?" + query.encode()
	}
	query = pairs{
		{"response_type", "code"},
		{"client_id", p.clientID()},
		{"scope", p.scope},
		{"redirect_uri", redirectURI},
		{"state", state.Reveal()},
		{"nonce", nonce.Reveal()},
	}
	p.addAll(&query, "authRequestOptionalConfig")
	p.addAll(&query, "customConfig")
	return p.authorizationEndpoint + "?" + query.encode()
}

// addAll adds the members of an object of the configuration as parameters. Those of
// authRequestOptionalConfig that the schema does not know are stripped.
func (p provider) addAll(query *pairs, object string) {
	for _, name := range p.config.Names(object) {
		path := object + "." + name
		if _, known := connector.MemberAt(p.kind, path); !known && object != "customConfig" {
			continue
		}
		query.set(connector.SnakeCase(name), p.config.Secret(path).Reveal())
	}
}

// tokenCall is the request for tokens as Logto makes it, but for the method, which
// may be another one to be tried.
func (p provider) tokenCall(method, code, redirectURI string, now time.Time) connector.Call {
	form := pairs{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirectURI}}
	if p.kind == connector.OIDC {
		p.addAll(&form, "customConfig")
	}
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	if p.kind == connector.OIDC {
		header.Set("Accept", "*/*") // JSON is not asked for: a server that answers otherwise then does so here too
	}
	id, secret := p.clientID(), p.secret().Reveal()
	switch method {
	case secretBasic:
		header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(id+":"+secret)))
	case encodedBasic:
		header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret))))
	case secretJWT:
		form.set("client_id", id)
		form.set("client_assertion", p.assertion(now).Reveal())
		form.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	default:
		form.set("client_id", id)
		form.set("client_secret", secret)
	}
	return connector.Call{
		Step: connector.StepToken, Method: http.MethodPost, URL: p.tokenEndpoint, Header: header, Form: form.encode(), Patience: p.patience,
	}
}

// assertion is a JWT signed with the client secret (OIDC Core 9, client_secret_jwt).
func (p provider) assertion(now time.Time) oauth.Secret {
	hashes := map[string]func() hash.Hash{"HS256": sha256.New, "HS384": sha512.New384, "HS512": sha512.New}
	part := func(v any) string {
		b, _ := json.Marshal(v) // maps of strings and numbers can always be encoded
		return base64.RawURLEncoding.EncodeToString(b)
	}
	input := part(map[string]any{"alg": p.algorithm}) + "." + part(map[string]any{
		"iss": p.clientID(), "sub": p.clientID(), "aud": p.tokenEndpoint, "jti": random().Reveal(),
		"iat": now.Unix(), "exp": now.Add(10 * time.Minute).Unix(),
	})
	sum := hashes["HS256"]
	if known, ok := hashes[p.algorithm]; ok {
		sum = known
	}
	mac := hmac.New(sum, []byte(p.secret().Reveal()))
	_, _ = mac.Write([]byte(input)) // a hash never fails
	return oauth.Secret(input + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)))
}

// random is 16 bytes of crypto/rand in hexadecimal.
func random() oauth.Secret {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return oauth.Secret(hex.EncodeToString(b[:]))
}
