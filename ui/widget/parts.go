package widget

import (
	"image/color"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
)

// parts is the renderer of every widget here. The widget owns its canvas objects,
// because a renderer may be thrown away and made anew while a widget is hidden.
type parts struct {
	owner   fyne.Widget
	objects []fyne.CanvasObject
	list    func() []fyne.CanvasObject // instead of objects where their number changes
	layout  func(fyne.Size)
	min     func() fyne.Size
	paint   func()
}

var _ fyne.WidgetRenderer = (*parts)(nil)

// painted finishes a renderer: an object has its colours before it is first seen.
func painted(p *parts) *parts {
	if p.paint != nil {
		p.paint()
	}
	return p
}

// Destroy implements fyne.WidgetRenderer.
func (p *parts) Destroy() {}

// Layout implements fyne.WidgetRenderer.
func (p *parts) Layout(s fyne.Size) { p.layout(s) }

// MinSize implements fyne.WidgetRenderer.
func (p *parts) MinSize() fyne.Size { return p.min() }

// Objects implements fyne.WidgetRenderer.
func (p *parts) Objects() []fyne.CanvasObject {
	if p.list != nil {
		return p.list()
	}
	return p.objects
}

// Refresh implements fyne.WidgetRenderer.
func (p *parts) Refresh() {
	if p.paint != nil {
		p.paint()
	}
	p.layout(p.owner.Size())
	canvas.Refresh(p.owner)
}

// ink is a colour of the theme that holds for w.
func ink(w fyne.Widget, name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return fynetheme.ColorForWidget(name, w)
}

// place moves and sizes in one go.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(w, 0), max(h, 0)))
}

// centred puts a line of text in the middle of a box of the given height.
func centred(t *canvas.Text, x, y, w, h float32) {
	th := t.MinSize().Height
	place(t, x, y+(h-th)/2, w, th)
}

// pressed tells whether a key presses what has the focus.
func pressed(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeySpace || ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter
}

// setLine gives a line of text its looks.
func setLine(t *canvas.Text, size float32, bold bool, c color.Color) {
	t.TextSize, t.TextStyle.Bold, t.Color = size, bold, c
}

// newBox is a rectangle that is not seen until it is painted: Fyne's painters take
// no nil for a colour.
func newBox() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }

// newLine is an empty line of text.
func newLine() *canvas.Text { return canvas.NewText("", color.Transparent) }

// onBaseline makes text of another script stand on the line with its neighbours.
// Fyne takes the baseline from the font of the first character; Chinese and Thai
// fonts have theirs lower, and lose their lowest pixels. So the text begins with a
// space of no width, which is in the font of the theme.
func onBaseline(s string) string {
	if r, _ := utf8.DecodeRuneInString(s); r < 0x0590 || r == utf8.RuneError {
		return s
	}
	return baselineMark + s
}

const baselineMark = "\u200b"
