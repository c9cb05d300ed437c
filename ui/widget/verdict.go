package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// Action is a button that a notice offers.
type Action struct {
	Label string
	OnTap func()
}

// VerdictModel is what a VerdictBar says.
type VerdictModel struct {
	Kind    Kind
	Title   string   // one sentence
	Detail  string   // one or two lines; while working, the progress
	Raw     string   // the provider's own words
	Actions []Action // at most four; while working, Cancel
}

const (
	verdictActions  = 4
	verdictLines    = 10           // of the detail: more would leave too little of the page
	verdictText     = float32(340) // narrower than this, the buttons go below
	verdictPadX     = 16
	verdictPadY     = 12
	verdictSign     = 14
	spinnerInterval = 125 * time.Millisecond
)

// VerdictBar is the box at the top of the page that says in one sentence how it
// stands. It is hidden while there is nothing to say.
type VerdictBar struct {
	fynewidget.BaseWidget
	model              VerdictModel
	edge, box          *canvas.Rectangle
	sign               *icon
	title, detail, raw *ProseText
	buttons            [verdictActions]*Button
	objects, actions   []fyne.CanvasObject
	width              float32
	turn               int
	spinning           bool
}

// NewVerdictBar makes an empty VerdictBar.
func NewVerdictBar() *VerdictBar {
	v := &VerdictBar{edge: newBox(), box: newBox(), sign: newIcon()}
	v.title, v.detail, v.raw = Prose("").SetLimit(3), Prose("").SetLimit(verdictLines), MonoProse("").SetLimit(4)
	v.title.size, v.title.style = theme.SizeVerdict, fyne.TextStyle{Bold: true}
	v.objects = []fyne.CanvasObject{v.edge, v.box, v.sign.Image, v.title, v.detail, v.raw}
	for i := range v.buttons {
		v.buttons[i] = NewButton("", nil)
		v.buttons[i].Hide()
		v.actions = append(v.actions, v.buttons[i])
	}
	v.objects = append(v.objects, v.actions...)
	v.ExtendBaseWidget(v)
	v.Hide()
	return v
}

// Set shows a model. Its buttons stay the same objects, so that a focus on Cancel
// survives the progress.
func (v *VerdictBar) Set(m VerdictModel) {
	v.model = m
	v.title.Set(m.Title)
	v.detail.Set(m.Detail)
	v.raw.Set(m.Raw)
	for i, b := range v.buttons {
		if i >= len(m.Actions) {
			b.OnTap = nil
			if b.Visible() {
				b.Hide()
			}
			continue
		}
		b.OnTap = m.Actions[i].OnTap
		b.SetLabel(m.Actions[i].Label)
		if !b.Visible() {
			b.Show()
		}
	}
	if m.Kind == KindNone && m.Title == "" {
		v.Hide()
		return
	}
	if !v.Visible() {
		v.Show()
	}
	v.Refresh()
	v.spin()
}

// Model is what is shown.
func (v *VerdictBar) Model() VerdictModel { return v.model }

// spin turns the sign while work goes on.
func (v *VerdictBar) spin() {
	if v.spinning || v.model.Kind != KindWorking {
		return
	}
	v.spinning = true
	After(spinnerInterval, v.tick)
}

func (v *VerdictBar) tick() {
	v.spinning = false
	if v.model.Kind != KindWorking || !v.Visible() {
		return
	}
	v.turn++
	v.paintSign()
	v.spin()
}

func (v *VerdictBar) paintSign() {
	t := v.model.Kind.tone()
	name := t.icon
	if v.model.Kind == KindWorking {
		name = theme.SpinnerIcon(v.turn)
	}
	v.sign.set(v, theme.Icon(name).In(t.ink))
}

func (v *VerdictBar) paint() {
	t := v.model.Kind.tone()
	v.edge.FillColor, v.edge.CornerRadius = ink(v, t.ink), theme.Radius
	v.box.FillColor, v.box.StrokeColor, v.box.StrokeWidth = ink(v, t.back), ink(v, theme.ColorBorder), 1
	v.box.TopRightCornerRadius, v.box.BottomRightCornerRadius = theme.Radius, theme.Radius
	v.title.SetColor(t.ink)
	v.paintSign()
}

// verdictPlan is how a VerdictBar is laid.
type verdictPlan struct {
	text               float32 // its width
	textHeight, height float32 // of the text, and of the whole
	below              bool    // the buttons stand below the text
}

// plan puts the buttons beside the text, or below it where that takes less height or
// there is no room.
func (v *VerdictBar) plan(width float32) verdictPlan {
	buttons := rowWidth(v.actions, 8)
	text := width - theme.VerdictEdge - 2*verdictPadX
	if buttons == 0 {
		return v.planned(text, false)
	}
	below := v.planned(text, true)
	if text -= buttons + verdictPadX; text < verdictText {
		return below
	}
	if beside := v.planned(text, false); beside.height <= below.height {
		return beside
	}
	return v.planned(below.text, true) // again: the lines are broken for the width that was asked last
}

func (v *VerdictBar) planned(text float32, below bool) verdictPlan {
	text = max(text, 40)
	p := verdictPlan{text: text, below: below}
	p.textHeight = v.title.HeightAt(text-verdictSign-8) + v.detail.HeightAt(text) + v.raw.HeightAt(text)
	p.height = max(p.textHeight, theme.ControlHeight) + 2*verdictPadY
	if below {
		p.height = p.textHeight + 2*verdictPadY + 8 + flowInto(v.actions, 0, 0, text, 8, false)
	}
	return p
}

func (v *VerdictBar) arrange(s fyne.Size) {
	v.width = s.Width
	p := v.plan(s.Width)
	// A pixel lower than the box, whose smoothed rim would let it shine through.
	place(v.edge, 0, 1, 3*theme.Radius, s.Height-2)
	place(v.box, theme.VerdictEdge, 0, s.Width-theme.VerdictEdge, s.Height)
	x, y := theme.VerdictEdge+verdictPadX, float32(verdictPadY)
	if !p.below {
		y = max(y, (s.Height-p.textHeight)/2)
	}
	place(v.sign, x, y+3, verdictSign, verdictSign)
	for i, words := range []*ProseText{v.title, v.detail, v.raw} {
		at, w := x, p.text
		if i == 0 {
			at, w = x+verdictSign+8, p.text-verdictSign-8
		}
		h := words.HeightAt(w)
		place(words, at, y, w, h)
		y += h
	}
	if p.below {
		flowInto(v.actions, x, y+8, p.text, 8, true)
		return
	}
	w := rowWidth(v.actions, 8)
	flowInto(v.actions, s.Width-verdictPadX-w, (s.Height-theme.ControlHeight)/2, w, 8, true)
}

// CreateRenderer implements fyne.Widget.
func (v *VerdictBar) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: v, objects: v.objects, layout: v.arrange, paint: v.paint,
		min: func() fyne.Size {
			width := v.width
			if width <= 0 {
				width = 640
			}
			return fyne.NewSize(240, v.plan(width).height)
		},
	})
}
