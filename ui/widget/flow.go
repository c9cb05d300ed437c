package widget

import "fyne.io/fyne/v2"

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
	flowInto(objects, 0, 0, size.Width, f.gap, true)
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
