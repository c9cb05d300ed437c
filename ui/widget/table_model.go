package widget

import "image"

// Column describes one column of a Table.
type Column struct {
	Title string      // shown in capitals
	Width ColumnWidth // ColumnFixed, ColumnFlex or ColumnFit

	Under    bool // its cells may have a second line, for which each row has room; not with ColumnFit
	Pictures bool // its cells may have an Image, for which there is room in each; not with ColumnFit
}

// ColumnWidth is how a column takes its share of the table's width.
type ColumnWidth struct {
	kind  columnKind
	value float32
	least float32
}

type columnKind uint8

const (
	columnFlex columnKind = iota
	columnFixed
	columnFit
)

// ColumnFixed is a column of a number of pixels.
func ColumnFixed(pixels float32) ColumnWidth { return ColumnWidth{kind: columnFixed, value: pixels} }

// ColumnFlex shares what the others leave, by weight, and is at least least wide.
func ColumnFlex(weight, least float32) ColumnWidth {
	return ColumnWidth{kind: columnFlex, value: weight, least: least}
}

// ColumnFit is as wide as its widest cell among the first rows, but at most most.
func ColumnFit(most float32) ColumnWidth { return ColumnWidth{kind: columnFit, value: most} }

// CellStyle is how a cell's text is set.
type CellStyle uint8

// The styles: prose, what is on the wire, secondary text, emphasis.
const (
	CellPlain CellStyle = iota
	CellMono
	CellMuted
	CellBold
)

// Cell is one value in a table. Text may be of any length; the table shows one
// line of it and TableDetail all of it.
type Cell struct {
	Text  string
	Style CellStyle
	Tone  CellTone
	Sign  string      // stands before the text in the tone's colour
	Image image.Image // a square that stands before the text, in a column of Pictures; nil: none
	Under string      // a name as it is on the wire in a line of its own, in a column of Under
	Full  string      // what copying and the detail give when it is not Text
}

// full is the complete value.
func (c Cell) full() string {
	if c.Full != "" {
		return c.Full
	}
	return c.Text
}
