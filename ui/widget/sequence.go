package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Actor is one column of a Sequence.
type Actor struct{ ID, Label string }

// SequenceKind is the shape of a row of a Sequence.
type SequenceKind uint8

// The shapes: a message, a message that sends the browser on, time spent in the
// browser (dashed), and a box on the line of one actor or between two.
const (
	SequenceRequest SequenceKind = iota
	SequenceRedirect
	SequenceBrowser
	SequenceNote
)

// SequenceRow is one hop. From and To are indexes of actors; where they are equal
// the row is drawn as a note. Group is shown where it differs from the row before.
type SequenceRow struct {
	From, To int
	Title    string // cut in its middle: the end of a path tells more than its middle
	Caption  string
	Kind     SequenceKind
	Tone     CellTone
	Sign     string // stands beside the colour of the tone
	Group    string
	Attempt  string // a word beside the title, for a hop that was tried again
}

// SequenceModel is a run as a diagram.
type SequenceModel struct {
	Actors []Actor
	Rows   []SequenceRow
}

// Sequence draws a run as a sequence diagram. Each row carries its own piece of
// the lifelines, so that only the rows in view exist, whatever the length of the
// run. While the view is at the end it follows the run as it grows; scrolled away
// from there it stays.
type Sequence struct {
	fynewidget.BaseWidget

	// OnSelect reports the selected row, however it was selected.
	OnSelect func(row int)
	// OnActivate reports Enter or Space on the selected row.
	OnActivate func(row int)
	// OnCopy reports the copy shortcut on the selected row.
	OnCopy func(row int)

	actors  []Actor
	rows    []SequenceRow
	matches []int // ascending
	geo     sequenceGeometry
	end     dataEnd

	back   *canvas.Rectangle
	header *sequenceHeader
	body   *dataRows
}

// NewSequence makes an empty diagram.
func NewSequence() *Sequence {
	s := &Sequence{back: canvas.NewRectangle(nil)}
	s.ExtendBaseWidget(s)
	s.header = newSequenceHeader(s)
	s.body = newDataRows(sequenceRowHeight, func() dataRow { return newSequenceRowView(s) })
	s.body.ring = true
	s.body.onSelect = func(i int) { dataCall(s.OnSelect, i) }
	s.body.onActivate = func(i int) { dataCall(s.OnActivate, i) }
	s.body.onCopy = func() {
		if i := s.body.selected; i >= 0 {
			dataCall(s.OnCopy, i)
		}
	}
	s.body.onScroll = s.scrolled
	s.end = dataEnd{rows: s.body, follow: true}
	return s
}

// SetModel shows another run from its beginning. The slices belong to the diagram
// from here on.
func (s *Sequence) SetModel(m SequenceModel) {
	s.actors, s.rows, s.matches = m.Actors, m.Rows, nil
	s.end.follow = len(m.Rows) == 0
	s.body.selected = -1
	s.body.scrollTo(0, 0)
	s.replant()
	s.body.setLength(len(s.rows))
	s.scrolled()
}

// SetActors changes the columns, as when a run turns out to have an upstream.
func (s *Sequence) SetActors(actors []Actor) {
	s.actors = actors
	s.replant()
	s.body.reload()
}

// replant lays the columns anew; rows in view are thrown away, as each has one
// lifeline per actor.
func (s *Sequence) replant() {
	s.body.content.live, s.body.content.pool = nil, nil
	s.measure(s.Size().Width)
	s.header.arrange()
}

// Append adds rows at the end; what is in view is all that it touches.
func (s *Sequence) Append(rows ...SequenceRow) {
	if len(rows) == 0 {
		return
	}
	s.rows = append(s.rows, rows...)
	s.end.grow(len(s.rows))
}

// Update replaces one row, and repaints it if it is in view.
func (s *Sequence) Update(row int, r SequenceRow) {
	if row < 0 || row >= len(s.rows) || s.rows[row] == r {
		return
	}
	s.rows[row] = r
	s.body.rebind(row)
	s.body.rebind(row + 1) // whether it shows its group depends on this one
}

// Len is the number of rows.
func (s *Sequence) Len() int { return len(s.rows) }

// Row returns a row, and the zero row when there is none.
func (s *Sequence) Row(row int) SequenceRow {
	if row < 0 || row >= len(s.rows) {
		return SequenceRow{}
	}
	return s.rows[row]
}

// SetCompact draws lower rows.
func (s *Sequence) SetCompact(on bool) {
	height := float32(sequenceRowHeight)
	if on {
		height = sequenceRowCompact
	}
	if height == s.body.rowHeight {
		return
	}
	s.body.rowHeight = height
	s.body.reload()
	if s.body.selected >= 0 {
		s.body.show(s.body.selected)
	}
	s.end.keep()
}

// SetVisibleRows sets how many rows the diagram asks room for.
func (s *Sequence) SetVisibleRows(n int) { s.body.minRows = max(1, n) }

// Select selects a row and scrolls to it, as if the user had.
func (s *Sequence) Select(row int) { s.body.choose(row) }

// Unselect takes the selection away.
func (s *Sequence) Unselect() { s.body.clearChoice() }

// Selected is the selected row, -1 for none.
func (s *Sequence) Selected() int { return s.body.selected }

// Focusable is the object that takes the keys, for Canvas.Focus.
func (s *Sequence) Focusable() fyne.Focusable { return s.body }

// Following tells that the view is at the end and stays there as the run grows.
func (s *Sequence) Following() bool { return s.end.follow }

// ScrollToEnd shows the last row, and follows the run from there.
func (s *Sequence) ScrollToEnd() {
	s.end.follow = true
	s.end.keep()
}

func (s *Sequence) scrolled() {
	if s.end.notice() {
		s.header.setScrolled(s.body.scroll.Offset.Y > 0)
	}
}
