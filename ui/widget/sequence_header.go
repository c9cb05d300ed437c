package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

const (
	sequenceHeaderHeight = 56
	sequenceBoxTop       = 12
	sequenceBoxHeight    = 30
)

func sequenceActorFace() *dataFace { return dataFaceFor(textSize(), dataTextBold) }

// sequenceHeader stands above the rows: a box per actor and the beginning of each
// lifeline.
type sequenceHeader struct {
	fynewidget.BaseWidget
	seq      *Sequence
	back     *canvas.Rectangle
	edge     *canvas.Rectangle
	boxes    []*canvas.Rectangle
	stems    []*canvas.Rectangle
	texts    []*canvas.Text
	list     []fyne.CanvasObject
	scrolled bool
}

func newSequenceHeader(s *Sequence) *sequenceHeader {
	h := &sequenceHeader{seq: s, back: canvas.NewRectangle(color.Transparent), edge: canvas.NewRectangle(color.Transparent)}
	h.ExtendBaseWidget(h)
	h.list = []fyne.CanvasObject{h.back, h.edge}
	return h
}

// setScrolled draws an edge when there are rows under the header.
func (h *sequenceHeader) setScrolled(on bool) {
	if h.scrolled != on {
		h.scrolled = on
		h.edgeFill()
	}
}

func (h *sequenceHeader) edgeFill() {
	var c color.Color
	if h.scrolled {
		c = dataColor(theme.ColorBorder)
	}
	dataSetFill(h.edge, c)
}

// grow makes as many boxes as there are actors; those that are too many are hidden.
func (h *sequenceHeader) grow(n int) {
	for len(h.boxes) < n {
		box, stem := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
		box.CornerRadius, box.StrokeWidth = theme.Radius, 1
		text := newLine()
		h.boxes, h.stems, h.texts = append(h.boxes, box), append(h.stems, stem), append(h.texts, text)
		h.list = append(h.list, stem, box, text)
	}
}

func (h *sequenceHeader) arrange() {
	s, size := h.seq, h.Size()
	h.grow(len(s.actors))
	dataSetFill(h.back, dataColor(theme.ColorSurface))
	dataPut(h.back, 0, 0, size.Width, size.Height)
	h.edgeFill()
	dataPut(h.edge, 0, size.Height-1, size.Width, 1)
	face := sequenceActorFace()
	border, surface := dataColor(theme.ColorBorder), dataColor(theme.ColorSurface)
	for i, box := range h.boxes {
		if i >= len(s.actors) {
			box.Hide()
			h.stems[i].Hide()
			h.texts[i].Hide()
			continue
		}
		x := s.geo.centre(i)
		box.Show()
		h.texts[i].Show()
		box.StrokeColor = border
		dataSetFill(box, surface)
		box.Refresh()
		dataPut(box, x-s.geo.box/2, sequenceBoxTop, s.geo.box, sequenceBoxHeight)
		dataSetFill(h.stems[i], border)
		dataPut(h.stems[i], x, sequenceBoxTop+sequenceBoxHeight, 1, size.Height-sequenceBoxTop-sequenceBoxHeight)
		shown, _ := face.fit(s.actors[i].Label, s.geo.box-2*4)
		dataSetText(h.texts[i], onBaseline(shown), dataColor(fynetheme.ColorNameForeground), face.size, face.style)
		w := face.width(shown)
		dataPut(h.texts[i], x-w/2, sequenceBoxTop+(sequenceBoxHeight-face.height)/2, w, face.height)
	}
}

// CreateRenderer implements fyne.Widget.
func (h *sequenceHeader) CreateRenderer() fyne.WidgetRenderer { return sequenceHeaderRenderer{h} }

type sequenceHeaderRenderer struct{ header *sequenceHeader }

func (r sequenceHeaderRenderer) Destroy()                     {}
func (r sequenceHeaderRenderer) Layout(fyne.Size)             { r.header.arrange() }
func (r sequenceHeaderRenderer) MinSize() fyne.Size           { return fyne.NewSize(64, sequenceHeaderHeight) }
func (r sequenceHeaderRenderer) Objects() []fyne.CanvasObject { return r.header.list }
func (r sequenceHeaderRenderer) Refresh() {
	r.header.arrange()
	canvas.Refresh(r.header)
}
