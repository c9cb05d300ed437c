package widget

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// dataEllipsis marks what was cut.
const dataEllipsis = "…"

// dataClusterMax bounds a run of joined runes: a text of nothing but combining
// marks must still be cut somewhere.
const dataClusterMax = 32

// dataVisible returns how a rune is shown, and whether that is an escape. Control
// characters, invalid bytes and invisible direction switches are spelled out: on
// the wire they are an attack or a mistake, and drawn as they are they hide it.
// width is the number of bytes that were decoded (1 with RuneError is invalid).
func dataVisible(r rune, width int, b byte) (string, bool) {
	switch {
	case r == utf8.RuneError && width == 1:
		return fmt.Sprintf(`\x%02x`, b), true
	case r == '\n':
		return `\n`, true
	case r == '\r':
		return `\r`, true
	case r == '\t':
		return "    ", false
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		return fmt.Sprintf(`\x%02x`, r), true
	case dataHidden(r):
		return fmt.Sprintf(`\u%04x`, r), true
	}
	return "", false
}

// dataHidden tells the runes that change or hide their neighbours without being
// seen. The joiners U+200C and U+200D are not among them: names need them.
func dataHidden(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r == 0xad, r == 0x61c, r == 0x200b, r == 0x200e, r == 0x200f, r == 0xfeff:
		return true
	case r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return false
}

// dataJoins tells that r must stay on the line of prev: a mark on its base, both
// sides of a joiner, a skin tone on its emoji, a Thai vowel on its consonant.
func dataJoins(prev, r rune) bool {
	if r < 0x300 && prev < 0x300 {
		return false
	}
	if dataIdeograph(r) && prev != 0x200d && (prev < 0xe40 || prev > 0xec4) {
		return false // the tables below cost more than the rest of the work
	}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc):
		return true
	case r == 0x200d || r == 0x200c || prev == 0x200d:
		return true
	case r >= 0x1f3fb && r <= 0x1f3ff: // skin tones
		return true
	case r == 0xe33 || r == 0xeb3: // Thai and Lao sara am
		return true
	case prev >= 0xe40 && prev <= 0xe44 || prev >= 0xec0 && prev <= 0xec4: // vowels written first
		return r >= 0xe01 && r <= 0xeae
	case r >= 0x1160 && r <= 0x11ff: // vowels and finals of conjoining Hangul
		return true
	}
	return false
}

// dataIdeograph tells the runs of Chinese, Japanese and Korean without any marks.
func dataIdeograph(r rune) bool { return r >= 0x3400 && r <= 0xa48f || r >= 0xac00 && r <= 0xd7a3 }

// dataRegional tells the letters that make a flag in pairs.
func dataRegional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// dataColumns is the width of a rune in columns of a monospace grid. It only has
// to be good enough to bound a row: drawing measures the real font.
func dataColumns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case dataIdeograph(r):
		return 2
	case r == 0x200c || r == 0x200d || unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case r < 0x1100:
		return 1
	case r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3,
		r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60,
		r >= 0xffe0 && r <= 0xffe6, r >= 0x1f000 && r <= 0x1faff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}

// dataBreaks remembers what came before, to tell where a text may be cut.
type dataBreaks struct {
	prev     rune
	run      int
	regional int
}

// next tells whether the text may be cut just before r.
func (b *dataBreaks) next(r rune) bool {
	if r < 0x300 && b.prev < 0x300 { // the common case first: this runs per rune of 10 MB
		b.prev, b.run, b.regional = r, 1, 0
		return true
	}
	join := b.prev != 0 && dataJoins(b.prev, r)
	if dataRegional(r) {
		join = join || b.regional%2 == 1
		b.regional++
	} else {
		b.regional = 0
	}
	b.prev = r
	if join && b.run < dataClusterMax {
		b.run++
		return false
	}
	b.run = 1
	return true
}

// step is next, and tells besides whether r adds to the width: the second half of
// a flag, a skin tone, and what follows a joiner are drawn inside the first glyph.
func (b *dataBreaks) step(r rune) (free, drawn bool) {
	prev := b.prev
	free = b.next(r)
	inside := prev == 0x200d || r >= 0x1f3fb && r <= 0x1f3ff || dataRegional(r)
	return free, free || !inside
}

// dataEscape spells a rune out.
func dataEscape(r rune) string { return fmt.Sprintf(`\u%04x`, r) }
