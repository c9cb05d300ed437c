package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// Below this width two columns become one: neither has room for a table then.
const oneColumn float32 = 760

// Below this width two columns of wide tables do.
const oneWideColumn float32 = 900

// Columns shows two parts of a page beside each other, each scrolling by itself;
// in a narrow window the second follows below the first.
type Columns struct {
	fynewidget.BaseWidget
	ratio, least      float32
	left, right, tail *fyne.Container
	first, next       *container.Scroll
	one               *fyne.Container // what the first scrolls
	rule              *canvas.Rectangle
	stacked           bool
}

// TwoColumns lays two parts of a page; ratio is the first one's share of the width.
func TwoColumns(left, right fyne.CanvasObject, ratio float32) *Columns {
	c := &Columns{ratio: ratio, least: oneColumn, left: Margins(left), right: Margins(right), tail: container.NewWithoutLayout(), rule: newBox()}
	c.one = container.New(VStack(0), c.left)
	c.first, c.next = NewPageScroll(c.one), NewPageScroll(c.right)
	c.ExtendBaseWidget(c)
	return c
}

// WideColumns is TwoColumns for wide tables: it becomes one column earlier. The tail
// follows below the first part, and last where there is one column.
func WideColumns(left, right, tail fyne.CanvasObject, ratio float32) *Columns {
	c := TwoColumns(left, right, ratio)
	c.least, c.left, c.tail = oneWideColumn, HeadMargins(left), Margins(tail)
	c.one.Objects = []fyne.CanvasObject{c.left, c.tail}
	return c
}

// OneColumn is a page of one part that scrolls.
func OneColumn(content fyne.CanvasObject) fyne.CanvasObject {
	return NewPageScroll(Margins(content))
}

// Stacked tells whether there is one column now.
func (c *Columns) Stacked() bool { return c.stacked }

// ScrollToTop shows the beginning of both columns.
func (c *Columns) ScrollToTop() {
	c.first.ScrollToTop()
	c.next.ScrollToTop()
}

func (c *Columns) stack(on bool) {
	if on == c.stacked {
		return
	}
	c.stacked = on
	c.rule.Hidden = on
	if on {
		c.next.Hide()
		c.next.Content = container.NewWithoutLayout()
		c.one.Objects = []fyne.CanvasObject{c.left, c.right, c.tail}
	} else {
		c.next.Show()
		c.next.Content = c.right
		c.one.Objects = []fyne.CanvasObject{c.left, c.tail}
	}
	c.first.Refresh()
	c.next.Refresh()
}

func (c *Columns) arrange(s fyne.Size) {
	c.stack(s.Width < c.least)
	if c.stacked {
		place(c.first, 0, 0, s.Width, s.Height)
		return
	}
	w := float32(int(s.Width * c.ratio))
	place(c.first, 0, 0, w, s.Height)
	place(c.rule, w, 0, 1, s.Height)
	place(c.next, w+1, 0, s.Width-w-1, s.Height)
}

// CreateRenderer implements fyne.Widget.
func (c *Columns) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: c, objects: []fyne.CanvasObject{c.first, c.rule, c.next}, layout: c.arrange,
		paint: func() { c.rule.FillColor = ink(c, theme.ColorBorder) },
		min:   func() fyne.Size { return fyne.NewSize(320, 160) },
	})
}

// ScrollInMargins scrolls the lower part of a page inside its Margins. The scroll
// bar stands in the margin, where it hides nothing.
func ScrollInMargins(content fyne.CanvasObject) (*container.Scroll, fyne.CanvasObject) {
	scroll := NewPageScroll(container.New(margins{right: theme.PageMargin, bottom: theme.PageMargin}, content))
	return scroll, container.New(margins{right: -theme.PageMargin, bottom: -theme.PageMargin}, scroll)
}

type margins struct{ left, top, right, bottom float32 }

// Margins puts the margins of a page around content.
func Margins(content fyne.CanvasObject) *fyne.Container {
	return container.New(margins{theme.PageMargin, 4 * theme.Grid, theme.PageMargin, theme.PageMargin}, content)
}

// HeadMargins puts the margins of a page around what stands above its columns, which
// bring the room between with them.
func HeadMargins(content fyne.CanvasObject) *fyne.Container {
	return container.New(margins{theme.PageMargin, 4 * theme.Grid, theme.PageMargin, 0}, content)
}

// Layout implements fyne.Layout.
func (m margins) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		place(o, m.left, m.top, s.Width-m.left-m.right, s.Height-m.top-m.bottom)
	}
}

// MinSize implements fyne.Layout.
func (m margins) MinSize(objects []fyne.CanvasObject) (s fyne.Size) {
	for _, o := range objects {
		s = s.Max(o.MinSize())
	}
	return s.AddWidthHeight(m.left+m.right, m.top+m.bottom)
}
