package view

import (
	"strconv"
	"strings"

	"signbench/flows/check"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

func ended(b state.Bench) Verdict {
	r := b.Run
	scenario := text.T("scenario." + string(r.Scenario))
	again := VerdictAction{Do: DoTryAgain, Label: text.T("action.try_again")}
	switch {
	case r.Scenario.Probes() && !r.Cancelled() && r.Ended.Outcome != state.Interrupted:
		return checked(r)
	case r.Failed():
		return failed(b)
	case r.Cancelled():
		v := Verdict{Kind: widget.KindUnknown, Title: text.T("verdict.cancelled", text.Params{"Scenario": scenario}), Detail: text.T("verdict.cancelled.detail"), Actions: []VerdictAction{again}}
		if r.Scenario == oauth.ScenarioSignOut {
			v.Detail = text.T("verdict.cancelled.sign_out")
		}
		return v
	}
	switch {
	case r.Ended.Outcome == state.Interrupted:
		return Verdict{
			Kind: widget.KindUnknown, Title: text.T("verdict.interrupted", text.Params{"Scenario": scenario}),
			Detail: text.T("verdict.interrupted.detail"), Actions: []VerdictAction{again},
		}
	case r.Scenario == oauth.ScenarioImported:
		return imported(r)
	case r.Scenario == oauth.ScenarioProof:
		return Verdict{Kind: widget.KindPass, Title: text.T("verdict.proven"), Detail: text.T("verdict.proven.detail")}
	case r.Scenario == oauth.ScenarioSignOut:
		return signedOut(r)
	case r.Scenario == oauth.ScenarioReveal:
		return Verdict{
			Kind: widget.KindPass, Title: text.T("verdict.revealed"), Detail: text.T("verdict.revealed.detail"),
			Actions: []VerdictAction{copyReport()},
		}
	}
	if rules := r.SetAside(); rules != nil {
		return wentOn(r, rules)
	}
	v := Verdict{Kind: widget.KindPass, Title: text.T("verdict.works", text.Params{"Scenario": scenario}), Detail: tally(r)}
	if r.Benched == nil { // a bench has its findings on its own page
		v.Actions = append(v.Actions, VerdictAction{Do: DoShowChecks, Label: text.T("action.show_checks")})
	}
	v.Actions = append(v.Actions, copyReport())
	return v
}

func copyReport() VerdictAction {
	return VerdictAction{Do: DoCopyReport, Label: text.T("action.copy_report")}
}

// imported says what a recording of somebody else's sign-in shows.
func imported(r *state.Run) Verdict {
	return Verdict{
		Kind: widget.KindInfo, Title: text.T("verdict.imported"),
		Detail: text.T("verdict.imported.detail", text.Params{"N": strconv.Itoa(len(r.Exchanges))}),
	}
}

func signedOut(r *state.Run) Verdict {
	v := Verdict{
		Kind: widget.KindPass, Title: text.T("verdict.signed_out"), Detail: text.T("verdict.signed_out.detail"),
		Actions: []VerdictAction{{Do: DoProve, Label: text.T("action.prove")}},
	}
	if !r.CameBack() {
		v.Kind, v.Title, v.Detail = widget.KindWarn, text.T("verdict.signed_out.unclear"), ""
	}
	for _, f := range r.Faults() {
		v.Kind = widget.KindWarn
		v.Detail = strings.TrimSpace(text.FaultTitle(f) + ". " + text.FaultCause(f) + "\n" + v.Detail)
	}
	return v
}

// tally counts the checks of a run and names its warnings.
func tally(r *state.Run) string {
	passed := 0
	for _, report := range r.Reports {
		passed += report.Results.Count(check.Pass)
	}
	var words []string
	if len(r.Reports) > 0 {
		words = append(words, text.N("checks.passed", passed))
	}
	var titles []string
	for _, f := range r.Faults() {
		titles = append(titles, text.FaultClause(f))
	}
	if len(titles) > 0 {
		words = append(words, text.N("checks.warnings", len(titles))+": "+strings.Join(titles, "; "))
	}
	if len(words) == 0 {
		return ""
	}
	return strings.Join(words, ", ") + "."
}

func countWords(report check.Report) string {
	words := text.N("checks.passed", report.Count(check.Pass))
	if n := report.Count(check.Fail); n > 0 {
		words += ", " + text.N("checks.failed", n)
	}
	if n := report.Count(check.Warn); n > 0 {
		words += ", " + text.N("checks.warnings", n)
	}
	return words
}
