package jose

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"

	gojose "github.com/go-jose/go-jose/v4"
)

// Errors of ParseKeys. They quote nothing of the text.
var (
	ErrKeysUnknown   = errors.New("keys: neither a JWKS, a JWK nor PEM")
	ErrKeysPEM       = errors.New("keys: the PEM block holds no public key and no certificate that can be read")
	ErrKeysPrivate   = errors.New("keys: this is a private key; a signature is verified with the public one")
	ErrKeysSymmetric = errors.New("keys: this is a shared secret, not a public key")
)

// maxBlocks bounds how many PEM blocks are read.
const maxBlocks = 100

// ParseKeys reads public keys in any form in which they are handed around: a JWK
// Set, a single JWK (RFC 7517), PEM with public keys or certificates (RFC 7468).
// A private key is refused, because whoever pasted it meant another one.
func ParseKeys(text []byte) (KeySet, error) {
	text = bytes.TrimSpace(text)
	if bytes.HasPrefix(text, []byte("-----BEGIN ")) {
		return parsePEM(text)
	}
	o, err := ParseObject(text)
	switch {
	case err != nil:
		return KeySet{}, ErrKeysUnknown
	case o.Has("keys"):
		return ParseKeySet(text)
	case !o.Has("kty"):
		return KeySet{}, ErrKeysUnknown
	}
	k := parseKey(text)
	switch {
	case k.Kty == "oct":
		return KeySet{}, ErrKeysSymmetric
	case k.Private:
		return KeySet{}, ErrKeysPrivate
	}
	return KeySet{Keys: []Key{k}}, nil
}

func parsePEM(text []byte) (KeySet, error) {
	var set KeySet
	for range maxBlocks {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			break
		}
		if bytes.HasSuffix([]byte(block.Type), []byte("PRIVATE KEY")) {
			return KeySet{}, ErrKeysPrivate
		}
		public, ok := publicOf(block)
		if !ok {
			return KeySet{}, ErrKeysPEM
		}
		// As a JWK, the key passes the same tests of size and shape as any other.
		raw, err := gojose.JSONWebKey{Key: public}.MarshalJSON()
		if err != nil {
			return KeySet{}, ErrKeysPEM
		}
		set.Keys = append(set.Keys, parseKey(raw))
	}
	if len(set.Keys) == 0 {
		return KeySet{}, ErrKeysPEM
	}
	return set, nil
}

func publicOf(block *pem.Block) (crypto.PublicKey, bool) {
	if cert, err := x509.ParseCertificate(block.Bytes); err == nil {
		return cert.PublicKey, true
	}
	if key, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
		return key, true
	}
	key, err := x509.ParsePKCS1PublicKey(block.Bytes)
	return key, err == nil
}
