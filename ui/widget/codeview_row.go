package widget

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"signbench/ui/theme"
)

const (
	codeRowHeight = 18
	codeInset     = 8
	codeGutterGap = 12
	codeMarkMax   = 8 // highlighted matches per row
	codeContinues = "↳"
)

// codeRowView is one recycled row: number, coloured texts, highlights.
type codeRowView struct {
	view   *CodeView
	back   *canvas.Rectangle
	edge   *canvas.Rectangle
	number *canvas.Text
	marks  [codeMarkMax]*canvas.Rectangle
	texts  [codeSpanMax]*canvas.Text
	list   []fyne.CanvasObject
	y      float32
}

func newCodeRowView(v *CodeView) *codeRowView {
	r := &codeRowView{view: v, back: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil)}
	r.number = canvas.NewText("", color.Transparent)
	r.list = []fyne.CanvasObject{r.back, r.edge, r.number}
	for i := range r.marks {
		r.marks[i] = canvas.NewRectangle(nil)
		r.marks[i].CornerRadius = 2
		r.list = append(r.list, r.marks[i])
	}
	for i := range r.texts {
		r.texts[i] = canvas.NewText("", color.Transparent)
		r.list = append(r.list, r.texts[i])
	}
	return r
}

func (r *codeRowView) objects() []fyne.CanvasObject { return r.list }

func (r *codeRowView) place(y, width float32) {
	r.y = y
	dataPut(r.back, 0, y, width, codeRowHeight)
	dataPut(r.edge, 0, y, 2, codeRowHeight)
}

func (r *codeRowView) bind(index int, state dataState) {
	v := r.view
	if index < 0 || index >= v.model.Len() {
		return
	}
	face := v.face()
	dataPaintState(r.back, r.edge, state)
	row := v.model.rows[index]
	number := strconv.Itoa(int(row.line))
	if row.flags&codeContinued != 0 {
		number = codeContinues
	}
	dataSetText(r.number, number, dataColor(theme.ColorMuted), face.size, face.style)
	dataPut(r.number, codeInset+v.gutter-face.width(number), r.y, v.gutter, codeRowHeight)

	left := codeInset + v.gutter + codeGutterGap
	texts, xs := codeLayers(v.model.spans(index), codeWidth)
	prose := codeProse()
	for i, t := range r.texts {
		if i >= len(texts) {
			dataSetText(t, "", color.Transparent, face.size, face.style)
			t.Hide()
			continue
		}
		in := face
		if texts[i].prose {
			in = prose
		}
		dataSetText(t, texts[i].text, dataColor(texts[i].kind.color()), in.size, in.style)
		dataPut(t, left+xs[i], r.y, in.width(texts[i].text), codeRowHeight)
		t.Show()
	}
	r.mark(index, left)
}

// mark places the highlights of the matches that stand in the row.
func (r *codeRowView) mark(index int, left float32) {
	v := r.view
	row := v.model.rows[index]
	n := 0
	for k := v.firstMatch(row.start); k < len(v.matches) && n < codeMarkMax; k++ {
		m := v.matches[k]
		if m.start >= row.end {
			break
		}
		from, to := max(m.start, row.start), min(m.end, row.end)
		x := codeWidth(codeShown(v.model.text[row.start:from]))
		w := codeWidth(codeShown(v.model.text[from:to]))
		c := dataColor(theme.ColorWarnBackground)
		r.marks[n].StrokeWidth = 0
		if k == v.current {
			r.marks[n].StrokeWidth = 1
			r.marks[n].StrokeColor = dataColor(theme.ColorWarn)
		} else {
			r.marks[n].StrokeColor = dataColor(fynetheme.ColorNameSeparator)
			r.marks[n].StrokeWidth = 1
		}
		dataPut(r.marks[n], left+x, r.y+1, w, codeRowHeight-2)
		r.marks[n].FillColor = c
		r.marks[n].Show()
		r.marks[n].Refresh()
		n++
	}
	for ; n < codeMarkMax; n++ {
		dataSetFill(r.marks[n], nil)
	}
}

// codeProse is the face beside the monospace one, of its size.
func codeProse() *dataFace { return dataFaceFor(dataSize(theme.SizeMono), fyne.TextStyle{}) }

// codeWidth is the width of a piece of a row, each rune in the face it is drawn in.
func codeWidth(text string) float32 {
	mono, prose := dataMono(), codeProse()
	w := float32(0)
	was := false
	for _, r := range text {
		was = dataProse(r) || r == ' ' && was // as the painter joins them
		if was {
			w += prose.advance(r)
		} else {
			w += mono.advance(r)
		}
	}
	return w
}

// codeShown is a short piece of text as it is drawn.
func codeShown(text string) string {
	out := make([]byte, 0, len(text))
	for i, r := range text {
		n := 1
		if r != 0xfffd || len(text) >= i+3 && text[i] == 0xef {
			n = len(string(r))
		}
		if s, _ := dataVisible(r, n, text[i]); s != "" {
			out = append(out, s...)
			continue
		}
		out = append(out, text[i:i+n]...)
	}
	return string(out)
}
