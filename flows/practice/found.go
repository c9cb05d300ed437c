package practice

import (
	"cmp"
	"slices"
	"strings"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/probe"
)

// habit is what every sign-in is warned of, and no part of an exercise: Logto's times
// in milliseconds.
const habit fault.Code = "id_token.updated_at"

// Found is what a run found wrong, to be held against Want. What is wrong with this
// machine is no part of an exercise.
func (e Exercise) Found(faults []fault.Fault, rows []probe.Row) []string {
	found := []string{}
	for _, f := range faults {
		if f.Severity == fault.Error || e.goesOn() && f.Code != habit {
			found = append(found, string(f.Code))
		}
	}
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b probe.Row) int {
		return cmp.Or(cmp.Compare(slices.Index(probe.IDs(), a.ID), slices.Index(probe.IDs(), b.ID)), strings.Compare(a.ID, b.ID))
	})
	for _, row := range rows {
		told := row.Verdict == probe.Warn && row.Group == probe.Logto // a setting that may be meant so
		if told || row.Verdict == probe.Fail && row.Group != probe.Local {
			found = append(found, row.ID+"."+row.Reason)
		}
	}
	return found
}

// goesOn reports whether the run goes on whatever happens, so that warnings are what
// is found.
func (e Exercise) goesOn() bool {
	return e.Way == BySignOut || e.Way == ByUpstream || e.Way == ByMessage
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
