package view

import (
	"slices"
	"strings"

	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/ui/state"
	"signbench/ui/text"
)

// NeverCameBack reports whether a run failed because the browser did not return.
func NeverCameBack(r *state.Run) bool {
	return r.Failed() && slices.ContainsFunc(r.Faults(), func(f fault.Fault) bool {
		return f.Code == fault.CallbackTimeout || f.Code == fault.EndSessionTimeout
	})
}

// stuck says why a browser may not come back, from what a check of the set-up found
// beside the run. The button is the remedy of what was found.
func stuck(p oauth.Profile, step oauth.Step, beside *state.Run) (words string, found bool, action []VerdictAction) {
	if row, ok := culprit(beside.Probes, step); ok {
		key := "stuck.found"
		switch row.ID {
		case "redirect_uri.registered":
			key = "stuck.redirect"
		case "sign_out.uri":
			key = "stuck.return"
		}
		sentence := strings.TrimSpace(text.Probe(row) + " " + text.ProbeRemedy(row))
		if a, ok := remedy(fault.Fault{Remedy: row.Remedy, Params: row.Params}); ok {
			action = []VerdictAction{a}
		}
		return text.T(key, text.Params{"Found": sentence}), true, action
	}
	switch {
	case beside.Running():
		return text.T("stuck.checking"), false, nil
	case len(beside.Probes) == 0:
		return text.T("stuck.unknown"), false, nil
	case step == oauth.StepReturn:
		return text.T("stuck.nothing.return"), false, nil
	}
	return text.T("stuck.nothing." + string(p.Kind)), false, nil
}

// culprit is the failing row that explains best why the provider did not send the
// browser back: the address itself, then what else is wrong, in the order of the
// list. What is wrong with the other address, or with this machine, explains nothing.
func culprit(rows []probe.Row, step oauth.Step) (probe.Row, bool) {
	address, other := "redirect_uri.registered", probe.SignOut
	if step == oauth.StepReturn {
		address, other = "sign_out.uri", probe.Client
	}
	ids := append([]string{address}, probe.IDs()...)
	for _, id := range ids {
		i := slices.IndexFunc(rows, func(r probe.Row) bool {
			return r.ID == id && r.Verdict == probe.Fail && r.Group != other && r.Group != probe.Local
		})
		if i >= 0 {
			return rows[i], true
		}
	}
	return probe.Row{}, false
}
