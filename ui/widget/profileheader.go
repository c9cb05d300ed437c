package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// ProfileHeader says which profile the page is about and how it stands with it.
type ProfileHeader struct {
	fynewidget.BaseWidget
	Pill *Pill

	name     *Text
	kind     *Text
	endpoint *Text
}

// NewProfileHeader makes a ProfileHeader.
func NewProfileHeader() *ProfileHeader {
	h := &ProfileHeader{Pill: NewPill(), name: Heading(""), kind: Muted(""), endpoint: Muted("")}
	h.ExtendBaseWidget(h)
	h.Pill.changed = h.Refresh
	return h
}

// Set shows a profile: its name, its kind ("Logto") and its endpoint.
func (h *ProfileHeader) Set(name, kind, endpoint string) {
	h.name.Set(name)
	h.kind.Set(kind)
	h.endpoint.Set(endpoint)
	h.Refresh()
}

func (h *ProfileHeader) arrange(s fyne.Size) {
	pill := min(h.Pill.NaturalWidth(), max(s.Width*0.6, h.Pill.MinSize().Width), s.Width)
	place(h.Pill, s.Width-pill, 0, pill, pillHeight)
	place(h.name, 0, 0, s.Width-pill-16, 24)
	kind := min(h.kind.NaturalWidth(), s.Width/2)
	place(h.kind, 0, 24, kind, 20)
	x := kind
	if kind > 0 {
		x += 12
	}
	place(h.endpoint, x, 24, s.Width-pill-16-x, 20)
}

// CreateRenderer implements fyne.Widget.
func (h *ProfileHeader) CreateRenderer() fyne.WidgetRenderer {
	return &parts{
		owner: h, objects: []fyne.CanvasObject{h.name, h.kind, h.endpoint, h.Pill}, layout: h.arrange,
		min: func() fyne.Size { return fyne.NewSize(320, 44) },
	}
}
