package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// dataRow is one recycled row: a fixed pool of canvas objects.
type dataRow interface {
	objects() []fyne.CanvasObject
	bind(index int, state dataState) // sets every property: the row showed another index before
	place(y, width float32)
}

// dataState is what the rows' owner knows about a row besides its data.
type dataState struct{ selected, hovered, focused bool }

// dataRows draws rows of one height and keeps objects only for those in view.
//
// It stands where widget.List would: List always leaves a gap of the theme's
// padding between rows, scrolls in one direction only, builds a template on each
// refresh and keeps focus, selection and the keys Home, End and Page apart from
// each other. The rows here are not even widgets; one object takes the pointer.
type dataRows struct {
	fynewidget.BaseWidget

	rowHeight float32
	length    int
	create    func() dataRow
	static    bool    // all rows stand at full height and the page scrolls them
	minRows   int     // the height asked for when scrolling
	wide      float32 // the width of the rows when more than the view's
	ring      bool    // draw the focus around the whole
	plain     bool    // the rows are no choices: keys scroll and nothing is selected

	onSelect   func(int)
	onActivate func(int)
	onTap      func(index int, at fyne.Position) bool // true: handled, do not select
	onCopy     func()
	onScroll   func()

	selected, hovered int
	focused           bool
	gap               dataGap

	content *dataContent
	scroll  *container.Scroll
	around  *canvas.Rectangle
}

// dataGap is room under one row for an object that belongs to it.
type dataGap struct {
	after  int
	height float32
	object fyne.CanvasObject
}

func newDataRows(height float32, create func() dataRow) *dataRows {
	d := &dataRows{rowHeight: height, create: create, minRows: 3, selected: -1, hovered: -1, gap: dataGap{after: -1}}
	d.ExtendBaseWidget(d)
	d.content = newDataContent(d)
	return d
}

// setLength changes the number of rows; what they show is read again.
func (d *dataRows) setLength(n int) {
	d.length = n
	if d.selected >= n {
		d.selected = -1
	}
	d.hovered = -1
	d.reload()
}

// reload binds all live rows anew and lets the scroller see the new size.
func (d *dataRows) reload() {
	d.content.stale = true
	if d.scroll != nil && !d.static {
		d.scroll.Refresh()
	}
	d.content.sync()
}

// stand switches between standing at full height and scrolling.
func (d *dataRows) stand(on bool) {
	if d.static != on {
		d.static = on
		d.content.Move(fyne.NewPos(0, 0))
		d.Refresh()
	}
}

// rebind refreshes one row if it is in view, and touches nothing else.
func (d *dataRows) rebind(index int) {
	if row := d.content.rowAt(index); row != nil {
		row.bind(index, d.state(index))
	}
}

func (d *dataRows) state(index int) dataState {
	return dataState{selected: index == d.selected, hovered: index == d.hovered, focused: d.focused}
}

// choose selects a row, shows it, and reports it.
func (d *dataRows) choose(index int) {
	if index < 0 || index >= d.length {
		return
	}
	d.show(index)
	if index == d.selected {
		return
	}
	old := d.selected
	d.selected = index
	d.rebind(old)
	d.rebind(index)
	if d.around != nil {
		d.around.Hide()
	}
	if d.onSelect != nil {
		d.onSelect(index)
	}
}

// clearChoice takes the selection away without a report.
func (d *dataRows) clearChoice() {
	old := d.selected
	d.selected = -1
	d.rebind(old)
}

// top is where a row starts.
func (d *dataRows) top(index int) float32 {
	y := float32(index) * d.rowHeight
	if d.gap.after >= 0 && index > d.gap.after {
		y += d.gap.height
	}
	return y
}

// total is the height of all rows.
func (d *dataRows) total() float32 { return d.top(d.length) }

