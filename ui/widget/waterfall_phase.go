package widget

import (
	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

// phaseLook is how a phase is drawn. What comes before the request is lower than
// what comes after, and time in the browser is an outline: the shape tells where
// colours cannot be told apart.
type phaseLook struct {
	color   fyne.ThemeColorName
	height  float32
	outline bool
}

var phaseLooks = [PhaseKinds + 1]phaseLook{
	PhaseDNS:     {color: theme.ColorMuted, height: 6},
	PhaseConnect: {color: theme.ColorTokenPayload, height: 6},
	PhaseTLS:     {color: theme.ColorTokenSignature, height: 6},
	PhaseWait:    {color: theme.ColorAccent, height: 12},
	PhaseReceive: {color: theme.ColorTokenHeader, height: 12},
	PhaseBrowser: {color: theme.ColorMuted, height: 12, outline: true},
	PhaseKinds:   {color: theme.ColorAccent, height: 12}, // a row whose phases are not known
}

func (k PhaseKind) look() phaseLook { return phaseLooks[min(k, PhaseKinds)] }

const (
	waterfallBarLeast = 2 // a bar that short must still be seen
	waterfallBarMost  = 8 // pieces of one row
)

// waterfallBar is one piece of a row.
type waterfallBar struct {
	kind PhaseKind
	x, w float32
}

// bars are the pieces of a row, on whole pixels from the begin of the axis. They
// never overlap: a piece that is too short to be seen moves the next ones.
func (a timeAxis) bars(row WaterfallRow, out []waterfallBar) []waterfallBar {
	out = out[:0]
	next := float32(-1)
	put := func(kind PhaseKind, p Phase) {
		x := max(next, min(dataRound(a.x(p.From)), a.width-waterfallBarLeast))
		w := max(waterfallBarLeast, dataRound(a.x(p.To))-x)
		out = append(out, waterfallBar{kind, max(0, x), w})
		next = max(0, x) + w
	}
	for _, p := range row.Phases {
		if p.To > p.From && len(out) < waterfallBarMost {
			put(min(p.Kind, PhaseKinds), p)
		}
	}
	if len(out) == 0 {
		put(PhaseKinds, Phase{From: row.Start, To: max(row.Start, row.End)})
	}
	return out
}
