package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// Panes stand two parts of a page beside each other that scroll by themselves, as
// a diagram and the details of what is selected in it.
type Panes struct {
	fynewidget.BaseWidget
	ratio       float32
	left, right fyne.CanvasObject
	rule        *canvas.Rectangle
}

// NewPanes makes Panes; ratio is the left one's share of the width.
func NewPanes(left, right fyne.CanvasObject, ratio float32) *Panes {
	p := &Panes{ratio: ratio, left: left, right: right, rule: newBox()}
	p.ExtendBaseWidget(p)
	return p
}

func (p *Panes) arrange(s fyne.Size) {
	w := float32(int(s.Width * p.ratio))
	place(p.left, 0, 0, w, s.Height)
	place(p.rule, w, 0, 1, s.Height)
	place(p.right, w+1, 0, s.Width-w-1, s.Height)
}

// CreateRenderer implements fyne.Widget.
func (p *Panes) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: p, objects: []fyne.CanvasObject{p.left, p.rule, p.right}, layout: p.arrange,
		paint: func() { p.rule.FillColor = ink(p, theme.ColorBorder) },
		min:   func() fyne.Size { return fyne.NewSize(320, 160) },
	})
}