// indexAt is the row at a height of the content, -1 for none.
func (d *dataRows) indexAt(y float32) int {
	if y < 0 || y >= d.total() {
		return -1
	}
	if g := d.gap; g.after >= 0 {
		start := d.top(g.after) + d.rowHeight
		if y >= start && y < start+g.height {
			return -1
		}
		if y >= start {
			y -= g.height
		}
	}
	return int(y / d.rowHeight)
}

// show scrolls as little as needed to bring a row into view.
func (d *dataRows) show(index int) {
	if d.static || d.scroll == nil || d.scroll.Size().Height <= 0 {
		return
	}
	top, view := d.top(index), d.scroll.Size().Height
	y := d.scroll.Offset.Y
	switch {
	case top < y:
		y = top
	case top+d.rowHeight > y+view:
		y = top + d.rowHeight - view
	default:
		return
	}
	d.scrollTo(d.scroll.Offset.X, y)
}

// inView tells whether a row shows in a view of a height.
func (d *dataRows) inView(index int, view float32) bool {
	y := d.top(index) - d.scroll.Offset.Y
	return index >= 0 && y >= 0 && y < view
}

func (d *dataRows) scrollTo(x, y float32) {
	if d.static || d.scroll == nil {
		return
	}
	size := d.content.MinSize()
	x = max(0, min(x, size.Width-d.scroll.Size().Width))
	y = max(0, min(y, size.Height-d.scroll.Size().Height))
	d.scroll.ScrollToOffset(fyne.NewPos(x, y))
	d.scrolled(d.scroll.Offset)
}

func (d *dataRows) scrolled(fyne.Position) {
	d.content.sync()
	if d.onScroll != nil {
		d.onScroll()
	}
}

// page is how many rows one page key moves.
func (d *dataRows) page() int {
	if d.static || d.scroll == nil {
		return 10
	}
	return max(1, int(d.scroll.Size().Height/d.rowHeight)-1)
}

// CreateRenderer implements fyne.Widget.
func (d *dataRows) CreateRenderer() fyne.WidgetRenderer {
	d.around = canvas.NewRectangle(nil)
	d.around.StrokeWidth = 1
	d.around.Hide()
	d.scroll = container.NewScroll(d.content)
	d.scroll.OnScrolled = d.scrolled
	return &dataRowsRenderer{
		rows:      d,
		standing:  []fyne.CanvasObject{d.content, d.around},
		scrolling: []fyne.CanvasObject{d.scroll, d.around},
	}
}

type dataRowsRenderer struct {
	rows                *dataRows
	standing, scrolling []fyne.CanvasObject
}

func (r *dataRowsRenderer) Destroy() {}

// Objects leaves the scroller out when the page scrolls: it would swallow the wheel.
func (r *dataRowsRenderer) Objects() []fyne.CanvasObject {
	if r.rows.static {
		return r.standing
	}
	return r.scrolling
}

func (r *dataRowsRenderer) Layout(size fyne.Size) {
	if r.rows.static {
		dataPut(r.rows.content, 0, 0, size.Width, size.Height)
	} else {
		d, was := r.rows, r.rows.scroll.Size().Height
		seen := d.inView(d.selected, was)
		dataPut(d.scroll, 0, 0, size.Width, size.Height)
		d.scroll.Refresh()
		if seen && size.Height < was {
			d.show(d.selected) // a detail that opens below must not cover its row
		}
	}
	dataPut(r.rows.around, 0, 0, size.Width, size.Height)
	r.rows.content.sync()
}

func (r *dataRowsRenderer) MinSize() fyne.Size {
	d := r.rows
	if d.static {
		return fyne.NewSize(64, d.total())
	}
	return fyne.NewSize(64, float32(d.minRows)*d.rowHeight)
}

func (r *dataRowsRenderer) Refresh() {
	d := r.rows
	d.around.StrokeColor = dataColor(theme.ColorAccent)
	d.around.CornerRadius = 4
	d.around.Hidden = !d.focused || !d.ring || d.selected >= 0 // the selected row shows it otherwise
	d.reload()
	r.Layout(d.Size())
	canvas.Refresh(d)
}
