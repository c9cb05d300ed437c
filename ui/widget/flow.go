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
	f.run(objects, size.Width, true)
}

// MinSize implements fyne.Layout.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := f.width
	if width <= 0 {
		width = proseDefault
	}
	least := float32(0)
	each(objects, func(o fyne.CanvasObject, _ int) { least = max(least, o.MinSize().Width) })
	return fyne.NewSize(least, f.run(objects, width, false))
}

// run goes through the rows and returns the height of all.
func (f *flow) run(objects []fyne.CanvasObject, width float32, put bool) float32 {
	x, y, row := float32(0), float32(0), float32(0)
	each(objects, func(o fyne.CanvasObject, _ int) {
		w, h := min(naturalWidth(o), max(width, o.MinSize().Width)), o.MinSize().Height
		if x > 0 && x+w > width+0.5 {
			x, y, row = 0, y+row+f.gap, 0
		}
		if put {
			place(o, x, y, w, h)
		}
		x += w + f.gap
		row = max(row, h)
	})
	return y + row
}
