package oidc

import (
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// hop is one sign-in, or one check, on its way.
type hop struct {
	connector.Desk
	setup connector.Setup
	provider
	redeemed []int // the token request: the evidence of everything about the ID token
}

// fault names something that went wrong. Params are pairs of names and values.
func (h *hop) fault(step oauth.Step, what string, evidence []int, params ...string) fault.Fault {
	f := fault.Fault{
		Code: codeOf(h.kind, what), Severity: fault.Error, Step: step, Evidence: evidence, Spec: clauses[what],
		Params: map[string]string{"ClientID": h.clientID(), "Method": h.method},
	}
	for i := 0; i+1 < len(params); i += 2 {
		f.Params[params[i]] = h.config.Quote(params[i+1])
	}
	logto := shownBySocial(what)
	if h.kind == connector.SSO {
		logto = shownByEnterprise(what)
	}
	return connector.LogtoSays(f, logto.status, logto.code, logto.message)
}

// warning is the same for what Logto does not mind.
func (h *hop) warning(step oauth.Step, what string, params ...string) fault.Fault {
	f := fault.Fault{
		Code: codeOf(h.kind, what), Severity: fault.Warning, Step: step, Spec: clauses[what],
		Params: map[string]string{},
	}
	for i := 0; i+1 < len(params); i += 2 {
		f.Params[params[i]] = h.config.Quote(params[i+1])
	}
	return f
}

func (h *hop) stop(step oauth.Step, what string, evidence []int, params ...string) error {
	return stopped(h.fault(step, what, evidence, params...))
}

func stopped(faults ...fault.Fault) error {
	return &connector.Stopped{Step: faults[0].Step, Faults: faults}
}

// unsent is a request to which nothing came back.
func (h *hop) unsent(step oauth.Step, target string, a connector.Answer) error {
	f := fault.Transport(step, target, a.Err)
	f.Evidence = a.IDs
	f.Params["Cause"] = h.config.Quote(f.Params["Cause"])
	logto := shown{"500", "", internalError}
	if h.kind == connector.SSO {
		logto = shownByEnterprise(map[oauth.Step]string{
			connector.StepDiscovery: discoveryStatus, connector.StepToken: tokenStatus, connector.StepUserInfo: userInfoStatus,
		}[step])
	}
	return stopped(connector.LogtoSays(f, logto.status, logto.code, logto.message))
}
