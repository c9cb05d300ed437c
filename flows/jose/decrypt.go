package jose

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"strings"

	gojose "github.com/go-jose/go-jose/v4"
)

// Reasons of a Decryption.
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
// purpose.
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

// maxIterations is the largest p2c that is worked through (RFC 7518, 8.1 warns of
// larger ones): a fraction of a second.
const maxIterations = 1_000_000

// Decrypt opens a JWE, compact or JSON (RFC 7516), with a private key as PEM or
// JWK, an oct JWK, or a shared secret as its bytes. Of several recipients the
// first that the key fits is opened.
func Decrypt(raw string, key []byte) Decryption {
	recipients := recipientsOf(strings.TrimSpace(raw))
	d := Decryption{Reason: NotJWE}
	if len(recipients) == 0 {
		return d
	}
	opener, reason := privateKey(key)
	for _, r := range recipients {
		next := Decryption{Alg: r.header.Alg, Enc: r.header.Enc, Reason: reason}
		if reason == "" {
			next.Plain, next.Reason = r.open(opener)
		}
		if d.Reason == NotJWE || next.Reason == Decrypted || d.Reason == RSA15 {
			d = next
		}
		if d.Reason == Decrypted {
			return d
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

func (r recipient) open(key any) ([]byte, string) {
	if r.header.Alg == "RSA1_5" {
		return nil, RSA15
	}
	if n, ok := r.header.Object.Int("p2c"); ok && n > maxIterations {
		return nil, TooManyTurns
	}
	if _, found := r.header.Object.Get("crit"); found {
		return nil, CritUnknown
	}
	object, err := r.parse(r.text, keyAlgorithms, contentAlgorithms)
	if err != nil {
		if !known(r.header) {
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

func known(h Header) bool {
	algorithm, content := false, false
	for _, a := range keyAlgorithms {
		algorithm = algorithm || string(a) == h.Alg
	}
	for _, c := range contentAlgorithms {
		content = content || string(c) == h.Enc
	}
	return algorithm && content
}

// privateKey reads what opens a JWE.
func privateKey(text []byte) (key any, reason string) {
	trimmed := bytes.TrimSpace(text)
	switch {
	case len(trimmed) == 0:
		return nil, NoKey
	case bytes.HasPrefix(trimmed, []byte("-----BEGIN ")):
		return privatePEM(trimmed)
	case trimmed[0] == '{':
		var k gojose.JSONWebKey
		if err := k.UnmarshalJSON(trimmed); err != nil {
			break // a secret may begin with a brace
		}
		if k.IsPublic() {
			return nil, KeyPublic
		}
		return k.Key, ""
	}
	return text, ""
}

func privatePEM(text []byte) (any, string) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, KeyUnusable
	}
	if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		return key, ""
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, ""
	}
	if key, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
		return key, ""
	}
	if _, ok := publicOf(block); ok {
		return nil, KeyPublic
	}
	return nil, KeyUnusable
}
