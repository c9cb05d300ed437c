package widget

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"signbench/ui/theme"
)

// codeKind is what a piece of a row is.
type codeKind uint8

const (
	codePlain codeKind = iota
	codeKey
	codeString
	codeNumber
	codeEscape // a character that cannot be drawn, spelled out
	codeKinds
)

// codeSpanMax is the most spans a row draws: each is a texture.
const codeSpanMax = 8

// codeLookahead is how far to look for the colon behind a string that ends outside
// its row; keys are short.
const codeLookahead = 1024

// codeSpan is a piece of a row, ready to be drawn.
type codeSpan struct {
	text  string
	kind  codeKind
	prose bool // in a script that the monospace font lacks
}

func (k codeKind) color() fyne.ThemeColorName {
	switch k {
	case codeKey:
		return theme.ColorTokenPayload
	case codeString:
		return theme.ColorTokenSignature
	case codeNumber:
		return theme.ColorTokenHeader
	case codeEscape:
		return theme.ColorWarn
	}
	return fynetheme.ColorNameForeground
}

// spans cuts a row into coloured pieces, neighbours of one kind joined.
func (m CodeModel) spans(i int) []codeSpan {
	row := m.rows[i]
	p := codePainter{model: m, at: int(row.start), end: int(row.end)}
	p.inString = row.flags&codeInString != 0
	p.escaped = row.flags&codeEscaped != 0
	p.paint()
	return p.spans
}

// codePainter colours one row.
type codePainter struct {
	model     CodeModel
	at, end   int
	inString  bool
	escaped   bool
	kind      codeKind // of the string being read
	spans     []codeSpan
	piece     strings.Builder
	pieceKind codeKind
	prose     bool
}

func (p *codePainter) paint() {
	text := p.model.text
	if p.inString {
		p.kind = p.stringKind(p.at, p.escaped)
	}
	for p.at < p.end {
		b := text[p.at]
		r, n := rune(b), 1
		if b >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[p.at:p.end])
		}
		kind := codePlain
		if p.model.json {
			kind = p.next(b)
		}
		shown, escaped := dataVisible(r, n, b)
		if shown == "" {
			shown = text[p.at : p.at+n]
		} else if escaped {
			kind = codeEscape
		}
		p.write(shown, kind, !escaped && (dataProse(r) || b == ' ' && p.prose))
		p.at += n
	}
	p.flush()
}

// next follows the JSON and tells the kind of the byte at hand.
func (p *codePainter) next(b byte) codeKind {
	if p.inString {
		switch {
		case p.escaped:
			p.escaped = false
		case b == '\\':
			p.escaped = true
		case b == '"':
			p.inString = false
		}
		return p.kind
	}
	switch {
	case b == '"':
		p.inString = true
		p.kind = p.stringKind(p.at+1, false)
		return p.kind
	case b >= '0' && b <= '9', b == '-', b == '+', b == '.', b >= 'a' && b <= 'z', b == 'E':
		return codeNumber
	}
	return codePlain
}

// stringKind looks for what follows the string that at stands in.
func (p *codePainter) stringKind(at int, escaped bool) codeKind {
	text := p.model.text
	limit := min(len(text), at+codeLookahead)
	for ; at < limit; at++ {
		switch {
		case escaped:
			escaped = false
		case text[at] == '\\':
			escaped = true
		case text[at] == '"':
			for at++; at < limit; at++ {
				if strings.IndexByte(" \t\r\n", text[at]) < 0 {
					if text[at] == ':' {
						return codeKey
					}
					break
				}
			}
			return codeString
		}
	}
	return codeString
}

func (p *codePainter) write(shown string, kind codeKind, prose bool) {
	if kind != p.pieceKind || prose != p.prose {
		p.flush()
		p.pieceKind, p.prose = kind, prose
	}
	p.piece.WriteString(shown)
}

func (p *codePainter) flush() {
	if p.piece.Len() > 0 {
		p.spans = append(p.spans, codeSpan{p.piece.String(), p.pieceKind, p.prose})
		p.piece.Reset()
	}
}

// codeLayers turns spans into at most codeSpanMax texts to draw from the row's
// start. A row of plain ASCII is drawn as one text per colour, with spaces where
// the others stand: a minified document has hundreds of spans per row, but only
// five colours. Elsewhere the columns are not even, so pieces stand side by side,
// and past the last there is one without colour.
func codeLayers(spans []codeSpan, width func(string) float32) (texts []codeSpan, xs []float32) {
	if len(spans) > codeSpanMax && codeASCII(spans) {
		return codeByColour(spans)
	}
	x := float32(0)
	for i, s := range spans {
		if i == codeSpanMax-1 && len(spans) > codeSpanMax {
			var rest strings.Builder
			for _, s := range spans[i:] {
				rest.WriteString(s.text)
			}
			return append(texts, codeSpan{text: rest.String()}), append(xs, x)
		}
		texts, xs = append(texts, s), append(xs, x)
		x += width(s.text)
	}
	return texts, xs
}

func codeASCII(spans []codeSpan) bool {
	for _, s := range spans {
		for i := 0; i < len(s.text); i++ {
			if s.text[i] >= utf8.RuneSelf {
				return false
			}
		}
	}
	return true
}

func codeByColour(spans []codeSpan) (texts []codeSpan, xs []float32) {
	var layers [codeKinds]strings.Builder
	at := 0
	for _, s := range spans {
		l := &layers[s.kind]
		for l.Len() < at {
			l.WriteByte(' ')
		}
		l.WriteString(s.text)
		at += len(s.text)
	}
	for k := range layers {
		if layers[k].Len() > 0 {
			texts = append(texts, codeSpan{text: layers[k].String(), kind: codeKind(k)}) // #nosec G115 -- a handful of kinds
			xs = append(xs, 0)
		}
	}
	return texts, xs
}
