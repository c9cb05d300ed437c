package demo

// Pasted names a token that no request brings to a desktop program, and the way in which
// it is broken, by the module of the conformance suite.
type Pasted string

// The modules of the back-channel plan.
const (
	LogoutSound      Pasted = "rp-backchannel-rpinitlogout"
	LogoutAlgNone    Pasted = "rp-backchannel-rpinitlogout-alg-none"
	LogoutNoEvent    Pasted = "rp-backchannel-rpinitlogout-no-event"
	LogoutWithNonce  Pasted = "rp-backchannel-rpinitlogout-with-nonce"
	LogoutWrongAlg   Pasted = "rp-backchannel-rpinitlogout-wrong-alg"
	LogoutWrongAud   Pasted = "rp-backchannel-rpinitlogout-wrong-aud"
	LogoutWrongEvent Pasted = "rp-backchannel-rpinitlogout-wrong-event"
	LogoutWrongIss   Pasted = "rp-backchannel-rpinitlogout-wrong-iss"
)

// logoutEvent is the member of events that makes a JWT a logout token.
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// Pasted makes the token that the tenant at that issuer would send for the demo app. It
// is made and not sent: a desktop program has no address for it, or never asks for it.
func (t *Tenant) Pasted(issuer string, token Pasted) (string, error) {
	if _, ok := responses[token]; ok {
		return t.response(issuer, token)
	}
	return t.logoutToken(issuer, token)
}

// logoutToken is a logout token (Back-Channel Logout 1.0, 2.4), broken as it says.
func (t *Tenant) logoutToken(issuer string, broken Pasted) (string, error) {
	now := t.now().Unix()
	k := t.keys().signer()
	token := signedBy(k, "logout+jwt", map[string]any{
		"iss": issuer, "aud": AppID, "sub": seededUsers()[0].sub, "iat": now, "exp": now + 120, "jti": newHandle(),
		"events": map[string]any{logoutEvent: map[string]any{}},
	})
	switch broken {
	case LogoutAlgNone:
		token.header["alg"] = "none"
		delete(token.header, "kid")
		token.sign = func([]byte) ([]byte, error) { return nil, nil }
	case LogoutNoEvent:
		delete(token.claims, "events")
	case LogoutWithNonce:
		token.claims["nonce"] = newHandle()
	case LogoutWrongAlg:
		token.header["alg"] = "HS256"
		delete(token.header, "kid")
		token.sign = hs256(AppSecret)
	case LogoutWrongAud:
		token.claims["aud"] = "another-client"
	case LogoutWrongEvent:
		token.claims["events"] = map[string]any{"http://schemas.openid.net/event/another": map[string]any{}}
	case LogoutWrongIss:
		token.claims["iss"] = "https://other.signbench.test/oidc"
	}
	return token.compact()
}
