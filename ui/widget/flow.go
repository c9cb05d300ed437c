package widget

import (
	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

// flow lays objects as words: beside each other, and in a new row where one does
// not fit. It remembers the width, which its height depends on.
type flow struct {
	gap   float32
	width float32
}

// Flow is a layout for buttons and badges that go on in a new row where the width
// ends.
func Flow(gap float32) fyne.Layout { return &flow{gap: gap} }

// Layout implements fyne.Layout.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	high := flowInto(objects, 0, 0, size.Width, f.gap, false)
	flowInto(objects, 0, max(0, (size.Height-high)/2), size.Width, f.gap, true)
}

// MinSize implements fyne.Layout.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := f.width
	if width <= 0 {
		width = proseDefault
	}
	least := float32(0)
	each(objects, func(o fyne.CanvasObject, _ int) { least = max(least, o.MinSize().Width) })
	return fyne.NewSize(least, flowInto(objects, 0, 0, width, f.gap, false))
}

// row lays objects beside each other, of which one takes what is left of the width.
type row struct{ fill fyne.CanvasObject }

// Row is a layout for an entry with its buttons, or with words about it: each is as
// wide as it would like to be, and fill takes what is left.
func Row(fill fyne.CanvasObject) fyne.Layout { return row{fill} }

const rowGap = 2 * theme.Grid

// Layout implements fyne.Layout.
func (r row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := size.Width - rowWidth(objects, rowGap) + naturalWidth(r.fill)
	x := float32(0)
	each(objects, func(o fyne.CanvasObject, _ int) {
		w := naturalWidth(o)
		if o == r.fill {
			w = max(left, o.MinSize().Width)
		}
		h := o.MinSize().Height
		place(o, x, (size.Height-h)/2, w, h)
		x += w + rowGap
	})
}

// MinSize implements fyne.Layout.
func (r row) MinSize(objects []fyne.CanvasObject) fyne.Size { return HStack(rowGap).MinSize(objects) }

// flowInto lays the visible objects in rows from a place on, where put is set, and
// returns the height of all rows.
func flowInto(objects []fyne.CanvasObject, left, top, width, gap float32, put bool) float32 {
	x, y, row := float32(0), float32(0), float32(0)
	each(objects, func(o fyne.CanvasObject, _ int) {
		w, h := min(naturalWidth(o), width), o.MinSize().Height
		if x > 0 && x+w > width+0.5 {
			x, y, row = 0, y+row+gap, 0
		}
		if put {
			place(o, left+x, top+y, w, h)
		}
		x += w + gap
		row = max(row, h)
	})
	return y + row
}

// rowWidth is the width of the visible objects in one row.
func rowWidth(objects []fyne.CanvasObject, gap float32) (w float32) {
	each(objects, func(o fyne.CanvasObject, n int) {
		if n > 0 {
			w += gap
		}
		w += naturalWidth(o)
	})
	return w
}
