package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

var (
	_ fyne.Focusable     = (*dataLink)(nil)
	_ fyne.Tappable      = (*dataLink)(nil)
	_ desktop.Hoverable  = (*dataLink)(nil)
	_ desktop.Cursorable = (*dataLink)(nil)
)

// dataLink is an action as a word, inside a data widget where a button would be
// louder than the data.
type dataLink struct {
	fynewidget.BaseWidget
	touch
	text *canvas.Text
	back *canvas.Rectangle
	tap  func()
}

const (
	dataLinkHeight = 22
	dataLinkInset  = 6
)

func newDataLink(text string, tap func()) *dataLink {
	l := &dataLink{text: canvas.NewText(text, color.Transparent), back: canvas.NewRectangle(nil), tap: tap}
	l.owner, l.back.CornerRadius = l, 4
	l.ExtendBaseWidget(l)
	return l
}

func (l *dataLink) say(text string) {
	if l.text.Text != text {
		l.text.Text = text
		l.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (l *dataLink) Tapped(*fyne.PointEvent) {
	if l.tap != nil {
		l.tap()
	}
}

// Cursor implements desktop.Cursorable.
func (l *dataLink) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (l *dataLink) CreateRenderer() fyne.WidgetRenderer {
	r := &dataLinkRenderer{l, []fyne.CanvasObject{l.back, l.text}}
	r.paint()
	return r
}

type dataLinkRenderer struct {
	link *dataLink
	list []fyne.CanvasObject
}

func (r *dataLinkRenderer) Destroy()                     {}
func (r *dataLinkRenderer) Objects() []fyne.CanvasObject { return r.list }

func (r *dataLinkRenderer) face() *dataFace {
	return dataFaceFor(dataSize(theme.SizeCaption), dataTextBold)
}

func (r *dataLinkRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.face().width(r.link.text.Text)+2*dataLinkInset, dataLinkHeight)
}

func (r *dataLinkRenderer) Layout(size fyne.Size) {
	dataPut(r.link.back, 0, 1, size.Width, size.Height-2)
	dataPut(r.link.text, dataLinkInset, 0, size.Width-2*dataLinkInset, size.Height)
}

func (r *dataLinkRenderer) paint() {
	l, face := r.link, r.face()
	l.text.Color, l.text.TextSize, l.text.TextStyle = dataColor(theme.ColorAccent), face.size, face.style
	l.back.FillColor, l.back.StrokeWidth = color.Transparent, 0
	if l.hovered {
		l.back.FillColor = dataColor(theme.ColorSelected)
	}
	if l.focused {
		l.back.StrokeWidth, l.back.StrokeColor = 1, dataColor(theme.ColorAccent)
	}
}

func (r *dataLinkRenderer) Refresh() {
	r.paint()
	r.Layout(r.link.Size())
	canvas.Refresh(r.link)
}

// dataGate is a line with a sentence and its links, under what was cut.
type dataGate struct {
	fynewidget.BaseWidget
	text  *canvas.Text
	full  string
	links []*dataLink
}

const dataGateHeight = 30

func newDataGate(links ...*dataLink) *dataGate {
	g := &dataGate{text: canvas.NewText("", color.Transparent)}
	for _, l := range links {
		if l.text.Text != "" {
			g.links = append(g.links, l)
		}
	}
	g.ExtendBaseWidget(g)
	return g
}

func (g *dataGate) say(text string) {
	if g.full != text {
		g.full = text
		g.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (g *dataGate) CreateRenderer() fyne.WidgetRenderer {
	r := &dataGateRenderer{gate: g, list: []fyne.CanvasObject{g.text}}
	for _, l := range g.links {
		r.list = append(r.list, l)
	}
	return r
}

type dataGateRenderer struct {
	gate *dataGate
	list []fyne.CanvasObject
}

func (r *dataGateRenderer) Destroy()                     {}
func (r *dataGateRenderer) Objects() []fyne.CanvasObject { return r.list }
func (r *dataGateRenderer) MinSize() fyne.Size           { return fyne.NewSize(64, dataGateHeight) }

func (r *dataGateRenderer) Layout(size fyne.Size) {
	x := size.Width
	for i := len(r.gate.links) - 1; i >= 0; i-- {
		l := r.gate.links[i]
		w := l.MinSize().Width
		x -= w
		dataPut(l, x, (size.Height-dataLinkHeight)/2, w, dataLinkHeight)
		x -= 4
	}
	face := dataFaceFor(dataSize(theme.SizeCaption), fyne.TextStyle{})
	shown, _ := face.fit(r.gate.full, max(0, x))
	dataSetText(r.gate.text, shown, dataColor(theme.ColorMuted), face.size, face.style)
	dataPut(r.gate.text, 0, 0, max(0, x), size.Height)
}

func (r *dataGateRenderer) Refresh() {
	for _, l := range r.gate.links {
		l.Refresh()
	}
	r.Layout(r.gate.Size())
	canvas.Refresh(r.gate)
}
