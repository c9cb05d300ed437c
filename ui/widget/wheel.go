package widget

import (
	"slices"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// pageScrolls are the scrollers of pages. It belongs to the window's thread.
var pageScrolls []weak.Pointer[container.Scroll]

// NewPageScroll scrolls what a page shows up and down, also by a wheel over an entry.
func NewPageScroll(content fyne.CanvasObject) *container.Scroll {
	s := container.NewVScroll(content)
	pageScrolls = slices.DeleteFunc(pageScrolls, func(p weak.Pointer[container.Scroll]) bool { return p.Value() == nil })
	pageScrolls = append(pageScrolls, weak.Make(s))
	return s
}

// pageScrollAt is the innermost of them at a place of the window; nil: there is none.
func pageScrollAt(at fyne.Position) *container.Scroll {
	driver := fyne.CurrentApp().Driver()
	nowhere := driver.AbsolutePositionForObject(newBox()) // where what is not to be seen is said to be; no page begins there
	var found *container.Scroll
	for _, p := range pageScrolls {
		s := p.Value()
		if s == nil || !s.Visible() {
			continue
		}
		from := driver.AbsolutePositionForObject(s)
		if from == nowhere {
			continue
		}
		to := from.AddXY(s.Size().Width, s.Size().Height)
		inside := at.X >= from.X && at.X < to.X && at.Y >= from.Y && at.Y < to.Y
		if inside && (found == nil || s.Size().Height < found.Size().Height) {
			found = s
		}
	}
	return found
}

// wheel lies over an entry of one line. Fyne's entry takes the wheel for its text,
// which has nowhere to go up or down, and the page would stand still below it.
type wheel struct {
	canvas.Rectangle
	text fyne.Scrollable
}

// Scrolled implements fyne.Scrollable.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) {
	if ev.Scrolled.DX != 0 {
		w.text.Scrolled(ev)
		return
	}
	if page := pageScrollAt(ev.AbsolutePosition); page != nil {
		page.Scrolled(ev)
	}
}
