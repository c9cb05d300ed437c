package jose

import (
	"crypto/ecdh"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	gojose "github.com/go-jose/go-jose/v4"
)

// Reasons of a Decryption, beside NoKey, KeyUnusable, KeyUnknownCurve, AlgUnknown,
// CritUnknown and Malformed.
const (
	Decrypted    = "decrypted"
	NotJWE       = "not_jwe"
	RSA15        = "rsa1_5"         // RFC 8725, 3.2: not safe against chosen ciphertexts
	KeyPublic    = "public_key"     // a JWE is opened with the private key
	CannotOpen   = "cannot_decrypt" // another key, or an altered text; the two look the same on purpose
	TooLarge     = "too_large"      // decompressed it would be out of proportion
	TooManyTurns = "too_many_iterations"
)

// Decryption is the outcome of opening a JWE. Plain may be a secret.
type Decryption struct {
	Reason string
	Alg    string
	Enc    string
	Plain  []byte
}

// Algorithms of a JWE that are opened (RFC 7518, 4.1 and 5.1). RSA1_5 is missing on
// purpose: it is opened on demand only.
var (
	keyAlgorithms = []gojose.KeyAlgorithm{
		gojose.RSA_OAEP, gojose.RSA_OAEP_256, gojose.A128KW, gojose.A192KW, gojose.A256KW, gojose.DIRECT,
		gojose.ECDH_ES, gojose.ECDH_ES_A128KW, gojose.ECDH_ES_A192KW, gojose.ECDH_ES_A256KW,
		gojose.A128GCMKW, gojose.A192GCMKW, gojose.A256GCMKW,
		gojose.PBES2_HS256_A128KW, gojose.PBES2_HS384_A192KW, gojose.PBES2_HS512_A256KW,
	}
	contentAlgorithms = []gojose.ContentEncryption{
		gojose.A128CBC_HS256, gojose.A192CBC_HS384, gojose.A256CBC_HS512, gojose.A128GCM, gojose.A192GCM, gojose.A256GCM,
	}
)

// maxIterations is how often passwords are hashed at most, over all recipients and keys
// (RFC 7518, 8.1 warns of a large p2c): a fraction of a second.
const maxIterations = 1_000_000

// Decrypt opens a JWE, compact or JSON (RFC 7516), with a private key as PEM or
// JWK, an oct JWK, a JWK Set of these, or a shared secret as its bytes. Of several
// recipients the first that a key fits is opened.
//
// RSA1_5 is refused, because whoever decrypts on behalf of somebody else tells him
// by it whether the padding is right, and so in the end the content (RFC 8725, 3.2).
// Whoever decrypts for himself, once, may ask for it with rsa15.
func Decrypt(raw string, key []byte, rsa15 bool) Decryption {
	recipients := recipientsOf(strings.TrimSpace(raw))
	d := Decryption{Reason: NotJWE}
	if len(recipients) == 0 {
		return d
	}
	keys, reason := privateKeys(key)
	turns := int64(maxIterations)
	for _, r := range recipients {
		next := Decryption{Alg: r.header.Alg, Enc: r.header.Enc, Reason: reason}
		for _, k := range keys {
			if next.Plain, next.Reason = r.open(k, rsa15, &turns); next.Reason == Decrypted {
				return next
			}
		}
		// RSA1_5 says nothing of the key: what another recipient says tells more.
		if d.Reason == NotJWE || d.Reason == RSA15 {
			d = next
		}
	}
	return d
}

// recipient is one way to open a JWE: its text as if there were no other recipient.
type recipient struct {
	header Header
	text   string
	parse  func(string, []gojose.KeyAlgorithm, []gojose.ContentEncryption) (*gojose.JSONWebEncryption, error)
}

func recipientsOf(raw string) []recipient {
	if !strings.HasPrefix(raw, "{") {
		t := Decode(raw)
		if t.Form != JWE {
			return nil
		}
		return []recipient{{t.Header, raw, gojose.ParseEncryptedCompact}}
	}
	o, err := ParseObject([]byte(raw))
	if err != nil || !o.Has("ciphertext") {
		return nil
	}
	entries := []*Object{o}
	if list, found := o.Get("recipients"); found {
		if entries, err = objects(list); err != nil {
			return nil
		}
	}
	out := make([]recipient, 0, len(entries))
	for _, entry := range entries {
		out = append(out, flatten(o, entry))
	}
	return out
}

// flatten writes one recipient of the general form as the flattened form (RFC 7516,
// 7.2.2). What is authenticated does not depend on the recipients.
func flatten(o, entry *Object) recipient {
	members := map[string]json.RawMessage{}
	for _, name := range []string{"protected", "unprotected", "iv", "aad", "ciphertext", "tag"} {
		if raw, found := o.Get(name); found {
			members[name] = raw
		}
	}
	for _, name := range []string{"header", "encrypted_key"} {
		if raw, found := entry.Get(name); found {
			members[name] = raw
		}
	}
	header := &Object{index: map[string]int{}}
	protected, _ := o.String("protected")
	text, _ := decodeSegment("header", protected)
	for _, raw := range [][]byte{text, members["unprotected"], members["header"]} {
		if part, err := ParseObject(raw); err == nil {
			header = union(header, part)
		}
	}
	h, _ := readHeader(text, header)
	flat, err := json.Marshal(members)
	if err != nil {
		flat = nil // raw messages of an object that was read; and nil opens nothing
	}
	return recipient{h, string(flat), gojose.ParseEncryptedJSON}
}

// open tries one key. The turns are how often a password may still be hashed.
func (r recipient) open(key any, rsa15 bool, turns *int64) ([]byte, string) {
	algorithms := keyAlgorithms
	if r.header.Alg == string(gojose.RSA1_5) {
		if !rsa15 {
			return nil, RSA15
		}
		algorithms = []gojose.KeyAlgorithm{gojose.RSA1_5}
	}
	if private, ok := key.(*ecdh.PrivateKey); ok {
		if !strings.HasPrefix(r.header.Alg, "ECDH-ES") {
			return nil, KeyUnusable
		}
		key = agreement{private, r.header}
	}
	if n, ok := r.header.Object.Int("p2c"); ok {
		if n > *turns {
			return nil, TooManyTurns
		}
		*turns -= max(0, n)
	}
	if _, found := r.header.Object.Get("crit"); found {
		return nil, CritUnknown
	}
	object, err := r.parse(r.text, algorithms, contentAlgorithms)
	if err != nil {
		if !known(r.header, algorithms) {
			return nil, AlgUnknown
		}
		return nil, Malformed
	}
	plain, err := object.Decrypt(key)
	switch {
	case err == nil:
		return plain, Decrypted
	case strings.Contains(err.Error(), "too large"): // its bound of what zip may grow to has no name
		return nil, TooLarge
	case errors.Is(err, gojose.ErrUnsupportedKeyType):
		return nil, KeyUnusable
	}
	return nil, CannotOpen
}

func known(h Header, algorithms []gojose.KeyAlgorithm) bool {
	return slices.Contains(algorithms, gojose.KeyAlgorithm(h.Alg)) &&
		slices.Contains(contentAlgorithms, gojose.ContentEncryption(h.Enc))
}
