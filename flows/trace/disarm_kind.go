package trace

import "strings"

// Kind says what a removed value was. The codes are stable: their words are in the
// translations.
type Kind string

// The kinds of secret.
const (
	KindKnown        Kind = "known"         // told to the Disarmer: typed by the user, or from the keychain
	KindClientSecret Kind = "client_secret" // RFC 6749, 2.3.1; app secrets of connectors
	KindPassword     Kind = "password"      // also one-time passwords and PINs
	KindCode         Kind = "code"          // RFC 6749, 4.1.2; device and verification codes
	KindVerifier     Kind = "code_verifier" // RFC 7636, 4.1
	KindState        Kind = "state"         // RFC 6749, 10.12
	KindNonce        Kind = "nonce"         // OIDC Core, 3.1.2.1
	KindAccessToken  Kind = "access_token"  //
	KindRefreshToken Kind = "refresh_token" //
	KindIDToken      Kind = "id_token"      // also as id_token_hint
	KindToken        Kind = "token"         // any other
	KindAssertion    Kind = "assertion"     // RFC 7521; SAML
	KindAPIKey       Kind = "api_key"       //
	KindCredentials  Kind = "credentials"   // of an Authorization header
	KindCookie       Kind = "cookie"        //
	KindSession      Kind = "session"       // session_state and the like
	KindPrivateKey   Kind = "private_key"   // a private member of a JWK (RFC 7517, 9.3)
	KindSignature    Kind = "signature"     // of a JWT whose claims stay; of a signed request
	KindCiphertext   Kind = "ciphertext"    // of a JWE (RFC 7516)
	KindEncodedBody  Kind = "encoded_body"  // compressed, so that nothing in it could be looked for
)

// Kinds lists every kind, for the test that each has its words.
func Kinds() []Kind {
	return []Kind{
		KindKnown, KindClientSecret, KindPassword, KindCode, KindVerifier, KindState, KindNonce, KindAccessToken,
		KindRefreshToken, KindIDToken, KindToken, KindAssertion, KindAPIKey, KindCredentials, KindCookie,
		KindSession, KindPrivateKey, KindSignature, KindCiphertext, KindEncodedBody,
	}
}

// exactNames are the names of parameters, members and headers that hold a secret,
// in small letters without separators.
var exactNames = map[string]Kind{
	"code": KindCode, "authcode": KindCode, "authorizationcode": KindCode, "devicecode": KindCode, "usercode": KindCode,
	"verificationcode": KindCode, "authreqid": KindCode, "requesturi": KindCode,
	"state": KindState, "relaystate": KindState, "nonce": KindNonce, "dpopnonce": KindNonce,
	"accesstoken": KindAccessToken, "refreshtoken": KindRefreshToken, "idtoken": KindIDToken, "idtokenhint": KindIDToken,
	"jwt": KindToken, "bearer": KindToken, "ticket": KindToken, "appticket": KindToken, "logintoken": KindToken,
	"sessionstate": KindSession, "sessionid": KindSession, "phpsessid": KindSession, "jsessionid": KindSession,
	"otp": KindPassword, "totp": KindPassword, "pin": KindPassword, "pwd": KindPassword, "pass": KindPassword,
	"recoverycode": KindPassword, "backupcode": KindPassword,
	"samlresponse": KindAssertion, "samlart": KindAssertion, "wresult": KindAssertion,
	"signature": KindSignature, "sig": KindSignature, "sign": KindSignature,
	"authorization": KindCredentials, "proxyauthorization": KindCredentials, "credential": KindToken,
	"connectordata": KindCredentials, "cookie": KindCookie, "setcookie": KindCookie, "mac": KindSignature,
	"key": KindAPIKey,
}

// endings are what such a name may end with: clientSecret, app_secret,
// tenant_access_token, X-Api-Key.
var endings = []struct {
	text string
	kind Kind
}{
	{"accesstoken", KindAccessToken},
	{"refreshtoken", KindRefreshToken},
	{"idtoken", KindIDToken},
	{"token", KindToken},
	{"privatekey", KindPrivateKey},
	{"secret", KindClientSecret},
	{"password", KindPassword},
	{"passwd", KindPassword},
	{"passphrase", KindPassword},
	{"passcode", KindPassword},
	{"verifier", KindVerifier},
	{"assertion", KindAssertion},
	{"apikey", KindAPIKey},
	{"secretkey", KindAPIKey},
	{"accesskey", KindAPIKey},
	{"subscriptionkey", KindAPIKey},
	{"authkey", KindAPIKey},
	{"signature", KindSignature},
	{"credentials", KindCredentials},
	{"sessionid", KindSession},
}

// kindOf says what a name promises, "" for nothing secret. It is asked of every
// member of every document, and so allocates nothing.
func kindOf(name string) Kind {
	var buffer [longestName]byte
	plain := appendPlain(buffer[:0], name)
	if kind, ok := exactNames[string(plain)]; ok {
		return kind
	}
	for _, e := range endings {
		if len(plain) >= len(e.text) && string(plain[len(plain)-len(e.text):]) == e.text {
			return e.kind
		}
	}
	return ""
}

// longestName is how much of a name is looked at: no name of a secret is as long,
// and the end of one may still say what it is.
const longestName = 64

// plainName writes client_secret, Client-Secret and clientSecret in one way.
func plainName(name string) string { return string(appendPlain(nil, name)) }

func appendPlain(to []byte, name string) []byte {
	if i := strings.IndexByte(name, '['); i > 0 { // data[password] of PHP and Rails
		if inner := strings.TrimRight(name[i+1:], "]"); inner != "" {
			name = inner
		}
	}
	if len(name) > longestName {
		name = name[len(name)-longestName:]
	}
	for i := range len(name) {
		switch c := lower(name[i]); c {
		case '_', '-', '.', ' ':
		default:
			to = append(to, c)
		}
	}
	return to
}

// vocabulary are words of the protocol. Somebody's secret may be "secret": it is
// looked for as a word of its own, and not inside "client_secret".
var vocabulary = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(`
		access_token refresh_token id_token id_token_hint token token_type bearer basic dpop authorization
		authorization_code client_credentials client_id client_secret client_secret_basic client_secret_post
		client_assertion assertion code code_verifier code_challenge verifier state nonce secret password
		username openid profile email phone address offline_access scope response_type grant_type redirect_uri
		error error_description invalid_grant invalid_client invalid_request invalid_scope access_denied login_required
		issuer audience subject session cookie true false null none query fragment form_post
		http https localhost content type application json text html charset utf removed characters bytes
		signature encrypted location connector provider logto demo test admin user login consent`) {
		words[w] = true
	}
	return words
}()

// isVocabulary reports whether removing every occurrence of value would tear
// words of the protocol.
func isVocabulary(value string) bool { return vocabulary[strings.ToLower(value)] }
