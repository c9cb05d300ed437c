package widget

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

const (
	tableInset        = 8  // between the table's edge and the text
	tableGap          = 12 // between two columns
	tableSignGap      = 4  // between a sign and its text
	tablePicture      = 16 // a side of a cell's picture
	tablePictureGap   = 8
	tableUnder        = 16 // what a second line adds to a row
	tableUnderGap     = 4  // by which the two lines are nearer to each other than to the edges
	tableHeaderHeight = 28
	tableFitRows      = 256 // rows looked at to size a column
	tableLeast        = 40  // no column gets narrower while there is room
)

// measure shares the width among the columns.
func (t *Table) measure(width float32) {
	if len(t.columns) == 0 {
		return
	}
	if t.fits == nil {
		t.fits = t.fitColumns()
	}
	left := width - 2*tableInset - tableGap*float32(len(t.columns)-1)
	weight := float32(0)
	for i, c := range t.columns {
		switch c.Width.kind {
		case columnFixed, columnFit:
			t.widths[i] = t.fits[i]
			left -= t.fits[i]
		default:
			weight += max(0.01, c.Width.value)
		}
	}
	if weight > 0 {
		t.flex(left, weight)
	}
	t.squeeze(width)
}

// flex gives the flexible columns their share; those below their least get it, and
// the others share the rest.
func (t *Table) flex(left, weight float32) {
	settled := make([]bool, len(t.columns))
	for again := true; again; {
		again = false
		for i, c := range t.columns {
			if c.Width.kind != columnFlex || settled[i] {
				continue
			}
			w := max(0.01, c.Width.value)
			share := max(0, left*w/weight)
			least := max(c.Width.least, tableLeast)
			if share >= least {
				t.widths[i] = share
				continue
			}
			t.widths[i], settled[i], again = least, true, true
			left -= least
			weight -= w
			if weight <= 0 {
				return
			}
		}
	}
}

// squeeze shrinks all columns alike when they do not fit: what is cut has an
// ellipsis, what is outside cannot be reached.
func (t *Table) squeeze(width float32) {
	room := width - 2*tableInset - tableGap*float32(len(t.columns)-1)
	sum := float32(0)
	for _, w := range t.widths {
		sum += w
	}
	if sum <= room || sum <= 0 {
		return
	}
	k := max(0, room) / sum
	for i := range t.widths {
		t.widths[i] *= k
	}
}

// fitColumns measures the columns that do not depend on the table's width.
func (t *Table) fitColumns() []float32 {
	fits := make([]float32, len(t.columns))
	head := dataFaceFor(dataSize(theme.SizeCaption), dataTextBold)
	for i, c := range t.columns {
		switch c.Width.kind {
		case columnFixed:
			fits[i] = c.Width.value
		case columnFit:
			w := head.width(strings.ToUpper(c.Title))
			for _, row := range t.rows[:min(len(t.rows), tableFitRows)] {
				if i < len(row) && w < c.Width.value {
					w = max(w, cellWidth(row[i], c.Width.value))
				}
			}
			fits[i] = min(c.Width.value, w+1)
		}
	}
	return fits
}

// cellWidth is the width a cell would like, never measuring past most.
func cellWidth(c Cell, most float32) float32 {
	face := c.face()
	text, cut := face.fit(c.Text, most)
	if cut {
		return most
	}
	w := face.width(text)
	if c.Sign != "" {
		w += cellFace(CellPlain).width(c.Sign)
		if c.Text != "" {
			w += tableSignGap
		}
	}
	return w
}

// least is the narrowest the table asks for.
func (t *Table) least() float32 {
	return 2*tableInset + float32(len(t.columns))*(tableLeast+tableGap) - tableGap
}

// rowHeight is the height of each row, its separator included.
func (t *Table) rowHeight() float32 {
	if slices.ContainsFunc(t.columns, func(c Column) bool { return c.Under }) {
		return theme.RowHeight + tableUnder
	}
	return theme.RowHeight
}

// x is where a column starts.
func (t *Table) x(col int) float32 {
	x := float32(tableInset)
	for _, w := range t.widths[:col] {
		x += w + tableGap
	}
	return x
}

// face is the face a cell is set in.
func (c Cell) face() *dataFace {
	if c.Style == CellMono {
		return dataWire(c.Text)
	}
	return cellFace(c.Style)
}

// cellFace is the face of a style.
func cellFace(s CellStyle) *dataFace {
	switch s {
	case CellMono:
		return dataMono()
	case CellBold:
		return dataFaceFor(textSize(), dataTextBold)
	}
	return dataFaceFor(textSize(), fyne.TextStyle{})
}

// rowText is a row as one line for the clipboard.
func rowText(row []Cell) string {
	parts := make([]string, len(row))
	for i, c := range row {
		parts[i] = c.full()
		if parts[i] == "" {
			parts[i] = c.Sign
		}
		if c.Under != "" {
			parts[i] += "\t" + c.Under
		}
	}
	return strings.Join(parts, "\t")
}
