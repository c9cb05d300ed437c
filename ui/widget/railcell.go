package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"signbench/ui/theme"
)

// stepCell is the drawing of one step.
type stepCell struct {
	sign, chevron *icon
	word          *canvas.Text
	objects       []fyne.CanvasObject
	wide          float32
	x, y, w, h    float32 // what can be tapped
}

func newStepCell() *stepCell {
	c := &stepCell{sign: newIcon(), chevron: newIcon(), word: newLine()}
	c.objects = []fyne.CanvasObject{c.sign.Image, c.word, c.chevron.Image}
	return c
}

func (c *stepCell) paint(r *StepRail, s Step, size float32) {
	t, ok := stepTones[s.Status]
	if !ok {
		t = stepTones[StepPending]
	}
	c.sign.set(r, theme.Icon(t.icon).In(t.ink))
	c.chevron.set(r, theme.Icon(theme.IconChevronRight).In(theme.ColorMuted))
	word, colour := oneLine(s.Label), ink(r, t.ink)
	f := face{size, fyne.TextStyle{}}
	word = onBaseline(f.elide(word, 160)) // the steps' names are ours, and short
	if c.word.Text != word || c.word.Color != colour || c.word.TextSize != size {
		c.word.Text, c.word.Color, c.word.TextSize = word, colour, size
		c.word.Refresh()
	}
	c.wide = railSign + railGap + f.width(word)
}

func (c *stepCell) arrange(x, y, height float32, word, chevron bool) {
	c.x, c.y, c.w, c.h = x, y, railSign, height
	place(c.sign, x, y+(height-railSign)/2, railSign, railSign)
	c.word.Hidden, c.chevron.Hidden = !word, !chevron
	if word {
		c.w = c.wide
		centred(c.word, x+railSign+railGap, y, c.wide-railSign-railGap, height)
		place(c.chevron, x+c.wide+(railChevron-12)/2, y+(height-12)/2, 12, 12)
	}
}

// pointed is the step whose detail is shown: under the pointer, else with the focus.
func (r *StepRail) pointed() int {
	switch {
	case r.hover >= 0:
		return r.hover
	case r.focused && len(r.steps) > 0:
		return r.cursor
	default:
		return -1
	}
}

// arrangeNote shows the detail of the step that is pointed at, below it; where
// there are only signs with the step's name, in the second line. In one line of
// words it stands in the space between the line and what follows.
func (r *StepRail) arrangeNote(s fyne.Size) {
	r.note.Hidden = true
	if r.focused && r.cursor < len(r.steps) && len(r.steps) > 0 {
		c := r.cells[r.cursor]
		place(r.ring, c.x-4, c.y-1, c.w+8, c.h+2)
	}
	i := r.pointed()
	if i < 0 || r.mode == railLines {
		return
	}
	text, y := r.steps[i].Detail, s.Height/2+9
	if r.mode == railSigns {
		y = 16
		text = r.steps[i].Label
		if r.steps[i].Detail != "" {
			text += " · " + r.steps[i].Detail
		}
	}
	if text == "" {
		return
	}
	f := face{r.note.TextSize, fyne.TextStyle{}}
	r.note.Text = onBaseline(f.elide(oneLine(text), s.Width))
	w := f.width(r.note.Text)
	c := r.cells[i]
	x := max(0, min(c.x+c.w/2-w/2, s.Width-w))
	r.note.Hidden = false
	centred(r.note, x, y, w, 16)
	r.note.Refresh()
}

func (r *StepRail) at(p fyne.Position) int {
	for i := range r.steps {
		if c := r.cells[i]; p.X >= c.x-4 && p.X < c.x+c.w+4 && p.Y >= c.y-6 && p.Y < c.y+c.h+6 {
			return i
		}
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (r *StepRail) Tapped(ev *fyne.PointEvent) { r.choose(r.at(ev.Position)) }

func (r *StepRail) choose(i int) {
	if i < 0 || i >= len(r.steps) {
		return
	}
	r.cursor = i
	if r.OnSelect != nil {
		r.OnSelect(i)
	}
}

// TypedKey implements fyne.Focusable.
func (r *StepRail) TypedKey(ev *fyne.KeyEvent) {
	if forwardKey(r, ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		r.cursor = max(0, r.cursor-1)
	case fyne.KeyRight, fyne.KeyDown:
		r.cursor = max(0, min(len(r.steps)-1, r.cursor+1))
	case fyne.KeyHome:
		r.cursor = 0
	case fyne.KeyEnd:
		r.cursor = max(0, len(r.steps)-1)
	default:
		if pressed(ev) {
			r.choose(r.cursor)
		}
		return
	}
	r.Refresh()
}

// TypedRune implements fyne.Focusable.
func (r *StepRail) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (r *StepRail) FocusGained() { r.focused = true; r.Refresh() }

// FocusLost implements fyne.Focusable.
func (r *StepRail) FocusLost() { r.focused = false; r.Refresh() }

// MouseIn implements desktop.Hoverable.
func (r *StepRail) MouseIn(ev *desktop.MouseEvent) { r.MouseMoved(ev) }

// MouseMoved implements desktop.Hoverable.
func (r *StepRail) MouseMoved(ev *desktop.MouseEvent) {
	if i := r.at(ev.Position); i != r.hover {
		r.hover = i
		r.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (r *StepRail) MouseOut() {
	if r.hover >= 0 {
		r.hover = -1
		r.Refresh()
	}
}
