package widget

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"signbench/ui/theme"
)

// TokenRole is what a segment of a token is; it picks the colour.
type TokenRole uint8

// The roles: three of a JWS, five of a JWE (with the header and the signature's
// place taken by the tag), and a token that has no parts for us.
const (
	TokenHeader TokenRole = iota
	TokenPayload
	TokenSignature
	TokenEncryptedKey
	TokenIV
	TokenCiphertext
	TokenTag
	TokenOpaque
)

func (r TokenRole) color() fyne.ThemeColorName {
	switch r {
	case TokenHeader:
		return theme.ColorTokenHeader
	case TokenPayload, TokenCiphertext:
		return theme.ColorTokenPayload
	case TokenSignature, TokenTag:
		return theme.ColorTokenSignature
	case TokenEncryptedKey:
		return theme.ColorAccent
	case TokenIV, TokenOpaque:
		return theme.ColorMuted
	}
	return fynetheme.ColorNameForeground
}

// long tells the roles worth reading from; the others are noise to the eye and
// show a few characters when there is little room.
func (r TokenRole) long() bool {
	return r == TokenHeader || r == TokenPayload || r == TokenCiphertext || r == TokenOpaque
}

// TokenSegment is one part of a token, without the dots.
type TokenSegment struct {
	Text string
	Role TokenRole
}

// TokenModel is a token as it was received.
type TokenModel struct{ Segments []TokenSegment }

// text is the whole token.
func (m TokenModel) text() string {
	parts := make([]string, len(m.Segments))
	for i, s := range m.Segments {
		parts[i] = s.Text
	}
	return strings.Join(parts, ".")
}

// tokenFlow is text of several colours that flows over rows of equal cells. It is
// ASCII but for the ellipsis, so a row is a slice and nothing is measured.
type tokenFlow struct {
	pieces []tokenPiece
	total  int // cells
}

type tokenPiece struct {
	text  string
	cells int
	color fyne.ThemeColorName
}

const (
	tokenStub   = 12 // cells of a segment that is noise, when cut
	tokenLeast  = 4  // cells any segment keeps
	tokenPieces = 9  // colours per row: five segments and four dots
)

// add appends a segment, cut to so many cells, with the dot before it.
func (f *tokenFlow) add(s TokenSegment, cells int) {
	if len(f.pieces) > 0 {
		f.pieces = append(f.pieces, tokenPiece{".", 1, fynetheme.ColorNameForeground})
		f.total++
	}
	n := len(s.Text)
	text := s.Text
	if cells < n {
		text, n = text[:max(0, cells-1)]+dataEllipsis, max(1, cells)
	}
	f.pieces = append(f.pieces, tokenPiece{text, n, s.Role.color()})
	f.total += n
}

// flowToken lays out the whole token, or with a budget of cells the beginning of
// each segment. Segments must be clean.
func flowToken(segments []TokenSegment, budget int) tokenFlow {
	var f tokenFlow
	total := len(segments) - 1
	for _, s := range segments {
		total += len(s.Text)
	}
	shares := make([]int, len(segments))
	for i, s := range segments {
		shares[i] = len(s.Text)
	}
	if budget > 0 && total > budget {
		shares = shareToken(segments, budget-(len(segments)-1))
	}
	for i, s := range segments {
		f.add(s, shares[i])
	}
	return f
}

// shareToken divides cells: stubs for what is noise, the rest to the others, the
// header at most two fifths so that the payload is seen to begin.
func shareToken(segments []TokenSegment, cells int) []int {
	shares := make([]int, len(segments))
	var long []int
	for i, s := range segments {
		if s.Role.long() {
			long = append(long, i)
			continue
		}
		shares[i] = min(len(s.Text), tokenStub)
		cells -= shares[i]
	}
	for k, i := range long {
		share := max(tokenLeast, cells)
		if k == 0 && len(long) > 1 {
			rest := 0
			for _, j := range long[1:] {
				rest += len(segments[j].Text)
			}
			share = max(tokenLeast, cells*2/5, cells-rest)
		} else if k < len(long)-1 {
			share = max(tokenLeast, cells/(len(long)-k))
		}
		shares[i] = min(len(segments[i].Text), share)
		cells -= shares[i]
	}
	if len(long) == 0 { // nothing but noise: divide evenly
		for i, s := range segments {
			shares[i] = min(len(s.Text), max(tokenLeast, (cells+tokenStub*len(segments))/len(segments)))
		}
	}
	return shares
}

// rows is the number of rows of so many columns.
func (f tokenFlow) rows(columns int) int {
	return max(1, (f.total+columns-1)/columns)
}

// row returns the pieces of a row.
func (f tokenFlow) row(i, columns int) []tokenPiece {
	from, to := i*columns, min((i+1)*columns, f.total)
	var out []tokenPiece
	at := 0
	for _, p := range f.pieces {
		a, b := max(from, at), min(to, at+p.cells)
		if a < b {
			out = append(out, p.slice(a-at, b-at))
		}
		at += p.cells
		if at >= to {
			break
		}
	}
	return out
}

// slice cuts a piece by cells; only its last may be more than a byte.
func (p tokenPiece) slice(from, to int) tokenPiece {
	end := to
	if to == p.cells {
		end = len(p.text)
	}
	return tokenPiece{p.text[from:end], to - from, p.color}
}

// cleanToken spells out what is not printable ASCII: a token never has any, so
// whatever it is should be seen.
func cleanToken(text string) string {
	clean := true
	for i := 0; i < len(text) && clean; i++ {
		clean = text[i] >= 0x20 && text[i] < 0x7f
	}
	if clean {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		shown, _ := dataVisible(r, n, text[i])
		switch {
		case r == '\t':
			out.WriteString(`\t`)
		case shown != "":
			out.WriteString(shown)
		case r < utf8.RuneSelf:
			out.WriteByte(text[i])
		default:
			out.WriteString(dataEscape(r))
		}
		i += n
	}
	return out.String()
}
