package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func newTestCode(t *testing.T) *CodeView {
	v := NewCodeView(CodeLabels{Gate: "cut", Reveal: "Reveal", Save: "Save", Copy: "Copy"})
	dataWindow(t, v, 500, 300)
	return v
}

func TestCodeViewKeepsFewRowsAlive(t *testing.T) {
	v := newTestCode(t)
	v.SetModel(PrepareCode(strings.Repeat("x", 10<<20), CodeLimit{Gate: -1}))
	if v.Model().Len() != 65536 {
		t.Fatalf("%d rows", v.Model().Len())
	}
	v.Select(65535)
	v.Select(30000)
	if n := len(v.body.content.live) + len(v.body.content.pool); n > 60 {
		t.Errorf("%d rows exist", n)
	}
	if v.body.content.rowAt(30000) == nil {
		t.Error("the selected row is not in view")
	}
}

func TestCodeViewKeys(t *testing.T) {
	v := newTestCode(t)
	v.SetText(strings.Repeat("line\n", 100))
	var rows []int
	v.OnSelect = func(i int) { rows = append(rows, i) }
	press(v.body, fyne.KeyDown, fyne.KeyEnd, fyne.KeyUp, fyne.KeyHome, fyne.KeyPageDown)
	if len(rows) != 5 || rows[0] != 0 || rows[1] != 100 || rows[2] != 99 || rows[3] != 0 || rows[4] < 5 {
		t.Errorf("selected %v", rows)
	}
}

func TestCodeViewCopies(t *testing.T) {
	v := newTestCode(t)
	text := "one\n" + strings.Repeat("z", 400) + "\nthree"
	v.SetText(text)
	copied := ""
	v.OnCopy = func(s string) { copied = s }
	v.CopyLine()
	if copied != "" {
		t.Error("copied a line without a selection")
	}
	v.Select(2) // the second row of the long line
	v.body.TypedShortcut(&fyne.ShortcutCopy{})
	if copied != strings.Repeat("z", 400) {
		t.Errorf("copied %.20q", copied)
	}
	v.CopyAll()
	if copied != text {
		t.Errorf("copied %.20q", copied)
	}
}

func TestCodeViewGatesLongTexts(t *testing.T) {
	v := newTestCode(t)
	v.SetText("short")
	if v.gate.Visible() {
		t.Error("a short text is gated")
	}
	text := strings.Repeat("long ", 100_000)
	v.SetText(text)
	if !v.gate.Visible() || v.Model().Shown() != CodeShown {
		t.Fatalf("shown %d", v.Model().Shown())
	}
	saved, copied, asked := "", "", false
	v.OnSave = func(s string) { saved = s }
	v.OnCopy = func(s string) { copied = s }
	test.Tap(v.gate.links[1])
	test.Tap(v.gate.links[2])
	if saved != text || copied != text {
		t.Errorf("saved %d, copied %d bytes", len(saved), len(copied))
	}
	v.OnReveal = func() { asked = true }
	test.Tap(v.gate.links[0])
	if !asked || !v.Model().Cut() {
		t.Error("did not ask")
	}
	v.OnReveal = nil
	test.Tap(v.gate.links[0])
	if v.Model().Cut() || v.gate.Visible() {
		t.Error("not revealed")
	}
}

func TestCodeViewFinds(t *testing.T) {
	v := newTestCode(t)
	v.SetText(strings.Repeat("filler\n", 200) + "needle one\nNEEDLE two")
	if n := v.Find("needle"); n != 2 || v.Selected() != 200 {
		t.Fatalf("%d matches, row %d", n, v.Selected())
	}
	row := v.body.content.rowAt(200).(*codeRowView)
	if !row.marks[0].Visible() || row.marks[1].Visible() {
		t.Error("the match is not marked")
	}
	if k := v.FindNext(); k != 2 || v.Selected() != 201 {
		t.Errorf("match %d, row %d", k, v.Selected())
	}
	if k := v.FindNext(); k != 1 || v.Selected() != 200 {
		t.Errorf("match %d, row %d", k, v.Selected())
	}
	if k := v.FindPrevious(); k != 2 {
		t.Errorf("match %d", k)
	}
	if n := v.Find("nothing"); n != 0 || v.FindNext() != 0 || row.marks[0].Visible() {
		t.Error("a match that is not there")
	}
}

func TestCodeViewWrapsToItsWidth(t *testing.T) {
	v := newTestCode(t)
	v.SetWrap(true)
	v.SetText("{\"token\": \"" + strings.Repeat("abc", 300) + "\"}\nend")
	wide := v.Model().Len()
	v.Select(wide - 1)
	v.Resize(fyne.NewSize(250, 300))
	if v.Model().Len() <= wide || v.body.wide != 0 {
		t.Errorf("%d rows at 250, %d at 500", v.Model().Len(), wide)
	}
	if v.Selected() != v.Model().Len()-1 {
		t.Errorf("row %d of %d is selected", v.Selected(), v.Model().Len())
	}
}

func TestCodeViewSurvivesAwkwardTexts(t *testing.T) {
	v := newTestCode(t)
	for _, wrap := range []bool{false, true} {
		v.SetWrap(wrap)
		for _, text := range awkward {
			v.SetText(text)
			v.Find("x")
			v.SetText(`{"` + text + `": "` + text + `"}`)
			v.Find("\u202e")
			press(v.body, fyne.KeyEnd, fyne.KeyRight, fyne.KeyHome)
		}
	}
}

func TestLinkByKeyAndPointer(t *testing.T) {
	dataBench(t)
	n := 0
	l := newDataLink("Copy", func() { n++ })
	l.FocusGained()
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	l.FocusLost()
	l.MouseIn(nil)
	l.MouseOut()
	test.Tap(l)
	if n != 2 {
		t.Errorf("%d calls", n)
	}
	newDataLink("", nil).Tapped(nil)
}
