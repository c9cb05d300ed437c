package jose

import (
	"encoding/json"
	"errors"
)

// Errors of ParseKeySet. A single bad key is not one of them: see Key.Problem.
var (
	ErrKeySetNotJSON = errors.New("jwks: not a JSON object")
	ErrKeySetNoKeys  = errors.New(`jwks: no "keys" array`)
)

// KeySet is a JWK Set (RFC 7517, 5) as the provider published it, bad keys
// included: a key that cannot be used is still worth showing.
type KeySet struct {
	Keys     []Key
	Problems []Problem // flaws of the document; those of a key are in the key
}

// ParseKeySet reads a JWK Set. It keeps going over keys that cannot be used and
// says in each what is wrong with it (RFC 7517, 5: they are to be ignored, but
// nobody is helped by ignoring them silently).
func ParseKeySet(b []byte) (KeySet, error) {
	o, err := ParseObject(b)
	if err != nil {
		return KeySet{}, ErrKeySetNotJSON
	}
	raw, _ := o.Get("keys")
	var list []json.RawMessage
	if len(raw) == 0 || raw[0] != '[' || json.Unmarshal(raw, &list) != nil {
		return KeySet{}, ErrKeySetNoKeys
	}
	set := KeySet{Keys: make([]Key, 0, len(list)), Problems: o.problems("jwks")}
	for _, k := range list {
		set.Keys = append(set.Keys, parseKey(k))
	}
	return set, nil
}

// KIDs lists the key IDs of the set, in order, without empty ones.
func (s KeySet) KIDs() []string {
	var out []string
	for _, k := range s.Keys {
		if k.KID != "" {
			out = append(out, k.KID)
		}
	}
	return out
}
