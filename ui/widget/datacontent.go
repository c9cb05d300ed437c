package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// dataContent is what dataRows scrolls: as tall as all rows, made of the live ones.
type dataContent struct {
	fynewidget.BaseWidget
	rows  *dataRows
	live  []dataLive // ascending, without holes
	pool  []dataRow
	list  []fyne.CanvasObject
	width float32
	stale bool // every live row has to be bound and placed again
}

type dataLive struct {
	index int
	row   dataRow
}

func newDataContent(d *dataRows) *dataContent {
	c := &dataContent{rows: d}
	c.ExtendBaseWidget(c)
	return c
}

// rowAt returns the live row of an index.
func (c *dataContent) rowAt(index int) dataRow {
	if len(c.live) == 0 {
		return nil
	}
	i := index - c.live[0].index
	if i < 0 || i >= len(c.live) {
		return nil
	}
	return c.live[i].row
}

// span is the range of rows to keep alive, end exclusive.
func (c *dataContent) span() (first, end int) {
	d := c.rows
	if d.static {
		return 0, d.length
	}
	if d.scroll == nil || d.scroll.Size().Height <= 0 || d.length == 0 {
		return 0, 0
	}
	y, view := d.scroll.Offset.Y, d.scroll.Size().Height
	guess := func(y float32) int { // a row at or above y, whatever the gap
		if g := d.gap; g.after >= 0 && y > d.top(g.after) {
			y = max(d.top(g.after), y-g.height)
		}
		return int(y / d.rowHeight)
	}
	first = max(0, min(guess(y), d.length-1))
	end = min(d.length, int((y+view)/d.rowHeight)+1)
	return first, max(end, first)
}

// sync makes the live rows match what is in view. Rows that stay in view are not
// touched, so that a scrolled line costs one row.
func (c *dataContent) sync() {
	first, end := c.span()
	width := c.Size().Width
	place := c.stale || width != c.width
	c.width = width
	if !c.stale && !place && len(c.live) == end-first && (len(c.live) == 0 || c.live[0].index == first) {
		return
	}
	old := c.live
	var oldFirst int
	if len(old) > 0 {
		oldFirst = old[0].index
	}
	next := make([]dataLive, 0, end-first)
	for _, l := range old {
		if l.index < first || l.index >= end {
			c.pool = append(c.pool, l.row)
		}
	}
	for i := first; i < end; i++ {
		if k := i - oldFirst; len(old) > 0 && k >= 0 && k < len(old) {
			next = append(next, old[k])
			if place {
				old[k].row.place(c.rows.top(i), width)
			}
			if c.stale || place {
				old[k].row.bind(i, c.rows.state(i))
			}
			continue
		}
		row := c.take()
		row.place(c.rows.top(i), width)
		row.bind(i, c.rows.state(i))
		next = append(next, dataLive{i, row})
	}
	c.live, c.stale = next, false
	c.gather()
	canvas.Refresh(c)
}

func (c *dataContent) take() dataRow {
	if n := len(c.pool); n > 0 {
		row := c.pool[n-1]
		c.pool = c.pool[:n-1]
		return row
	}
	return c.rows.create()
}

// gather lists the objects to paint and places the object in the gap.
func (c *dataContent) gather() {
	c.list = c.list[:0]
	for _, l := range c.live {
		c.list = append(c.list, l.row.objects()...)
	}
	if g := c.rows.gap; g.after >= 0 && g.object != nil {
		dataPut(g.object, 0, c.rows.top(g.after)+c.rows.rowHeight, c.width, g.height)
		c.list = append(c.list, g.object)
	}
}

// CreateRenderer implements fyne.Widget.
func (c *dataContent) CreateRenderer() fyne.WidgetRenderer { return dataContentRenderer{c} }

type dataContentRenderer struct{ content *dataContent }

func (r dataContentRenderer) Destroy()                     {}
func (r dataContentRenderer) Layout(fyne.Size)             { r.content.sync() }
func (r dataContentRenderer) Objects() []fyne.CanvasObject { return r.content.list }
func (r dataContentRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.content.rows.wide, r.content.rows.total())
}

func (r dataContentRenderer) Refresh() {
	r.content.stale = true
	r.content.sync()
}
