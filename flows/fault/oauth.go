package fault

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// ErrorResponse is an OAuth error (RFC 6749 4.1.2.1, 5.2; OIDC Core 3.1.2.6) in the
// provider's own words.
type ErrorResponse struct {
	Status      int // 0 when it came through the browser
	Code        string
	Description string
	URI         string
	Detail      string // Logto's own code, "oidc.invalid_grant"
}

// Foreign words are shown up to these lengths, in characters.
const (
	mostOfCode        = 80
	mostOfDescription = 400
)

func (e ErrorResponse) words() string {
	if e.Description != "" {
		return clip(e.Description, mostOfDescription)
	}
	return clip(e.Code, mostOfCode)
}

// ReadErrorResponse reads an error body, and reports whether the answer is one: the
// OAuth error of RFC 6749 5.2, Logto's {"code","message"}, or both in one. A message
// without a code is no error response, and is read all the same.
func ReadErrorResponse(resp *trace.Response) (ErrorResponse, bool) {
	var body struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
		URI         string `json:"error_uri"`
		Code        string `json:"code"`
		Message     string `json:"message"`
	}
	if json.Unmarshal(resp.Body.Bytes, &body) != nil {
		return ErrorResponse{}, false
	}
	e := ErrorResponse{Status: resp.Status, Code: body.Error, Description: body.Description, URI: body.URI, Detail: body.Code}
	if e.Description == "" {
		e.Description = body.Message
	}
	if e.Code == "" && resp.Status >= 400 {
		e.Code = strings.TrimPrefix(body.Code, "oidc.")
	}
	return e, e.Code != ""
}

// FromErrorResponse names an OAuth error. Logto's own code says more than the
// OAuth error beside it, and so do words that a known provider uses for one thing
// only. A code that is in no registry keeps the provider's words and is said to be
// unknown.
func FromErrorResponse(step oauth.Step, p oauth.Profile, e ErrorResponse) Fault {
	params := map[string]string{
		"Error": clip(e.Code, mostOfCode), "Description": clip(e.Description, mostOfDescription), "URI": clip(e.URI, mostOfDescription),
		"ClientID": p.Client.ID, "AuthMethod": string(p.Client.AuthMethod),
		"RedirectURI": p.Client.RedirectURI, "redirect_uri": p.Client.RedirectURI,
		"PostLogoutRedirectURI": p.Client.PostLogoutRedirectURI, "post_logout_redirect_uri": p.Client.PostLogoutRedirectURI,
	}
	if e.Status != 0 {
		params["Status"] = strconv.Itoa(e.Status)
	}
	f := New(errorCode(step, e), step, params)
	if f.Remedy == EditSecret && p.Client.AuthMethod == oauth.AuthMethodNone {
		// No secret was sent, so none is wrong: a method that sends one is missing.
		f.Remedy, f.Params["supported"] = UseAuthMethod, string(oauth.ClientSecretBasic)
	}
	return f
}

// places are where an error can come from, the likeliest first.
var places = []oauth.Step{
	oauth.StepToken, oauth.StepCallback, oauth.StepUserInfo, oauth.StepEndSession, oauth.StepPush,
	oauth.StepDevice, oauth.StepBackchannel, oauth.StepRevoke, oauth.StepIntrospect, oauth.StepRegister,
}

// FromSomewhere names an error of which only the words are known: it is taken for
// one of the likeliest endpoint that has such an error. One that no endpoint has says
// nothing of where it came from.
func FromSomewhere(e ErrorResponse) Fault {
	for _, step := range places {
		if f := FromErrorResponse(step, oauth.Profile{}, e); !byCode[f.Code].Unknown {
			return f
		}
	}
	raw := e.Code
	if strings.TrimPrefix(e.Detail, "oidc.") == raw {
		raw = e.Detail // as Logto wrote it
	}
	return New(PastedUnknown, oauth.StepVerify, map[string]string{
		"Error": clip(raw, mostOfCode), "Description": clip(e.Description, mostOfDescription),
	})
}

// FromWords names what the words of a page can only mean, of whichever endpoint it is.
func FromWords(words string) (Fault, bool) {
	for _, step := range []oauth.Step{oauth.StepAuthorize, oauth.StepEndSession} {
		if code, ok := said(step, words); ok {
			return New(code, step, map[string]string{"Description": clip(words, mostOfDescription), "Words": clip(words, mostOfDescription)}), true
		}
	}
	return Fault{}, false
}

func errorCode(step oauth.Step, e ErrorResponse) Code {
	if code, ok := logtoCode(e); ok {
		return code
	}
	if code, ok := said(step, e.Description); ok {
		return code
	}
	f, ok := familyAt(step)
	if !ok {
		return ResponseError
	}
	name := e.Code
	if same, ok := aliases[name]; ok {
		name = same
	}
	if _, ok := f.errors[name]; ok {
		return f.code(name)
	}
	return f.code("unknown_error")
}

// aliases are codes of single providers for what has a code already.
var aliases = map[string]string{
	"redirect_uri_mismatch": "invalid_redirect_uri", // Google
}

// saying is a phrase that a provider uses for one thing only: its words must all be
// there, in lower case.
type saying struct {
	steps []oauth.Step
	words []string
	code  Code
}

var away = at(oauth.StepAuthorize, oauth.StepCallback)

var sayings = []saying{
	{away, []string{"aadsts50011"}, "authorize.invalid_redirect_uri"},                      // Entra
	{away, []string{"redirect_uri_mismatch"}, "authorize.invalid_redirect_uri"},            // Google
	{away, []string{"invalid parameter: redirect_uri"}, "authorize.invalid_redirect_uri"},  // Keycloak
	{away, []string{"callback url mismatch"}, "authorize.invalid_redirect_uri"},            // Auth0
	{away, []string{"redirect_uri", "did not match"}, "authorize.invalid_redirect_uri"},    // Logto and others on oidc-provider
	{away, []string{"'redirect_uri' parameter must be"}, "authorize.invalid_redirect_uri"}, // Okta
	{away, []string{"aadsts700016"}, "authorize.invalid_client"},
	{away, []string{"aadsts65001"}, "authorize.consent_required"},
	{away, []string{"aadsts50105"}, "authorize.access_denied"},
	{away, []string{"pkce", "require"}, "authorize.pkce_required"},
	{away, []string{"code_challenge", "missing"}, "authorize.pkce_required"},
	{away, []string{"code_challenge", "required"}, "authorize.pkce_required"},
	{at(oauth.StepEndSession), []string{"post_logout_redirect_uri", "not registered"}, "end_session.unregistered_uri"},
	{at(oauth.StepEndSession), []string{"invalid redirect uri"}, "end_session.unregistered_uri"},
}

// said names what a provider's words can only mean.
func said(step oauth.Step, words string) (Code, bool) {
	words = strings.ToLower(words)
next:
	for _, s := range sayings {
		if !slices.Contains(s.steps, step) {
			continue
		}
		for _, w := range s.words {
			if !strings.Contains(words, w) {
				continue next
			}
		}
		return s.code, true
	}
	return "", false
}
