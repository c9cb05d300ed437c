package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// The wheel over an entry moves the page that is to be seen, and no other; sideways it
// moves the text.
func TestTheWheelOverAnEntryMovesThePage(t *testing.T) {
	bench(t)
	entry, tall := NewFieldEntry(nil), canvas.NewRectangle(nil)
	tall.SetMinSize(fyne.NewSize(10, 900))
	page := NewPageScroll(container.NewVBox(entry, tall))
	other := canvas.NewRectangle(nil)
	other.SetMinSize(fyne.NewSize(10, 900))
	hidden := NewPageScroll(other)
	behind := container.NewStack(hidden)
	inWindow(t, Margins(container.NewStack(behind, page)), 400, 200)
	behind.Hide()

	over := test.WidgetRenderer(entry).(*entryRenderer).wheel
	turn := func(dx, dy float32) {
		at := onScreen(entry).AddXY(5, 5)
		over.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at}, Scrolled: fyne.NewDelta(dx, dy)})
	}
	turn(0, -40)
	if page.Offset.Y != 40 || hidden.Offset.Y != 0 {
		t.Errorf("the page is at %v, the hidden one at %v", page.Offset, hidden.Offset)
	}
	turn(-40, 0)
	if page.Offset.Y != 40 {
		t.Errorf("sideways the page went to %v", page.Offset)
	}
}
