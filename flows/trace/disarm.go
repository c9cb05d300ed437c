package trace

import (
	"slices"
	"strings"
	"sync"

	"signbench/flows/oauth"
)

// Disarmer takes the secrets of one run out of what is written, shown or shared
// (product.md, principle 6). It knows the values it was told, those it has found in
// exchanges by their names, and removes them wherever they stand, however they are
// encoded. What is disarmed already it leaves as it is.
//
// A Disarmer may be used from several goroutines.
type Disarmer struct {
	mu     sync.Mutex
	values []value
	index  map[string]int32
	layers []layer // searched one after the other; see settle
	fresh  []int32 // learned, and in no layer yet
	ledger ledger
}

// value is one secret.
type value struct {
	text string
	kind Kind
	word string
}

// layer is an immutable matcher over some of the values.
type layer struct {
	*matcher
	owners []int32
	whole  bool // matches must be whole words
}

// NewDisarmer returns a Disarmer that knows these secrets.
func NewDisarmer(known ...oauth.Secret) *Disarmer {
	d := &Disarmer{index: map[string]int32{}}
	d.Learn(known...)
	return d
}

// Learn adds secrets. One shorter than four characters is not looked for in text,
// only where a name says that it is a secret.
func (d *Disarmer) Learn(values ...oauth.Secret) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, v := range values {
		d.learn(v.Reveal(), KindKnown)
	}
}

// learn remembers a value, and what of it is secret: of a JWT its signature, as
// its claims are kept.
func (d *Disarmer) learn(text string, kind Kind) {
	tokens := findTokens(text)
	for _, t := range tokens {
		d.learnToken(text, t)
	}
	if len(tokens) == 1 && tokens[0].is(text) {
		return
	}
	// A value that was disarmed in part, and then learned, is as secret as what is
	// left of it.
	at := 0
	for _, w := range words(text) {
		d.remember(text[at:w.from], kind)
		at = w.to
	}
	d.remember(text[at:], kind)
	if trimmed := strings.TrimSpace(text[at:]); trimmed != text[at:] {
		d.remember(trimmed, kind)
	}
}

// learnToken remembers what makes a token usable. It is removed from the token
// itself in any case; a signature of a few characters is none.
func (d *Disarmer) learnToken(text string, t token) {
	for _, s := range t.secrets(text) {
		if s.to-s.from >= hashable {
			d.remember(text[s.from:s.to], KindSignature)
		}
	}
}

func (d *Disarmer) remember(text string, kind Kind) {
	if len(text) < shortest {
		return
	}
	if i, ok := d.index[text]; ok {
		if kind == KindPassword && d.values[i].kind != kind { // from now on without a hash
			d.values = slices.Clone(d.values) // others may be reading the old ones
			d.values[i].kind, d.values[i].word = kind, word(text, kind)
		}
		return
	}
	i := int32(len(d.values)) // #nosec G115 -- memory ends long before
	d.index[text] = i
	d.values = append(d.values, value{text: text, kind: kind, word: word(text, kind)})
	d.fresh = append(d.fresh, i)
}

// settle puts what was learned into layers. Layers grow by merging with others of
// their size, so that learning n values one by one builds each a few times only.
func (d *Disarmer) settle() ([]layer, []value) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.fresh) == 0 {
		return d.layers, d.values[:len(d.values):len(d.values)]
	}
	var plain, whole []int32
	for _, i := range d.fresh {
		if isVocabulary(d.values[i].text) {
			whole = append(whole, i)
		} else {
			plain = append(plain, i)
		}
	}
	d.fresh = nil
	d.layers = slices.Clone(d.layers) // others may be searching the old ones
	d.addLayer(plain, false)
	d.addLayer(whole, true)
	return d.layers, d.values[:len(d.values):len(d.values)]
}

func (d *Disarmer) addLayer(owners []int32, whole bool) {
	if len(owners) == 0 {
		return
	}
	for i := len(d.layers) - 1; i >= 0; i-- {
		if l := d.layers[i]; l.whole == whole && len(l.owners) <= 2*len(owners) {
			owners = append(owners, l.owners...)
			d.layers = slices.Delete(d.layers, i, i+1)
		}
	}
	m := newMatcher()
	for _, i := range owners {
		for _, form := range forms(d.values[i].text) {
			if len(form) >= shortest {
				m.add(form, i)
			}
		}
	}
	m.build()
	d.layers = append(d.layers, layer{matcher: m, owners: owners, whole: whole})
}

// Text removes every known value from s, and the signature of every JWT.
func (d *Disarmer) Text(s string) string {
	return d.scrub(site{place: PlaceText}, s)
}

// Receipt says what has been removed so far.
func (d *Disarmer) Receipt() Receipt {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ledger.receipt()
}

func (d *Disarmer) note(kind Kind, s site) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ledger.note(kind, s)
}
