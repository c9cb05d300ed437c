package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

const cardPad = 4 * theme.Grid

// Card is a box around what belongs together.
type Card struct {
	fynewidget.BaseWidget
	Content fyne.CanvasObject

	title     *Text
	kind      Kind
	edge, box *canvas.Rectangle
}

// NewCard makes a Card; the title may be empty.
func NewCard(title string, content fyne.CanvasObject) *Card {
	c := &Card{Content: content, title: Section(title), edge: newBox(), box: newBox()}
	c.ExtendBaseWidget(c)
	return c
}

// SetTitle changes the title.
func (c *Card) SetTitle(text string) {
	c.title.Set(text)
	c.Refresh()
}

// SetEdge gives the card a coloured left edge; KindNone takes it away.
func (c *Card) SetEdge(k Kind) *Card {
	if k != c.kind {
		c.kind = k
		c.Refresh()
	}
	return c
}

func (c *Card) paint() {
	c.edge.Hidden = c.kind == KindNone
	c.edge.FillColor, c.edge.CornerRadius = ink(c, c.kind.tone().ink), theme.BoxRadius
	c.box.FillColor, c.box.StrokeColor, c.box.StrokeWidth = ink(c, fynetheme.ColorNameBackground), ink(c, theme.ColorBorder), 1
	c.box.CornerRadius = theme.BoxRadius
	if c.kind != KindNone {
		c.box.CornerRadius = 0
		c.box.TopRightCornerRadius, c.box.BottomRightCornerRadius = theme.BoxRadius, theme.BoxRadius
	}
	c.title.Hidden = c.title.Text() == ""
}

func (c *Card) arrange(s fyne.Size) {
	x := float32(0)
	if c.kind != KindNone {
		x = theme.VerdictEdge
	}
	// A pixel lower than the box, whose smoothed rim would let it shine through.
	place(c.edge, 0, 1, 3*theme.BoxRadius, s.Height-2)
	place(c.box, x, 0, s.Width-x, s.Height)
	w := s.Width - 2*cardPad
	y := float32(cardPad) - theme.Grid
	if !c.title.Hidden {
		place(c.title, cardPad, y, w, 20)
		y += 24
	}
	if c.Content.Size().Width != w {
		c.Content.Resize(fyne.NewSize(max(0, w), c.Content.MinSize().Height))
	}
	place(c.Content, cardPad, y, w, c.Content.MinSize().Height)
}

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: c, objects: []fyne.CanvasObject{c.edge, c.box, c.title, c.Content}, layout: c.arrange, paint: c.paint,
		min: func() fyne.Size {
			m := c.Content.MinSize()
			h := m.Height + 2*(cardPad-theme.Grid)
			if c.title.Text() != "" {
				h += 24
			}
			return fyne.NewSize(m.Width+2*cardPad, h)
		},
	})
}
