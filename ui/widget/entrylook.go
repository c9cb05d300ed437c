package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// entry is Fyne's entry as the entries here have it in common: with the outline and
// the ring of the other controls, and left with Escape. Fyne's own outline stands
// half a pixel off, which makes it heavier or fainter than theirs.
type entry struct {
	fynewidget.Entry
	focused bool
}

// FocusGained implements fyne.Focusable.
func (e *entry) FocusGained() { e.focused = true; e.Entry.FocusGained() }

// FocusLost implements fyne.Focusable.
func (e *entry) FocusLost() { e.focused = false; e.Entry.FocusLost() }

// AcceptsTab implements fyne.Tabbable: Tab goes on to the next control, as
// everywhere in the window.
func (e *entry) AcceptsTab() bool { return false }

// left takes the keys that mean the same in every entry of the window, of which
// owner is one, and reports whether this was one.
func (e *entry) left(owner fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if forwardKey(owner, ev) {
		return true
	}
	if ev.Name != fyne.KeyEscape {
		return false
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(owner); c != nil {
		c.Unfocus()
	}
	return true
}

// CreateRenderer implements fyne.Widget.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), entry: e, outline: newBox()}
	for i, o := range r.WidgetRenderer.Objects() {
		if i == 1 {
			continue // Fyne's outline, above its background
		}
		if scroll, ok := o.(*container.Scroll); ok && !e.MultiLine {
			r.scroll, r.window, r.wheel = scroll, container.NewClip(scroll), &wheel{text: scroll}
			o = r.window
		}
		r.objects = append(r.objects, o)
	}
	r.objects = append(r.objects, r.outline)
	if r.wheel != nil {
		r.objects = append(r.objects, r.wheel)
	}
	r.paint()
	return r
}

// entryRenderer draws our outline in the place of Fyne's. A single line shows its
// text through a window that ends above the scroll bar: the bar would lie on the text.
type entryRenderer struct {
	fyne.WidgetRenderer
	entry   *entry
	objects []fyne.CanvasObject
	outline *canvas.Rectangle
	scroll  *container.Scroll // of a single line
	window  *container.Clip
	wheel   *wheel
}

// Objects implements fyne.WidgetRenderer.
func (r *entryRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Layout implements fyne.WidgetRenderer.
func (r *entryRenderer) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	place(r.outline, 0, 0, s.Width, s.Height)
	if r.scroll == nil {
		return
	}
	at, room := r.scroll.Position(), r.scroll.Size()
	place(r.wheel, 0, 0, s.Width, s.Height)
	place(r.window, at.X, at.Y, room.Width, room.Height)
	place(r.scroll, 0, 0, room.Width, room.Height+theme.ControlHeight)
}

// Refresh implements fyne.WidgetRenderer.
func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
}

func (r *entryRenderer) paint() {
	paintRing(r.entry, r.outline, r.entry.focused && !r.entry.Disabled(), false)
	if r.outline.Hidden {
		name := theme.ColorOutline
		if r.entry.Disabled() {
			name = theme.ColorBorder
		}
		r.outline.Hidden, r.outline.StrokeWidth, r.outline.StrokeColor = false, 1, ink(r.entry, name)
	}
	r.outline.Refresh()
}
