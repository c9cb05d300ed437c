package widget

import (
	"sort"
	"strings"
)

// codeMatchMax bounds the matches of one search; nobody walks through more.
const codeMatchMax = 10_000

// CodeMatch is a place in a CodeModel's text, in bytes.
type CodeMatch struct{ start, end uint32 }

// Find returns the places of a query in what is shown, upper and lower case of
// ASCII alike. It is pure and may run away from the window's thread.
func (m CodeModel) Find(query string) []CodeMatch {
	if query == "" {
		return nil
	}
	text, query := dataLower(m.text[:m.shown]), dataLower(query)
	var found []CodeMatch
	for at := 0; len(found) < codeMatchMax; {
		n := strings.Index(text[at:], query)
		if n < 0 {
			break
		}
		start := at + n
		at = start + len(query)
		found = append(found, CodeMatch{uint32(start), uint32(at)}) // #nosec G115 -- bounded by PrepareCode
	}
	return found
}

// dataLower folds ASCII only: offsets must stay.
func dataLower(s string) string {
	out := []byte(s)
	for i, b := range out {
		if b >= 'A' && b <= 'Z' {
			out[i] = b + 'a' - 'A'
		}
	}
	return string(out)
}

// rowAt is the row that holds an offset of the text.
func (m CodeModel) rowAt(offset uint32) int {
	i := sort.Search(len(m.rows), func(i int) bool { return m.rows[i].start > offset })
	return max(0, i-1)
}

// Find highlights a query and goes to its first match at or after the selected
// row. It returns the number of matches.
func (v *CodeView) Find(query string) int {
	return v.SetMatches(v.model.Find(query))
}

// SetMatches highlights matches that CodeModel.Find found.
func (v *CodeView) SetMatches(matches []CodeMatch) int {
	v.matches, v.current = matches, -1
	if len(matches) > 0 {
		from := uint32(0)
		if i := v.body.selected; i >= 0 && i < v.model.Len() {
			from = v.model.rows[i].start
		}
		v.goTo(v.firstMatch(from) % len(matches))
	}
	v.body.reload()
	return len(matches)
}

// FindNext goes to the next match, from the last to the first. It returns the
// number of the match, from 1, and 0 when there is none.
func (v *CodeView) FindNext() int { return v.step(1) }

// FindPrevious goes to the match before.
func (v *CodeView) FindPrevious() int { return v.step(-1) }

func (v *CodeView) step(by int) int {
	n := len(v.matches)
	if n == 0 {
		return 0
	}
	v.goTo((v.current + by + n) % n)
	v.body.reload()
	return v.current + 1
}

// goTo makes a match the current one and brings it into view.
func (v *CodeView) goTo(k int) {
	v.current = k
	m := v.matches[k]
	i := v.model.rowAt(m.start)
	v.body.choose(i)
	row := v.model.rows[i]
	if v.body.wide > v.body.Size().Width && m.start >= row.start {
		x := codeWidth(codeShown(v.model.text[row.start:min(m.start, row.end)]))
		v.body.scrollTo(x-v.body.Size().Width/2, v.body.scroll.Offset.Y)
	}
}

// firstMatch is the first match that ends after an offset.
func (v *CodeView) firstMatch(offset uint32) int {
	return sort.Search(len(v.matches), func(i int) bool { return v.matches[i].end > offset })
}
