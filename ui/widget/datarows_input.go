package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Focusable    = (*dataRows)(nil)
	_ fyne.Shortcutable = (*dataRows)(nil)
	_ fyne.Tappable     = (*dataContent)(nil)
	_ desktop.Hoverable = (*dataContent)(nil)
)

// FocusGained shows where the keys go.
func (d *dataRows) FocusGained() { d.setFocus(true) }

// FocusLost hides it.
func (d *dataRows) FocusLost() { d.setFocus(false) }

func (d *dataRows) setFocus(on bool) {
	d.focused = on
	d.rebind(d.selected)
	if d.ring && d.around != nil {
		d.Refresh()
	}
}

// TypedRune has no use here; the keys are in TypedKey.
func (d *dataRows) TypedRune(rune) {}

// TypedKey walks the rows. Nothing selected, any arrow starts at the first row.
func (d *dataRows) TypedKey(e *fyne.KeyEvent) {
	if forwardKey(d, e) {
		return
	}
	if d.length == 0 {
		return
	}
	if d.plain {
		d.plainKey(e.Name)
		return
	}
	at := d.selected
	switch e.Name {
	case fyne.KeyDown:
		at++
	case fyne.KeyUp:
		at = max(0, at-1)
	case fyne.KeyPageDown:
		at += d.page()
	case fyne.KeyPageUp:
		at = max(0, at-d.page())
	case fyne.KeyHome:
		at = 0
	case fyne.KeyEnd:
		at = d.length - 1
	case fyne.KeyLeft:
		d.scrollBy(-48)
		return
	case fyne.KeyRight:
		d.scrollBy(48)
		return
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if d.onActivate != nil && at >= 0 {
			d.onActivate(at)
		}
		return
	default:
		return
	}
	d.choose(min(at, d.length-1))
}

// plainKey scrolls rows that are no choices.
func (d *dataRows) plainKey(key fyne.KeyName) {
	y := float32(0)
	if d.scroll != nil {
		y = d.scroll.Offset.Y
	}
	page := float32(d.page()) * d.rowHeight
	switch key {
	case fyne.KeyDown:
		d.scrollTo(0, y+d.rowHeight)
	case fyne.KeyUp:
		d.scrollTo(0, y-d.rowHeight)
	case fyne.KeyPageDown:
		d.scrollTo(0, y+page)
	case fyne.KeyPageUp:
		d.scrollTo(0, y-page)
	case fyne.KeyHome:
		d.scrollTo(0, 0)
	case fyne.KeyEnd:
		d.scrollTo(0, d.total())
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if d.onActivate != nil {
			d.onActivate(-1)
		}
	}
}

func (d *dataRows) scrollBy(dx float32) {
	if d.scroll != nil {
		d.scrollTo(d.scroll.Offset.X+dx, d.scroll.Offset.Y)
	}
}

// TypedShortcut answers the desktop's copy shortcut while focused, and leaves the
// others to the window.
func (d *dataRows) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok && d.onCopy != nil {
		d.onCopy()
		return
	}
	forwardShortcut(d, s)
}

// focus asks the window for the keys.
func (d *dataRows) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(d); c != nil {
		c.Focus(d)
	}
}

// Tapped selects the row under the pointer.
func (c *dataContent) Tapped(e *fyne.PointEvent) {
	d := c.rows
	i := d.indexAt(e.Position.Y)
	if i < 0 {
		return
	}
	if d.onTap != nil && d.onTap(i, fyne.NewPos(e.Position.X, e.Position.Y-d.top(i))) {
		return
	}
	d.focus()
	d.choose(i)
}

// MouseIn implements desktop.Hoverable.
func (c *dataContent) MouseIn(e *desktop.MouseEvent) { c.hover(c.rows.indexAt(e.Position.Y)) }

// MouseMoved implements desktop.Hoverable.
func (c *dataContent) MouseMoved(e *desktop.MouseEvent) { c.hover(c.rows.indexAt(e.Position.Y)) }

// MouseOut implements desktop.Hoverable.
func (c *dataContent) MouseOut() { c.hover(-1) }

func (c *dataContent) hover(i int) {
	d := c.rows
	if i == d.hovered {
		return
	}
	old := d.hovered
	d.hovered = i
	d.rebind(old)
	d.rebind(i)
}
