package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// pressable is a widget that a tap or a key presses.
type pressable interface {
	fyne.Widget
	fyne.Tappable
}

// touch is what all controls that are pressed have in common: it knows whether the
// keyboard and the pointer are there, and presses for Enter and Space. The owner
// embeds it, and is painted anew when it changes.
type touch struct {
	owner            pressable
	focused, hovered bool
}

// TypedKey implements fyne.Focusable.
func (t *touch) TypedKey(ev *fyne.KeyEvent) {
	if !forwardKey(t.owner, ev) && pressed(ev) {
		t.owner.Tapped(nil)
	}
}

// TypedRune implements fyne.Focusable.
func (t *touch) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (t *touch) FocusGained() { t.focused = true; t.owner.Refresh() }

// FocusLost implements fyne.Focusable.
func (t *touch) FocusLost() { t.focused = false; t.owner.Refresh() }

// MouseIn implements desktop.Hoverable.
func (t *touch) MouseIn(*desktop.MouseEvent) { t.hovered = true; t.owner.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (t *touch) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *touch) MouseOut() { t.hovered = false; t.owner.Refresh() }
