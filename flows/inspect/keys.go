package inspect

import (
	"errors"

	"signbench/flows/jose"
)

// readKeys reads a JWK or a JWK Set.
func readKeys(text string, o *jose.Object) Document {
	d := Document{Kind: JWKS}
	if o.Has("kty") {
		d.Kind = JWK
	}
	keys, err := jose.ParseKeys([]byte(text))
	switch {
	case errors.Is(err, jose.ErrKeysPrivate), errors.Is(err, jose.ErrKeysSymmetric):
		d.Kind = PrivateKey
		d.note(NotePrivate)
		return d
	case err != nil:
		d.note(NoteBadJSON)
		return d
	}
	d.keep(keys)
	return d
}

// readPEM reads public keys and certificates.
func readPEM(text string) Document {
	d := Document{Kind: PEM}
	keys, err := jose.ParseKeys([]byte(text))
	switch {
	case errors.Is(err, jose.ErrKeysPrivate):
		d.Kind = PrivateKey
		d.note(NotePrivate)
	case err != nil:
		d.note(NoteNoKey)
	default:
		d.keep(keys)
	}
	return d
}

func (d *Document) keep(keys jose.KeySet) {
	for _, k := range keys.Keys {
		if k.Private {
			d.note(NotePrivate)
			break
		}
	}
	if len(keys.Keys) > maxShown {
		keys.Keys = keys.Keys[:maxShown]
		d.note(NoteMore)
	}
	d.Keys = keys
}
