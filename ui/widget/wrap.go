package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestLine is more bytes than fit into any line.
const longestLine = 4096

// wrap breaks text into lines no wider than width, at most limit of them (the
// last one then ends in an ellipsis). Its cost grows with the text that is shown
// and no faster: Fyne's own wrapping measures the whole rest of a paragraph for
// every line, which freezes the window on unbroken text, and knows no way to break
// Chinese, Japanese or Thai.
func (f face) wrap(text string, width float32, limit int) []string {
	var out []string
	text = text[:min(len(text), limit*longestLine)]
	for para := range strings.SplitSeq(text, "\n") {
		para = oneLine(strings.TrimRight(para, " \r\t"))
		for {
			if len(out) == limit {
				out[limit-1] = f.ellipsis(out[limit-1], width)
				return out
			}
			n := f.fit(para, width)
			out = append(out, strings.TrimRight(para[:n], " "))
			para = strings.TrimLeft(para[n:], " ")
			if para == "" {
				break
			}
		}
	}
	return out
}

// ellipsis marks a line that has more after it.
func (f face) ellipsis(line string, width float32) string {
	if f.width(line)+f.cluster("…") <= width {
		return line + "…"
	}
	short := f.elide(line+"  ", max(width-f.cluster("…"), 0))
	return strings.TrimRight(short, "… ") + "…"
}

// fit is the number of bytes of s that make the next line.
func (f face) fit(s string, width float32) int {
	sum, soft, seam := float32(0), 0, 0
	prev := rune(0)
	for i := 0; i < len(s); {
		n := nextCluster(s[i:])
		r, _ := utf8.DecodeRuneInString(s[i:])
		switch {
		case i == 0:
		case breaks(prev, r):
			soft = i
		case seams(prev) && !seams(r):
			seam = i
		}
		sum += f.cluster(s[i : i+n])
		if sum > width && r != ' ' && i > 0 {
			return better(soft, seam, i)
		}
		i += n
		prev, _ = utf8.DecodeLastRuneInString(s[:i])
	}
	return len(s)
}

// better chooses among the ways to end a line: between words; else in a long run
// after its punctuation, unless that wastes half the line; else anywhere.
func better(soft, seam, end int) int {
	switch {
	case soft > 0 && soft*3 >= end:
		return soft
	case seam*2 >= end:
		return seam
	case soft > 0 && seam == 0:
		return soft
	default:
		return end
	}
}

// breaks tells whether a line may end between a and b.
func breaks(a, b rune) bool {
	if a == ' ' || a == '\u200b' {
		return b != ' '
	}
	if a < 0x0E00 && b < 0x0E00 {
		return false
	}
	if strings.ContainsRune("、。，．・：；？！）」』】〕〉》’”々ーゝゞっゃゅょッャュョ%,.)]}:;!?", b) ||
		strings.ContainsRune("（「『【〔〈《‘“([{", a) {
		return false
	}
	if thai(a) && thai(b) {
		// There are no spaces and we carry no dictionary: keep a leading vowel
		// with its consonant, and signs that follow with what they follow.
		return !strings.ContainsRune("เแโใไ", a) && !strings.ContainsRune("ะาำฯๆๅ", b)
	}
	return ideographic(a) || ideographic(b)
}

func thai(r rune) bool { return r >= 0x0E00 && r <= 0x0E7F }

func ideographic(r rune) bool {
	return r >= 0x2E80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x30FF || r >= 0xFF00 && r <= 0xFFEF)
}

// seams tells whether a long run such as a URL may be broken after r.
func seams(r rune) bool { return strings.ContainsRune("/?&=-_.,;:@|+#", r) }
