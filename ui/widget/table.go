package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// staticTableRows is the most rows a table inside a scrolling page draws at once;
// with more it scrolls by itself, because a page paints all it holds each frame.
const staticTableRows = 200

// Table shows rows of plain structs under a header, one line per cell, or two. It keeps
// objects only for the rows in view, whatever their number and the length of
// their texts, and is driven by mouse and keyboard: arrows, Home, End, Page Up
// and Down, Enter, and the copy shortcut.
type Table struct {
	fynewidget.BaseWidget

	// OnSelect reports the selected row, however it was selected.
	OnSelect func(row int)
	// OnActivate reports Enter or Space on the selected row.
	OnActivate func(row int)
	// OnCopy takes the text of the copy shortcut: the cells of the selected row,
	// separated by tabs.
	OnCopy func(text string)

	columns []Column
	rows    [][]Cell
	widths  []float32
	fits    []float32
	static  bool

	header *dataHeader
	body   *dataRows
	fold   *dataFold // nil: no row opens
}

// NewTable makes a table that scrolls its rows itself.
func NewTable(columns ...Column) *Table { return newTable(false, columns) }

// NewStaticTable makes a table as tall as its rows, for a short list inside a page
// that scrolls. Above 200 rows it scrolls by itself.
func NewStaticTable(columns ...Column) *Table { return newTable(true, columns) }

func newTable(static bool, columns []Column) *Table {
	t := &Table{}
	t.ExtendBaseWidget(t)
	t.init(static, columns)
	return t
}

func (t *Table) init(static bool, columns []Column) {
	t.columns, t.static, t.widths = columns, static, make([]float32, len(columns))
	t.header = newDataHeader(t)
	t.body = newDataRows(t.rowHeight(), func() dataRow { return newTableRow(t) })
	t.body.static, t.body.ring = static, true
	t.body.onSelect = t.selected
	t.body.onActivate = t.activated
	t.body.onCopy = t.copy
}

// SetRows replaces all rows. The slices belong to the table from here on. The
// selection stays on its index when there still is one.
func (t *Table) SetRows(rows [][]Cell) {
	t.rows, t.fits = rows, nil
	if t.static {
		t.body.stand(len(rows) <= staticTableRows)
	}
	if t.fold != nil {
		t.fold.close()
	}
	t.measure(t.Size().Width)
	t.header.place()
	t.body.setLength(len(rows))
}

// SetCell replaces one cell. Only its own objects change, and only when the row is
// in view: made for a text that counts down each second.
func (t *Table) SetCell(row, col int, cell Cell) {
	if row < 0 || row >= len(t.rows) || col < 0 || col >= len(t.rows[row]) || t.rows[row][col] == cell {
		return
	}
	t.rows[row][col] = cell
	if r, ok := t.body.content.rowAt(row).(*tableRow); ok {
		r.bindCell(col, cell)
	}
}

// Rows is the number of rows.
func (t *Table) Rows() int { return len(t.rows) }

// Row returns the cells of a row, nil when there is none.
func (t *Table) Row(row int) []Cell {
	if row < 0 || row >= len(t.rows) {
		return nil
	}
	return t.rows[row]
}

// Select selects a row and scrolls to it, as if the user had.
func (t *Table) Select(row int) { t.body.choose(row) }

// Unselect takes the selection away.
func (t *Table) Unselect() { t.body.clearChoice() }

// Selected is the selected row, -1 for none.
func (t *Table) Selected() int { return t.body.selected }

// Focusable is the object that takes the keys, for Canvas.Focus.
func (t *Table) Focusable() fyne.Focusable { return t.body }

// SetVisibleRows sets how many rows the table asks room for when it scrolls itself.
func (t *Table) SetVisibleRows(n int) { t.body.minRows = max(1, n) }

func (t *Table) selected(row int) {
	if t.fold != nil {
		t.fold.open(row)
	}
	if t.OnSelect != nil {
		t.OnSelect(row)
	}
}

func (t *Table) activated(row int) {
	if t.fold != nil {
		t.fold.toggle(row)
	}
	if t.OnActivate != nil {
		t.OnActivate(row)
	}
}

func (t *Table) copy() {
	if t.OnCopy == nil || t.body.selected < 0 {
		return
	}
	t.OnCopy(rowText(t.rows[t.body.selected]))
}

// CreateRenderer implements fyne.Widget.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	return &tableRenderer{table: t, list: []fyne.CanvasObject{t.header, t.body}}
}

type tableRenderer struct {
	table *Table
	list  []fyne.CanvasObject
}

func (r *tableRenderer) Destroy()                     {}
func (r *tableRenderer) Objects() []fyne.CanvasObject { return r.list }

func (r *tableRenderer) Layout(size fyne.Size) {
	t := r.table
	h := float32(tableHeaderHeight)
	t.measure(size.Width)
	dataPut(t.header, 0, 0, size.Width, h)
	t.header.place()
	if t.fold != nil {
		t.fold.fit()
	}
	t.body.content.stale = true
	dataPut(t.body, 0, h, size.Width, max(0, size.Height-h))
	t.body.content.sync()
}

func (r *tableRenderer) MinSize() fyne.Size {
	m := r.table.body.MinSize()
	return fyne.NewSize(max(m.Width, r.table.least()), m.Height+tableHeaderHeight)
}

func (r *tableRenderer) Refresh() {
	r.table.fits = nil
	r.Layout(r.table.Size())
	r.table.header.Refresh()
	r.table.body.Refresh()
	if r.table.fold != nil {
		r.table.fold.detail.Refresh()
	}
}
