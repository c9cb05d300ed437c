package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

func TestAnEntryHasTheOutlineOfASelect(t *testing.T) {
	bench(t)
	entry, choice := NewFieldEntry(nil), NewSelectField([]Option{{ID: "a", Label: "A"}}, nil)
	w := inWindow(t, container.New(VStack(8), entry, choice), 300, 100)
	line := test.WidgetRenderer(entry).(*entryRenderer).outline
	same := func() bool {
		return line.Size() == choice.back.Size() && line.Position() == choice.back.Position() &&
			line.StrokeColor == choice.back.StrokeColor && line.StrokeWidth == choice.back.StrokeWidth
	}
	if !same() {
		t.Errorf("%v at %v, %v at %v", line.Size(), line.Position(), choice.back.Size(), choice.back.Position())
	}
	entry.Disable()
	choice.Disable()
	if !same() {
		t.Error("they differ when there is nothing to enter")
	}
	entry.Enable()
	w.Canvas().Focus(entry)
	if line.StrokeColor != choice.ring.StrokeColor || line.StrokeWidth != choice.ring.StrokeWidth {
		t.Error("the entry has another ring")
	}
}

func TestNoScrollBarLiesOnALongLine(t *testing.T) {
	bench(t)
	e := NewFieldEntry(nil)
	w := inWindow(t, e, 200, 30)
	e.SetText(strings.Repeat("0123456789", 20))
	w.Canvas().Focus(e)
	strike(e, fyne.KeyEnd)
	r := test.WidgetRenderer(e).(*entryRenderer)
	if r.scroll.Offset.X == 0 || r.scroll.Offset.Y != 0 {
		t.Errorf("the end of the line is not in sight: %v", r.scroll.Offset)
	}
	bar := fynetheme.Size(fynetheme.SizeNameScrollBar) // as wide as it gets under the pointer
	if seen := r.window.Size().Height; seen > r.scroll.Size().Height-bar || seen > e.Size().Height {
		t.Errorf("%v of %v are seen", seen, r.scroll.Size().Height)
	}
}

func TestAKeyOfTheWindowReachesItFromEveryControl(t *testing.T) {
	bench(t)
	controls := []fyne.CanvasObject{
		NewButton("A", nil), NewSplitButton("B", nil, nil), NewCopyButton("C", "", nil), NewSelectField(nil, nil),
		NewCheckField("D", nil), NewFieldEntry(nil), NewCodeEntry(2, nil), NewMultiField(nil), newDataLink("E", nil),
	}
	w := inWindow(t, container.New(VStack(0), controls...), 300, 400)
	got := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { got++ })
	for i, c := range controls {
		strike(c.(fyne.Focusable), fyne.KeyF1)
		if got != i+1 {
			t.Fatalf("%T keeps F1 to itself", c)
		}
	}
}
