package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"signbench/ui/theme"
)

// onScreen is where an object begins.
func onScreen(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

func TestTheTailComesLast(t *testing.T) {
	bench(t)
	left, right, tail := NewButton("Left", nil), NewButton("Right", nil), NewButton("Tail", nil)
	c := WideColumns(container.New(VStack(8), left), container.New(VStack(8), right), container.New(VStack(8), tail), 0.6)
	for _, width := range []float32{972, 844, 972} {
		inWindow(t, c, width, 500)
		l, r, last := onScreen(left), onScreen(right), onScreen(tail)
		if last.X != l.X || last.Y <= l.Y {
			t.Errorf("%v wide: the tail is at %v, the first part at %v", width, last, l)
		}
		if c.Stacked() != (width < 900) || c.Stacked() && last.Y <= r.Y || !c.Stacked() && r.Y != l.Y {
			t.Errorf("%v wide: the second part is at %v, the tail at %v", width, r, last)
		}
	}
	inWindow(t, c, 844, 120)
	c.ScrollTo(tail)
	if y := onScreen(tail).Y; y < 0 || y >= 120 {
		t.Errorf("the tail that was asked for is at %v", y)
	}
}

func TestAScrollBarStandsInTheMargin(t *testing.T) {
	bench(t)
	tall := canvas.NewRectangle(nil)
	tall.SetMinSize(fyne.NewSize(10, 900))
	scroll, placed := ScrollInMargins(tall)
	page := Margins(placed)
	inWindow(t, page, 400, 200)
	end := func(o fyne.CanvasObject) float32 { return onScreen(o).X + o.Size().Width }
	if end(scroll) != end(page) || end(tall) != end(page)-theme.PageMargin {
		t.Errorf("the page ends at %v, the bar at %v, the content at %v", end(page), end(scroll), end(tall))
	}
}

func TestAnEmptyPageOffersASecondWay(t *testing.T) {
	bench(t)
	got := ""
	e := NewEmptyPage("No runs yet", "They stand here.", "Sign in", func() { got += "signed in " }).Or("Open HAR", func() { got += "opened" })
	w := inWindow(t, e, 600, 300)
	for range 2 {
		w.Canvas().FocusNext()
		strike(w.Canvas().Focused(), fyne.KeySpace)
	}
	if got != "signed in opened" {
		t.Errorf("got %q", got)
	}
}

func TestARowGivesItsRestToTheEntry(t *testing.T) {
	bench(t)
	entry, count := NewFieldEntry(nil), Muted("141 providers")
	c := container.New(Row(entry), NewButton("Diagram", nil), entry, count)
	inWindow(t, c, 500, 30)
	if end := count.Position().X + count.Size().Width; end != 500 || count.Size().Width != count.NaturalWidth() {
		t.Errorf("the last is %v wide and ends at %v", count.Size().Width, end)
	}
	if gap := count.Position().X - entry.Position().X - entry.Size().Width; gap != rowGap {
		t.Errorf("the gap is %v", gap)
	}
	count.Hide()
	c.Refresh()
	if end := entry.Position().X + entry.Size().Width; end != 500 {
		t.Errorf("alone with its button, the entry ends at %v", end)
	}
}

func TestAFlowStandsInTheMiddleOfItsHeight(t *testing.T) {
	bench(t)
	title, badge := Section("Refresh token"), NewBadge(KindNone, "Kept in the keychain")
	c := container.New(Flow(8), title, badge)
	inWindow(t, c, 400, 24)
	if title.Position().Y != 2 || badge.Position().Y != title.Position().Y {
		t.Errorf("in one row they stand at %v and %v", title.Position(), badge.Position())
	}
	inWindow(t, c, 160, 60)
	if badge.Position().X != 0 || badge.Position().Y <= title.Position().Y || badge.Size().Width != badge.NaturalWidth() {
		t.Errorf("where there is no room for both they stand at %v and %v", title.Position(), badge.Position())
	}
}
