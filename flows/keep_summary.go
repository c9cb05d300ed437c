package flows

import (
	"cmp"
	"slices"

	"signbench/flows/archive"
	"signbench/flows/probe"
	"signbench/flows/trace"
)

// Summary is what a list shows of a run, from as many of its events as there are:
// from the first one to begin its file with, from all of them to close it with.
func Summary(d *trace.Disarmer, events []Event) archive.RunMeta {
	var meta archive.RunMeta
	var rows []string // what a check found wrong
	for _, e := range events {
		switch b := e.Body.(type) {
		case Started:
			meta.ID, meta.Profile, meta.Started = e.Run, e.Profile, e.At
			meta.ProfileName, meta.Kind, meta.Scenario = d.Text(b.Profile.Name), b.Profile.Kind, b.Scenario
		case Probed:
			if b.Row.Verdict == probe.Fail {
				rows = append(rows, b.Row.ID)
			}
		case Ended:
			meta.Outcome, meta.Step = string(b.Outcome), b.Step
			for _, f := range b.Faults {
				meta.FaultCodes = append(meta.FaultCodes, string(f.Code))
			}
		}
		if took := e.At.Sub(meta.Started); !meta.Started.IsZero() && took > 0 {
			meta.Took = took
		}
	}
	slices.SortStableFunc(rows, func(a, b string) int { return cmp.Compare(slices.Index(probe.IDs(), a), slices.Index(probe.IDs(), b)) })
	for _, id := range rows {
		meta.FaultCodes = append(meta.FaultCodes, archive.RowCode+id)
	}
	return meta
}
