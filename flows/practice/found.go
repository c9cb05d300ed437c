package practice

import (
	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/probe"
)

// logtoHabit is what every sign-in at Logto is warned of: its times in
// milliseconds. It is no part of an exercise.
const logtoHabit = "id_token.updated_at"

// Found is what a run found wrong, to be held against Want. A sign-out goes on
// whatever happens, so that there warnings are what is found. What is wrong with this
// machine is no part of an exercise.
func (e Exercise) Found(faults []fault.Fault, rows []probe.Row) []string {
	found := []string{}
	for _, f := range faults {
		if f.Severity == fault.Error || e.Way == BySignOut && f.Code != logtoHabit {
			found = append(found, string(f.Code))
		}
	}
	for _, id := range probe.IDs() {
		for _, row := range rows {
			if row.ID == id && row.Verdict == probe.Fail && row.Group != probe.Local {
				found = append(found, row.ID+"."+row.Reason)
			}
		}
	}
	return found
}

// FoundIn is what the checks of a token found wrong.
func FoundIn(report check.Report) []string {
	found := []string{}
	for _, r := range report {
		if r.Verdict == check.Fail {
			found = append(found, r.ID)
		}
	}
	return found
}
