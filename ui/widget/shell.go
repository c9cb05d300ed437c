package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// Shell is the frame of the window: sidebar, banner, header and the page below it.
// In a narrow window it collapses the sidebar.
type Shell struct {
	fynewidget.BaseWidget
	Sidebar *Sidebar
	Banner  *Banner
	Header  *Header
	Toast   *Toast

	page                fyne.CanvasObject
	back, surface, rule *canvas.Rectangle
}

// NewShell makes the frame around a sidebar and a header.
func NewShell(s *Sidebar, h *Header) *Shell {
	w := &Shell{
		Sidebar: s, Banner: NewBanner(), Header: h, Toast: NewToast(),
		back: newBox(), surface: newBox(), rule: newBox(),
	}
	w.ExtendBaseWidget(w)
	return w
}

// SetPage shows a page.
func (w *Shell) SetPage(page fyne.CanvasObject) {
	if page != w.page {
		w.page = page
		w.Refresh()
	}
}

// Page is what is shown.
func (w *Shell) Page() fyne.CanvasObject { return w.page }

func (w *Shell) paint() {
	w.back.FillColor = ink(w, fynetheme.ColorNameBackground)
	w.surface.FillColor, w.rule.FillColor = ink(w, theme.ColorSurface), ink(w, theme.ColorBorder)
}

func (w *Shell) list() []fyne.CanvasObject {
	out := []fyne.CanvasObject{w.back, w.surface, w.rule, w.Sidebar, w.Banner, w.Header}
	if w.page != nil {
		out = append(out, w.page)
	}
	return append(out, w.Toast)
}

func (w *Shell) arrange(s fyne.Size) {
	w.Sidebar.SetNarrow(s.Width < theme.NarrowWindow)
	x := w.Sidebar.Width()
	place(w.Sidebar, 0, 0, x, s.Height)
	place(w.back, x, 0, s.Width-x, s.Height)
	y := float32(0)
	for _, o := range []fyne.CanvasObject{w.Banner, w.Header} {
		if !o.Visible() {
			continue
		}
		if o.Size().Width != s.Width-x {
			o.Resize(fyne.NewSize(s.Width-x, o.MinSize().Height))
		}
		h := o.MinSize().Height
		place(o, x, y, s.Width-x, h)
		y += h
	}
	place(w.rule, x, y, s.Width-x, 1)
	place(w.surface, x, y+1, s.Width-x, s.Height-y-1)
	if w.page != nil {
		place(w.page, x, y+1, s.Width-x, s.Height-y-1)
	}
	place(w.Toast, x, 0, s.Width-x, s.Height)
}

// CreateRenderer implements fyne.Widget.
func (w *Shell) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: w, list: w.list, layout: w.arrange, paint: w.paint,
		min: func() fyne.Size { return fyne.NewSize(theme.MinimumWidth, theme.MinimumHeight) },
	})
}

// Header is the upper part of every page: the profile, the verdict, the buttons
// and the steps.
type Header struct {
	fynewidget.BaseWidget
	Profile *ProfileHeader
	Verdict *VerdictBar
	Rail    *StepRail

	buttons []fyne.CanvasObject
	width   float32
}

// NewHeader makes a Header with its buttons, from left to right.
func NewHeader(buttons ...fyne.CanvasObject) *Header {
	h := &Header{Profile: NewProfileHeader(), Verdict: NewVerdictBar(), Rail: NewStepRail(), buttons: buttons}
	h.ExtendBaseWidget(h)
	return h
}

func (h *Header) arrange(s fyne.Size) {
	h.width = s.Width
	x, w, y := theme.PageMargin, s.Width-2*theme.PageMargin, float32(4*theme.Grid)
	place(h.Profile, x, y, w, 44)
	y += 44 + 3*theme.Grid
	if h.Verdict.Visible() {
		if h.Verdict.Size().Width != w {
			h.Verdict.Resize(fyne.NewSize(w, h.Verdict.MinSize().Height))
		}
		v := h.Verdict.MinSize().Height
		place(h.Verdict, x, y, w, v)
		y += v + 3*theme.Grid
	}
	at := x
	each(h.buttons, func(o fyne.CanvasObject, _ int) {
		b := o.MinSize().Width
		place(o, at, y, b, theme.ControlHeight)
		at += b + 2*theme.Grid
	})
	at += 4 * theme.Grid
	place(h.Rail, at, y-1, x+w-at, theme.ControlHeight+2)
}

// CreateRenderer implements fyne.Widget.
func (h *Header) CreateRenderer() fyne.WidgetRenderer {
	objects := append([]fyne.CanvasObject{h.Profile, h.Verdict}, h.buttons...)
	return &parts{
		owner: h, objects: append(objects, h.Rail), layout: h.arrange,
		min: func() fyne.Size {
			height := float32(4*theme.Grid) + 44 + 3*theme.Grid + theme.ControlHeight + 3*theme.Grid
			if h.Verdict.Visible() {
				height += h.Verdict.MinSize().Height + 3*theme.Grid
			}
			return fyne.NewSize(theme.MinimumWidth-theme.SidebarNarrow, height)
		},
	}
}
