package widget

import (
	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

// ScrollTo brings an object of the first column to its upper edge, or of the only
// one where the columns are stacked.
func (c *Columns) ScrollTo(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(c.first.Content).Y
	c.first.ScrollToOffset(fyne.NewPos(0, max(0, y-2*theme.Grid)))
}
