package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"signbench/ui/theme"
)

// codeBoxInset is between the box's edge and the rows.
const codeBoxInset = 4

// CreateRenderer implements fyne.Widget.
func (v *CodeView) CreateRenderer() fyne.WidgetRenderer {
	return &codeViewRenderer{view: v, list: []fyne.CanvasObject{v.box, v.body, v.gate}}
}

type codeViewRenderer struct {
	view *CodeView
	list []fyne.CanvasObject
}

func (r *codeViewRenderer) Destroy()                     {}
func (r *codeViewRenderer) Objects() []fyne.CanvasObject { return r.list }

func (r *codeViewRenderer) Layout(size fyne.Size) {
	v := r.view
	v.rewrap()
	foot := float32(0)
	if !v.gate.Hidden {
		foot = dataGateHeight
	}
	dataPut(v.box, 0, 0, size.Width, size.Height)
	dataPut(v.body, codeBoxInset, codeBoxInset, max(0, size.Width-2*codeBoxInset), max(0, size.Height-foot-2*codeBoxInset))
	dataPut(v.gate, codeBoxInset+codeInset, size.Height-foot, max(0, size.Width-2*codeBoxInset-2*codeInset), foot)
}

func (r *codeViewRenderer) MinSize() fyne.Size {
	v := r.view
	h := float32(v.body.minRows)*codeRowHeight + 2*codeBoxInset
	if !v.gate.Hidden {
		h += dataGateHeight
	}
	return fyne.NewSize(160, h)
}

func (r *codeViewRenderer) Refresh() {
	v := r.view
	v.box.FillColor = dataColor(theme.ColorSunken)
	v.box.CornerRadius = theme.Radius
	v.box.Refresh()
	r.Layout(v.Size())
	v.body.Refresh()
	v.gate.Refresh()
	canvas.Refresh(v)
}
