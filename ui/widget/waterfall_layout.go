package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"signbench/ui/theme"
)

const (
	waterfallRowHeight  = 28
	waterfallScaleHigh  = 28 // the axis with its ticks
	waterfallLineHigh   = 48 // the numbers below
	waterfallLabelLeast = 144
	waterfallLabelMost  = 300
	waterfallLabelPart  = 0.36
	waterfallEdge       = 16 // right of the axis
	waterfallInset      = 12
)

// CreateRenderer implements fyne.Widget.
func (w *Waterfall) CreateRenderer() fyne.WidgetRenderer {
	return &waterfallRenderer{w, []fyne.CanvasObject{w.back, w.scale, w.legend, w.body, w.line}}
}

type waterfallRenderer struct {
	fall *Waterfall
	list []fyne.CanvasObject
}

func (r *waterfallRenderer) Destroy()                     {}
func (r *waterfallRenderer) Objects() []fyne.CanvasObject { return r.list }

func (r *waterfallRenderer) MinSize() fyne.Size {
	w := r.fall
	h := w.legend.heightAt(max(320, w.width)) + waterfallScaleHigh + waterfallLineHigh
	return fyne.NewSize(320, h+w.body.MinSize().Height)
}

func (r *waterfallRenderer) Layout(size fyne.Size) {
	w := r.fall
	follow := w.end.follow
	w.measure(size.Width)
	dataSetFill(w.back, dataColor(theme.ColorSurface))
	dataPut(w.back, 0, 0, size.Width, size.Height)
	top := w.legend.heightAt(size.Width)
	dataPut(w.legend, 0, 0, size.Width, top)
	w.legend.arrange()
	bottom := max(top+waterfallScaleHigh, size.Height-waterfallLineHigh)
	dataPut(w.scale, 0, top, size.Width, bottom-top)
	w.scale.arrange()
	top += waterfallScaleHigh
	w.body.content.stale = true
	dataPut(w.body, 0, top, size.Width, bottom-top)
	w.body.content.sync()
	dataPut(w.line, 0, bottom, size.Width, waterfallLineHigh)
	w.line.tell()
	w.end.follow = follow // a view that grew or shrank was not scrolled by anybody
	w.end.keep()
	w.end.notice()
}

func (r *waterfallRenderer) Refresh() {
	r.Layout(r.fall.Size())
	r.fall.body.Refresh()
	canvas.Refresh(r.fall)
}

// waterfallPart is the renderer of what stands around the rows: none of it takes
// the pointer or the keys.
type waterfallPart struct {
	owner   fyne.CanvasObject
	list    *[]fyne.CanvasObject
	arrange func()
}

func (p waterfallPart) Destroy()                     {}
func (p waterfallPart) Layout(fyne.Size)             { p.arrange() }
func (p waterfallPart) MinSize() fyne.Size           { return fyne.NewSize(64, 20) }
func (p waterfallPart) Objects() []fyne.CanvasObject { return *p.list }
func (p waterfallPart) Refresh() {
	p.arrange()
	canvas.Refresh(p.owner)
}
