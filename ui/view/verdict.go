package view

import (
	"time"

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
	DoWhy          Do = "why" // read the tenant's audit log

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
