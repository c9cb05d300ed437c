package widget

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

const (
	multiLimit = 2000 // typing in a long entry of Fyne's takes longer than a frame
	multiRows  = 3
)

// Pair is one key with its value.
type Pair struct{ Key, Value string }

// MultiField is a small list of key=value, one on each line.
type MultiField struct {
	entry
	OnTooLong func(length int)
}

// NewMultiField makes a MultiField; the callback is told of every change.
func NewMultiField(onChanged func([]Pair)) *MultiField {
	m := &MultiField{}
	m.MultiLine = true
	m.Wrapping = fyne.TextWrapOff
	m.TextStyle.Monospace = true
	m.OnChanged = func(text string) {
		if onChanged != nil {
			onChanged(parsePairs(text))
		}
	}
	m.ExtendBaseWidget(m)
	m.SetMinRowsVisible(multiRows)
	return m
}

// SetPairs replaces the content.
func (m *MultiField) SetPairs(pairs []Pair) {
	var b strings.Builder
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(oneLine(p.Key) + "=" + oneLine(p.Value))
	}
	if b.String() != m.Text {
		m.SetText(b.String())
	}
}

// Pairs are what is written, without empty lines. A line without "=" is a key with
// no value.
func (m *MultiField) Pairs() []Pair { return parsePairs(m.Text) }

func parsePairs(text string) []Pair {
	var out []Pair
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		key, value, _ := strings.Cut(line, "=")
		out = append(out, Pair{strings.TrimSpace(key), strings.TrimSpace(value)})
	}
	return out
}

// TypedKey implements fyne.Focusable.
func (m *MultiField) TypedKey(ev *fyne.KeyEvent) {
	if m.left(m, ev) {
		return
	}
	m.Entry.TypedKey(ev)
}

// TypedRune implements fyne.Focusable.
func (m *MultiField) TypedRune(r rune) {
	if m.fits(1) {
		m.Entry.TypedRune(r)
	}
}

func (m *MultiField) fits(more int) bool {
	n := utf8.RuneCountInString(m.Text) - utf8.RuneCountInString(m.SelectedText()) + more
	if n <= multiLimit {
		return true
	}
	if m.OnTooLong != nil {
		m.OnTooLong(n)
	}
	return false
}

// TypedShortcut implements fyne.Shortcutable.
func (m *MultiField) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok && p.Clipboard != nil {
		text := strings.ReplaceAll(p.Clipboard.Content(), "\r\n", "\n")
		if !m.fits(utf8.RuneCountInString(text)) {
			return
		}
		s = &fyne.ShortcutPaste{Clipboard: &given{text}}
	} else if forwarded(m, s) {
		return
	}
	m.Entry.TypedShortcut(s)
}
