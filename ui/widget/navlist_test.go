package widget

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"signbench/ui/theme"
)

func navItems(n int) []NavItem {
	out := make([]NavItem, n)
	for i := range out {
		out[i] = NavItem{ID: fmt.Sprint(i), Label: fmt.Sprintf("Profile %d", i), Trailing: "Logto", Marker: Kind(i % 7)}
	}
	return out
}

func TestNavListByKeyboard(t *testing.T) {
	bench(t)
	n := NewNavList("PROFILES")
	n.SetItems(navItems(50))
	var chosen []string
	n.OnSelect = func(id string) { chosen = append(chosen, id) }
	w := inWindow(t, n, 207, 400)
	w.Canvas().Focus(n)
	strike(n, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	strike(n, fyne.KeyEnd, fyne.KeySpace, fyne.KeyHome, fyne.KeyUp, fyne.KeyEnter, fyne.KeyPageDown, fyne.KeyPageUp)
	if got := fmt.Sprint(chosen); got != "[1 49 0]" {
		t.Errorf("chose %s", got)
	}
	n.SetSelected("30")
	if n.first > 30 || n.first+n.visible(n.Size()) <= 30 {
		t.Errorf("row 30 is not in view: %d rows from %d", n.visible(n.Size()), n.first)
	}
	if rows := len(n.rows); rows > 12 {
		t.Errorf("%d rows exist for a height of 400", rows)
	}
	if got := fmt.Sprint(chosen); got != "[1 49 0]" {
		t.Error("SetSelected must not call back")
	}
}

func TestNavListByPointer(t *testing.T) {
	bench(t)
	n := NewNavList("PROFILES")
	n.SetItems(navItems(3))
	chosen, context := "", ""
	var at fyne.Position
	n.OnSelect = func(id string) { chosen = id }
	n.OnContext = func(id string, p fyne.Position) { context, at = id, p }
	inWindow(t, n, 207, 300)
	test.TapAt(n, fyne.NewPos(50, navTitle+navPitch+10))
	if chosen != "1" || n.Selected() != "1" || n.ring {
		t.Errorf("tapped the second row, chose %q; a ring is for the keyboard", chosen)
	}
	test.TapAt(n, fyne.NewPos(50, 5))
	test.TapAt(n, fyne.NewPos(50, 290))
	if chosen != "1" {
		t.Error("the title and the room below are no rows")
	}
	test.TapSecondaryAt(n, fyne.NewPos(50, navTitle+2*navPitch+10))
	if context != "2" {
		t.Errorf("the menu is for %q", context)
	}
	for _, key := range []fyne.KeyName{desktop.KeyMenu, fyne.KeyF10} {
		context = ""
		strike(n, key)
		if context != "1" || at.Y < navTitle {
			t.Errorf("%s asks for %q at %v", key, context, at)
		}
	}
	moveTo(n, 50, navTitle+10)
	if n.hover != 0 {
		t.Error("the row under the pointer is not marked")
	}
	n.MouseOut()
	n.SetItems(nil)
	strike(n, fyne.KeyDown, fyne.KeyReturn, desktop.KeyMenu)
	n.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
}

func TestNavListScrollsByWholeRows(t *testing.T) {
	bench(t)
	n := NewNavList("")
	n.SetItems(navItems(20))
	inWindow(t, n, 207, 5*navPitch)
	for range 100 {
		n.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	}
	if n.first != 15 || n.bar.Hidden {
		t.Errorf("scrolled to %d, want 15", n.first)
	}
	for range 100 {
		n.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 10)})
	}
	if n.first != 0 {
		t.Errorf("scrolled back to %d", n.first)
	}
}

func TestTheSelectedRowStaysInSightInALowerWindow(t *testing.T) {
	bench(t)
	n := NewNavList("")
	n.SetItems(navItems(20))
	w := inWindow(t, n, 207, 9*navPitch)
	n.SetSelected(n.Items()[7].ID)
	for _, rows := range []float32{3, 1, 5} {
		w.Resize(fyne.NewSize(207, rows*navPitch))
		if v := n.visible(n.Size()); 7 < n.first || 7 >= n.first+v {
			t.Errorf("with %v rows, %d to %d are seen", rows, n.first, n.first+v-1)
		}
	}
}

func TestSidebarNarrowKeepsEverythingWithinItsWidth(t *testing.T) {
	bench(t)
	for _, profiles := range []int{0, 3, 200} {
		for _, narrow := range []bool{false, true} {
			s := NewSidebar(SidebarWords{"Signbench", "PROFILES", "New profile", "BENCH"})
			s.Profiles.SetItems(navItems(profiles))
			s.Bench.SetItems([]NavItem{{ID: "setup", Label: "Setup", Trailing: "Ctrl 1", Icon: theme.IconSetup}})
			s.Footer.SetItems([]NavItem{{ID: "help", Label: "Help", Icon: theme.IconHelp}})
			s.SetNarrow(narrow)
			inWindow(t, s, s.Width(), 600)
			within(t, fmt.Sprintf("%d profiles, narrow %v", profiles, narrow), s)
			end := s.Bench.Position().Y + s.Bench.Size().Height
			if end > s.Footer.Position().Y {
				t.Errorf("%d profiles: the bench ends at %v, over the footer at %v", profiles, end, s.Footer.Position().Y)
			}
			if narrow != (s.NewProfile.Label() == "") {
				t.Error("a narrow sidebar has no words")
			}
		}
	}
}
