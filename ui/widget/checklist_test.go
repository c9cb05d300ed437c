package widget

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func testChecks() []Check {
	return []Check{
		{Tone: CellTonePass, Sign: "✓", Word: "Passed", Name: "Signature", Found: "ES384", Clause: "OIDC Core 3.1.3.7 (6)"},
		{Tone: CellToneMuted, Sign: "–", Word: "Cannot tell", Name: "at_hash"},
		{Tone: CellToneFail, Sign: "✕", Word: "Failed", Name: "Nonce", Found: strings.Repeat("x", 1<<20), Expected: "y", Sentence: "s"},
		{Tone: CellToneWarn, Sign: "!", Word: "Warning", Name: "updated_at", Found: "1"},
	}
}

func newTestChecks(t *testing.T) (*CheckList, fyne.Window) {
	l := NewCheckList(CheckLabels{Found: "Found", Expected: "Expected", Clause: "Clause", Sentence: "Meaning", Copy: "Copy"})
	w := dataWindow(t, l, 500, 600)
	l.Set(testChecks())
	return l, w
}

func TestCheckListOpensUnderTheSelectedCheck(t *testing.T) {
	l, w := newTestChecks(t)
	selected := -1
	l.OnSelect = func(i int) { selected = i }
	closed := l.MinSize().Height
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, 70)) // the third
	if selected != 2 || l.Selected() != 2 || l.MinSize().Height <= closed {
		t.Fatalf("selected %d, height %v", selected, l.MinSize().Height)
	}
	if l.MinSize().Height > closed+600 {
		t.Errorf("a megabyte makes the detail %v high", l.MinSize().Height)
	}
	top := l.fold.detail.Position().Y
	if top != 3*32 {
		t.Errorf("the detail stands at %v", top)
	}
	if y := l.body.content.rowAt(3).(*checkRow).y; y != 3*32+l.body.gap.height {
		t.Errorf("the next row stands at %v", y)
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, 70))
	if l.MinSize().Height != closed {
		t.Error("not closed by selecting it again")
	}
	press(l.body, fyne.KeyEnter)
	if l.MinSize().Height <= closed {
		t.Error("not opened by the keyboard")
	}
	press(l.body, fyne.KeyDown)
	if l.Selected() != 3 {
		t.Errorf("selected %d", l.Selected())
	}
}

func TestCheckListPutsFailuresFirst(t *testing.T) {
	l, _ := newTestChecks(t)
	l.SetFailingFirst(true)
	if got := fmt.Sprint(l.order); got != "[2 3 1 0]" {
		t.Errorf("order %s", got)
	}
	l.Select(2)
	if l.body.selected != 0 || l.Selected() != 2 {
		t.Errorf("row %d, check %d", l.body.selected, l.Selected())
	}
	l.SetFailingFirst(false)
	if l.Selected() != 2 || l.body.selected != 2 {
		t.Errorf("row %d, check %d", l.body.selected, l.Selected())
	}
}

func TestCheckListCopies(t *testing.T) {
	l, _ := newTestChecks(t)
	copied := ""
	l.OnCopy = func(s string) { copied = s }
	l.body.TypedShortcut(&fyne.ShortcutCopy{})
	l.Select(3)
	l.body.TypedShortcut(&fyne.ShortcutCopy{})
	if copied != "Warning\tupdated_at\t1\t\t\t" {
		t.Errorf("copied %q", copied)
	}
	l.fold.detail.copyField(0)
	if copied != "1" {
		t.Errorf("copied %q", copied)
	}
}

func TestCheckListOfMany(t *testing.T) {
	l, _ := newTestChecks(t)
	var checks []Check
	for range 3000 {
		checks = append(checks, testChecks()[0])
	}
	l.Set(checks)
	l.Select(2500)
	if n := len(l.body.content.live) + len(l.body.content.pool); n > 60 {
		t.Errorf("%d rows exist", n)
	}
	l.Set(nil)
	if l.Selected() != -1 {
		t.Errorf("selected %d of none", l.Selected())
	}
	for _, text := range awkward {
		l.Set([]Check{{Sign: "✓", Word: text, Name: text, Found: text, Expected: text, Clause: text, Sentence: text}})
		l.Select(0)
	}
}

func TestCompareTableMarksDifferences(t *testing.T) {
	c := NewCompareTable(CompareLabels{Claim: "Claim", Places: []string{"ID token", "Access token", "User info"}, Same: "same", Absent: "absent", DiffersSign: "≠"})
	dataWindow(t, c, 700, 300)
	c.SetRows([]CompareRow{
		{"sub", []CompareCell{{CompareSame, "1"}, {CompareSame, "1"}, {CompareSame, "1"}}},
		{"roles", []CompareCell{{CompareAbsent, ""}, {CompareValue, "a"}, {CompareDiffers, "b"}, {CompareValue, "one too many"}}},
		{Claim: "none"},
	})
	want := [][]Cell{
		{{Text: "sub", Style: CellMono}, {Text: "same", Tone: CellTonePass, Full: "1"}, {Text: "same", Tone: CellTonePass, Full: "1"}, {Text: "same", Tone: CellTonePass, Full: "1"}},
		{{Text: "roles", Style: CellMono}, {Text: "absent", Tone: CellToneMuted}, {Text: "a"}, {Text: "b", Tone: CellToneWarn, Sign: "≠"}},
		{{Text: "none", Style: CellMono}, {}, {}, {}},
	}
	for i := range want {
		if got := fmt.Sprint(c.Row(i)); got != fmt.Sprint(want[i]) {
			t.Errorf("row %d = %s", i, got)
		}
	}
	if c.MinSize().Height != tableHeaderHeight+3*32 {
		t.Errorf("height %v", c.MinSize().Height)
	}
}

func TestACheckSaysWhatWasFoundOrWhatIsWrong(t *testing.T) {
	bench(t)
	for _, c := range []struct {
		check Check
		want  string
		face  *dataFace
	}{
		{Check{Tone: CellTonePass, Found: "http://localhost:3001", Sentence: "The issuer is the endpoint's."}, "http://localhost:3001", dataMono()},
		{Check{Tone: CellTonePass, Sentence: "The endpoints use https."}, "The endpoints use https.", cellFace(CellPlain)},
		{Check{Tone: CellToneFail, Found: "dial tcp: refused", Sentence: "Nothing listens there."}, "Nothing listens there.", cellFace(CellPlain)},
		{Check{Tone: CellToneFail, Found: "dial tcp: refused"}, "dial tcp: refused", dataMono()},
	} {
		if words, face := c.check.brief(); words != c.want || face != c.face {
			t.Errorf("%+v is brought down to %q", c.check, words)
		}
	}
}
