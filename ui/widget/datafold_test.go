package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestARowOpensWhereNotAllOfItIsSeen(t *testing.T) {
	table := newTestTable(true).Unfold("Copy")
	long := strings.Repeat("x", 400)
	table.SetRows([][]Cell{
		{{Text: "short"}, {Text: "a value"}, {}},
		{{Text: "long"}, {Text: long}, {}},
		{{Text: "more"}, {Text: "same", Full: "the value"}, {}},
	})
	dataWindow(t, table, 600, 600)
	copied := ""
	table.OnCopy = func(s string) { copied = s }
	height := table.MinSize().Height
	opens := func(row int, want bool) {
		t.Helper()
		if open := table.body.gap.after == row; open != want || want != (table.MinSize().Height > height) {
			t.Errorf("row %d is open: %v; the table is %v high, %v without", row, open, table.MinSize().Height, height)
		}
	}
	table.Select(0)
	opens(0, false)
	table.Select(1)
	opens(1, true)
	table.fold.detail.copyField(1)
	if copied != long {
		t.Errorf("copied %.20q", copied)
	}
	table.Select(2)
	opens(2, true)
	press(table.body, fyne.KeyReturn)
	opens(2, false)
	press(table.body, fyne.KeyReturn)
	opens(2, true)
	table.body.onTap(2, fyne.Position{})
	opens(2, false)
	press(table.body, fyne.KeyUp)
	opens(1, true)
	table.SetRows([][]Cell{{{Text: "other"}, {Text: "rows"}, {}}})
	if table.body.gap.after >= 0 {
		t.Error("what was open of other rows stays")
	}
}
