package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

func TestButtonIsPressed(t *testing.T) {
	bench(t)
	n := 0
	b := NewPrimary("Sign in", func() { n++ })
	inWindow(t, b, 200, 30)
	test.Tap(b)
	strike(b, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyA)
	if n != 4 {
		t.Errorf("pressed %d times, want 4", n)
	}
	b.Disable()
	test.Tap(b)
	strike(b, fyne.KeySpace)
	if n != 4 {
		t.Error("a disabled button was pressed")
	}
	if h := b.MinSize().Height; h != theme.ControlHeight {
		t.Errorf("a button is %v high", h)
	}
}

func TestTabGoesThroughTheButtons(t *testing.T) {
	bench(t)
	a, b, c := NewPrimary("A", nil), NewButton("B", nil), NewQuiet("C", nil)
	b.Disable()
	w := inWindow(t, container.New(HStack(8), a, b, c), 300, 30)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != a || a.ring.Hidden {
		t.Error("Tab must reach the first button, and show it")
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != c || c.ring.Hidden || !a.ring.Hidden {
		t.Error("Tab must pass over a disabled button")
	}
}

func TestSplitButtonOpensItsMenu(t *testing.T) {
	bench(t)
	pressed, chosen := 0, ""
	s := NewSplitButton("Sign in", func() { pressed++ }, []MenuItem{
		{Label: "Sign up", OnTap: func() { chosen = "up" }}, {}, {Label: "Silent", OnTap: func() { chosen = "silent" }},
	})
	w := inWindow(t, container.New(HStack(8), s), 600, 400)
	top := func() *fynewidget.PopUpMenu {
		m, _ := menuOf(w.Canvas())
		return m
	}
	open := map[string]func(){
		"Down":      func() { strike(s, fyne.KeyDown) },
		"Alt+Down":  func() { s.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt}) },
		"its arrow": func() { test.TapAt(s, fyne.NewPos(s.Size().Width-4, 15)) },
	}
	for name, f := range open {
		f()
		m := top()
		if m == nil {
			t.Fatalf("%s does not open the menu", name)
		}
		m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if top() != nil {
			t.Fatal("Escape does not close the menu")
		}
	}
	strike(s, fyne.KeyDown)
	strike(top(), fyne.KeyDown, fyne.KeyReturn)
	if chosen != "silent" {
		t.Errorf("Down, Down, Enter chose %q", chosen)
	}
	strike(s, fyne.KeyReturn)
	test.TapAt(s, fyne.NewPos(10, 15))
	if pressed != 2 {
		t.Errorf("pressed %d times, want 2", pressed)
	}
}

// menuOf finds the menu that is open.
func menuOf(c fyne.Canvas) (*fynewidget.PopUpMenu, bool) {
	top := c.Overlays().Top()
	if top == nil {
		return nil, false
	}
	for _, o := range test.WidgetRenderer(top.(fyne.Widget)).Objects() {
		if m, ok := o.(*fynewidget.PopUpMenu); ok {
			return m, true
		}
	}
	return nil, false
}

func TestCloseTop(t *testing.T) {
	bench(t)
	b := NewButton("Menu", nil)
	w := inWindow(t, b, 300, 300)
	if CloseTop(w.Canvas()) {
		t.Error("there is nothing to close")
	}
	ShowMenu(b, []MenuItem{{Label: "One"}})
	if !CloseTop(w.Canvas()) || w.Canvas().Overlays().Top() != nil {
		t.Error("the menu is still open")
	}
}

func TestUnknownShortcutsGoToTheWindow(t *testing.T) {
	bench(t)
	s, e := NewSplitButton("Sign in", nil, nil), NewFieldEntry(nil)
	w := inWindow(t, container.New(VStack(8), s, e), 300, 100)
	key := &desktop.CustomShortcut{KeyName: fyne.Key2, Modifier: fyne.KeyModifierControl}
	n := 0
	w.Canvas().AddShortcut(key, func(fyne.Shortcut) { n++ })
	s.TypedShortcut(key)
	e.TypedShortcut(key)
	if n != 2 {
		t.Errorf("the window got %d of 2 shortcuts", n)
	}
}

func TestCopyButtonSaysSoForAMoment(t *testing.T) {
	c := bench(t)
	n := 0
	b := NewCopyButton("Copy", "Copied", func() { n++ })
	inWindow(t, b, 100, 24)
	test.Tap(b)
	if n != 1 || b.Label() != "Copied" {
		t.Errorf("copied %d times, says %q", n, b.Label())
	}
	test.Tap(b)
	c.due[0]() // of the first press: too early for the second
	if b.Label() != "Copied" {
		t.Error("the second press must begin the moment anew")
	}
	c.pass()
	if b.Label() != "Copy" {
		t.Errorf("still says %q", b.Label())
	}
}
