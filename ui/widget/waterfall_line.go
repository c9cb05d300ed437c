package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// waterfallLine stands below the rows: the whole name of one row, and its numbers.
type waterfallLine struct {
	fynewidget.BaseWidget
	fall  *Waterfall
	edge  *canvas.Rectangle
	label *canvas.Text
	text  *canvas.Text
	list  []fyne.CanvasObject
}

func newWaterfallLine(w *Waterfall) *waterfallLine {
	l := &waterfallLine{fall: w, edge: newBox(), label: newLine(), text: newLine()}
	l.ExtendBaseWidget(l)
	l.list = []fyne.CanvasObject{l.edge, l.label, l.text}
	return l
}

// tell shows the row under the pointer, or else the selected one.
func (l *waterfallLine) tell() {
	w, size := l.fall, l.Size()
	dataSetFill(l.edge, dataColor(theme.ColorBorder))
	dataPut(l.edge, 0, 0, size.Width, 1)
	row := w.pointed
	if row < 0 || row >= w.Len() {
		row = w.body.selected
	}
	bold, plain := dataFaceFor(dataSize(theme.SizeStep), dataTextBold), sequenceCaptionFace()
	name, numbers, middle := "", w.model.Labels.Hint, size.Height/2
	if row >= 0 {
		name, numbers, middle = w.Row(row).Label, w.Numbers(row), size.Height-16
	}
	room := max(0, size.Width-2*waterfallInset)
	shown, _ := bold.fitMiddle(name, room)
	dataSetText(l.label, onBaseline(shown), dataColor(fynetheme.ColorNameForeground), bold.size, bold.style)
	dataPut(l.label, waterfallInset, 16-bold.height/2, room, bold.height)
	shown, _ = plain.fit(numbers, room)
	dataSetText(l.text, onBaseline(shown), dataColor(theme.ColorMuted), plain.size, plain.style)
	dataPut(l.text, waterfallInset, middle-plain.height/2, room, plain.height)
}

// CreateRenderer implements fyne.Widget.
func (l *waterfallLine) CreateRenderer() fyne.WidgetRenderer {
	return waterfallPart{l, &l.list, l.tell}
}
