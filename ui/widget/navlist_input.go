package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func (n *NavList) indexAt(y float32) int {
	i := int((y-n.top())/navPitch) + n.first
	if y < n.top() || i >= len(n.items) || i >= n.first+n.visible(n.Size()) {
		return -1
	}
	return i
}

// Tapped implements fyne.Tappable.
func (n *NavList) Tapped(ev *fyne.PointEvent) {
	i := n.indexAt(ev.Position.Y)
	if i < 0 {
		return
	}
	// The arrows go on from here, but the ring is for those who use the keyboard.
	if c := fyne.CurrentApp().Driver().CanvasForObject(n); c != nil {
		c.Focus(n)
	}
	n.ring = false
	n.choose(i)
}

// TappedSecondary implements fyne.SecondaryTappable.
func (n *NavList) TappedSecondary(ev *fyne.PointEvent) {
	if i := n.indexAt(ev.Position.Y); i >= 0 && n.OnContext != nil {
		n.OnContext(n.items[i].ID, ev.AbsolutePosition)
	}
}

// TypedKey implements fyne.Focusable.
func (n *NavList) TypedKey(ev *fyne.KeyEvent) {
	if forwardKey(n, ev) {
		return
	}
	if len(n.items) == 0 {
		return
	}
	page := max(1, n.visible(n.Size())-1)
	switch ev.Name {
	case fyne.KeyUp:
		n.moveTo(n.cursor - 1)
	case fyne.KeyDown:
		n.moveTo(n.cursor + 1)
	case fyne.KeyHome:
		n.moveTo(0)
	case fyne.KeyEnd:
		n.moveTo(len(n.items) - 1)
	case fyne.KeyPageUp:
		n.moveTo(n.cursor - page)
	case fyne.KeyPageDown:
		n.moveTo(n.cursor + page)
	case desktop.KeyMenu, fyne.KeyF10: // with Shift too, as where a keyboard has no Menu key
		n.contextAtCursor()
	default:
		if pressed(ev) {
			n.choose(n.cursor)
		}
	}
}

func (n *NavList) moveTo(i int) {
	n.cursor = max(0, min(i, len(n.items)-1))
	n.ring = true
	n.reveal(n.cursor)
	n.Refresh()
}

func (n *NavList) contextAtCursor() {
	if n.OnContext == nil {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(n)
	at = at.AddXY(24, n.top()+float32(n.cursor-n.first+1)*navPitch)
	n.OnContext(n.items[n.cursor].ID, at)
}

// TypedRune implements fyne.Focusable.
func (n *NavList) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (n *NavList) FocusGained() {
	n.focused, n.ring = true, true
	if i := n.index(n.selected); i >= 0 {
		n.cursor = i
		n.reveal(i)
	}
	n.Refresh()
}

// FocusLost implements fyne.Focusable.
func (n *NavList) FocusLost() { n.focused = false; n.Refresh() }

// MouseIn implements desktop.Hoverable.
func (n *NavList) MouseIn(ev *desktop.MouseEvent) { n.MouseMoved(ev) }

// MouseMoved implements desktop.Hoverable.
func (n *NavList) MouseMoved(ev *desktop.MouseEvent) {
	if i := n.indexAt(ev.Position.Y); i != n.hover {
		n.hover = i
		n.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (n *NavList) MouseOut() {
	n.hover = -1
	n.Refresh()
}

// Scrolled implements fyne.Scrollable.
func (n *NavList) Scrolled(ev *fyne.ScrollEvent) {
	step := 1
	if ev.Scrolled.DY > 0 {
		step = -1
	}
	n.first += step
	n.Refresh()
}
