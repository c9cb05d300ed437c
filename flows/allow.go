package flows

import (
	"slices"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// allows reports whether the run was told to go on without that rule.
func (r *Run) allows(rule oauth.Allowance) bool {
	return rule != "" && slices.Contains(r.request.Allow, rule)
}

// setAside are the rules that were broken so far and that the run went on without.
func (r *Run) setAside() []oauth.Allowance {
	var broken []oauth.Allowance
	for _, f := range r.warnings {
		if f.SetAside() {
			broken = append(broken, f.Allowance)
		}
	}
	return oauth.JoinAllowances(broken, nil)
}

// report publishes a report and tells its failures from its warnings. A failed
// check that the run was told to go on without is marked in the report and noted as
// a warning, whatever the caller makes of the others.
func (r *Run) report(step oauth.Step, subject string, report check.Report) (warned []fault.Fault, failed error) {
	report = slices.Clone(report)
	var errs []fault.Fault
	for _, f := range fault.FromReport(step, report, r.exchanges(step)) {
		switch {
		case f.Severity != fault.Error:
			warned = append(warned, f)
		case r.allows(f.Allowance):
			i := slices.IndexFunc(report, func(res check.Result) bool { return res.ID == f.Checks[0] })
			report[i].SetAside = true
			r.warn(f)
		default:
			errs = append(errs, f)
		}
	}
	for i, res := range report { // what go-oidc refuses with it
		report[i].SetAside = res.SetAside || res.Verdict == check.Fail && res.Reason == check.Refused && len(errs) == 0
	}
	r.emit(Checked{Subject: subject, Report: report})
	if len(errs) > 0 {
		return warned, failure(errs...)
	}
	return warned, nil
}

// unverified decides on a token whose keys could not be had: cause says why, judged
// what the other checks said. The rule that stands in the way is the signature's.
func (r *Run) unverified(cause *Failure, judged error) error {
	for i := range cause.Faults {
		if cause.Faults[i].Allowance == "" && cause.Faults[i].Step == oauth.StepJWKS {
			cause.Faults[i].Allowance = oauth.AllowSignature
		}
	}
	if !r.allows(oauth.AllowSignature) {
		return cause
	}
	for _, f := range cause.Faults {
		if f.Step == oauth.StepJWKS {
			r.warn(f)
		}
	}
	return judged
}
