package trace

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"signbench/flows/oauth"
)

// nest is a set of exchanges with a canary in every place where a secret can stand.
type nest struct {
	exchanges []*Exchange
	canaries  []string
	known     []oauth.Secret
}

func (n *nest) lay(name string) string {
	c := canary(name)
	n.canaries = append(n.canaries, c)
	return c
}

func (n *nest) layPlain(name string) string {
	c := plainCanary(name)
	n.canaries = append(n.canaries, c)
	return c
}

func (n *nest) add(ex *Exchange) {
	ex.ID = len(n.exchanges) + 1
	if ex.Started.IsZero() {
		ex.Started = time.Date(2026, 3, 1, 12, 0, ex.ID, 0, time.UTC)
	}
	if ex.Attempt == 0 {
		ex.Attempt = 1
	}
	ex.Request.Body.Size = int64(len(ex.Request.Body.Bytes))
	n.exchanges = append(n.exchanges, ex)
}

func form(pairs ...string) Body {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return Body{Bytes: []byte(v.Encode())}
}

func jsonBody(v any) Body {
	raw, _ := json.Marshal(v)
	return Body{Bytes: raw, Size: int64(len(raw))}
}

func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

const formType, jsonType = "application/x-www-form-urlencoded", "application/json"

// newNest lays the canaries of a sign-in, a refresh, a sign-out and the four
// connectors.
func newNest() *nest {
	n := &nest{}
	n.signIn()
	n.session()
	n.connectors()
	n.unusual()
	return n
}

