package feishu

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"signbench/flows/connector"
	"signbench/flows/oauth"
)

// hop is one sign-in, or one check, on its way.
type hop struct {
	connector.Desk
	setup    connector.Setup
	config   connector.Config
	patience time.Duration // with one request
}

func (h *hop) appID() string { return h.config.Text("appId") }

func (h *hop) secret() oauth.Secret { return h.config.Secret("appSecret") }

func (h *hop) passport() string { return h.setup.Address(connector.FeishuPassport) }

// encoded puts pairs of names and values together in the order in which Logto
// writes them.
func encoded(pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(pairs[i] + "=" + connector.FormEncoded(pairs[i+1]))
	}
	return b.String()
}

// authorizationURL is the address to which Logto sends the browser: without nonce or
// PKCE. The redirect URI is encoded once more than the others, which shows where it
// holds more than plain characters. Only newer versions know the scope.
func (h *hop) authorizationURL(redirectURI string, state oauth.Secret) string {
	pairs := []string{"client_id", h.appID(), "redirect_uri", encodeURI(redirectURI), "response_type", "code", "state", state.Reveal()}
	if scope := h.config.Text("scope"); scope != "" {
		pairs = append(pairs, "scope", strings.TrimSpace(strings.ReplaceAll(scope, ",", " ")))
	}
	return h.passport() + authorizePath + "?" + encoded(pairs...)
}

// encodeURI is JavaScript's function of that name (ECMA-262, 19.2.6.4).
func encodeURI(uri string) string {
	var b strings.Builder
	for _, c := range []byte(uri) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte(";/?:@&=+$,-_.!~*'()#", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// tokenCall is the request for a token, with the misspelled header that Logto sends
// beside the right one.
func (h *hop) tokenCall(code, redirectURI string) connector.Call {
	const form = "application/x-www-form-urlencoded"
	return connector.Call{
		Step: connector.StepToken, Method: http.MethodPost, URL: h.passport() + tokenPath, Patience: h.patience,
		Header: http.Header{"Accept": {"application/json"}, "Content-Type": {form}, "contenttype": {"application/www-form-urlencoded"}},
		Form: encoded("grant_type", "authorization_code", "code", code,
			"client_id", h.appID(), "client_secret", h.secret().Reveal(), "redirect_uri", redirectURI),
	}
}

// userInfoCall is the request for the user.
func (h *hop) userInfoCall(access oauth.Secret) connector.Call {
	return connector.Call{
		Step: connector.StepUserInfo, URL: h.passport() + userInfoPath, Patience: h.patience, Retries: retries,
		Header: http.Header{"Accept": {"application/json"}, "Authorization": {"Bearer " + access.Reveal()}},
	}
}

// tenantTokenCall asks an open platform for a token of the app itself, which it gives
// against ID and secret. Logto never does.
func (h *hop) tenantTokenCall(open string) connector.Call {
	body, _ := json.Marshal(map[string]string{"app_id": h.appID(), "app_secret": h.secret().Reveal()}) // strings can always be encoded
	return connector.Call{
		Step: connector.StepAccount, Method: http.MethodPost, URL: open + tenantTokenPath, Patience: h.patience,
		Header: http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json; charset=utf-8"}}, Form: string(body),
	}
}

// applicationCall asks for the settings of the app.
func (h *hop) applicationCall(token oauth.Secret) connector.Call {
	return connector.Call{
		Step: connector.StepAccount, URL: h.setup.Address(connector.FeishuOpen) + applicationPath + url.PathEscape(h.appID()) + "?lang=en_us",
		Patience: h.patience, Header: http.Header{"Accept": {"application/json"}, "Authorization": {"Bearer " + token.Reveal()}},
	}
}
