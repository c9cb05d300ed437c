package view

import (
	"slices"
	"strings"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
)

// LogMayTell reports whether the tenant's audit log may know more of why a run failed
// than the run does: the tenant refused something, or the user never came back from
// its pages.
func LogMayTell(r *state.Run) bool {
	if !r.Failed() || r.Benched != nil || !r.Profile.Kind.IsLogto() || r.Scenario.Probes() || r.Scenario == oauth.ScenarioImported {
		return false
	}
	f := fault.Fold(r.Faults())[0]
	if f.Step == oauth.StepVerify || len(f.Checks) > 0 {
		return NeverCameBack(r)
	}
	return NeverCameBack(r) || slices.ContainsFunc(r.Exchanges, func(ex *trace.Exchange) bool {
		return slices.Contains(f.Evidence, ex.ID) && ex.Response != nil
	})
}

// Why offers to read the audit log, and says what was found there. There is room for
// the button where there are fewer than four; it is the last, because it goes.
func (v Verdict) Why(found TenantReasons, asked bool) Verdict {
	if !asked {
		if len(v.Actions) < 4 {
			v.Actions = append(slices.Clone(v.Actions), VerdictAction{Do: DoWhy, Label: text.T("admin.why")})
		}
		return v
	}
	lines := []string{v.Raw, found.Said.Words}
	for _, r := range found.Reasons {
		lines = append(lines, reasonWords(r))
	}
	v.Raw = strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
	return v
}
