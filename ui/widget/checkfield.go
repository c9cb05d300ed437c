package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// CheckField is a box that is ticked or not, with its words beside it.
type CheckField struct {
	fynewidget.DisableableWidget
	touch
	OnChanged func(on bool)

	on        bool
	box, ring *canvas.Rectangle
	tick      *icon
	words     *ProseText
}

var (
	_ fyne.Focusable    = (*CheckField)(nil)
	_ fyne.Tappable     = (*CheckField)(nil)
	_ desktop.Hoverable = (*CheckField)(nil)
)

const checkIndent = 16 + 2*theme.Grid

// NewCheckField makes a CheckField.
func NewCheckField(label string, onChanged func(on bool)) *CheckField {
	c := &CheckField{OnChanged: onChanged, box: newBox(), ring: newBox(), tick: newIcon(), words: Prose(label).SetLimit(3)}
	c.owner = c
	c.ExtendBaseWidget(c)
	return c
}

// SetOn ticks the box or not, without a callback.
func (c *CheckField) SetOn(on bool) {
	if on != c.on {
		c.on = on
		c.Refresh()
	}
}

// On tells whether the box is ticked.
func (c *CheckField) On() bool { return c.on }

// Tapped implements fyne.Tappable.
func (c *CheckField) Tapped(*fyne.PointEvent) {
	if c.Disabled() {
		return
	}
	c.SetOn(!c.on)
	if c.OnChanged != nil {
		c.OnChanged(c.on)
	}
}

func (c *CheckField) paint() {
	fill, stroke := theme.ColorSurface, theme.ColorOutline
	if c.on {
		fill, stroke = theme.ColorAccent, theme.ColorAccent
	} else if c.hovered {
		fill = fynetheme.ColorNameHover
	}
	words := fynetheme.ColorNameForeground
	if c.Disabled() {
		words = fynetheme.ColorNameDisabled
	}
	c.box.FillColor, c.box.StrokeColor = ink(c, fill), ink(c, stroke)
	c.box.StrokeWidth, c.box.CornerRadius = 1, theme.Grid
	c.tick.Hidden = !c.on
	c.tick.set(c, theme.Icon(theme.IconCheck).In(theme.ColorOnAccent))
	c.words.SetColor(words)
	paintRing(c, c.ring, c.focused, false)
}

// NaturalWidth is the width at which the words are in one line.
func (c *CheckField) NaturalWidth() float32 { return checkIndent + 4 + c.words.NaturalWidth() }

func (c *CheckField) arrange(s fyne.Size) {
	place(c.box, 2, 7, 16, 16)
	place(c.ring, 0, 5, 20, 20)
	place(c.tick, 4, 9, 12, 12)
	w := s.Width - checkIndent - 4
	place(c.words, checkIndent+4, 5, w, c.words.HeightAt(w))
}

// CreateRenderer implements fyne.Widget.
func (c *CheckField) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: c, objects: []fyne.CanvasObject{c.box, c.tick.Image, c.words, c.ring}, layout: c.arrange, paint: c.paint,
		min: func() fyne.Size {
			return fyne.NewSize(checkIndent+44, max(theme.ControlHeight, c.words.MinSize().Height+10))
		},
	})
}
