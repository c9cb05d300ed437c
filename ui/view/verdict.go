package view

import (
	"strconv"
	"strings"
	"time"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// Do is something that a button of the verdict does.
type Do string

// What the buttons do.
const (
	DoCancel     Do = "cancel"
	DoTryAgain   Do = "try_again"
	DoShowChecks Do = "show_checks"
	DoShowTokens Do = "show_tokens"
	DoProve      Do = "prove"

	DoGoOn Do = "go_on" // Value are the rules to set aside

	DoCheck        Do = "check"
	DoShowEvidence Do = "show_evidence" // Value is the exchange
	DoCopyReport   Do = "copy_report"

	DoCopy      Do = "copy"     // Value
	DoCopyURL   Do = "copy_url" // Value, which is to be cleared again
	DoUsePort   Do = "use_port"
	DoUseIssuer Do = "use_issuer"
	DoUseMethod Do = "use_method"
	DoEdit      Do = "edit" // Value is the field
)

// VerdictAction is one button of the verdict.
type VerdictAction struct {
	Do    Do
	Label string
	Value string
}

// Verdict is what the bar above every page says.
type Verdict struct {
	Kind    widget.Kind
	Title   string
	Detail  string
	Raw     string // the provider's own words
	Actions []VerdictAction
}

// NewVerdict says in one sentence how a profile stands.
func NewVerdict(p oauth.Profile, b state.Bench, problems []oauth.FieldError, now time.Time) Verdict {
	switch {
	case b.Run.Running() && b.Run.Scenario.Probes():
		return checking(b.Run)
	case b.Run.Running():
		return working(b)
	case b.Run != nil && b.Run.Kept && b.Session != nil && b.Session.Restored:
		return restored(b.Session, now)
	case b.Run != nil:
		return ended(b)
	case b.Session != nil:
		return restored(b.Session, now)
	default:
		return idle(p, problems)
	}
}

func idle(p oauth.Profile, problems []oauth.FieldError) Verdict {
	for _, e := range problems {
		if e.Severity == oauth.SeverityError {
			return Verdict{
				Kind: widget.KindInfo, Title: text.T("verdict.incomplete"), Detail: text.Field(e),
				Actions: []VerdictAction{{Do: DoEdit, Label: text.T("action.edit"), Value: string(e.Field)}},
			}
		}
	}
	detail := "verdict.idle.detail"
	if p.Kind == oauth.KindDemo {
		detail = "verdict.idle.demo"
	}
	return Verdict{Kind: widget.KindInfo, Title: text.T("verdict.idle"), Detail: text.T(detail)}
}

func restored(s *state.Session, now time.Time) Verdict {
	v := Verdict{Kind: widget.KindPass, Title: text.T("verdict.restored"), Actions: []VerdictAction{{Do: DoShowTokens, Label: text.T("action.show_tokens")}}}
	if s.VerifiedAt.IsZero() {
		v.Kind, v.Detail = widget.KindWarn, text.T("verdict.restored.unverified")
		return v
	}
	v.Detail = text.T("verdict.restored.detail", text.Params{"When": moment(s.VerifiedAt, now)})
	return v
}

func working(b state.Bench) Verdict {
	r := b.Run
	cancel := VerdictAction{Do: DoCancel, Label: text.T("action.cancel")}
	scenario := text.T("scenario." + string(r.Scenario))
	v := Verdict{Kind: widget.KindWorking, Title: text.T("verdict.working.start", text.Params{"Scenario": scenario}), Actions: []VerdictAction{cancel}}
	if step := r.Current(); step != "" {
		v.Title = text.T("verdict.working", text.Params{"Scenario": scenario, "Step": text.T("step." + string(step))})
	}
	if r.Waiting == nil {
		return v
	}
	params := text.Params{"ReturnURI": r.Waiting.ReturnURI}
	copyURL := VerdictAction{Do: DoCopyURL, Label: text.T("action.copy_url"), Value: r.Waiting.URL.Reveal()}
	v.Actions = []VerdictAction{copyURL, cancel}
	key := "verdict.waiting"
	if r.Waiting.Step == oauth.StepReturn {
		key = "verdict.waiting.return"
	}
	v.Title = text.T(key)
	if b.Beside != nil {
		words, found, actions := stuck(r.Profile, r.Waiting.Step, b.Beside)
		v.Detail, v.Actions = words, append(actions, v.Actions...)
		if found {
			v.Kind = widget.KindWarn
		}
		return v
	}
	switch {
	case r.NoBrowser != nil:
		v.Kind, v.Detail = widget.KindWarn, text.T("verdict.waiting.no_browser", text.Params{"Cause": r.NoBrowser.Error()})
	case r.Overdue && r.Profile.Kind != oauth.KindDemo: // the demo tenant shows no error pages of Logto's
		v.Detail = text.T(key+".overdue", params)
		v.Actions = []VerdictAction{{Do: DoCopy, Label: text.T("action.copy_uri"), Value: r.Waiting.ReturnURI}, copyURL, cancel}
	case len(r.Waiting.Listening) == 0:
		v.Detail = text.T("verdict.waiting.paste")
	default:
		v.Detail = text.T(key+".detail", params)
	}
	return v
}

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

func failed(b state.Bench) Verdict {
	r := b.Run
	faults := fault.Fold(r.Faults())
	f := faults[0].Fault
	scenario := text.T("scenario." + string(r.Scenario))
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
