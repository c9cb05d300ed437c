package widget

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

// The bounds of what a CodeEntry takes. A text of many lines is laid out whole at
// each key, and a line is one texture, which the graphics card can not draw past its
// limit.
const (
	CodeEntryLimit = 32 << 10 // characters
	codeEntryLine  = 2000     // characters of a line
	codeEntryRow   = 18       // pixels
)

// CodeEntry is several lines of code that can be edited, such as JSON.
type CodeEntry struct {
	entry
	OnTooLong func(length int) // told instead of taking more
	rows      int
}

// NewCodeEntry makes an entry as high as so many lines; the callback is told of
// every change.
func NewCodeEntry(rows int, onChanged func(string)) *CodeEntry {
	e := &CodeEntry{rows: rows}
	e.MultiLine = true
	e.TextStyle.Monospace = true
	e.Wrapping, e.Scroll = fyne.TextWrapOff, fyne.ScrollBoth
	e.OnChanged = onChanged
	e.ExtendBaseWidget(e)
	return e
}

// MinSize implements fyne.CanvasObject.
func (e *CodeEntry) MinSize() fyne.Size {
	e.ExtendBaseWidget(e)
	return fyne.NewSize(80, float32(e.rows)*codeEntryRow+2*theme.Grid)
}

// SetText replaces the text, unless it is there already: the cursor stays.
func (e *CodeEntry) SetText(text string) {
	if text != e.Text {
		e.Entry.SetText(text)
	}
}

// CodeFits reports whether a text can be edited in a CodeEntry.
func CodeFits(text string) bool {
	if utf8.RuneCountInString(text) > CodeEntryLimit {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) > codeEntryLine && utf8.RuneCountInString(line) > codeEntryLine {
			return false
		}
	}
	return true
}

// TypedKey implements fyne.Focusable: Escape leaves the entry.
func (e *CodeEntry) TypedKey(ev *fyne.KeyEvent) {
	if e.left(e, ev) {
		return
	}
	e.Entry.TypedKey(ev)
}

// TypedShortcut implements fyne.Shortcutable. What an entry does not know goes to
// the window, and what is too long to be edited is refused.
func (e *CodeEntry) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok && p.Clipboard != nil {
		if text := p.Clipboard.Content(); !CodeFits(text) || !CodeFits(e.Text+text) {
			if e.OnTooLong != nil {
				e.OnTooLong(utf8.RuneCountInString(text))
			}
			return
		}
	}
	if forwarded(e, s) {
		return
	}
	e.Entry.TypedShortcut(s)
}
