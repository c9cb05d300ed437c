package feishu

import (
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// What can go wrong, by the last part of its code: connector.feishu.<what>.
const (
	badConfig = "config"

	upstreamRefused = "upstream_refused" // the callback carries an error
	noCode          = "no_code"          // nor even that

	noAnswer = "no_answer" // within the bench's own limit

	tokenSecret     = "token_invalid_client"
	tokenCode       = "token_invalid_grant"
	tokenRefused    = "token_refused" // any other OAuth error
	tokenStatus     = "token_status"  // no success, and no OAuth error
	tokenUnreadable = "token_unreadable"
	tokenShape      = "token_shape"
	tokenEmpty      = "token_empty"

	userInfoRefused    = "userinfo_refused" // an OAuth error
	userInfoStatus     = "userinfo_status"  // no success, and no OAuth error
	userInfoUnreadable = "userinfo_unreadable"
	userInfoFields     = "userinfo_fields"

	contactAbsent = "warning_contact_absent" // Logto does not mind
)

// shown is what Logto's API answers.
type shown struct{ status, code, message string }

// shownByLogto is in the order of a sign-in.
var shownByLogto = []struct {
	what string
	shown
	spec string
}{
	{badConfig, shown{"400", "connector.invalid_config", ""}, ""},
	{upstreamRefused, shown{"400", "connector.invalid_response", "the parameters of the callback"}, "RFC 6749 4.1.2.1"},
	{noCode, shown{"400", "connector.invalid_response", "the parameters of the callback"}, "RFC 6749 4.1.2"},
	{noAnswer, shown{}, ""}, // nothing: it waits on
	{tokenSecret, shown{"401", "connector.social_auth_code_invalid", ""}, "RFC 6749 5.2"},
	{tokenCode, shown{"401", "connector.social_auth_code_invalid", ""}, "RFC 6749 5.2"},
	{tokenRefused, shown{"401", "connector.social_auth_code_invalid", ""}, "RFC 6749 5.2"},
	{tokenStatus, shown{"400", "connector.invalid_response", ""}, "RFC 6749 5.2"},
	{tokenUnreadable, shown{"400", "connector.general", failedToken}, "RFC 6749 5.1"},
	{tokenShape, shown{"400", "connector.invalid_response", ""}, "RFC 6749 5.1"},
	{tokenEmpty, shown{"401", "connector.social_auth_code_invalid", "access_token is empty"}, "RFC 6749 5.1"},
	{userInfoRefused, shown{"401", "connector.social_invalid_access_token", ""}, "RFC 6750 3.1"},
	{userInfoStatus, shown{"400", "connector.invalid_response", ""}, "RFC 6750 3.1"},
	{userInfoUnreadable, shown{"400", "connector.general", failedUserInfo}, ""},
	{userInfoFields, shown{"400", "connector.invalid_response", "invalid user response"}, ""},
	{contactAbsent, shown{}, ""},
}

// What Logto says of a request that found nobody, or brought no JSON.
const (
	failedToken    = "Failed to get access token"
	failedUserInfo = "Failed to get user info"
)

func codes() []fault.Code {
	var out []fault.Code
	for _, one := range shownByLogto {
		out = append(out, codeOf(one.what))
	}
	return out
}

func codeOf(what string) fault.Code { return fault.Code(connector.RowID(connector.Feishu, what)) }

// fault names something that went wrong. Params are pairs of names and values.
func (h *hop) fault(step oauth.Step, what string, evidence []int, params ...string) fault.Fault {
	f := fault.Fault{
		Code: codeOf(what), Severity: fault.Error, Step: step, Evidence: evidence, Params: map[string]string{"AppID": h.appID()},
	}
	for i := 0; i+1 < len(params); i += 2 {
		f.Params[params[i]] = h.config.Quote(params[i+1])
	}
	for _, one := range shownByLogto {
		if one.what != what {
			continue
		}
		f.Spec = one.spec
		if one.status != "" {
			f = connector.LogtoSays(f, one.status, one.code, one.message)
		}
	}
	return f
}

func (h *hop) stop(step oauth.Step, what string, evidence []int, params ...string) error {
	return stopped(h.fault(step, what, evidence, params...))
}

func stopped(f fault.Fault) error {
	return &connector.Stopped{Step: f.Step, Faults: []fault.Fault{f}}
}

// unsent is a request to which nothing came back. Where the patience of the bench
// ended, Logto would go on waiting.
func (h *hop) unsent(step oauth.Step, target string, a connector.Answer) error {
	f := fault.Transport(step, target, a.Err)
	if f.Code == fault.TransportTimeout {
		return h.stop(step, noAnswer, a.IDs, "URL", target, "Limit", h.patience.String())
	}
	f.Evidence = a.IDs
	f.Params["Cause"] = h.config.Quote(f.Params["Cause"])
	message := failedToken
	if step == connector.StepUserInfo {
		message = failedUserInfo
	}
	return stopped(connector.LogtoSays(f, "400", "connector.general", message))
}
