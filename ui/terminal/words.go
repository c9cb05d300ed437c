package terminal

import (
	"signbench/flows/fault"
	"signbench/ui/report"
	"signbench/ui/state"
	"signbench/ui/text"
)

// words are a fault in sentences, those of the window.
type words struct{ title, cause, remedy string }

func wordsOf(r *state.Run, f fault.Fault) words {
	if row, ok := rowOf(r, f); ok {
		return words{title: text.T("probe." + row.ID + ".name"), cause: text.Probe(row), remedy: text.ProbeRemedy(row)}
	}
	return words{title: text.FaultTitle(f), cause: text.FaultCause(f), remedy: text.FaultRemedy(f)}
}

// verdictOf is how a run ended, in one sentence.
func verdictOf(r *state.Run) string { return report.Verdict(r) }
