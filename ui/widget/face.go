package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Measured text longer than this is judged by the sum of its clusters: measuring
// is not free, and no window is that wide.
const measureBytes = 512

// clusterCache bounds the remembered widths of one face.
const clusterCache = 4096

// face is a size and style that text is measured in.
type face struct {
	size  float32
	style fyne.TextStyle
}

// widths remembers how wide a cluster is. Text is laid out on the window's thread
// only, so it needs no lock.
var widths = map[face]map[string]float32{}

// width measures s as it will be drawn.
func (f face) width(s string) float32 {
	if s == "" {
		return 0
	}
	return fyne.MeasureText(s, f.size, f.style).Width
}

// LoadFonts has the fonts read in which the window writes, each of which takes longer
// than a frame. It may be called from any goroutine, as long as nothing else measures
// text meanwhile.
func LoadFonts() {
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Monospace: true}} {
		face{fynetheme.Size(fynetheme.SizeNameText), style}.width(" ")
	}
}

// natural is the width that s would like to have; for very long text it is more
// than any window has.
func (f face) natural(s string) float32 {
	if len(s) <= measureBytes {
		return f.width(s)
	}
	return float32(len(s)) * f.size
}

// cluster is the width of one cluster, from memory where it can be.
func (f face) cluster(s string) float32 {
	m := widths[f]
	if m == nil || len(m) > clusterCache {
		m = make(map[string]float32, 128)
		widths[f] = m
	}
	w, ok := m[s]
	if !ok {
		w = f.width(s)
		m[strings.Clone(s)] = w
	}
	return w
}

// elide shortens s to the width with an ellipsis. It looks only at as much of s as
// can be seen, and never cuts a character in two.
func (f face) elide(s string, width float32) string {
	if s == "" || width <= 0 {
		return ""
	}
	if len(s) <= measureBytes && f.width(s) <= width+0.5 {
		return s
	}
	dots := f.cluster("…")
	if dots > width {
		return ""
	}
	sum, cut := float32(0), 0
	for i := 0; i < len(s); {
		n := nextCluster(s[i:])
		sum += f.cluster(s[i : i+n])
		if sum > width {
			return strings.TrimRight(s[:cut], " ") + "…"
		}
		i += n
		if sum+dots <= width {
			cut = i
		}
	}
	return s
}

const zeroWidthJoiner = '\u200d'

// nextCluster is the length in bytes of what a reader takes for the first
// character of s: a base with its marks, a flag, an emoji with all it is joined to.
func nextCluster(s string) int {
	prev, n := utf8.DecodeRuneInString(s)
	flag := regional(prev)
	for n < len(s) && n < 64 {
		r, m := utf8.DecodeRuneInString(s[n:])
		switch {
		case extends(r), prev == zeroWidthJoiner:
		case flag && regional(r):
			flag = false
		default:
			return n
		}
		n += m
		prev = r
	}
	return n
}

func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// extends tells whether r belongs to the character before it.
func extends(r rune) bool {
	if r < 0x300 {
		return false
	}
	return r == zeroWidthJoiner || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F || unicode.In(r, unicode.M)
}

// oneLine makes text fit for a single line: line ends and other control
// characters become spaces, as they would draw as boxes.
func oneLine(s string) string {
	clean := func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}
	if strings.IndexFunc(s, func(r rune) bool { return clean(r) != r }) < 0 {
		return s
	}
	return strings.Map(clean, s)
}
