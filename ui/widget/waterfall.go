package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Waterfall draws the exchanges of a run on one axis of time, each as a bar made
// of its phases. Time in the browser is compressed, so that a user who looks for
// a password does not squash what the network did. Only the rows in view exist.
type Waterfall struct {
	fynewidget.BaseWidget

	// OnSelect reports the selected row, however it was selected.
	OnSelect func(row int)
	// OnActivate reports Enter or Space on the selected row.
	OnActivate func(row int)
	// OnCopy takes the row's label and numbers from the copy shortcut.
	OnCopy func(text string)

	model   WaterfallModel
	total   time.Duration
	axis    timeAxis
	plot    float32 // where the axis begins
	pointed int     // the row under the pointer, -1 for none
	end     dataEnd
	width   float32

	back   *canvas.Rectangle
	legend *waterfallLegend
	scale  *waterfallScale
	body   *dataRows
	line   *waterfallLine
}

// NewWaterfall makes an empty waterfall.
func NewWaterfall() *Waterfall {
	w := &Waterfall{pointed: -1, back: newBox()}
	w.ExtendBaseWidget(w)
	w.legend, w.scale, w.line = newWaterfallLegend(w), newWaterfallScale(w), newWaterfallLine(w)
	w.body = newDataRows(waterfallRowHeight, func() dataRow { return newWaterfallRowView(w) })
	w.body.ring = true
	w.body.onSelect = func(i int) {
		w.line.tell()
		dataCall(w.OnSelect, i)
	}
	w.body.onActivate = func(i int) { dataCall(w.OnActivate, i) }
	w.body.onCopy = w.copy
	w.end = dataEnd{rows: w.body, follow: true}
	w.body.onScroll = func() { w.end.notice() }
	return w
}

// SetModel shows another run from its beginning. The slices belong to the
// waterfall from here on.
func (w *Waterfall) SetModel(m WaterfallModel) {
	w.model, w.total, w.pointed = m, m.total(), -1
	w.end.follow = len(m.Rows) == 0
	w.body.selected = -1
	w.body.scrollTo(0, 0)
	w.measure(w.Size().Width)
	w.body.setLength(len(m.Rows))
	w.Refresh()
	w.end.notice()
}

// Append adds rows at the end. When they lengthen the axis the rows in view are
// drawn anew, and no others.
func (w *Waterfall) Append(rows ...WaterfallRow) {
	if len(rows) == 0 {
		return
	}
	w.model.Rows = append(w.model.Rows, rows...)
	total := w.total
	for _, r := range rows {
		total = max(total, r.last())
	}
	w.lengthen(total)
	w.end.grow(len(w.model.Rows))
}

// Update replaces one row.
func (w *Waterfall) Update(row int, r WaterfallRow) {
	if row < 0 || row >= len(w.model.Rows) {
		return
	}
	old := w.model.Rows[row].last()
	w.model.Rows[row] = r
	switch total := r.last(); {
	case total >= w.total:
		w.lengthen(total)
	case old == w.total: // the one row that held the end may have let it go
		w.lengthen(w.model.total())
	}
	w.body.rebind(row)
	w.line.tell()
}

// SetGaps changes what is compressed.
func (w *Waterfall) SetGaps(gaps []Gap) {
	w.model.Gaps = gaps
	w.total = -1
	w.lengthen(w.model.total())
}

// lengthen computes the axis for another end.
func (w *Waterfall) lengthen(total time.Duration) {
	if total == w.total {
		return
	}
	w.total = total
	w.measure(w.width)
	w.scale.arrange()
	w.body.content.stale = true
	w.body.content.sync()
}

// Len is the number of rows.
func (w *Waterfall) Len() int { return len(w.model.Rows) }

// Row returns a row, and the zero row when there is none.
func (w *Waterfall) Row(row int) WaterfallRow {
	if row < 0 || row >= len(w.model.Rows) {
		return WaterfallRow{}
	}
	return w.model.Rows[row]
}

// SetVisibleRows sets how many rows the waterfall asks room for.
func (w *Waterfall) SetVisibleRows(n int) { w.body.minRows = max(1, n) }

// Select selects a row and scrolls to it, as if the user had.
func (w *Waterfall) Select(row int) { w.body.choose(row) }

// Unselect takes the selection away.
func (w *Waterfall) Unselect() {
	w.body.clearChoice()
	w.line.tell()
}

// Selected is the selected row, -1 for none.
func (w *Waterfall) Selected() int { return w.body.selected }

// Focusable is the object that takes the keys, for Canvas.Focus.
func (w *Waterfall) Focusable() fyne.Focusable { return w.body }

// Numbers is a row as text: the phases and how long each took.
func (w *Waterfall) Numbers(row int) string { return w.model.Labels.numbers(w.Row(row)) }

func (w *Waterfall) copy() {
	if i := w.body.selected; i >= 0 && w.OnCopy != nil {
		w.OnCopy(w.Row(i).Label + "\t" + w.Numbers(i))
	}
}

// point notes the row under the pointer.
func (w *Waterfall) point(row int, on bool) {
	switch {
	case on && w.pointed != row:
		w.pointed = row
	case !on && w.pointed == row:
		w.pointed = -1
	default:
		return
	}
	w.line.tell()
}

// measure computes the axis for a width.
func (w *Waterfall) measure(width float32) {
	w.width = width
	w.plot = dataRound(max(waterfallLabelLeast, min(waterfallLabelMost, width*waterfallLabelPart)))
	w.axis = newTimeAxis(w.total, w.model.Gaps, max(0, width-w.plot-waterfallEdge))
}
