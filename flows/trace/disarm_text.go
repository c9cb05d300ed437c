package trace

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"
)

// edit is a range of a text and what stands there instead.
type edit struct {
	span
	word string
	kind Kind
}

// maxPasses bounds how often a text is gone over. What is left after one pass is
// clean but for escapes that a removal has cut; each further pass finds less.
const maxPasses = 12

// scrub removes known values and the signatures of JWTs from a text, and leaves
// the words that stand for removed values alone. It goes on until it finds nothing,
// so that to scrub twice is to scrub once.
func (d *Disarmer) scrub(s site, text string) string {
	if len(text) < shortest {
		return text
	}
	layers, values := d.settle()
	for range maxPasses {
		edits := d.pass(s, text, layers, values)
		if len(edits) == 0 {
			return text
		}
		text = apply(text, edits)
	}
	d.note(KindKnown, s)
	return s.spell(word(text, KindPassword))
}

// pass finds what is to be removed from text.
func (d *Disarmer) pass(s site, text string, layers []layer, values []value) []edit {
	var room [4]view
	seen := appendViews(room[:0], text)
	var kept []span
	for _, v := range seen {
		for _, w := range words(v.text) {
			kept = append(kept, v.raw(w))
		}
	}
	removed := len(kept) // the rest of kept are tokens, which a match may reach beyond
	edits, claims := d.disarmTokens(s, text)
	kept = append(kept, claims...)
	guard := newGuard(kept[:removed], kept[removed:])
	for _, l := range layers {
		for i, v := range seen {
			edits = append(edits, l.edits(s, v, guard, values, i == 0 && s.cut)...)
		}
	}
	edits = merge(edits)
	for _, e := range edits {
		if e.kind != "" { // rewritten claims: what was removed from them is noted already
			d.note(e.kind, s)
		}
	}
	return edits
}

// edits searches one view.
func (l layer) edits(s site, v view, g guard, values []value, cut bool) []edit {
	var out []edit
	tail := l.find(v.text, func(sp span) {
		if l.whole && !isolated(v.text, sp) {
			return
		}
		sp = v.raw(sp)
		if g.keeps(sp) {
			return
		}
		for len(out) > 0 && sp.from < out[len(out)-1].to { // ends come in order: all that overlaps is last
			last := out[len(out)-1].span
			if last.to-last.from > sp.to-sp.from {
				sp.owner = last.owner
			}
			sp.from, sp.to = min(last.from, sp.from), max(last.to, sp.to)
			out = out[:len(out)-1]
		}
		out = append(out, edit{span: sp})
	})
	for i := range out {
		val := values[out[i].owner]
		out[i].word, out[i].kind = s.spell(val.word), val.kind
	}
	if from := len(v.text) - tail; cut && !l.whole && tail >= shortest {
		if sp := (span{from: from, to: len(v.text)}); !g.keeps(sp) {
			out = append(out, edit{span: sp, word: s.spell(word(v.text[from:], KindPassword)), kind: KindKnown})
		}
	}
	return out
}

// isolated reports whether the match is a word of its own.
func isolated(text string, sp span) bool {
	return (sp.from == 0 || !isNameByte(text[sp.from-1])) && (sp.to == len(text) || !isNameByte(text[sp.to]))
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// disarmTokens returns the edits that take the signatures of JWTs away, and the
// ranges of header and claims, in which nothing is to be searched as it stands:
// claims are searched decoded.
func (d *Disarmer) disarmTokens(s site, text string) ([]edit, []span) {
	var edits []edit
	var kept []span
	for _, t := range findTokens(text) {
		secrets := t.secrets(text)
		for _, seg := range secrets {
			e := edit{span: seg, kind: KindSignature, word: segmentWord(signatureWord, text[seg.from:seg.to])}
			if t.encrypted() {
				e.kind, e.word = KindCiphertext, segmentWord(cipherWord, text[seg.from:seg.to])
			}
			edits = append(edits, e)
		}
		kept = append(kept, t.segments[0])
		if t.payload == "" {
			continue
		}
		if len(secrets) > 0 {
			d.mu.Lock()
			d.ledger.claims++
			d.mu.Unlock()
		}
		kept = append(kept, t.segments[1])
		inner := s
		inner.claims, inner.plus, inner.cut = true, false, false
		if clean := d.json(inner, t.payload); clean != t.payload {
			edits = append(edits, edit{
				span: t.segments[1], word: base64.RawURLEncoding.EncodeToString([]byte(clean)), kind: "",
			})
		}
	}
	return edits, kept
}

// guard answers whether a match is to be ignored: it touches a word that stands
// for a removed value, or lies in the header or claims of a token.
type guard struct{ words, tokens []span }

func newGuard(words, tokens []span) guard {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	apart := words[:0]
	for _, w := range words {
		if n := len(apart); n > 0 && w.from < apart[n-1].to {
			apart[n-1].to = max(apart[n-1].to, w.to)
		} else {
			apart = append(apart, w)
		}
	}
	return guard{words: apart, tokens: tokens}
}

func (g guard) keeps(sp span) bool {
	i, _ := slices.BinarySearchFunc(g.words, sp.from, func(w span, from int) int { return cmp.Compare(w.to, from+1) })
	if i < len(g.words) && g.words[i].from < sp.to {
		return true
	}
	i, _ = slices.BinarySearchFunc(g.tokens, sp.from, func(t span, from int) int { return cmp.Compare(t.to, from+1) })
	return i < len(g.tokens) && g.tokens[i].from <= sp.from && sp.to <= g.tokens[i].to
}

// merge makes one edit of those that overlap: the one that covers the others, or
// the longest.
func merge(edits []edit) []edit {
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	out := edits[:0]
	longest := 0
	for _, e := range edits {
		if len(out) == 0 || e.from >= out[len(out)-1].to {
			out, longest = append(out, e), e.to-e.from
			continue
		}
		last := &out[len(out)-1]
		if e.to-e.from > longest {
			longest = e.to - e.from
			last.word, last.kind = e.word, e.kind
		}
		last.to = max(last.to, e.to)
	}
	return out
}

func apply(text string, edits []edit) string {
	var b strings.Builder
	b.Grow(len(text) + 16*len(edits))
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.from])
		b.WriteString(e.word)
		at = e.to
	}
	b.WriteString(text[at:])
	return b.String()
}
