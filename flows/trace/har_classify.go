package trace

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"signbench/flows/oauth"
)

// classifier tells what the exchanges of a recording are, by what stands in them:
// nobody has named their steps.
type classifier struct {
	redirects map[string]bool // redirect_uri of authorization requests
	returns   map[string]bool // post_logout_redirect_uri of sign-outs
}

func newClassifier() *classifier {
	return &classifier{redirects: map[string]bool{}, returns: map[string]bool{}}
}

// maxRedirects bounds what is remembered of a recording.
const maxRedirects = 1000

// classify sets step and channel of an exchange, and reports whether it belongs to
// a sign-in.
func (c *classifier) classify(ex *Exchange, e *harEntry) bool {
	params, form := parametersOf(ex)
	step := c.stepOf(ex, params, form)
	known := step != ""
	if own := oauth.Step(e.Step); own != "" && isStep(own) {
		step, known = own, true
	}
	ex.Step = step
	switch {
	case Channel(e.Channel) == BackChannel || Channel(e.Channel) == FrontChannel:
		ex.Channel = Channel(e.Channel)
	case isBackChannel(step):
		ex.Channel = BackChannel
	default:
		ex.Channel = FrontChannel
	}
	c.remember(step, params)
	return known
}

// remember keeps the addresses at which the flow comes back.
func (c *classifier) remember(step oauth.Step, params url.Values) {
	if uri := params.Get("redirect_uri"); step == oauth.StepAuthorize && uri != "" && len(c.redirects) < maxRedirects {
		c.redirects[place(uri)] = true
	}
	if uri := params.Get("post_logout_redirect_uri"); step == oauth.StepEndSession && uri != "" && len(c.returns) < maxRedirects {
		c.returns[place(uri)] = true
	}
}

// stepOf goes from what is certain to what is likely.
func (c *classifier) stepOf(ex *Exchange, params, form url.Values) oauth.Step {
	u := target(ex)
	path := strings.ToLower(u.Path)
	last := path[strings.LastIndexByte(path, '/')+1:]
	has := func(names ...string) bool {
		for _, name := range names {
			if !params.Has(name) {
				return false
			}
		}
		return true
	}
	post := ex.Request.Method == http.MethodPost
	switch {
	case strings.Contains(path, "/.well-known/openid-configuration"), strings.Contains(path, "/.well-known/oauth-authorization-server"):
		return oauth.StepDiscovery
	case post && form.Has("grant_type"):
		if form.Get("grant_type") == "refresh_token" {
			return oauth.StepRefresh
		}
		return oauth.StepToken
	case post && form.Has("client_id") && isJSON(ex) && (form.Has("response_type") || form.Has("request")):
		return oauth.StepPush
	case post && form.Has("client_id") && isJSON(ex) && strings.Contains(path, "device"):
		return oauth.StepDevice
	case post && form.Has("scope") && isJSON(ex) && (form.Has("login_hint") || form.Has("login_hint_token") || form.Has("id_token_hint")):
		return oauth.StepBackchannel // CIBA Core 1.0, 7.1: one hint says who the user is
	case post && strings.Contains(ex.Request.Header.Get("Content-Type"), "json") && bytes.Contains(ex.Request.Body.Bytes, []byte(`"redirect_uris"`)):
		return oauth.StepRegister
	case has("client_id", "response_type"), has("client_id", "request_uri"), has("client_id", "request"), has("SAMLRequest"):
		return oauth.StepAuthorize
	case has("SAMLResponse"):
		return oauth.StepCallback
	case has("id_token_hint"), has("post_logout_redirect_uri"), isEndSession(path) && (has("client_id") || has("logout_hint")):
		return oauth.StepEndSession
	case isCallback(params) || c.redirects[place(ex.Request.URL)] && (has("code") || has("error")):
		return oauth.StepCallback
	case c.returns[place(ex.Request.URL)] && ex.Request.Method == http.MethodGet:
		return oauth.StepReturn
	case post && form.Has("token") && strings.Contains(last, "introspect"):
		return oauth.StepIntrospect
	case post && form.Has("token") && strings.HasPrefix(last, "revo"):
		return oauth.StepRevoke
	case (last == "userinfo" || last == "me") && strings.HasPrefix(strings.ToLower(ex.Request.Header.Get("Authorization")), "bearer "):
		return oauth.StepUserInfo
	case isKeySet(ex, last):
		return oauth.StepJWKS
	}
	return ""
}

// isCallback: an authorization response or an error response (OIDC Core, 3.1.2.5
// and 3.1.2.6; 3.2.2.5 for the implicit flow).
func isCallback(params url.Values) bool {
	if params.Has("grant_type") {
		return false
	}
	correlated := params.Has("state") || params.Has("iss") || params.Has("session_state")
	return correlated && (params.Has("code") || params.Has("error") || params.Has("id_token") || params.Has("access_token"))
}

func isEndSession(path string) bool {
	return strings.Contains(path, "/session/end") || strings.Contains(path, "logout") ||
		strings.Contains(path, "end_session") || strings.Contains(path, "endsession") || strings.Contains(path, "signout")
}

// isJSON reports whether a program, not a browser, was answered.
func isJSON(ex *Exchange) bool {
	return ex.Response != nil && strings.Contains(ex.Response.Header.Get("Content-Type"), "json")
}

func isKeySet(ex *Exchange, last string) bool {
	likely := strings.Contains(last, "jwks") || last == "certs" || last == "keys"
	if !likely || ex.Response == nil {
		return false
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	return strings.Contains(last, "jwks") || json.Unmarshal(ex.Response.Body.Bytes, &set) == nil && len(set.Keys) > 0
}

// parametersOf returns all parameters of a request, and those of its body alone: a
// form, or a JSON object of texts, in which some providers take a token request.
func parametersOf(ex *Exchange) (all, form url.Values) {
	all, form = answerParameters(target(ex)), url.Values{}
	body := ex.Request.Body.Bytes
	if len(body) == 0 {
		return all, form
	}
	body = body[:min(len(body), 256<<10)] // what says what it is stands at its beginning
	if contentOf(body) == "json" {
		var members map[string]any
		if json.Unmarshal(body, &members) == nil {
			for name, value := range members {
				if text, ok := value.(string); ok {
					form.Set(name, text)
				}
			}
		}
	} else if values, err := url.ParseQuery(string(body)); err == nil {
		form = values
	}
	for name, values := range form {
		all[name] = append(all[name], values...)
	}
	return all, form
}

// isStep reports whether a word can be the name of a step: ours, or one of a
// connector's.
func isStep(step oauth.Step) bool {
	for i := range len(step) {
		if c := step[i]; c != '_' && c != '.' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return len(step) > 0 && len(step) <= 40
}

func isBackChannel(step oauth.Step) bool {
	switch step {
	case oauth.StepDiscovery, oauth.StepToken, oauth.StepJWKS, oauth.StepUserInfo, oauth.StepRefresh,
		oauth.StepIntrospect, oauth.StepRevoke, oauth.StepPush, oauth.StepDevice, oauth.StepBackchannel, oauth.StepRegister:
		return true
	}
	return false
}

// isAsset reports whether an entry is a part of how a page looks.
func isAsset(e *harEntry) bool {
	switch e.ResourceType {
	case "image", "font", "stylesheet", "script", "media", "manifest":
		return true
	}
	if e.Response == nil {
		return false
	}
	mediaType := strings.ToLower(e.Response.Content.MimeType)
	for _, part := range []string{"image/", "font/", "video/", "audio/", "text/css", "javascript", "application/wasm", "font-"} {
		if strings.Contains(mediaType, part) {
			return true
		}
	}
	return false
}