func (n *nest) signIn() {
	state, nonce, verifier, code := n.layPlain("state"), n.layPlain("nonce"), n.layPlain("verifier"), n.lay("code")
	secret := n.lay("client-secret")
	n.known = append(n.known, oauth.Secret(secret))
	n.add(&Exchange{Step: oauth.StepAuthorize, Channel: FrontChannel, Request: Request{
		Method: "GET", URL: "https://idp.example/auth?" + url.Values{
			"client_id": {"app"}, "response_type": {"code"}, "state": {state}, "nonce": {nonce}, "code_challenge": {"challenge"},
			"id_token_hint": {jwtOf(`{"sub":"u"}`, n.layPlain("hint-signature"))}, "redirect_uri": {"http://localhost:3000/callback"},
		}.Encode(),
	}})
	n.add(&Exchange{Step: oauth.StepCallback, Channel: FrontChannel, Request: Request{
		Method: "GET", URL: "http://localhost:3000/callback?" + url.Values{"code": {code}, "state": {state}, "session_state": {n.layPlain("session-state")}}.Encode() +
			"#" + url.Values{"access_token": {n.layPlain("fragment-token")}, "id_token": {jwtOf(`{"sub":"u","nonce":"`+nonce+`"}`, n.layPlain("fragment-signature"))}}.Encode(),
		Header: header("Cookie", "sid="+n.layPlain("cookie")+`; other="`+n.layPlain("cookie2")+`"`, "Referer", "https://idp.example/login?code="+url.QueryEscape(code)+"&ticket="+n.layPlain("ticket")),
	}, Response: &Response{Status: 200}})
	access, refresh, signature := n.layPlain("access-token"), n.lay("refresh-token"), n.layPlain("id-signature")
	n.add(&Exchange{Step: oauth.StepToken, Channel: BackChannel, Request: Request{
		Method: "POST", URL: "https://idp.example/token",
		Header: header("Content-Type", formType, "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("app:"+url.QueryEscape(secret))),
			"DPoP", jwtOf(`{"jti":"1"}`, n.layPlain("dpop-signature")), "Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("proxy:"+n.lay("proxy-password")))),
		Body: form("grant_type", "authorization_code", "code", code, "code_verifier", verifier),
	}, Response: &Response{
		Status: 200, Header: header("Content-Type", jsonType, "Set-Cookie", "s="+n.layPlain("set-cookie")+"; Path=/; HttpOnly"),
		Body: jsonBody(map[string]any{
			"access_token": access, "refresh_token": refresh, "expires_in": 3600, "scope": "openid",
			"id_token": jwtOf(`{"iss":"https://idp.example","nonce":"`+nonce+`","at_hash":"x"}`, signature),
		}),
	}})
	n.add(&Exchange{Step: oauth.StepToken, Channel: BackChannel, Attempt: 2, Request: Request{
		Method: "POST", URL: "https://idp.example/token", Header: header("Content-Type", formType),
		Body: form("client_id", "app", "client_secret", secret, "grant_type", "authorization_code", "code", code),
	}, Response: &Response{
		Status: 400, Header: header("Content-Type", jsonType),
		Body: jsonBody(map[string]any{
			"error": "invalid_grant", "code": "oidc.invalid_grant",
			"error_description": "code " + code + " of " + hex.EncodeToString([]byte(secret)) + " was used; verifier was " + base64.URLEncoding.EncodeToString([]byte("xy"+verifier)),
		}),
	}})
	n.add(&Exchange{Step: oauth.StepToken, Channel: BackChannel, Request: Request{
		Method: "POST", URL: "https://idp.example/token", Header: header("Content-Type", formType),
		Body: form("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
			"client_assertion", jwtOf(`{"iss":"app"}`, n.layPlain("assertion-signature")), "grant_type", "authorization_code"),
	}, Err: &url.Error{Op: "Post", URL: "https://idp.example/token?code=" + url.QueryEscape(code), Err: errors.New("EOF after " + secret)}})
	n.add(&Exchange{Step: oauth.StepUserInfo, Channel: BackChannel, Request: Request{
		Method: "GET", URL: "https://idp.example/me", Header: header("Authorization", "Bearer "+access),
	}, Response: &Response{Status: 401, Header: header("WWW-Authenticate", `Bearer error="invalid_token", error_description="`+access+` has expired"`)}})
}

func (n *nest) session() {
	n.add(&Exchange{Step: oauth.StepRefresh, Channel: BackChannel, Request: Request{
		Method: "POST", URL: "https://user:" + n.layPlain("url-password") + "@idp.example/token", Header: header("Content-Type", formType),
		Body: form("grant_type", "refresh_token", "refresh_token", n.lay("refresh-token-2")),
	}, Response: &Response{Status: 302, Header: header("Location", "https://idp.example/x?access_token="+n.layPlain("location-token")+"#id_token="+n.layPlain("location-fragment"))}})
	n.add(&Exchange{Step: oauth.StepEndSession, Channel: FrontChannel, Request: Request{
		Method: "GET", URL: "https://idp.example/session/end?id_token_hint=" + jwtOf(`{"sub":"u"}`, n.layPlain("end-signature")) + "&state=" + n.layPlain("logout-state"),
	}})
	n.add(&Exchange{Step: oauth.StepRevoke, Channel: BackChannel, Request: Request{
		Method: "POST", URL: "https://idp.example/revoke", Header: header("Content-Type", formType),
		Body: form("token", n.lay("revoked-token"), "token_type_hint", "refresh_token"),
	}, Response: &Response{Status: 200}})
}

func (n *nest) connectors() {
	// A provider that posts back through a page.
	n.add(&Exchange{
		Step: "upstream_authorize", Channel: FrontChannel, Request: Request{Method: "POST", URL: "https://up.example/login"},
		Response: &Response{Status: 200, Header: header("Content-Type", "text/html"), Body: Body{Bytes: []byte(`<html><body onload="document.forms[0].submit()">
<form method="post" action="https://app.example/cb?ticket=` + n.layPlain("page-ticket") + `"><INPUT type='hidden' name='code' value='` + strings.ReplaceAll(url.QueryEscape(n.layPlain("page-code")), "'", "&#39;") + `'/>
<input value="` + strings.NewReplacer(`"`, "&quot;", "&", "&amp;").Replace(n.lay("page-state")) + `" name="state"><input type=hidden name=id_token value=` + jwtOf(`{"a":1}`, n.layPlain("page-signature")) + `>
<a href="https://app.example/?access_token=` + n.layPlain("link-token") + `&amp;x=1">on</a>
<script>var session = {"accessToken": "` + n.layPlain("script-token") + `", "n": 1}</script></form></body></html>`)}},
	})
	// Twilio.
	n.add(&Exchange{Step: "twilio", Channel: BackChannel, Request: Request{
		Method: "POST", URL: "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json",
		Header: header("Content-Type", formType, "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("AC1:"+n.layPlain("twilio-token")))),
		Body:   form("To", "+15005550006", "Body", "Your code is"),
	}, Response: &Response{Status: 400, Header: header("Content-Type", jsonType), Body: jsonBody(map[string]any{"code": 20003, "message": "Authenticate"})}})
	// Feishu, with JSON in strings.
	inner, _ := json.Marshal(map[string]any{"code": n.layPlain("inner-code"), "state": n.layPlain("inner-state")})
	n.add(&Exchange{Step: "feishu", Channel: BackChannel, Request: Request{
		Method: "POST", URL: "https://open.feishu.cn/open-apis/auth/v3/tenant_access_token/internal", Header: header("Content-Type", jsonType, "X-Api-Key", n.lay("header-key")),
		Body: jsonBody(map[string]any{"app_id": "cli_1", "app_secret": n.lay("app-secret"), "connectorData": string(inner), "nested": map[string]any{"list": []any{map[string]any{"authToken": n.lay("nested-token")}}}}),
	}, Response: &Response{Status: 200, Header: header("Content-Type", jsonType), Body: jsonBody(map[string]any{
		"code": 0, "tenant_access_token": n.layPlain("tenant-token"),
		"data": map[string]any{"user_access_token": n.layPlain("user-token"), "url": "https://x.example/?code=" + n.layPlain("json-url-code")},
		"keys": []any{map[string]any{"kty": "oct", "k": n.layPlain("jwk-member")}},
	})}})
	// Logto's experience API.
	n.add(&Exchange{Step: "", Channel: FrontChannel, Request: Request{
		Method: "POST", URL: "https://logto.example/api/experience/verification/password", Header: header("Content-Type", jsonType),
		Body: jsonBody(map[string]any{"identifier": map[string]any{"type": "username", "value": "alice"}, "password": n.lay("login-password"), "verificationCode": n.layPlain("sms-code")}),
	}, Response: &Response{Status: 200}})
}

func (n *nest) unusual() {
	n.add(&Exchange{Step: "upload", Channel: BackChannel, Request: Request{
		Method: "POST", URL: "https://x.example/upload/" + n.known[0].Reveal(), Header: header("Content-Type", "multipart/form-data; boundary=BB"),
		Body: Body{Bytes: []byte("--BB\r\nContent-Disposition: form-data; name=\"client_secret\"\r\n\r\n" + n.lay("part-secret") + "\r\n--BB--\r\n")},
	}, Response: &Response{Status: 200, Header: header("Content-Type", "text/plain; charset=utf-16"), Body: Body{Bytes: utf16le("the token: Bearer " + n.layPlain("utf16-token"))}}})
	n.add(&Exchange{Step: "saml", Channel: FrontChannel, Request: Request{
		Method: "POST", URL: "https://logto.example/saml", Header: header("Content-Type", formType),
		Body: form("SAMLResponse", base64.StdEncoding.EncodeToString([]byte("<Assertion>"+n.lay("saml")+"</Assertion>")), "RelayState", n.layPlain("relay-state")),
	}, Response: &Response{Status: 200, Header: header("Content-Encoding", "gzip"), Body: Body{Bytes: append([]byte{0x1f, 0x8b, 8, 0xff}, n.layPlain("compressed")...)}}})
	n.add(&Exchange{Step: "jwe", Channel: BackChannel, Request: Request{
		Method: "GET", URL: "https://x.example/#/callback?code=" + n.layPlain("spa-code"),
		Header: header("X-Thing", base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"dir","enc":"A128GCM"}`))+".."+
			base64.RawURLEncoding.EncodeToString([]byte("iv"))+"."+base64.RawURLEncoding.EncodeToString([]byte(n.layPlain("ciphertext")))+".dGFn"),
	}, Response: &Response{Status: 200, Header: header("Content-Type", jsonType), Body: Body{
		Bytes: []byte(`{"access_token":"` + n.layPlain("cut-token")), Size: 5 << 20, Truncated: true, Err: errors.New("reset after " + n.known[0].Reveal()),
	}}})
}

func utf16le(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

// disarmAll is what a caller does.
func (n *nest) disarmAll() ([]*Exchange, *Disarmer) {
	d := NewDisarmer(n.known...)
	for _, ex := range n.exchanges {
		d.LearnFrom(ex)
	}
	var out []*Exchange
	for _, ex := range n.exchanges {
		out = append(out, d.Exchange(ex))
	}
	return out, d
}
