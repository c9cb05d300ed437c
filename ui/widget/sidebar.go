package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// SidebarWords are the sentences of a Sidebar.
type SidebarWords struct {
	Brand      string // "Signbench"
	Profiles   string // "PROFILES"
	NewProfile string // "New profile"
	Bench      string // "BENCH"
}

// Sidebar is the left edge of the window: the profiles, the pages of the bench, and
// at the bottom what is about the window itself.
type Sidebar struct {
	fynewidget.BaseWidget
	Profiles   *NavList
	NewProfile *Button
	Bench      *NavList
	Footer     *NavList

	words             SidebarWords
	narrow            bool
	brand             *Text
	back, edge, badge *canvas.Rectangle
	mark              *icon
}

// NewSidebar makes a Sidebar; fill its lists with SetItems.
func NewSidebar(words SidebarWords) *Sidebar {
	s := &Sidebar{
		words: words, Profiles: NewNavList(words.Profiles), Bench: NewNavList(words.Bench), Footer: NewNavList(""),
		brand: newText(words.Brand, theme.SizeBrand, fyne.TextStyle{Bold: true}, fynetheme.ColorNameForeground, 24),
		back:  newBox(), edge: newBox(), badge: newBox(), mark: newIcon(),
	}
	s.NewProfile = NewQuiet(words.NewProfile, nil).SetIcon(theme.IconPlus)
	s.NewProfile.leading = true
	s.Footer.quiet = true
	s.ExtendBaseWidget(s)
	return s
}

// SetNarrow collapses the sidebar to icons.
func (s *Sidebar) SetNarrow(on bool) {
	if on == s.narrow {
		return
	}
	s.narrow = on
	for _, l := range []*NavList{s.Profiles, s.Bench, s.Footer} {
		l.SetNarrow(on)
	}
	s.NewProfile.leading = !on
	label := s.words.NewProfile
	if on {
		label = ""
	}
	s.NewProfile.SetLabel(label)
	s.Refresh()
}

// Narrow tells whether the sidebar is collapsed.
func (s *Sidebar) Narrow() bool { return s.narrow }

// Width is what the sidebar takes of the window.
func (s *Sidebar) Width() float32 {
	if s.narrow {
		return theme.SidebarNarrow
	}
	return theme.SidebarWidth
}

func (s *Sidebar) paint() {
	s.back.FillColor, s.edge.FillColor = ink(s, theme.ColorSunken), ink(s, theme.ColorBorder)
	s.badge.FillColor, s.badge.CornerRadius = ink(s, theme.ColorAccent), 5
	s.mark.set(s, theme.Icon(theme.IconMark).In(theme.ColorOnAccent))
	s.brand.Hidden = s.narrow
}

func (s *Sidebar) arrange(size fyne.Size) {
	place(s.back, 0, 0, size.Width, size.Height)
	place(s.edge, size.Width-1, 0, 1, size.Height)
	x := float32(16)
	if s.narrow {
		x = (size.Width - 1 - 20) / 2
	}
	place(s.badge, x, 16, 20, 20)
	place(s.mark, x+3, 19, 14, 14)
	place(s.brand, 44, 14, size.Width-60, 24)

	w := size.Width - 1
	footer := s.Footer.Fill()
	bottom := size.Height - 16 - footer
	place(s.Footer, 0, bottom, w, footer)

	// The bench is always whole; the profiles scroll in what is left.
	bench := s.Bench.Fill()
	room := bottom - 52 - navPitch - bench
	profiles := min(s.Profiles.Fill(), max(room, s.Profiles.MinSize().Height))
	place(s.Profiles, 0, 52, w, profiles)
	y := 52 + profiles
	place(s.NewProfile, navInset, y, w-2*navInset, theme.RowHeight)
	place(s.Bench, 0, y+theme.RowHeight, w, bench)
}

// CreateRenderer implements fyne.Widget.
func (s *Sidebar) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: s, layout: s.arrange, paint: s.paint,
		objects: []fyne.CanvasObject{s.back, s.edge, s.badge, s.mark.Image, s.brand, s.Profiles, s.NewProfile, s.Bench, s.Footer},
		min:     func() fyne.Size { return fyne.NewSize(s.Width(), 320) },
	})
}
