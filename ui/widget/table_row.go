package widget

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

func textSize() float32 { return dataSize(fynetheme.SizeNameText) }

// tableRow is one recycled row: a background, an edge that shows the focus, a
// separator, and per column a picture, a sign, a text and a second line.
type tableRow struct {
	table *Table
	back  *canvas.Rectangle
	edge  *canvas.Rectangle
	line  *canvas.Rectangle
	pics  []*canvas.Image // of the columns that have any; nil elsewhere
	signs []*canvas.Text
	texts []*canvas.Text
	under []*canvas.Text // of the columns that have any; nil elsewhere
	list  []fyne.CanvasObject
	y     float32
}

func newTableRow(t *Table) *tableRow {
	r := &tableRow{table: t, back: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil)}
	r.list = []fyne.CanvasObject{r.back, r.line, r.edge}
	for _, c := range t.columns {
		var pic *canvas.Image
		if c.Pictures {
			pic = canvas.NewImageFromImage(nil)
			r.list = append(r.list, pic)
		}
		r.pics = append(r.pics, pic)
		sign, text := canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
		r.signs, r.texts = append(r.signs, sign), append(r.texts, text)
		r.list = append(r.list, sign, text)
		var under *canvas.Text
		if c.Under {
			under = canvas.NewText("", color.Transparent)
			r.list = append(r.list, under)
		}
		r.under = append(r.under, under)
	}
	return r
}

func (r *tableRow) objects() []fyne.CanvasObject { return r.list }

func (r *tableRow) place(y, width float32) {
	r.y = y
	h := r.table.body.rowHeight
	dataPut(r.back, 0, y, width, h-1)
	dataPut(r.edge, 0, y, 2, h-1)
	dataPut(r.line, 0, y+h-1, width, 1)
}

func (r *tableRow) bind(index int, state dataState) {
	dataPaintState(r.back, r.edge, state)
	dataSetFill(r.line, dataColor(theme.ColorBorder))
	cells := r.table.Row(index)
	for col := range r.texts {
		cell := Cell{}
		if col < len(cells) {
			cell = cells[col]
		}
		r.bindCell(col, cell)
	}
}

// bindCell cuts the cell to its column and paints it.
func (r *tableRow) bindCell(col int, cell Cell) {
	x, width, h := r.table.x(col), r.table.widths[col], r.table.body.rowHeight-1
	tone := dataColor(cellColor(cell))
	sign, text := r.signs[col], r.texts[col]
	plain := cellFace(CellPlain)
	dataSetText(sign, cell.Sign, tone, plain.size, plain.style)
	if cell.Sign != "" {
		w := plain.width(cell.Sign)
		dataPut(sign, x, r.y, w, h)
		x += w + tableSignGap
		width -= w + tableSignGap
	}
	if pic := r.pics[col]; pic != nil {
		if pic.Image != cell.Image {
			pic.Image = cell.Image
			pic.Refresh()
		}
		dataPut(pic, x, r.y+(h-tablePicture)/2, tablePicture, tablePicture)
		x += tablePicture + tablePictureGap
		width -= tablePicture + tablePictureGap
	}
	if under := r.under[col]; under != nil {
		face := dataFaceFor(dataSize(theme.SizeCaption), dataTextMono)
		shown, _ := face.fit(cell.Under, max(0, width))
		dataSetText(under, shown, dataColor(theme.ColorMuted), face.size, face.style)
		dataPut(under, x, r.y+h/2, max(0, width), h/2-tableUnderGap)
		if cell.Under != "" {
			h = h/2 + tableUnderGap
		}
	}
	face := cell.face()
	shown, _ := face.fit(cell.Text, max(0, width))
	dataSetText(text, shown, tone, face.size, face.style)
	dataPut(text, x, r.y, max(0, width), h)
}

// cellColor is the palette's name for a cell.
func cellColor(c Cell) fyne.ThemeColorName {
	if c.Tone == CellToneNone && c.Style == CellMuted {
		return theme.ColorMuted
	}
	return c.Tone.name()
}

// dataPaintState paints what rows of all widgets share: selection, hover, focus.
func dataPaintState(back, edge *canvas.Rectangle, s dataState) {
	switch {
	case s.selected:
		dataSetFill(back, dataColor(theme.ColorSelected))
	case s.hovered:
		dataSetFill(back, dataColor(fynetheme.ColorNameHover))
	default:
		dataSetFill(back, nil)
	}
	if s.selected && s.focused {
		dataSetFill(edge, dataColor(theme.ColorAccent))
	} else {
		dataSetFill(edge, nil)
	}
}

// dataHeader is the row of column titles.
type dataHeader struct {
	fynewidget.BaseWidget
	table *Table
	texts []*canvas.Text
	line  *canvas.Rectangle
	list  []fyne.CanvasObject
}

func newDataHeader(t *Table) *dataHeader {
	h := &dataHeader{table: t, line: canvas.NewRectangle(color.Transparent)}
	h.list = []fyne.CanvasObject{h.line}
	for range t.columns {
		text := canvas.NewText("", color.Transparent)
		h.texts = append(h.texts, text)
		h.list = append(h.list, text)
	}
	h.ExtendBaseWidget(h)
	return h
}

// place lays the titles over their columns.
func (h *dataHeader) place() {
	face := dataFaceFor(dataSize(theme.SizeCaption), dataTextBold)
	muted := dataColor(theme.ColorMuted)
	for i, text := range h.texts {
		w := h.table.widths[i]
		shown, _ := face.fit(strings.ToUpper(h.table.columns[i].Title), w)
		dataSetText(text, shown, muted, face.size, face.style)
		dataPut(text, h.table.x(i), 0, w, tableHeaderHeight-1)
	}
	dataSetFill(h.line, dataColor(theme.ColorBorder))
	dataPut(h.line, 0, tableHeaderHeight-1, h.Size().Width, 1)
}

// CreateRenderer implements fyne.Widget.
func (h *dataHeader) CreateRenderer() fyne.WidgetRenderer { return dataHeaderRenderer{h} }

type dataHeaderRenderer struct{ header *dataHeader }

func (r dataHeaderRenderer) Destroy()                     {}
func (r dataHeaderRenderer) Layout(fyne.Size)             { r.header.place() }
func (r dataHeaderRenderer) MinSize() fyne.Size           { return fyne.NewSize(64, tableHeaderHeight) }
func (r dataHeaderRenderer) Objects() []fyne.CanvasObject { return r.header.list }
func (r dataHeaderRenderer) Refresh() {
	r.header.place()
	canvas.Refresh(r.header)
}
