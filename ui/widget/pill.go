package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// PillModel is what a Pill says.
type PillModel struct {
	Kind     Kind
	Text     string // "Signed in"
	Strong   string // "alice"
	Trailing string // "58:12"
}

// Pill is a small state in the corner: a dot and words.
type Pill struct {
	fynewidget.BaseWidget
	model   PillModel
	back    *canvas.Rectangle
	dot     *canvas.Circle
	texts   [3]*Text
	digits  float32 // the width kept for the trailing text
	content []fyne.CanvasObject
	changed func() // told when the pill would like another width
}

const pillHeight = 7 * theme.Grid

// NewPill makes a Pill.
func NewPill() *Pill {
	p := &Pill{back: newBox(), dot: canvas.NewCircle(color.Transparent)}
	p.texts = [3]*Text{Body(""), Section(""), Muted("")}
	p.content = []fyne.CanvasObject{p.back, p.dot, p.texts[0], p.texts[1], p.texts[2]}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows a model.
func (p *Pill) Set(m PillModel) {
	if m == p.model {
		return
	}
	if p.onlyTrailing(m) {
		p.SetTrailing(m.Trailing)
		return
	}
	p.model = m
	p.resized()
}

func (p *Pill) resized() {
	p.Refresh()
	if p.changed != nil {
		p.changed()
	}
}

func (p *Pill) onlyTrailing(m PillModel) bool {
	m.Trailing = p.model.Trailing
	return m == p.model && m.Trailing != ""
}

// SetTrailing changes the last words only: a countdown costs one line of text.
func (p *Pill) SetTrailing(text string) {
	p.model.Trailing = text
	p.texts[2].Set(text)
	if w := p.texts[2].NaturalWidth(); w > p.digits || text == "" {
		p.resized()
	}
}

// Model is what is shown.
func (p *Pill) Model() PillModel { return p.model }

func (p *Pill) paint() {
	p.back.FillColor, p.back.StrokeColor = ink(p, theme.ColorSurface), ink(p, theme.ColorBorder)
	p.back.StrokeWidth, p.back.CornerRadius = 1, pillHeight/2
	p.dot.FillColor = ink(p, p.model.Kind.tone().ink)
	for i, s := range []string{p.model.Text, p.model.Strong, p.model.Trailing} {
		p.texts[i].Set(s)
		p.texts[i].Hidden = s == ""
	}
	p.digits = p.texts[2].NaturalWidth()
}

// NaturalWidth is the width at which nothing is cut.
func (p *Pill) NaturalWidth() float32 {
	w := float32(12 + 8 + 12)
	for _, t := range p.texts {
		if !t.Hidden {
			w += 8 + t.NaturalWidth()
		}
	}
	return w
}

func (p *Pill) arrange(s fyne.Size) {
	place(p.back, 0, 0, s.Width, s.Height)
	place(p.dot, 12, (s.Height-8)/2, 8, 8)
	over := max(0, p.NaturalWidth()-s.Width) // taken from the name, which is not ours
	x := float32(20)
	for i, t := range p.texts {
		if t.Hidden {
			continue
		}
		w := t.NaturalWidth()
		if i == 1 || p.model.Strong == "" && i == 0 {
			w = max(0, w-over)
		}
		w = min(w, max(0, s.Width-12-x-8))
		place(t, x+8, (s.Height-20)/2, w, 20)
		x += 8 + w
	}
}

// CreateRenderer implements fyne.Widget.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: p, objects: p.content, layout: p.arrange, paint: p.paint,
		min: func() fyne.Size { return fyne.NewSize(min(p.NaturalWidth(), 200), pillHeight) },
	})
}
