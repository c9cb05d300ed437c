package widget

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"signbench/ui/theme"
)

// EntryLimit is how many characters a FieldEntry takes unless told otherwise: a
// line of text is one texture, and past what the graphics card can hold it is
// drawn black.
const EntryLimit = 1000

// FieldEntry is a single line of what is on the wire.
type FieldEntry struct {
	entry
	OnPaste   func(string) string // cleans what is pasted
	OnEnter   func()
	OnTooLong func(length int) // told instead of taking more than Limit
	Limit     int
}

var _ fyne.Shortcutable = (*FieldEntry)(nil)

// NewFieldEntry makes an entry; the callback is told of every change.
func NewFieldEntry(onChanged func(string)) *FieldEntry {
	e := &FieldEntry{Limit: EntryLimit}
	e.init(onChanged)
	return e
}

// Words sets the text in the font of the window: for names and what is searched for,
// which are not on the wire.
func (e *FieldEntry) Words() *FieldEntry {
	e.TextStyle.Monospace = false
	return e
}

func (e *FieldEntry) init(onChanged func(string)) {
	e.TextStyle.Monospace = true
	// Never scroll down in a single line, whatever height its font has.
	e.Wrapping, e.Scroll = fyne.TextWrapOff, fyne.ScrollHorizontalOnly
	e.OnChanged = onChanged
	e.ExtendBaseWidget(e)
}

// MinSize implements fyne.CanvasObject: as high as a button.
func (e *FieldEntry) MinSize() fyne.Size {
	e.ExtendBaseWidget(e)
	return fyne.NewSize(80, theme.ControlHeight)
}

// SetText replaces the text, unless it is there already: the cursor stays.
func (e *FieldEntry) SetText(text string) {
	if text != e.Text {
		e.Entry.SetText(text)
	}
}

// TypedKey implements fyne.Focusable.
func (e *FieldEntry) TypedKey(ev *fyne.KeyEvent) {
	if e.left(e, ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.OnEnter != nil {
			e.OnEnter()
		}
		return
	}
	e.Entry.TypedKey(ev)
}

// TypedRune implements fyne.Focusable.
func (e *FieldEntry) TypedRune(r rune) {
	if e.fits(1) {
		e.Entry.TypedRune(r)
	}
}

func (e *FieldEntry) fits(more int) bool {
	n := utf8.RuneCountInString(e.Text) - utf8.RuneCountInString(e.SelectedText()) + more
	if e.Limit <= 0 || n <= e.Limit {
		return true
	}
	if e.OnTooLong != nil {
		e.OnTooLong(n)
	}
	return false
}

// TypedShortcut implements fyne.Shortcutable. What an entry does not know goes to
// the window: Fyne would swallow it.
func (e *FieldEntry) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok {
		e.paste(p)
		return
	}
	if forwarded(e, s) {
		return
	}
	e.Entry.TypedShortcut(s)
}

// forwarded gives what an entry has no use for to the window.
func forwarded(w fyne.CanvasObject, s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || editing(c) {
		return false
	}
	forwardShortcut(w, s)
	return true
}

// editing tells whether Fyne's entry has a use for a shortcut.
func editing(c *desktop.CustomShortcut) bool {
	if c.Modifier&^(fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift|fyne.KeyModifierAlt|fyne.KeyModifierSuper) != 0 {
		return false
	}
	switch c.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyZ, fyne.KeyY:
		return c.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierAlt
	}
	return false
}

func (e *FieldEntry) paste(p *fyne.ShortcutPaste) {
	if e.Disabled() || p.Clipboard == nil {
		return
	}
	text := p.Clipboard.Content()
	if e.OnPaste != nil {
		text = e.OnPaste(text)
	}
	text = oneLine(text)
	if text == "" || !e.fits(utf8.RuneCountInString(text)) {
		return
	}
	e.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &given{text}})
}

// given is a clipboard with one text in it, so that what is pasted can be cleaned
// without a write to the user's.
type given struct{ text string }

func (g *given) Content() string     { return g.text }
func (g *given) SetContent(t string) { g.text = t }
