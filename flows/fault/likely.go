package fault

import (
	"strconv"

	"signbench/flows/oauth"
)

// Cause names one of the likely causes of what is unknown. Its sentence is in the
// translations under fault.likely.<cause>.
type Cause string

// likelyAt are the two most likely causes of an answer that is not understood, by
// the step. What the status says comes first: see likelyBy.
var likelyAt = map[oauth.Step][2]Cause{
	oauth.StepDiscovery:   {"endpoint", "proxy"},
	oauth.StepJWKS:        {"jwks_uri", "proxy"},
	oauth.StepAuthorize:   {"redirect_uri", "parameter"},
	oauth.StepCallback:    {"policy", "parameter"},
	oauth.StepToken:       {"client_auth", "policy"},
	oauth.StepRefresh:     {"session_ended", "client_auth"},
	oauth.StepVerify:      {"other_api", "newer"}, // an error that was pasted: see PastedUnknown
	oauth.StepUserInfo:    {"audience", "scope"},
	oauth.StepIntrospect:  {"client_auth", "unsupported"},
	oauth.StepRevoke:      {"client_auth", "unsupported"},
	oauth.StepPush:        {"client_auth", "parameter"},
	oauth.StepDevice:      {"unsupported", "parameter"},
	oauth.StepRegister:    {"unsupported", "parameter"},
	oauth.StepBackchannel: {"unsupported", "parameter"},
	oauth.StepEndSession:  {"post_logout", "session_ended"},
	oauth.StepReturn:      {"post_logout", "session_ended"},
}

// likelyBy are the causes that a status speaks for, whatever the step.
var likelyBy = map[int][2]Cause{
	200: {"other_site", "proxy"},
	403: {"firewall", "policy"},
	407: {"proxy", "firewall"},
	429: {"rate", "firewall"},
	500: {"provider", "provider_config"},
	501: {"unsupported", "endpoint"},
	502: {"gateway", "provider"},
	503: {"overload", "gateway"},
	504: {"gateway", "overload"},
}

// Likely are the two most likely causes of a fault of which only the provider's raw
// words are known; ok is false where the fault is understood.
func Likely(f Fault) (causes [2]Cause, ok bool) {
	if !byCode[f.Code].Unknown {
		return causes, false
	}
	status, _ := strconv.Atoi(f.Params["Status"])
	if causes, ok = likelyBy[status]; ok {
		return causes, true
	}
	if causes, ok = likelyAt[f.Step]; ok {
		return causes, true
	}
	return [2]Cause{"endpoint", "proxy"}, true
}
