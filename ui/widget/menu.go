package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// MenuItem is one line of a menu. An item without a label is a line between groups.
type MenuItem struct {
	Label    string
	OnTap    func()
	Disabled bool
	Checked  bool
}

// ShowMenu opens a menu below owner, with its first item chosen; arrows and Enter
// choose, Escape closes and gives the focus back.
func ShowMenu(owner fyne.CanvasObject, items []MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(owner)
	ShowMenuAt(owner, items, at.AddXY(0, owner.Size().Height+4))
}

// ShowMenuAt opens a menu at a place in the window that owner is in.
func ShowMenuAt(owner fyne.CanvasObject, items []MenuItem, at fyne.Position) {
	c := fyne.CurrentApp().Driver().CanvasForObject(owner)
	if c == nil || len(items) == 0 {
		return
	}
	list := make([]*fyne.MenuItem, len(items))
	for i, it := range items {
		if it.Label == "" {
			list[i] = fyne.NewMenuItemSeparator()
			continue
		}
		list[i] = fyne.NewMenuItem(oneLine(it.Label), it.OnTap)
		list[i].Disabled, list[i].Checked = it.Disabled, it.Checked
	}
	m := fynewidget.NewPopUpMenu(fyne.NewMenu("", list...), c)
	m.ShowAtPosition(at)
	m.ActivateNext()
}

// CloseTop closes what lies over the page, and tells whether there was anything.
// The window calls it for Escape, which Fyne gives to nobody when what lies on top
// has no focus.
func CloseTop(c fyne.Canvas) bool {
	top := c.Overlays().Top()
	if top == nil {
		return false
	}
	top.Hide()
	c.Overlays().Remove(top)
	return true
}

// forwardShortcut gives a shortcut that a widget does not know to the window. Fyne
// asks the widget with the focus and nobody else.
func forwardShortcut(w fyne.CanvasObject, s fyne.Shortcut) {
	c, ok := fyne.CurrentApp().Driver().CanvasForObject(w).(fyne.Shortcutable)
	if ok {
		c.TypedShortcut(s)
	}
}

// forwardKey gives a key that means something to the whole window to it, and
// reports whether it did. Fyne asks the widget with the focus and nobody else.
func forwardKey(w fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyF1 {
		return false
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(w)
	if c == nil || c.OnTypedKey() == nil {
		return false
	}
	c.OnTypedKey()(ev)
	return true
}

// isKey tells whether s is a key with just these modifiers.
func isKey(s fyne.Shortcut, key fyne.KeyName, mod fyne.KeyModifier) bool {
	k, ok := s.(*desktop.CustomShortcut)
	return ok && k.KeyName == key && k.Modifier == mod
}
