package view

import (
	"strconv"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

func failed(b state.Bench) Verdict {
	r := b.Run
	scenario := text.T("scenario." + string(r.Scenario))
	faults := fault.Fold(r.Faults())
	if len(faults) == 0 { // a kept run whose file was changed
		return Verdict{
			Kind: widget.KindFail, Title: text.T("verdict.failed.unsaid", text.Params{"Scenario": scenario}),
			Detail: text.T("verdict.failed.unsaid.detail"), Actions: []VerdictAction{{Do: DoTryAgain, Label: text.T("action.try_again")}},
		}
	}
	f := faults[0].Fault
	if r.MistakeRefused() {
		return refusedMistake(f)
	}
	v := Verdict{
		Kind:   widget.KindFail,
		Title:  text.T("verdict.failed.at", text.Params{"Scenario": scenario, "Step": text.T("step." + string(f.Step)), "Title": text.FaultClause(f)}),
		Detail: text.FaultCause(f) + "\n" + text.FaultRemedy(f),
	}
	if f.Step == oauth.StepPrepare || f.Step == "" {
		v.Title = text.T("verdict.failed", text.Params{"Scenario": scenario, "Title": text.FaultClause(f)})
	}
	if NeverCameBack(r) && b.Beside != nil {
		words, _, _ := stuck(r.Profile, f.Step, b.Beside)
		if b.Beside.Running() {
			words = text.T("stuck.checking.over")
		}
		v.Detail = text.FaultCause(f) + "\n" + words
	}
	if more := besides(faults); more != "" {
		v.Detail += "\n" + more
	}
	if a, ok := remedy(f); ok {
		v.Actions = append(v.Actions, a)
	}
	switch {
	case NeverCameBack(r): // nobody was told why: ask without a user
		v.Actions = append(v.Actions, VerdictAction{Do: DoCheck, Label: text.T("action.check")})
	case f.Step == oauth.StepVerify && len(f.Checks) > 0: // the Tokens page says more of a token than the answer that brought it
		v.Actions = append(v.Actions, VerdictAction{Do: DoShowChecks, Label: text.T("action.show_checks")})
	case len(f.Evidence) > 0:
		v.Actions = append(v.Actions, VerdictAction{Do: DoShowEvidence, Label: text.T("action.show_evidence"), Value: strconv.Itoa(f.Evidence[len(f.Evidence)-1])})
	case len(f.Checks) > 0:
		v.Actions = append(v.Actions, VerdictAction{Do: DoShowChecks, Label: text.T("action.show_checks")})
	}
	if rules := broken(r); rules != nil {
		words, goOn := refused(f, rules)
		v.Detail += "\n" + words
		v.Actions = append(v.Actions, goOn)
	}
	if len(v.Actions) < 2 && f.Step != oauth.StepPrepare {
		v.Actions = append(v.Actions, copyReport())
	}
	if r.Scenario != oauth.ScenarioImported {
		v.Actions = append(v.Actions, VerdictAction{Do: DoTryAgain, Label: text.T("action.try_again")})
	}
	return v
}

// refusedMistake is the verdict on a provider that refused what was wrong on purpose.
func refusedMistake(f fault.Fault) Verdict {
	v := Verdict{
		Kind: widget.KindPass, Title: text.T("verdict.mistake_refused", text.Params{"Title": text.FaultClause(f)}),
		Detail: text.T("verdict.mistake_refused.detail", text.Params{"Code": string(f.Code)}),
	}
	if n := len(f.Evidence); n > 0 {
		v.Actions = append(v.Actions, VerdictAction{Do: DoShowEvidence, Label: text.T("action.show_evidence"), Value: strconv.Itoa(f.Evidence[n-1])})
	}
	v.Actions = append(v.Actions, copyReport())
	return v
}

// remedy is the button that a fault offers.
func remedy(f fault.Fault) (VerdictAction, bool) {
	edit := func(field oauth.Field) (VerdictAction, bool) {
		return VerdictAction{Do: DoEdit, Label: text.T("action.edit"), Value: string(field)}, true
	}
	switch f.Remedy {
	case fault.CopyRedirectURI:
		return VerdictAction{Do: DoCopy, Label: text.T("action.copy_uri"), Value: f.Params["redirect_uri"]}, true
	case fault.CopyPostLogout:
		return VerdictAction{Do: DoCopy, Label: text.T("action.copy_uri"), Value: f.Params["post_logout_redirect_uri"]}, true
	case fault.UsePort:
		return VerdictAction{Do: DoUsePort, Label: text.T("action.use_port", text.Params{"Port": f.Params["free_port"]}), Value: f.Params["free_port"]}, true
	case fault.UseIssuer:
		if f.Params["found_issuer"] == "" {
			return edit(oauth.FieldEndpoint)
		}
		return VerdictAction{Do: DoUseIssuer, Label: text.T("action.use_issuer"), Value: f.Params["found_issuer"]}, true
	case fault.UseAuthMethod:
		return VerdictAction{Do: DoUseMethod, Label: text.T("action.use_method", text.Params{"Method": f.Params["supported"]}), Value: f.Params["supported"]}, true
	case fault.EditEndpoint:
		return edit(oauth.FieldEndpoint)
	case fault.EditClientID:
		return edit(oauth.FieldClientID)
	case fault.EditSecret:
		return edit(oauth.FieldSecret)
	case fault.EditRedirectURI:
		return edit(oauth.FieldRedirectURI)
	}
	return VerdictAction{}, false
}
