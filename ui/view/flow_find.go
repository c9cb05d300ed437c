package view

import (
	"context"
	"strings"

	"signbench/flows/trace"
)

// Search marks the hops that have the words anywhere in them, as they are shown, and
// selects the next. To lay out every exchange of a long run takes longer than a
// frame, so that is done in the background: see FlowActions.Find.
func (f *Flow) Search(words string) {
	if f.run == nil {
		return
	}
	words = strings.ToLower(strings.TrimSpace(words))
	exchanges, rows, hops, drawn := f.run.Exchanges, f.rows, f.hops, f.drawn
	f.on.Find(f.run, func(ctx context.Context, disarm func(*trace.Exchange) *trace.Exchange) func() {
		var matches []int
		if words != "" {
			found := map[int]bool{}
			for _, ex := range exchanges {
				if ctx.Err() != nil {
					break // nobody waits for it any more
				}
				found[ex.ID] = strings.Contains(strings.ToLower(rawText(disarm(ex))), words)
			}
			for row, id := range hops {
				if found[id] || strings.Contains(strings.ToLower(rows[row].Title+" "+rows[row].Caption), words) {
					matches = append(matches, row)
				}
			}
		}
		return func() {
			if f.drawn == drawn { // they are rows of what is shown
				f.sequence.SetMatches(matches)
				f.FindNext()
			}
		}
	})
}

// FindNext selects the next of the hops that were found. It returns the number of the
// match, from 1, and 0 when there is none.
func (f *Flow) FindNext() int { return f.sequence.FindNext() }
