package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"signbench/ui/theme"
)

func railSteps() []Step {
	return []Step{
		{"Discover", StepOK, "12 ms"},
		{"Authorize", StepWarn, "8.4 s"},
		{"Callback", StepFailed, ""},
		{"Token", StepRunning, ""},
		{"Verify", StepSkipped, ""},
		{"User info", StepPending, ""},
	}
}

func TestStepRailShrinksInThreeSteps(t *testing.T) {
	bench(t)
	r := NewStepRail()
	r.Set(railSteps())
	for width, want := range map[float32]railMode{900: railLine, 520: railLine, 330: railLines, 130: railSigns, 40: railSigns} {
		inWindow(t, r, width, 32)
		if r.mode != want {
			t.Errorf("at %v the rail is in mode %v, want %v; one line takes %v", width, r.mode, want, r.full)
		}
		for i, s := range r.steps {
			if got := r.cells[i].word.Text; got != s.Label {
				t.Errorf("at %v %q is cut to %q", width, s.Label, got)
			}
		}
		if width >= r.MinSize().Width {
			within(t, "rail", r)
		}
	}
}

func TestStepRailSelects(t *testing.T) {
	bench(t)
	r := NewStepRail()
	if r.Set(nil); r.Visible() {
		t.Error("a rail without steps is no stop of the Tab key")
	}
	r.Set(railSteps())
	got := -1
	r.OnSelect = func(i int) { got = i }
	w := inWindow(t, r, 900, 32)
	c := r.cells[2]
	test.TapAt(r, fyne.NewPos(c.x+3, c.y+5))
	if got != 2 {
		t.Errorf("tapped Callback, selected %d", got)
	}
	test.TapAt(r, fyne.NewPos(2, 10))
	if got != 2 {
		t.Error("tapped nothing, selected something")
	}
	w.Canvas().Focus(r)
	strike(r, fyne.KeyHome, fyne.KeyLeft, fyne.KeyRight, fyne.KeyReturn)
	if got != 1 {
		t.Errorf("Home, Left, Right, Enter selected %d", got)
	}
	strike(r, fyne.KeyEnd, fyne.KeyRight, fyne.KeySpace)
	if got != 5 {
		t.Errorf("End, Right, Space selected %d", got)
	}
}

func TestStepRailTellsTheDetailOfAStep(t *testing.T) {
	bench(t)
	r := NewStepRail()
	r.Set(railSteps())
	inWindow(t, r, 900, 32)
	if !r.note.Hidden {
		t.Error("nothing is pointed at")
	}
	moveTo(r, r.cells[0].x+2, r.cells[0].y+2)
	if r.note.Hidden || r.note.Text != "12 ms" {
		t.Errorf("the note is %q", r.note.Text)
	}
	moveTo(r, r.cells[2].x+2, r.cells[2].y+2)
	if !r.note.Hidden {
		t.Error("a step without a detail has no note")
	}
	r.MouseOut()
	inWindow(t, r, 130, 32)
	r.FocusGained()
	if r.note.Hidden || r.note.Text != "Discover · 12 ms" {
		t.Errorf("among signs the note names the step: %q", r.note.Text)
	}
}

func TestStepStatusesDifferBySign(t *testing.T) {
	bench(t)
	seen := map[theme.IconName]bool{}
	for s := StepPending; s <= StepSkipped; s++ {
		if seen[stepTones[s].icon] {
			t.Errorf("status %d has the sign of another", s)
		}
		seen[stepTones[s].icon] = true
	}
	r := NewStepRail()
	r.Set([]Step{{"Odd", StepStatus(42), ""}})
	inWindow(t, r, 200, 32)
}

func TestPillCountsDownWithoutMoving(t *testing.T) {
	bench(t)
	h := NewProfileHeader()
	h.Set("Acme dev", "Logto", "http://localhost:3001")
	inWindow(t, h, 900, 44)
	h.Pill.Set(PillModel{Kind: KindPass, Text: "Signed in", Strong: "alice", Trailing: "58:12"})
	size := h.Pill.Size()
	h.Pill.Set(PillModel{Kind: KindPass, Text: "Signed in", Strong: "alice", Trailing: "58:11"})
	if h.Pill.Size() != size || h.Pill.texts[2].Text() != "58:11" {
		t.Errorf("the pill moved from %v to %v", size, h.Pill.Size())
	}
	h.Pill.Set(PillModel{Kind: KindWarn, Text: "Signed in", Strong: "a longer name than before, and longer still", Trailing: "58:10"})
	if h.Pill.Size().Width <= size.Width {
		t.Error("the header must give a longer name its room")
	}
	h.Pill.Set(PillModel{Text: "Not signed in"})
	if h.Pill.texts[1].Visible() || h.Pill.texts[2].Visible() {
		t.Error("old words are still shown")
	}
}
