package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// emptyWidth keeps the explanation readable on a wide page.
const emptyWidth float32 = 420

// EmptyPage says what will be here, and offers the one button that fills it.
type EmptyPage struct {
	fynewidget.BaseWidget
	Button *Button

	title   *ProseText
	text    *ProseText
	buttons []fyne.CanvasObject
}

// NewEmptyPage makes an EmptyPage; without a label it has no button.
func NewEmptyPage(title, text, label string, onTap func()) *EmptyPage {
	e := &EmptyPage{Button: NewButton(label, onTap), title: Prose(title).SetLimit(2), text: MutedProse(text)}
	e.title.style = fyne.TextStyle{Bold: true}
	e.Button.Hidden = label == ""
	e.buttons = []fyne.CanvasObject{e.Button}
	e.ExtendBaseWidget(e)
	return e
}

// Or adds a button for another way to fill the page.
func (e *EmptyPage) Or(label string, onTap func()) *EmptyPage {
	e.buttons = append(e.buttons, NewButton(label, onTap))
	return e
}

// Set changes what it says.
func (e *EmptyPage) Set(title, text, label string) {
	e.title.Set(title)
	e.text.Set(text)
	e.Button.SetLabel(label)
	e.Button.Hidden = label == ""
	e.Refresh()
}

func (e *EmptyPage) height(w float32) float32 {
	h := e.title.HeightAt(w) + theme.Grid + e.text.HeightAt(w)
	if !e.Button.Hidden {
		h += 3*theme.Grid + flowInto(e.buttons, 0, 0, w, 2*theme.Grid, false)
	}
	return h
}

func (e *EmptyPage) arrange(s fyne.Size) {
	w := max(0, min(emptyWidth, s.Width-2*theme.PageMargin))
	x := (s.Width - w) / 2
	y := max(theme.PageMargin, (s.Height-e.height(w))*0.4)
	h := e.title.HeightAt(w)
	place(e.title, x, y, w, h)
	y += h + theme.Grid
	h = e.text.HeightAt(w)
	place(e.text, x, y, w, h)
	flowInto(e.buttons, x, y+h+3*theme.Grid, w, 2*theme.Grid, true)
}

// CreateRenderer implements fyne.Widget.
func (e *EmptyPage) CreateRenderer() fyne.WidgetRenderer {
	return &parts{
		owner: e, objects: append([]fyne.CanvasObject{e.title, e.text}, e.buttons...), layout: e.arrange,
		min: func() fyne.Size {
			w := max(0, min(emptyWidth, e.Size().Width-2*theme.PageMargin))
			if w <= 0 {
				w = emptyWidth
			}
			return fyne.NewSize(240, e.height(w)+2*theme.PageMargin)
		},
	}
}
