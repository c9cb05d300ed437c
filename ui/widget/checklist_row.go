package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"signbench/ui/theme"
)

const (
	checkSign = 18 // room for the sign
)

// checkRow is one recycled row: sign, name, what was found, word.
type checkRow struct {
	list  *CheckList
	back  *canvas.Rectangle
	edge  *canvas.Rectangle
	line  *canvas.Rectangle
	sign  *canvas.Text
	name  *canvas.Text
	found *canvas.Text
	word  *canvas.Text
	all   []fyne.CanvasObject
	y     float32
	width float32
}

func newCheckRow(l *CheckList) *checkRow {
	text := func() *canvas.Text { return canvas.NewText("", color.Transparent) }
	r := &checkRow{list: l, sign: text(), name: text(), found: text(), word: text()}
	r.back, r.edge, r.line = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r.all = []fyne.CanvasObject{r.back, r.line, r.edge, r.sign, r.name, r.found, r.word}
	return r
}

// brief is what a row says beside the name: what was found, or in words what is not
// as it should be, or why there is nothing to find.
func (c Check) brief() (string, *dataFace) {
	if c.Found == "" || c.Tone != CellTonePass && c.Sentence != "" {
		return c.Sentence, cellFace(CellPlain)
	}
	return c.Found, dataWire(c.Found)
}

func (r *checkRow) objects() []fyne.CanvasObject { return r.all }

func (r *checkRow) place(y, width float32) {
	r.y, r.width = y, width
	dataPut(r.back, 0, y, width, theme.RowHeight-1)
	dataPut(r.edge, 0, y, 2, theme.RowHeight-1)
	dataPut(r.line, 0, y+theme.RowHeight-1, width, 1)
}

func (r *checkRow) bind(index int, state dataState) {
	c := r.list.check(index)
	dataPaintState(r.back, r.edge, state)
	dataSetFill(r.line, dataColor(theme.ColorBorder))
	tone := dataColor(c.Tone.name())
	plain := cellFace(CellPlain)
	dataSetText(r.sign, c.Sign, tone, plain.size, plain.style)
	dataPut(r.sign, tableInset, r.y, checkSign, theme.RowHeight-1)

	x := float32(tableInset + checkSign)
	room := max(0, r.width-x-tableInset-r.list.word-tableGap)
	nameWidth := max(room*0.45, min(room, 160))
	name, _ := plain.fit(c.Name, nameWidth)
	style := plain.style
	dataSetText(r.name, name, dataColor(CellToneNone.name()), plain.size, style)
	dataPut(r.name, x, r.y, nameWidth, theme.RowHeight-1)

	foundX := x + nameWidth + tableGap
	foundWidth := max(0, room-nameWidth-tableGap)
	words, face := c.brief()
	found := ""
	if foundWidth > 48 {
		found, _ = face.fit(words, foundWidth)
	}
	dataSetText(r.found, found, dataColor(theme.ColorMuted), face.size, face.style)
	dataPut(r.found, foundX, r.y, foundWidth, theme.RowHeight-1)

	word, _ := plain.fit(c.Word, r.list.word+1)
	dataSetText(r.word, word, tone, plain.size, plain.style)
	dataPut(r.word, r.width-tableInset-r.list.word, r.y, r.list.word, theme.RowHeight-1)
}
