package widget

import (
	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

// Option is one choice of a SelectField.
type Option struct{ ID, Label string }

// SelectField is a drop-down: one of a few.
type SelectField struct {
	Button
	OnChosen func(id string)

	options []Option
	chosen  string
	down    *icon
}

// NewSelectField makes a SelectField.
func NewSelectField(options []Option, onChosen func(id string)) *SelectField {
	s := &SelectField{OnChosen: onChosen, options: options, down: newIcon()}
	s.init(s, "", lookPlain, s.open)
	s.leading = true
	return s
}

// SetOptions replaces the choices.
func (s *SelectField) SetOptions(options []Option) {
	s.options = options
	s.SetChosenID(s.chosen)
}

// SetChosenID chooses without a callback.
func (s *SelectField) SetChosenID(id string) {
	s.chosen = id
	for _, o := range s.options {
		if o.ID == id {
			s.SetLabel(o.Label)
			return
		}
	}
	s.SetLabel("")
}

// ChosenID is the choice.
func (s *SelectField) ChosenID() string { return s.chosen }

func (s *SelectField) choose(id string) {
	if id == s.chosen {
		return
	}
	s.SetChosenID(id)
	if s.OnChosen != nil {
		s.OnChosen(id)
	}
}

func (s *SelectField) open() {
	items := make([]MenuItem, len(s.options))
	for i, o := range s.options {
		items[i] = MenuItem{Label: o.Label, Checked: o.ID == s.chosen, OnTap: func() { s.choose(o.ID) }}
	}
	ShowMenu(s, items)
}

// TypedKey implements fyne.Focusable: Down opens, as in a menu.
func (s *SelectField) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyDown {
		s.Tapped(nil)
		return
	}
	s.Button.TypedKey(ev)
}

// TypedShortcut implements fyne.Shortcutable for Alt+Down.
func (s *SelectField) TypedShortcut(sc fyne.Shortcut) {
	if isKey(sc, fyne.KeyDown, fyne.KeyModifierAlt) {
		s.Tapped(nil)
		return
	}
	forwardShortcut(s, sc)
}

// CreateRenderer implements fyne.Widget.
func (s *SelectField) CreateRenderer() fyne.WidgetRenderer {
	return painted(&parts{
		owner: s, objects: []fyne.CanvasObject{s.back, s.text, s.down.Image, s.ring},
		layout: func(size fyne.Size) {
			s.arrange(size.SubtractWidthHeight(20, 0))
			s.back.Resize(size)
			s.ring.Resize(size)
			place(s.down, size.Width-24, (size.Height-16)/2, 16, 16)
		},
		paint: func() {
			s.paint()
			if !s.Disabled() {
				s.back.StrokeColor = ink(s, theme.ColorOutline)
			}
			s.down.set(s, theme.Icon(theme.IconChevronDown).In(theme.ColorMuted))
		},
		min: func() fyne.Size { return fyne.NewSize(120, theme.ControlHeight) },
	})
}
