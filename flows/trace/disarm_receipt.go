package trace

import (
	"cmp"
	"slices"

	"signbench/flows/oauth"
)

// Place says where in an exchange a value was removed. The codes are stable.
type Place string

// The places.
const (
	PlaceURL            Place = "url" // path or userinfo of a request
	PlaceQuery          Place = "query"
	PlaceFragment       Place = "fragment"
	PlaceRequestHeader  Place = "request_header"
	PlaceRequestBody    Place = "request_body"
	PlaceResponseHeader Place = "response_header"
	PlaceResponseBody   Place = "response_body"
	PlaceError          Place = "error" // the text of a transport failure
	PlaceText           Place = "text"  // a text that is no part of an exchange
)

// Places lists every place, for the test that each has its words.
func Places() []Place {
	return []Place{
		PlaceURL, PlaceQuery, PlaceFragment, PlaceRequestHeader, PlaceRequestBody,
		PlaceResponseHeader, PlaceResponseBody, PlaceError, PlaceText,
	}
}

// Removal counts the values of one kind that were removed in one kind of place:
// "code" in the query of the request of the callback.
type Removal struct {
	Kind  Kind       `json:"kind"`
	Place Place      `json:"place"`
	Name  string     `json:"name,omitempty"` // of the header, parameter or member
	Step  oauth.Step `json:"step,omitempty"`
	Count int        `json:"count"`
}

// Receipt says what was removed, and what was kept on purpose.
type Receipt struct {
	Removals   []Removal `json:"removals"`    // in the order of the steps' first appearance, then by place
	ClaimsKept int       `json:"claims_kept"` // JWTs that kept header and claims, with all that these say of a person
}

// Total is how many values were removed.
func (r Receipt) Total() int {
	n := 0
	for _, removal := range r.Removals {
		n += removal.Count
	}
	return n
}

// And is the receipt for two exports that go out as one.
func (r Receipt) And(other Receipt) Receipt {
	r.ClaimsKept += other.ClaimsKept
	r.Removals = slices.Clone(r.Removals)
	for _, removal := range other.Removals {
		count := removal.Count
		removal.Count = 0
		same := func(have Removal) bool { have.Count = 0; return have == removal }
		i := slices.IndexFunc(r.Removals, same)
		if i < 0 {
			i, r.Removals = len(r.Removals), append(r.Removals, removal)
		}
		r.Removals[i].Count += count
	}
	return r
}

type removalKey struct {
	kind  Kind
	place Place
	name  string
	step  oauth.Step
}

// ledger counts removals while they happen.
type ledger struct {
	counts map[removalKey]int
	steps  map[oauth.Step]int // order of first appearance
	claims int
}

// names are bounded: a provider can send as many different ones as it likes.
const (
	maxRemovals = 2000
	maxName     = 64
)

func (l *ledger) note(kind Kind, s site) {
	if l.counts == nil {
		l.counts, l.steps = map[removalKey]int{}, map[oauth.Step]int{}
	}
	if _, ok := l.steps[s.step]; !ok {
		l.steps[s.step] = len(l.steps)
	}
	key := removalKey{kind: kind, place: s.place, name: s.name, step: s.step}
	if len(key.name) > maxName {
		key.name = key.name[:maxName]
	}
	if len(l.counts) >= maxRemovals && l.counts[key] == 0 {
		key.name = ""
	}
	l.counts[key]++
}

func (l *ledger) receipt() Receipt {
	r := Receipt{ClaimsKept: l.claims, Removals: make([]Removal, 0, len(l.counts))}
	for key, n := range l.counts {
		r.Removals = append(r.Removals, Removal{Kind: key.kind, Place: key.place, Name: key.name, Step: key.step, Count: n})
	}
	order := Places()
	slices.SortFunc(r.Removals, func(a, b Removal) int {
		return cmp.Or(
			cmp.Compare(l.steps[a.Step], l.steps[b.Step]),
			cmp.Compare(slices.Index(order, a.Place), slices.Index(order, b.Place)),
			cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.Kind, b.Kind),
		)
	})
	return r
}
