package demo

// LogoutSwitch names a way in which LogoutToken can be made, by the module of the
// conformance suite.
type LogoutSwitch string

// The modules of the back-channel plan.
const (
	LogoutSound      LogoutSwitch = "rp-backchannel-rpinitlogout"
	LogoutAlgNone    LogoutSwitch = "rp-backchannel-rpinitlogout-alg-none"
	LogoutNoEvent    LogoutSwitch = "rp-backchannel-rpinitlogout-no-event"
	LogoutWithNonce  LogoutSwitch = "rp-backchannel-rpinitlogout-with-nonce"
	LogoutWrongAlg   LogoutSwitch = "rp-backchannel-rpinitlogout-wrong-alg"
	LogoutWrongAud   LogoutSwitch = "rp-backchannel-rpinitlogout-wrong-aud"
	LogoutWrongEvent LogoutSwitch = "rp-backchannel-rpinitlogout-wrong-event"
	LogoutWrongIss   LogoutSwitch = "rp-backchannel-rpinitlogout-wrong-iss"
)

// logoutEvent is the member of events that makes a JWT a logout token.
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// LogoutToken is the logout token (Back-Channel Logout 1.0, 2.4) that the tenant at
// that issuer would send for the demo app, broken as the switch says. It is made
// and not sent: a desktop program has no address for it.
func (t *Tenant) LogoutToken(issuer string, broken LogoutSwitch) (string, error) {
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
