package view

import (
	"strconv"
	"strings"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// broken are the rules that stopped a run, together with those that it had been
// told to go on without already: what the next run needs to come further. It is
// nothing when one of the faults has no way around it, and for a run of another
// time, since an allowance is given for the next run and never kept.
func broken(r *state.Run) []oauth.Allowance {
	if r.Kept || r.Scenario == oauth.ScenarioImported {
		return nil
	}
	var rules []oauth.Allowance
	for _, f := range r.Faults() {
		switch {
		case f.Severity != fault.Error:
		case f.Allowance == "":
			return nil
		default:
			rules = append(rules, f.Allowance)
		}
	}
	if len(rules) == 0 {
		return nil
	}
	return oauth.JoinAllowances(rules, r.Allowed)
}

// namedRules are as many as a button has room to name.
const namedRules = 2

// refused says where a run stopped that could go on, and offers to run it again
// without those checks.
func refused(f fault.Fault, rules []oauth.Allowance) (words string, goOn VerdictAction) {
	var value []string
	for _, rule := range rules {
		value = append(value, string(rule))
	}
	goOn = VerdictAction{Do: DoGoOn, Value: strings.Join(value, " "), Label: text.T("refused.go_on", text.Params{"Rule": text.Allowances(rules)})}
	words = text.T("refused." + string(f.Step))
	if len(rules) > namedRules {
		goOn.Label = text.N("refused.go_on.several", len(rules))
		words = text.T("refused.go_on.rules", text.Params{"N": strconv.Itoa(len(rules)), "Rules": text.Allowances(rules)}) + " " + words
	}
	return words, goOn
}

// ParseAllowances reads the Value of a DoGoOn.
func ParseAllowances(value string) []oauth.Allowance {
	var given []oauth.Allowance
	for _, rule := range strings.Fields(value) {
		given = append(given, oauth.Allowance(rule))
	}
	return oauth.JoinAllowances(given, nil)
}

// wentOn says that a run came to its end only because checks were set aside.
func wentOn(r *state.Run, rules []oauth.Allowance) Verdict {
	return Verdict{
		Kind: widget.KindWarn,
		Title: text.T("set_aside.title", text.Params{
			"Scenario": text.T("scenario." + string(r.Scenario)), "Rules": text.Allowances(rules),
		}),
		Detail:  text.T("set_aside.detail") + " " + tally(r),
		Actions: []VerdictAction{{Do: DoShowChecks, Label: text.T("action.show_checks")}, copyReport()},
	}
}
