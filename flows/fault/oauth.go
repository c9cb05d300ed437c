package fault

import (
	"strconv"

	"signbench/flows/oauth"
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

// known lists the registered error codes that have sentences of their own, by the
// step at which they come.
var known = map[oauth.Step]map[string]Remedy{
	oauth.StepCallback: {
		"access_denied": NoRemedy, "login_required": NoRemedy, "consent_required": NoRemedy,
		"interaction_required": NoRemedy, "account_selection_required": NoRemedy,
		"invalid_request": NoRemedy, "invalid_scope": NoRemedy, "invalid_target": NoRemedy,
		"unauthorized_client": NoRemedy, "unsupported_response_type": NoRemedy,
		"server_error": NoRemedy, "temporarily_unavailable": NoRemedy,
		"request_not_supported": NoRemedy, "registration_not_supported": NoRemedy,
	},
	oauth.StepToken: {
		"invalid_client": EditSecret, "invalid_grant": NoRemedy, "invalid_request": NoRemedy,
		"unauthorized_client": NoRemedy, "unsupported_grant_type": NoRemedy,
		"invalid_scope": NoRemedy, "invalid_target": NoRemedy, "access_denied": NoRemedy,
	},
	oauth.StepRefresh: {
		"invalid_client": EditSecret, "invalid_grant": NoRemedy, "invalid_request": NoRemedy,
		"invalid_scope": NoRemedy, "invalid_target": NoRemedy, "unauthorized_client": NoRemedy,
		"unsupported_grant_type": NoRemedy,
	},
	oauth.StepUserInfo: { // RFC 6750 3.1
		"invalid_token": NoRemedy, "insufficient_scope": NoRemedy, "invalid_request": NoRemedy,
	},
}

// prefix is the first part of the codes of a step.
var prefix = map[oauth.Step]string{
	oauth.StepCallback: "authorize",
	oauth.StepToken:    "token",
	oauth.StepRefresh:  "refresh",
	oauth.StepUserInfo: "userinfo",
	oauth.StepRevoke:   "revoke",
}

// FromErrorResponse names an OAuth error. A code that is in no registry keeps the
// provider's words and is said to be unknown.
func FromErrorResponse(step oauth.Step, p oauth.Profile, e ErrorResponse) Fault {
	f := Fault{
		Severity: Error, Step: step, Spec: errorSpec[step],
		Params: map[string]string{
			"Error": e.Code, "Description": e.Description, "URI": e.URI,
			"ClientID": p.Client.ID, "AuthMethod": string(p.Client.AuthMethod),
			"RedirectURI": p.Client.RedirectURI,
		},
	}
	if e.Status != 0 {
		f.Params["Status"] = strconv.Itoa(e.Status)
	}
	remedy, registered := known[step][e.Code]
	if !registered {
		f.Code = Code(prefix[step] + ".unknown_error")
		return f
	}
	f.Code, f.Remedy = Code(prefix[step]+"."+e.Code), remedy
	return f
}

var errorSpec = map[oauth.Step]string{
	oauth.StepCallback: "OIDC Core 3.1.2.6",
	oauth.StepToken:    "RFC 6749 5.2",
	oauth.StepRefresh:  "RFC 6749 5.2",
	oauth.StepUserInfo: "RFC 6750 3.1",
	oauth.StepRevoke:   "RFC 7009 2.2.1",
}

// errorCodes lists every code that FromErrorResponse can give.
func errorCodes() []Code {
	var out []Code
	for step, codes := range known {
		out = append(out, Code(prefix[step]+".unknown_error"))
		for code := range codes {
			out = append(out, Code(prefix[step]+"."+code))
		}
	}
	return out
}
