package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"signbench/ui/theme"
)

// splitWidth is the part of a SplitButton that opens the menu.
const splitWidth float32 = 28

// SplitButton is a primary button with a menu of variants: pressed it does the
// usual thing; its right end, Down and Alt+Down open the menu.
type SplitButton struct {
	Button
	Menu []MenuItem

	line *canvas.Rectangle
	down *icon
}

var _ fyne.Shortcutable = (*SplitButton)(nil)

// NewSplitButton makes a SplitButton.
func NewSplitButton(label string, onTap func(), menu []MenuItem) *SplitButton {
	s := &SplitButton{Menu: menu, line: newBox(), down: newIcon()}
	s.init(s, label, lookPrimary, onTap)
	s.paintSplit()
	return s
}

// OpenMenu opens the menu below the button.
func (s *SplitButton) OpenMenu() {
	if !s.Disabled() {
		ShowMenu(s, s.Menu)
	}
}

// Tapped implements fyne.Tappable.
func (s *SplitButton) Tapped(ev *fyne.PointEvent) {
	if ev != nil && ev.Position.X >= s.Size().Width-splitWidth {
		s.OpenMenu()
		return
	}
	s.Button.Tapped(ev)
}

// TypedKey implements fyne.Focusable.
func (s *SplitButton) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyDown {
		s.OpenMenu()
		return
	}
	s.Button.TypedKey(ev)
}

// TypedShortcut implements fyne.Shortcutable for Alt+Down.
func (s *SplitButton) TypedShortcut(sc fyne.Shortcut) {
	if isKey(sc, fyne.KeyDown, fyne.KeyModifierAlt) {
		s.OpenMenu()
		return
	}
	forwardShortcut(s, sc)
}

func (s *SplitButton) paintSplit() {
	s.paint()
	fore, _, _ := s.colours()
	s.line.FillColor = ink(s, fore)
	s.down.set(s, theme.Icon(theme.IconChevronDown).In(fore))
}

func (s *SplitButton) arrangeSplit(size fyne.Size) {
	s.arrange(size.SubtractWidthHeight(splitWidth, 0))
	s.back.Resize(size)
	s.ring.Resize(size.SubtractWidthHeight(6, 6))
	place(s.line, size.Width-splitWidth, 7, 1, size.Height-14)
	place(s.down, size.Width-splitWidth+6, (size.Height-16)/2, 16, 16)
}

// CreateRenderer implements fyne.Widget.
func (s *SplitButton) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: s, layout: s.arrangeSplit, paint: s.paintSplit,
		objects: []fyne.CanvasObject{s.back, s.text, s.line, s.down.Image, s.ring},
		min: func() fyne.Size {
			w := min(s.natural+2*s.pad(), maxButtonWidth)
			return fyne.NewSize(w+splitWidth, s.height())
		},
	})
}
