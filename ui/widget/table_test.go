package widget

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"signbench/ui/theme"
)

func tableRows(n int) [][]Cell {
	rows := make([][]Cell, n)
	for i := range rows {
		rows[i] = []Cell{
			{Text: fmt.Sprintf("claim_%d", i), Style: CellMono},
			{Text: strings.Repeat("value ", 20), Style: CellMono},
			{Text: "ok", Tone: CellTonePass, Sign: "✓"},
		}
	}
	return rows
}

func newTestTable(static bool) *Table {
	return newTable(static, []Column{{Title: "Claim", Width: ColumnFit(120)}, {Title: "Value", Width: ColumnFlex(1, 80)}, {Title: "Check", Width: ColumnFixed(90)}})
}

func TestTableKeepsFewRowsAlive(t *testing.T) {
	table := newTestTable(false)
	table.SetRows(tableRows(10_000))
	dataWindow(t, table, 600, 400)
	for _, y := range []float32{0, 5000, 200_000, 1e9, 0} {
		table.body.scrollTo(0, y)
		if n := len(table.body.content.live) + len(table.body.content.pool); n > 40 {
			t.Fatalf("%d rows exist at %v", n, y)
		}
	}
	objects := len(test.WidgetRenderer(table.body.content).Objects())
	if objects == 0 || objects > 300 {
		t.Errorf("%d objects are painted", objects)
	}
}

func TestTableKeyboard(t *testing.T) {
	table := newTestTable(false)
	table.SetRows(tableRows(1000))
	dataWindow(t, table, 600, 348) // 10 rows in view
	var selected, activated []int
	table.OnSelect = func(i int) { selected = append(selected, i) }
	table.OnActivate = func(i int) { activated = append(activated, i) }
	press(table.body, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyUp, fyne.KeyEnd, fyne.KeyDown,
		fyne.KeyPageUp, fyne.KeyHome, fyne.KeyPageDown, fyne.KeyReturn, fyne.KeyLeft, fyne.KeyF1)
	if got, want := fmt.Sprint(selected), "[0 1 0 999 990 0 9]"; got != want {
		t.Errorf("selected %s, want %s", got, want)
	}
	if fmt.Sprint(activated) != "[9]" {
		t.Errorf("activated %v", activated)
	}
	table.body.choose(500)
	row := table.body.content.rowAt(500)
	if row == nil {
		t.Fatal("the selected row is not in view")
	}
	if y := row.(*tableRow).y - table.body.scroll.Offset.Y; y < 0 || y+32 > table.body.Size().Height+1 {
		t.Errorf("the selected row stands at %v", y)
	}
}

func TestTableMouse(t *testing.T) {
	table := newTestTable(false)
	table.SetRows(tableRows(50))
	w := dataWindow(t, table, 600, 400)
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, tableHeaderHeight+32*3+5))
	if table.Selected() != 3 || w.Canvas().Focused() != table.Focusable() {
		t.Errorf("selected %d, focused %v", table.Selected(), w.Canvas().Focused())
	}
	c := table.body.content
	c.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 40)}})
	if table.body.hovered != 1 || !c.rowAt(1).(*tableRow).back.Visible() {
		t.Error("the row under the pointer is not shown")
	}
	c.MouseOut()
	if c.rowAt(1).(*tableRow).back.Visible() {
		t.Error("the row the pointer left is still shown")
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, 5)) // the header
	if table.Selected() != 3 {
		t.Error("the header selects")
	}
}

func TestTableCopiesTheCompleteRow(t *testing.T) {
	table := newTestTable(false)
	long := strings.Repeat("x", 5000)
	table.SetRows([][]Cell{{{Text: "a"}, {Text: "shown", Full: long}, {Sign: "✓"}}})
	dataWindow(t, table, 600, 200)
	copied := ""
	table.body.TypedShortcut(&fyne.ShortcutCopy{})
	table.OnCopy = func(s string) { copied = s }
	table.body.TypedShortcut(&fyne.ShortcutCopy{})
	if copied != "" {
		t.Error("copied without a selection")
	}
	table.Select(0)
	table.body.TypedShortcut(&fyne.ShortcutCopy{})
	if copied != "a\t"+long+"\t✓" {
		t.Errorf("copied %.60q", copied)
	}
}

