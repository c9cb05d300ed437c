package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"signbench/ui/theme"
)

const (
	waterfallSignRoom = 16
	waterfallTextGap  = 8
)

// waterfallRowView is one recycled row.
type waterfallRowView struct {
	fall   *Waterfall
	band   *canvas.Rectangle
	pieces [waterfallBarMost]*canvas.Rectangle
	chip   *canvas.Rectangle // behind the text beside the bar: lines of the grid end there
	sign   *canvas.Text
	label  *canvas.Text
	detail *canvas.Text
	bars   []waterfallBar
	list   []fyne.CanvasObject

	index    int
	y, width float32
}

func newWaterfallRowView(w *Waterfall) *waterfallRowView {
	r := &waterfallRowView{fall: w, band: newBox(), chip: newBox(), sign: newLine(), label: newLine(), detail: newLine(), index: -1}
	r.band.CornerRadius = 4
	r.list = []fyne.CanvasObject{r.band, r.chip}
	for i := range r.pieces {
		r.pieces[i] = newBox()
		r.pieces[i].CornerRadius = 1
		r.list = append(r.list, r.pieces[i])
	}
	r.list = append(r.list, r.sign, r.label, r.detail)
	return r
}

func (r *waterfallRowView) objects() []fyne.CanvasObject { return r.list }

func (r *waterfallRowView) place(y, width float32) { r.y, r.width = y, width }

func (r *waterfallRowView) bind(index int, state dataState) {
	w := r.fall
	if index < 0 || index >= len(w.model.Rows) {
		return
	}
	row := w.model.Rows[index]
	ground := r.paintBand(row, state)
	r.bindLabel(row)
	r.bars = w.axis.bars(row, r.bars)
	for i, piece := range r.pieces {
		if i >= len(r.bars) {
			dataSetFill(piece, nil)
			continue
		}
		b := r.bars[i]
		r.paintPiece(piece, b, ground)
	}
	r.bindDetail(row, ground)
	r.index = index
	w.point(index, state.hovered)
}

func (r *waterfallRowView) paintPiece(piece *canvas.Rectangle, b waterfallBar, ground color.Color) {
	look := b.kind.look()
	fill, stroke, outline := dataColor(look.color), float32(0), color.Color(color.Transparent)
	if look.outline && b.w > 4 {
		fill, stroke, outline = ground, 1, fill
	}
	if piece.StrokeWidth != stroke || piece.StrokeColor != outline {
		piece.StrokeWidth, piece.StrokeColor = stroke, outline
		piece.Refresh()
	}
	dataSetFill(piece, fill)
	dataPut(piece, r.fall.plot+b.x, r.y+(waterfallRowHeight-look.height)/2, b.w, look.height)
}

// paintBand paints what lies under the row, and returns its colour.
func (r *waterfallRowView) paintBand(row WaterfallRow, state dataState) color.Color {
	k := SequenceRow{Tone: row.Tone}.inks(state)
	stroke, ink := float32(0), color.Color(color.Transparent)
	if k.outline != "" {
		stroke, ink = 1, dataColor(k.outline)
	}
	if r.band.StrokeWidth != stroke || r.band.StrokeColor != ink {
		r.band.StrokeWidth, r.band.StrokeColor = stroke, ink
		r.band.Refresh()
	}
	dataPut(r.band, 4, r.y+1, max(0, r.width-8), waterfallRowHeight-2)
	if k.band == "" {
		dataSetFill(r.band, nil)
	} else {
		dataSetFill(r.band, dataColor(k.band))
	}
	return dataColor(k.chip)
}

func (r *waterfallRowView) bindLabel(row WaterfallRow) {
	face := sequenceTextFace()
	ink := dataColor(fynetheme.ColorNameForeground)
	tone := dataColor(theme.ColorMuted)
	if row.Tone != CellToneNone {
		tone = dataColor(row.Tone.name())
	}
	if row.Tone == CellToneFail || row.Tone == CellToneWarn {
		ink = tone
	}
	sign, _ := face.fit(row.Sign, waterfallSignRoom-2)
	dataSetText(r.sign, sign, tone, face.size, face.style)
	top := r.y + (waterfallRowHeight-face.height)/2
	dataPut(r.sign, waterfallInset, top, waterfallSignRoom, face.height)
	room := max(0, r.fall.plot-waterfallInset-waterfallSignRoom-waterfallTextGap)
	shown, _ := face.fitMiddle(row.Label, room)
	dataSetText(r.label, onBaseline(shown), ink, face.size, face.style)
	dataPut(r.label, waterfallInset+waterfallSignRoom, top, room, face.height)
}

// bindDetail writes beside the bar: after it, before it where that is too narrow,
// and nowhere when neither has room, as the line below tells it too.
func (r *waterfallRowView) bindDetail(row WaterfallRow, ground color.Color) {
	face := sequenceCaptionFace()
	first, last := r.bars[0], r.bars[len(r.bars)-1]
	after := r.fall.plot + last.x + last.w + waterfallTextGap
	shown, cut := face.fit(row.Detail, max(0, r.width-waterfallInset-after))
	width, x := face.width(shown), after
	if cut {
		room := first.x - 2*waterfallTextGap
		if shown, cut = face.fit(row.Detail, max(0, room)); cut {
			shown = ""
		}
		width = face.width(shown)
		x = r.fall.plot + first.x - waterfallTextGap - width
	}
	ink := dataColor(theme.ColorMuted)
	if row.Tone == CellToneFail || row.Tone == CellToneWarn {
		ink = dataColor(row.Tone.name())
	}
	dataSetText(r.detail, onBaseline(shown), ink, face.size, face.style)
	top := r.y + (waterfallRowHeight-face.height)/2
	dataPut(r.detail, x, top, width, face.height)
	if shown == "" || r.fall.axis.broken(x-r.fall.plot, x+width-r.fall.plot) {
		dataSetFill(r.chip, nil) // it would punch a hole into the band of compressed time
		return
	}
	dataSetFill(r.chip, ground)
	dataPut(r.chip, x-3, top, width+6, face.height)
}
