package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// StepStatus is how far a step has come.
type StepStatus int

// The statuses of a step.
const (
	StepPending StepStatus = iota
	StepRunning
	StepOK
	StepWarn
	StepFailed
	StepSkipped
)

var stepTones = map[StepStatus]tone{
	StepPending: {ink: theme.ColorMuted, icon: theme.IconDash},
	StepRunning: {ink: theme.ColorAccent, icon: theme.IconDot},
	StepOK:      {ink: theme.ColorPass, icon: theme.IconCheck},
	StepWarn:    {ink: theme.ColorWarn, icon: theme.IconWarning},
	StepFailed:  {ink: theme.ColorFail, icon: theme.IconCross},
	StepSkipped: {ink: theme.ColorMuted, icon: theme.IconSkip},
}

// Step is one step of a run.
type Step struct {
	Label  string
	Status StepStatus
	Detail string // "31 ms", shown when the step is pointed at
}

// StepRail shows the steps of a run in a line; as its room shrinks in two lines,
// and then as signs only. A word is shown whole or not at all. It is one stop of
// the Tab key; Left and Right move, Enter selects.
type StepRail struct {
	fynewidget.BaseWidget
	OnSelect func(step int)

	steps         []Step
	cells         []*stepCell
	drawn         []fyne.CanvasObject
	note          *canvas.Text // of the step that is pointed at
	ring          *canvas.Rectangle
	focused       bool
	cursor, hover int
	full, widest  float32 // the width of one line; of the wider of two
	split         int     // the first step of the second line
	mode          railMode
}

type railMode int

const (
	railLine railMode = iota
	railLines
	railSigns
)

var (
	_ fyne.Focusable    = (*StepRail)(nil)
	_ fyne.Tappable     = (*StepRail)(nil)
	_ desktop.Hoverable = (*StepRail)(nil)
)

const (
	railSign    = 12 // the sign of a step
	railGap     = 4  // between sign and word
	railChevron = 20 // from one step to the next
	railLow     = 16 // height of each of two lines
)

// NewStepRail makes an empty rail, which is hidden.
func NewStepRail() *StepRail {
	r := &StepRail{note: newLine(), ring: newBox(), hover: -1}
	r.ExtendBaseWidget(r)
	r.Hidden = true
	return r
}

// Set shows the steps. What has not changed is not drawn again.
func (r *StepRail) Set(steps []Step) {
	same := len(steps) == len(r.steps)
	for i := 0; same && i < len(steps); i++ {
		same = steps[i] == r.steps[i]
	}
	if same {
		return
	}
	r.steps = append(r.steps[:0], steps...)
	r.cursor = max(0, min(r.cursor, len(steps)-1))
	r.hover = min(r.hover, len(steps)-1)
	r.Hidden = len(steps) == 0 // nothing there for the Tab key to stop at
	r.Refresh()
}

// Steps are what is shown.
func (r *StepRail) Steps() []Step { return r.steps }

// NaturalWidth is the width of all steps in one line.
func (r *StepRail) NaturalWidth() float32 { return r.full }

func (r *StepRail) paint() {
	for len(r.cells) < len(r.steps) {
		r.cells = append(r.cells, newStepCell())
	}
	size := fynetheme.SizeForWidget(theme.SizeStep, r)
	r.full = 0
	for i, s := range r.steps {
		r.cells[i].paint(r, s, size)
		r.full += r.cells[i].wide + railChevron
	}
	r.full = max(0, r.full-railChevron)
	r.halve()
	r.note.TextSize, r.note.Color = fynetheme.SizeForWidget(theme.SizeCaption, r), ink(r, theme.ColorMuted)
	paintRing(r, r.ring, r.focused && len(r.steps) > 0, false)
	r.ring.StrokeWidth = 1.5
}

// halve finds where to begin the second line so that the wider is narrowest.
func (r *StepRail) halve() {
	r.split, r.widest = len(r.steps), r.full
	first := float32(0)
	for i := range r.steps {
		first += r.cells[i].wide + railChevron
		if w := max(first, r.full-first); w < r.widest {
			r.widest, r.split = w, i+1
		}
	}
}

func (r *StepRail) signsWidth() float32 {
	return float32(len(r.steps))*railSign + float32(max(0, len(r.steps)-1))*8
}

func (r *StepRail) arrange(s fyne.Size) {
	r.drawn = append(r.drawn[:0], r.note, r.ring)
	switch {
	case r.full <= s.Width+0.5:
		r.mode = railLine
		r.line(0, len(r.steps), s.Width, (s.Height-20)/2, 20)
	case r.widest <= s.Width:
		r.mode = railLines
		top := (s.Height - 2*railLow) / 2
		r.line(0, r.split, s.Width, top, railLow)
		r.line(r.split, len(r.steps), s.Width, top+railLow, railLow)
	default:
		r.mode = railSigns
		r.signs(s)
	}
	r.arrangeNote(s)
}

// line lays the steps from a to b at the right end of a line.
func (r *StepRail) line(a, b int, width, y, height float32) {
	total := float32(0)
	for i := a; i < b; i++ {
		total += r.cells[i].wide + railChevron
	}
	if b == len(r.steps) {
		total -= railChevron
	}
	x := width - total
	for i := a; i < b; i++ {
		r.cells[i].arrange(x, y, height, true, i < len(r.steps)-1)
		r.drawn = append(r.drawn, r.cells[i].objects...)
		x += r.cells[i].wide + railChevron
	}
}

func (r *StepRail) signs(s fyne.Size) {
	x := max(0, s.Width-r.signsWidth())
	for i := range r.steps {
		r.cells[i].arrange(x, 0, 16, false, false)
		r.drawn = append(r.drawn, r.cells[i].objects...)
		x += railSign + 8
	}
}

// CreateRenderer implements fyne.Widget.
func (r *StepRail) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: r, list: func() []fyne.CanvasObject { return r.drawn }, layout: r.arrange, paint: r.paint,
		min: func() fyne.Size { return fyne.NewSize(r.signsWidth(), 2*railLow) },
	})
}
