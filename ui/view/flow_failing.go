package view

import (
	"slices"

	"signbench/flows/fault"
	"signbench/ui/state"
	"signbench/ui/widget"
)

// failing are the exchanges that prove what stopped a run: of each fault the last one,
// which is what its evidence leads to. That may well be an answer with status 200, with
// a wrong issuer or another's token in it.
func failing(run *state.Run) []int {
	var out []int
	for _, f := range run.Faults() {
		if f.Severity == fault.Error && len(f.Evidence) > 0 {
			out = append(out, f.Evidence[len(f.Evidence)-1])
		}
	}
	return out
}

// markFailing makes what the faults of a run lead to stand out, in the diagram and in
// the times.
func (f *Flow) markFailing() {
	for _, id := range failing(f.run) {
		if at, ok := f.drawing.proofs[id]; ok {
			row := f.sequence.Row(at)
			row.Tone, row.Sign = widget.CellToneFail, "✕"
			f.sequence.Update(at, row)
		}
		if at := slices.Index(f.bars, id); at >= 0 {
			row := f.fall.Row(at)
			row.Tone, row.Sign = widget.CellToneFail, "✕"
			f.fall.Update(at, row)
		}
	}
}