func TestSetCellTouchesOneCell(t *testing.T) {
	table := newTestTable(true)
	table.SetRows(tableRows(20))
	dataWindow(t, table, 600, 800)
	row := table.body.content.rowAt(4).(*tableRow)
	other, shown := row.texts[0], row.texts[2]
	made := len(table.body.content.live)
	table.SetCell(4, 2, Cell{Text: "58:11", Tone: CellToneWarn})
	if shown.Text != "58:11" || row.signs[2].Text != "" || table.Row(4)[2].Text != "58:11" {
		t.Errorf("cell shows %q", shown.Text)
	}
	if table.body.content.rowAt(4).(*tableRow).texts[0] != other || len(table.body.content.live) != made {
		t.Error("rows were built again")
	}
	for _, at := range [][2]int{{-1, 0}, {99, 0}, {0, -1}, {0, 9}} {
		table.SetCell(at[0], at[1], Cell{Text: "nowhere"})
	}
}

func TestTableCutsWithAnEllipsis(t *testing.T) {
	table := newTestTable(false)
	table.SetRows([][]Cell{{{Text: strings.Repeat("y", 1<<20), Style: CellMono}, {Text: "short"}, {}}, {}})
	dataWindow(t, table, 500, 200)
	row := table.body.content.rowAt(0).(*tableRow)
	if s := row.texts[0].Text; len(s) > 60 || !strings.HasSuffix(s, dataEllipsis) {
		t.Errorf("the cell draws %d bytes", len(s))
	}
	if row.texts[1].Text != "short" {
		t.Error("a short cell was cut")
	}
	for i, text := range row.texts {
		if text.Text != "" && fyne.MeasureText(text.Text, text.TextSize, text.TextStyle).Width > table.widths[i]+0.5 {
			t.Errorf("column %d overflows", i)
		}
	}
}

func TestTableColumnsFillTheWidth(t *testing.T) {
	table := newTestTable(true)
	table.SetRows(tableRows(3))
	w := dataWindow(t, table, 900, 300)
	for _, width := range []float32{900, 500, 320, 160} {
		w.Resize(fyne.NewSize(width, 300))
		width = table.Size().Width
		last := len(table.widths) - 1
		end := table.x(last) + table.widths[last] + tableInset
		if end > width+1 || width >= 320 && end < width-1 {
			t.Errorf("columns end at %v of %v", end, width)
		}
	}
}

func TestStaticTableIsAsTallAsItsRows(t *testing.T) {
	table := newTestTable(true)
	table.SetRows(tableRows(7))
	dataWindow(t, table, 600, 600)
	if h := table.MinSize().Height; h != tableHeaderHeight+7*32 {
		t.Errorf("height %v", h)
	}
	table.SetRows(tableRows(5000))
	table.Resize(fyne.NewSize(600, 400))
	if h := table.MinSize().Height; h > 1000 || len(table.body.content.live) > 40 {
		t.Errorf("height %v, %d rows alive", h, len(table.body.content.live))
	}
	table.SetRows(tableRows(2))
	if h := table.MinSize().Height; h != tableHeaderHeight+2*32 {
		t.Errorf("height %v", h)
	}
}

func TestTableSurvivesAwkwardTexts(t *testing.T) {
	table := newTestTable(false)
	rows := make([][]Cell, 0, len(awkward))
	for _, text := range awkward {
		rows = append(rows, []Cell{{Text: text, Style: CellMono}, {Text: text, Style: CellBold}, {Text: text, Sign: text[:min(len(text), 4)]}})
	}
	detail := NewTableDetail("Copy")
	table.OnSelect = func(i int) { detail.Set(table.DetailFields(i)) }
	w := dataWindow(t, table, 600, 400)
	table.SetRows(rows)
	detail.Resize(fyne.NewSize(600, 200))
	for i := range rows {
		table.Select(i)
		if n := len(detail.body.content.live); n > 40 {
			t.Errorf("%d lines alive", n)
		}
	}
	w.Canvas().Capture()
}

