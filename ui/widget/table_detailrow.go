package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"signbench/ui/theme"
)

// detailRow is one recycled line of a TableDetail.
type detailRow struct {
	detail *TableDetail
	back   *canvas.Rectangle
	edge   *canvas.Rectangle
	title  *canvas.Text
	text   *canvas.Text
	copy   *dataLink
	list   []fyne.CanvasObject
	field  int
	y      float32
	width  float32
}

func newDetailRow(d *TableDetail) *detailRow {
	r := &detailRow{detail: d, back: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil)}
	r.title, r.text = canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
	r.copy = newDataLink(d.copyWord, func() { d.copyField(r.field) })
	r.list = []fyne.CanvasObject{r.back, r.edge, r.title, r.text, r.copy}
	return r
}

func (r *detailRow) objects() []fyne.CanvasObject { return r.list }

func (r *detailRow) place(y, width float32) {
	r.y, r.width = y, width
	dataPut(r.back, -4, y, width+8, codeRowHeight)
	dataPut(r.edge, -4, y, 2, codeRowHeight)
}

func (r *detailRow) bind(index int, state dataState) {
	d := r.detail
	if index < 0 || index >= len(d.lines) {
		return
	}
	state.hovered = false // lines of one value are no separate things to point at
	dataPaintState(r.back, r.edge, state)
	line := d.lines[index]
	r.field = line.field
	field := d.fields[line.field]
	head := dataFaceFor(dataSize(theme.SizeCaption), dataTextBold)
	title := ""
	if line.first {
		title, _ = head.fit(field.Title, d.title)
	}
	dataSetText(r.title, title, dataColor(theme.ColorMuted), head.size, head.style)
	dataPut(r.title, 0, r.y, d.title, codeRowHeight)
	face := field.face()
	dataSetText(r.text, line.text, dataColor(field.Tone.name()), face.size, face.style)
	dataPut(r.text, d.title+tableGap, r.y, max(0, d.textWidth(d.width)), codeRowHeight)
	if !line.first || d.copyWord == "" {
		r.copy.Hide()
		return
	}
	w := d.copyWidth()
	dataPut(r.copy, r.width-w, r.y-2, w, dataLinkHeight)
	r.copy.Show()
	r.copy.Refresh()
}
