package connector

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// feishu is the feishu-web connector. Its hosts are fixed in Logto; the demo tenant
// has an emulator in the place of passport.feishu.cn.
type feishu struct {
	client   *http.Client
	passport string // the origin in the place of https://passport.feishu.cn
	config   struct {
		AppID     string `json:"appId"`
		AppSecret string `json:"appSecret"` // #nosec G117 -- of the demo, public
	}
}

const passportPath = "/suite/passport/oauth/"

// NewFeishu is the Feishu connector with Logto's JSON. The error is an *Error.
func NewFeishu(client *http.Client, passport string, config []byte) (SignIn, error) {
	f := &feishu{client: client, passport: passport}
	err := decode(config, &f.config, map[string]*string{"appId": &f.config.AppID, "appSecret": &f.config.AppSecret})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Begin implements SignIn.
func (f *feishu) Begin(_ context.Context, state, redirectURI string) (string, Session, error) {
	var q parameters
	q.add("client_id", f.config.AppID)
	q.add("redirect_uri", redirectURI)
	q.add("response_type", "code")
	q.add("state", state)
	return f.passport + passportPath + "authorize?" + q.encode(), Session{RedirectURI: redirectURI, State: state}, nil
}

// required are the members that Logto wants of Feishu's user, all strings.
var required = []string{
	"sub", "name", "picture", "open_id", "union_id", "en_name", "tenant_key",
	"avatar_url", "avatar_thumb", "avatar_middle", "avatar_big",
}

// Finish takes the code and the redirect URI from the callback data and not from
// the session, as Logto does.
func (f *feishu) Finish(ctx context.Context, data map[string]string, _ Session) (Profile, error) {
	if data["code"] == "" || data["redirectUri"] == "" {
		return Profile{}, refusal(codeInvalidResponse, data)
	}
	token, failed := f.exchange(ctx, data["code"], data["redirectUri"])
	if failed != nil {
		return Profile{}, failed
	}
	a, err := get(ctx, f.client, f.passport+passportPath+"userinfo", token)
	if failed := feishuFailure(a, err, codeSocialAccessTokenInvalid, "Failed to get user info"); failed != nil {
		return Profile{}, failed
	}
	user, _ := a.object()
	for _, name := range required {
		if _, ok := user[name].(string); !ok {
			return Profile{}, refusal(codeInvalidResponse, "invalid user response")
		}
	}
	for _, name := range []string{"email", "user_id", "employee_no", "mobile"} {
		if _, ok := user[name].(string); !ok && user[name] != nil {
			return Profile{}, refusal(codeInvalidResponse, "invalid user response")
		}
	}
	text := func(name string) string { s, _ := user[name].(string); return s }
	return Profile{
		ID: text("sub"), Name: text("name"), Avatar: text("avatar_url"),
		Email: text("email"), Phone: strings.Replace(text("mobile"), "+", "", 1), Raw: user,
	}, nil
}

// feishuFailure is what Logto makes of an answer that is no JSON of success: of an
// OAuth error the given code, with its description.
func feishuFailure(a *answer, err error, refused code, message string) *Error {
	switch {
	case err != nil, a.ok() && !json.Valid(a.body):
		return refusal(codeGeneral, map[string]any{"errorDescription": message})
	case a.ok():
		return nil
	}
	reply, _ := a.object()
	if _, ok := reply["error"].(string); !ok {
		return refusal(codeInvalidResponse, string(a.body))
	}
	return refusal(refused, reply["error_description"])
}

func (f *feishu) exchange(ctx context.Context, code, redirectURI string) (string, *Error) {
	var form parameters
	form.add("grant_type", "authorization_code")
	form.add("code", code)
	form.add("client_id", f.config.AppID)
	form.add("client_secret", f.config.AppSecret)
	form.add("redirect_uri", redirectURI)
	a, err := postForm(ctx, f.client, f.passport+passportPath+"token", form, nil)
	if failed := feishuFailure(a, err, codeSocialAuthCodeInvalid, "Failed to get access token"); failed != nil {
		return "", failed
	}
	reply, _ := a.object()
	token, hasToken := reply["access_token"].(string)
	_, hasType := reply["token_type"].(string)
	_, hasLife := reply["expires_in"].(float64)
	switch {
	case !hasToken, !hasType, !hasLife:
		return "", refusal(codeInvalidResponse, string(a.body))
	case token == "":
		return "", refusal(codeSocialAuthCodeInvalid, "access_token is empty")
	}
	return token, nil
}
