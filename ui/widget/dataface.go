package widget

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"signbench/ui/theme"
)

// dataFace knows the advance of every rune it has met in one size and style, so
// that cutting and wrapping cost one addition per rune. Fyne measures whole
// strings, and measuring every prefix of a long one is quadratic.
type dataFace struct {
	size   float32
	style  fyne.TextStyle
	probe  float32 // width of the probe, to notice another font
	height float32
	ascii  [128]float32
	other  map[rune]float32
}

type dataFaceKey struct {
	size  float32
	style fyne.TextStyle
}

// dataFaceRunes bounds the runes remembered per face.
const dataFaceRunes = 8192

// dataFaces is only used on the window's thread, like all measuring in Fyne.
var dataFaces = map[dataFaceKey]*dataFace{}

// dataFaceFor returns the face of a size and style under the theme of now.
func dataFaceFor(size float32, style fyne.TextStyle) *dataFace {
	key := dataFaceKey{size, style}
	probe := fyne.MeasureText("Mg", size, style)
	if f, ok := dataFaces[key]; ok && f.probe == probe.Width {
		return f
	}
	f := &dataFace{size: size, style: style, probe: probe.Width, height: probe.Height, other: map[rune]float32{}}
	for r := rune(0x20); r < 0x7f; r++ {
		f.ascii[r] = -1
	}
	dataFaces[key] = f
	return f
}

// dataMono is the face for what is on the wire.
func dataMono() *dataFace { return dataFaceFor(dataSize(theme.SizeMono), dataTextMono) }

// dataScriptBytes is how far into a text to look for its script.
const dataScriptBytes = 256

// dataProse tells a rune that the monospace font lacks: what stands in for it there
// is tiny or uneven, and names should be readable.
func dataProse(r rune) bool { return r >= 0x590 && (r < 0x2000 || r > 0x2bff) && r != utf8.RuneError }

// dataWire is the face for a value: monospace, but for names in scripts that have
// no monospace here.
func dataWire(text string) *dataFace {
	if dataHasProse(text[:min(len(text), dataScriptBytes)]) {
		return dataFaceFor(textSize(), fyne.TextStyle{})
	}
	return dataMono()
}

// dataHasProse tells a text with a script that the monospace font lacks.
func dataHasProse(text string) bool {
	for _, r := range text {
		if dataProse(r) && !dataHidden(r) {
			return true
		}
	}
	return false
}

// advance is the width of one rune.
func (f *dataFace) advance(r rune) float32 {
	if r < 128 {
		if f.ascii[r] < 0 {
			f.ascii[r] = fyne.MeasureText(string(r), f.size, f.style).Width
		}
		return f.ascii[r]
	}
	if w, ok := f.other[r]; ok {
		return w
	}
	w := float32(0)
	if r != 0x200d && r != 0x200c && dataColumns(r) > 0 {
		w = fyne.MeasureText(string(r), f.size, f.style).Width
	}
	if len(f.other) >= dataFaceRunes {
		clear(f.other)
	}
	f.other[r] = w
	return w
}

// width is the sum over a short text that is already fit to be shown.
func (f *dataFace) width(text string) float32 {
	w := float32(0)
	for _, r := range text {
		w += f.advance(r)
	}
	return w
}

// fit returns the text as one safe line no wider than width, cut with an
// ellipsis between clusters, and whether it was cut. It never looks further into
// the text than what can be seen.
func (f *dataFace) fit(text string, width float32) (string, bool) {
	ellipsis := f.advance('…')
	var out strings.Builder
	var breaks dataBreaks
	used := float32(0)
	safe := 0 // bytes of out that leave room for the ellipsis
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		shown, escaped := dataVisible(r, n, text[i])
		w := float32(0)
		if shown == "" {
			shown = text[i : i+n]
			w = f.advance(r)
		} else {
			w = f.width(shown)
		}
		if escaped {
			r = 'x'
		}
		free, drawn := breaks.step(r)
		if !drawn {
			w = 0
		}
		if free && used+ellipsis <= width {
			safe = out.Len()
		}
		if used+w > width {
			if ellipsis > width {
				return "", true
			}
			return strings.TrimRight(out.String()[:safe], " ") + dataEllipsis, true
		}
		out.WriteString(shown)
		used += w
		i += n
	}
	return out.String(), false
}

// dataWrap cuts a text into lines of at most width, after a space where there is
// one, between clusters where there is none. It stops at the given number of
// lines and tells whether all is there. Each line is ready to be shown.
func (f *dataFace) wrap(text string, width float32, most int) (lines []string, whole bool) {
	var line strings.Builder
	var breaks dataBreaks
	used, spaceAt, spaceUsed := float32(0), -1, float32(0)
	safe, safeUsed := 0, float32(0)
	flush := func(cut int, rest float32) {
		s := line.String()
		lines = append(lines, s[:cut])
		line.Reset()
		line.WriteString(s[cut:])
		used, spaceAt, safe, safeUsed = rest, -1, 0, 0
	}
	for i := 0; i < len(text); {
		if len(lines) >= most {
			return lines, false
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '\n' {
			flush(line.Len(), 0)
			i += n
			continue
		}
		shown, escaped := dataVisible(r, n, text[i])
		w := float32(0)
		if shown == "" {
			shown = text[i : i+n]
			w = f.advance(r)
		} else {
			w = f.width(shown)
		}
		if escaped {
			r = 'x'
		}
		free, drawn := breaks.step(r)
		if !drawn {
			w = 0
		}
		if free {
			safe, safeUsed = line.Len(), used
		}
		if used+w > width && line.Len() > 0 {
			switch {
			case spaceAt > 0:
				flush(spaceAt, used-spaceUsed)
			case safe > 0:
				flush(safe, used-safeUsed)
			default:
				flush(line.Len(), 0)
			}
		}
		line.WriteString(shown)
		used += w
		if r == ' ' || r == '\t' {
			spaceAt, spaceUsed = line.Len(), used
		}
		i += n
	}
	if len(lines) >= most {
		return lines, line.Len() == 0
	}
	if line.Len() > 0 || len(lines) == 0 {
		lines = append(lines, line.String())
	}
	return lines, true
}
