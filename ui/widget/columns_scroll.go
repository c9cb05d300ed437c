package widget

import (
	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

// ScrollTo brings an object to the upper edge of the column it is in.
func (c *Columns) ScrollTo(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	column := c.first
	if !c.stacked && driver.AbsolutePositionForObject(o).X >= driver.AbsolutePositionForObject(c.next).X {
		column = c.next
	}
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(column.Content).Y
	column.ScrollToOffset(fyne.NewPos(0, max(0, y-2*theme.Grid)))
}