func TestTableDetailGivesCompleteValues(t *testing.T) {
	detail := NewTableDetail("Copy")
	dataWindow(t, detail, 500, 200)
	value := strings.Repeat("v", 1<<20)
	var copied DetailField
	detail.OnCopy = func(f DetailField) { copied = f }
	detail.Set([]DetailField{{Title: "Claim", Text: "sub"}, {Title: "None"}, {Title: "Value", Text: value, Mono: true}})
	if len(detail.Fields()) != 2 {
		t.Errorf("%d fields", len(detail.Fields()))
	}
	row := detail.body.content.rowAt(1).(*detailRow)
	if !row.copy.Visible() || row.title.Text != "Value" {
		t.Fatalf("the second line shows %q", row.title.Text)
	}
	row.copy.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if copied.Text != value {
		t.Errorf("copied %d bytes", len(copied.Text))
	}
	press(detail.body, fyne.KeyHome, fyne.KeyEnter)
	if copied.Text != "sub" {
		t.Errorf("copied %.20q", copied.Text)
	}
	if last := detail.lines[len(detail.lines)-1].text; !strings.HasSuffix(last, dataEllipsis) {
		t.Errorf("the last line does not say that it was cut: %q", last)
	}
}

func TestSelectedRowStaysInViewWhenTheTableShrinks(t *testing.T) {
	table := newTestTable(false)
	table.SetRows(tableRows(100))
	dataWindow(t, table, 600, 400)
	table.Select(11)
	table.Resize(fyne.NewSize(600, 200))
	y := table.body.top(11) - table.body.scroll.Offset.Y
	if y < 0 || y+32 > table.body.Size().Height+1 {
		t.Errorf("the row stands at %v of %v", y, table.body.Size().Height)
	}
}

func TestTextObjectsHaveABoundedWidth(t *testing.T) {
	table := newTestTable(false)
	table.SetRows([][]Cell{{{Text: strings.Repeat("w", 1<<20)}, {Text: strings.Repeat("山", 1<<18)}, {}}})
	dataWindow(t, table, 1800, 300)
	for _, o := range test.WidgetRenderer(table.body.content).Objects() {
		if text, ok := o.(*canvas.Text); ok && len(text.Text) > 4000 {
			t.Errorf("a text of %d bytes is drawn", len(text.Text))
		}
	}
}

func TestColoursFollowTheTheme(t *testing.T) {
	table := newTestTable(false)
	table.SetRows(tableRows(3))
	w := dataWindow(t, table, 600, 200)
	row := table.body.content.rowAt(0).(*tableRow)
	light := row.texts[2].Color
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark))
	w.Canvas().Content().Refresh()
	if row.texts[2].Color == light {
		t.Error("the tone of a cell stays as it was")
	}
}

// A row with a second line is higher, each line has its place in it, and copying gives
// both.
func TestTableSecondLine(t *testing.T) {
	table := NewTable(Column{Title: "What", Width: ColumnFlex(1, 80), Under: true}, Column{Title: "Result", Width: ColumnFixed(90)})
	table.SetRows([][]Cell{
		{{Text: "A family", Style: CellBold}, {}},
		{{Text: "The ID token names no key.", Under: "kid-absent-single-jwks"}, {Text: "ok", Sign: "✓"}},
	})
	dataWindow(t, table, 400, 300)
	one, two := table.body.content.rowAt(0).(*tableRow), table.body.content.rowAt(1).(*tableRow)
	height := two.y - one.y
	if height != theme.RowHeight+tableUnder {
		t.Errorf("a row is %v high", height)
	}
	text, under := two.texts[0], two.under[0]
	if under.Text != "kid-absent-single-jwks" || one.under[0].Text != "" || two.under[1] != nil {
		t.Errorf("second lines %q, %q", one.under[0].Text, under.Text)
	}
	end := text.Position().Y + (text.Size().Height+text.MinSize().Height)/2
	if begin := under.Position().Y + (under.Size().Height-under.MinSize().Height)/2; end > begin+2 || begin+under.MinSize().Height > two.y+height {
		t.Errorf("the first line ends at %v, and the second begins at %v", end, begin)
	}
	if one.texts[0].Size().Height != height-1 {
		t.Error("a text without a second line is not in the middle of its row")
	}
	copied := ""
	table.OnCopy = func(s string) { copied = s }
	table.Select(1)
	table.copy()
	if copied != "The ID token names no key.\tkid-absent-single-jwks\tok" {
		t.Errorf("copied %q", copied)
	}
}
