package terminal

import (
	"slices"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/ui/state"
)

// faultsOf are the faults of a run. What Check setup finds wrong is a fault like
// any other: its code is probe.<row>.<reason>.
func faultsOf(r *state.Run) []fault.Fault {
	if r == nil {
		return nil
	}
	all := r.Faults()
	if r.NoBrowser != nil && r.Cancelled() { // nobody sits here who could open the URL by hand
		f := fault.New(fault.CallbackBrowser, oauth.StepAuthorize, map[string]string{"Cause": r.NoBrowser.Error()})
		f.Severity = fault.Error
		all = append(all, f)
	}
	for _, row := range inOrder(r.Probes) {
		f := fault.Fault{
			Code: fault.Code("probe." + row.ID + "." + row.Reason), Severity: fault.Error, Step: oauth.StepPrepare,
			Params: row.Params, Evidence: row.Evidence, Spec: row.Spec, Checks: []string{row.ID},
		}
		switch row.Verdict {
		case probe.Fail:
		case probe.Warn:
			f.Severity = fault.Warning
		default:
			continue
		}
		all = append(all, f)
	}
	return all
}

// inOrder are the rows as they are to be read; they come as they are found.
func inOrder(rows []probe.Row) []probe.Row {
	ids := probe.IDs()
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b probe.Row) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return sorted
}

// rowOf is the row behind a fault of Check setup.
func rowOf(r *state.Run, f fault.Fault) (probe.Row, bool) {
	for _, row := range r.Probes {
		if len(f.Checks) == 1 && f.Checks[0] == row.ID {
			return row, true
		}
	}
	return probe.Row{}, false
}
