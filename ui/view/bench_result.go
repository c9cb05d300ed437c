package view

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"signbench/flows/connector"
	"signbench/flows/probe"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/theme"
	"signbench/ui/widget"
)

// benchResult is what Logto would make of the user who signed in: the profile that
// it maps, and what it leaves out and why.
type benchResult struct {
	on      BenchActions
	shown   *connector.Profile
	fields  *fyne.Container
	dropped *fyne.Container
	root    *fyne.Container
}

func newBenchResult(on BenchActions) *benchResult {
	r := &benchResult{on: on}
	r.fields, r.dropped = container.New(widget.VStack(theme.Grid)), container.New(widget.VStack(theme.Grid))
	r.root = container.New(widget.VStack(2*theme.Grid), widget.Section(text.T("bench.mapped")), r.fields, r.dropped)
	r.root.Hidden = true
	return r
}

func (r *benchResult) show(run *state.Run) {
	var p *connector.Profile
	if run != nil {
		p = run.Mapped
	}
	r.root.Hidden = p == nil
	if p == nil || p == r.shown {
		return
	}
	r.shown = p
	r.fields.RemoveAll()
	for _, f := range p.Fields {
		value, from := f.Value, f.Claim
		if value == "" {
			value = text.T("bench.mapped.none")
		}
		if from != "" {
			from = text.T("bench.mapped.from", text.Params{"Claim": f.Claim, "Source": text.T("bench.source." + string(f.Source))})
		}
		r.fields.Add(widget.NewField(f.Name, widget.MonoProse(value)).SetHint(from))
	}
	r.dropped.RemoveAll()
	for _, d := range p.Dropped {
		r.dropped.Add(widget.Prose(text.T("bench.dropped", text.Params{
			"Claim": d.Claim, "Reason": text.T("connector.drop." + d.Reason),
		})))
	}
}

// orderedChecks draws rows in the order of their IDs.
func orderedChecks(rows []probe.Row, ids []string) []widget.Check {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b probe.Row) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return rowChecks(rows)
}
