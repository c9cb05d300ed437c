package fault

import (
	"strings"

	"signbench/flows/check"
	"signbench/flows/oauth"
)

// FromReport makes one fault of each failed check, in the order of the report. A
// check that only warns becomes a warning.
func FromReport(step oauth.Step, report check.Report, evidence []int) []Fault {
	var out []Fault
	for _, r := range report {
		if r.ID == "id_token.library" && r.Reason == check.Refused {
			continue // go-oidc refuses what our own list refuses: the same fault once more
		}
		f := New(Code(r.ID), step, map[string]string{"Want": r.Want, "Got": r.Got, "Reason": r.Reason}, evidence...)
		switch r.Verdict {
		case check.Fail:
			f.Severity, f.Allowance = Error, allowanceOf(r)
		case check.Warn:
			f.Severity = Warning
		default:
			continue
		}
		if f.Remedy == UseIssuer {
			f.Params["found_issuer"] = r.Got
		}
		out = append(out, f)
	}
	return out
}

// checkSteps says at which steps the checks of a subject are made.
var checkSteps = map[string][]oauth.Step{
	"discovery":              at(oauth.StepDiscovery),
	"authorization_response": at(oauth.StepCallback),
	"token_response":         at(oauth.StepToken, oauth.StepRefresh),
	"id_token":               at(oauth.StepVerify),
	"userinfo":               at(oauth.StepUserInfo),

	// Of a text that is looked at by itself, outside of any run.
	"access_token":     at(oauth.StepVerify),
	"logout_token":     at(oauth.StepVerify),
	"jws":              at(oauth.StepVerify),
	"dpop":             at(oauth.StepVerify),
	"client_assertion": at(oauth.StepVerify),
	"jarm":             at(oauth.StepVerify),
}

// checkEntries takes the checks' own catalogue over: a failed check is a fault
// under the check's ID. What an API would find in an access token is a fault where the
// token is looked at by itself; in a run it is reported only.
func checkEntries() []Entry {
	var out []Entry
	for _, id := range check.IDs() {
		subject, _, _ := strings.Cut(id, ".")
		e := Entry{Code: Code(id), Severity: Error, Steps: checkSteps[subject], Spec: check.Spec(id), Checks: []string{id}}
		if id == "discovery.issuer" {
			e.Remedy = UseIssuer
		}
		out = append(out, e)
	}
	return out
}
