package jose

import (
	"encoding/json"
	"errors"
)

// Errors of DecodeJSON. They quote nothing: the text could be a secret.
var (
	ErrNotJWSJSON        = errors.New("jws: not the JSON serialization of RFC 7515, 7.2")
	ErrTooManySignatures = errors.New("jws: more signatures than are looked at")
)

// maxSignatures bounds the work that one pasted object can cause.
const maxSignatures = 100

// DecodeJSON takes a JWS in its JSON serialization apart (RFC 7515, 7.2), general
// or flattened: one token for each signature, in order. The header of each is the
// union of what is protected and what is not, which must not overlap. The payload may
// be elsewhere (RFC 7515, F).
func DecodeJSON(b []byte) ([]Token, error) {
	o, err := ParseObject(b)
	if err != nil || !o.Has("signature") && !o.Has("signatures") {
		return nil, ErrNotJWSJSON
	}
	payload, ok := o.String("payload")
	if o.Has("payload") && !ok {
		return nil, ErrNotJWSJSON
	}
	entries := []*Object{o}
	if raw, found := o.Get("signatures"); found {
		if entries, err = objects(raw); err != nil {
			return nil, err
		}
	}
	out := make([]Token, 0, len(entries))
	for _, entry := range entries {
		t := decodeEntry(payload, entry)
		t.Problems = append(t.Problems, o.problems("jws")...)
		if o.Has("signatures") && o.Has("signature") { // RFC 7515, 7.2.2: the one or the other
			t.Problems = append(t.Problems, Problem{Code: MemberType, Where: "jws", Member: "signature"})
		}
		out = append(out, t)
	}
	return out, nil
}

func objects(raw json.RawMessage) ([]*Object, error) {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return nil, ErrNotJWSJSON
	}
	if len(list) > maxSignatures {
		return nil, ErrTooManySignatures
	}
	out := make([]*Object, 0, len(list))
	for _, item := range list {
		o, err := ParseObject(item)
		if err != nil {
			return nil, ErrNotJWSJSON
		}
		out = append(out, o)
	}
	return out, nil
}

// decodeEntry makes a token of one signature and the headers that go with it.
func decodeEntry(payload string, entry *Object) Token {
	protected, _ := entry.String("protected")
	signature, _ := entry.String("signature")
	parts := []string{protected, payload, signature}
	t := Token{Raw: protected + "." + payload + "." + signature}

	text, problems := decodeSegment("header", protected)
	t.Problems = append(t.Problems, problems...)
	secured, err := ParseObject(text)
	if err != nil {
		secured = &Object{index: map[string]int{}}
		if protected != "" {
			t.Problems = append(t.Problems, Problem{Code: HeaderNotJSON, Where: "header"})
		}
	}
	open := &Object{}
	if raw, found := entry.Get("header"); found {
		if open, err = ParseObject(raw); err != nil {
			open = &Object{}
			t.Problems = append(t.Problems, Problem{Code: HeaderNotJSON, Where: "header"})
		}
	}
	t.Problems = append(t.Problems, unprotected(open)...)
	header, problems := readHeader(text, union(secured, open))
	t.Header = header
	t.Problems = append(t.Problems, problems...)
	t.readJWS(parts)
	return t
}

// unprotected finds the members that only the protected header may hold
// (RFC 7515, 4.1.11; RFC 7797, 3).
func unprotected(o *Object) []Problem {
	var out []Problem
	for _, name := range []string{"crit", "b64"} {
		if o.Has(name) {
			out = append(out, Problem{Code: Unprotected, Where: "header", Member: name})
		}
	}
	return out
}

// union has the members of both; a name that is in both is a duplicate (RFC 7515,
// 7.2.1: the names must be disjoint).
func union(a, b *Object) *Object {
	out := &Object{index: map[string]int{}, Trailing: a.Trailing, notUTF8: a.notUTF8 || b.notUTF8}
	for _, o := range []*Object{a, b} {
		for _, m := range o.Members {
			out.add(m.Name, m.Raw)
		}
	}
	return out
}
