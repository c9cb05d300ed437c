package widget

// CompareKind is what one place says about a claim.
type CompareKind uint8

// The kinds. A place that differs is marked by tone and sign, not by colour alone.
const (
	CompareValue CompareKind = iota
	CompareSame
	CompareDiffers
	CompareAbsent
)

// CompareCell is a claim in one place. Text is the value; for CompareSame and
// CompareAbsent the word of CompareLabels is shown, and the value stays what is
// copied.
type CompareCell struct {
	Kind CompareKind
	Text string
}

// CompareRow is one claim in all places.
type CompareRow struct {
	Claim string
	Cells []CompareCell
}

// CompareLabels are the words of a CompareTable: the title of the claims' column,
// those of the places, and the words and the sign for same, absent and different.
type CompareLabels struct {
	Claim       string
	Places      []string
	Same        string
	Absent      string
	DiffersSign string // stands before a value that differs
}

// CompareTable lays the same claims from several places side by side.
type CompareTable struct {
	Table
	labels CompareLabels
}

// NewCompareTable makes a table as tall as its rows, for a page that scrolls; it
// scrolls by itself above 200 rows.
func NewCompareTable(labels CompareLabels) *CompareTable {
	columns := []Column{{Title: labels.Claim, Width: ColumnFit(220)}}
	for _, place := range labels.Places {
		columns = append(columns, Column{Title: place, Width: ColumnFlex(1, 72)})
	}
	t := &CompareTable{labels: labels}
	t.ExtendBaseWidget(t)
	t.init(true, columns)
	return t
}

// SetRows replaces all rows.
func (t *CompareTable) SetRows(rows []CompareRow) {
	cells := make([][]Cell, len(rows))
	for i, row := range rows {
		cells[i] = t.cells(row)
	}
	t.Table.SetRows(cells)
}

func (t *CompareTable) cells(row CompareRow) []Cell {
	cells := make([]Cell, 1+len(t.labels.Places))
	cells[0] = Cell{Text: row.Claim, Style: CellMono}
	for i, c := range row.Cells[:min(len(row.Cells), len(t.labels.Places))] {
		cells[i+1] = t.cell(c)
	}
	return cells
}

func (t *CompareTable) cell(c CompareCell) Cell {
	switch c.Kind {
	case CompareSame:
		return Cell{Text: t.labels.Same, Tone: CellTonePass, Full: c.Text}
	case CompareAbsent:
		return Cell{Text: t.labels.Absent, Tone: CellToneMuted}
	case CompareDiffers:
		return Cell{Text: c.Text, Tone: CellToneWarn, Sign: t.labels.DiffersSign}
	}
	return Cell{Text: c.Text}
}
