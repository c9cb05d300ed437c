package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"signbench/ui/theme"
)

// SecretEntry is a masked entry with a button that reveals and one that copies.
// Fyne refuses to copy out of a masked entry, and cannot know that the copy is to
// be cleared again.
type SecretEntry struct {
	fynewidget.BaseWidget
	Entry  *FieldEntry
	OnCopy func()

	reveal *Button
	copy   *CopyButton
}

// NewSecretEntry makes a SecretEntry with the words of its copy button.
func NewSecretEntry(onChanged func(string), copyLabel, copiedLabel string) *SecretEntry {
	s := &SecretEntry{Entry: &FieldEntry{Limit: EntryLimit}}
	s.Entry.Password = true
	// Keep Fyne from adding its own revealer, which the keyboard cannot reach.
	s.Entry.ActionItem = newBox()
	s.Entry.init(onChanged)
	s.reveal = NewButton("", s.Reveal).SetIcon(theme.IconEye)
	s.copy = NewCopyButton(copyLabel, copiedLabel, s.copied)
	s.copy.compact = false
	s.ExtendBaseWidget(s)
	return s
}

// SetPlaceHolder says where the value is kept while none is shown.
func (s *SecretEntry) SetPlaceHolder(text string) { s.Entry.SetPlaceHolder(text) }

// SetText sets the value.
func (s *SecretEntry) SetText(text string) { s.Entry.SetText(text) }

// Text is the value.
func (s *SecretEntry) Text() string { return s.Entry.Text }

// Reveal shows the value, or masks it again.
func (s *SecretEntry) Reveal() {
	s.Entry.Password = !s.Entry.Password
	name := theme.IconEye
	if !s.Entry.Password {
		name = theme.IconEyeOff
	}
	s.reveal.SetIcon(name)
	s.Entry.Refresh()
}

func (s *SecretEntry) copied() {
	if s.OnCopy != nil {
		s.OnCopy()
	}
}

func (s *SecretEntry) arrange(size fyne.Size) {
	button, copyWidth := s.reveal.MinSize().Width, s.copy.MinSize().Width
	place(s.copy, size.Width-copyWidth, 0, copyWidth, theme.ControlHeight)
	place(s.reveal, size.Width-copyWidth-8-button, 0, button, theme.ControlHeight)
	place(s.Entry, 0, 0, size.Width-copyWidth-button-16, theme.ControlHeight)
}

// CreateRenderer implements fyne.Widget.
func (s *SecretEntry) CreateRenderer() fyne.WidgetRenderer {
	return &parts{
		owner: s, objects: []fyne.CanvasObject{s.Entry, s.reveal, s.copy}, layout: s.arrange,
		min: func() fyne.Size {
			w := 80 + s.reveal.MinSize().Width + s.copy.MinSize().Width + 16
			return fyne.NewSize(w, theme.ControlHeight)
		},
	}
}
