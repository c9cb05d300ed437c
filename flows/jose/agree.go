package jose

import (
	"crypto"
	"crypto/aes"
	"crypto/ecdh"
	"encoding/binary"
	"errors"
	"io"

	gojose "github.com/go-jose/go-jose/v4"
	josecipher "github.com/go-jose/go-jose/v4/cipher"
)

// errAgreement says nothing of the key or of what it should have opened.
var errAgreement = errors.New("jwe: no key could be agreed on")

// agreement is ECDH-ES on X25519 (RFC 8037, 3.2), a curve that go-jose does not
// know. It finds the content encryption key for go-jose, which opens the rest.
type agreement struct {
	private *ecdh.PrivateKey
	header  Header
}

// contentKeySize is the length of a content encryption key in bytes (RFC 7518, 5.1).
var contentKeySize = map[string]int{
	"A128GCM": 16, "A192GCM": 24, "A256GCM": 32, "A128CBC-HS256": 32, "A192CBC-HS384": 48, "A256CBC-HS512": 64,
}

// wrappingKeySize is the length of the key that wraps it (RFC 7518, 4.6).
var wrappingKeySize = map[string]int{"ECDH-ES+A128KW": 16, "ECDH-ES+A192KW": 24, "ECDH-ES+A256KW": 32}

// DecryptKey implements gojose.OpaqueKeyDecrypter.
func (a agreement) DecryptKey(encrypted []byte, _ gojose.Header) ([]byte, error) {
	name, size := a.header.Alg, wrappingKeySize[a.header.Alg]
	if a.header.Alg == "ECDH-ES" { // RFC 7518, 4.6: the key is agreed on itself
		name, size = a.header.Enc, contentKeySize[a.header.Enc]
	}
	secret, err := a.secret()
	if err != nil {
		return nil, err
	}
	key, err := a.derive(secret, name, size)
	if err != nil || a.header.Alg == "ECDH-ES" {
		return key, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, errAgreement
	}
	return josecipher.KeyUnwrap(block, encrypted)
}

// secret is Z: what both sides compute from their own private and the other's public
// key (RFC 7748, 6.1).
func (a agreement) secret() ([]byte, error) {
	raw, _ := a.header.Object.Get("epk")
	epk, err := ParseObject(raw)
	if err != nil {
		return nil, errAgreement
	}
	x, found := octets(epk, "x")
	if crv, _ := epk.String("crv"); !found || crv != "X25519" {
		return nil, errAgreement
	}
	public, err := ecdh.X25519().NewPublicKey(x)
	if err != nil {
		return nil, errAgreement
	}
	return a.private.ECDH(public)
}

// derive is the Concat KDF of RFC 7518, 4.6.2. The name is that of the algorithm
// which the derived key is for.
func (a agreement) derive(secret []byte, name string, size int) ([]byte, error) {
	apu, _ := octets(a.header.Object, "apu")
	apv, _ := octets(a.header.Object, "apv")
	bits := binary.BigEndian.AppendUint32(nil, uint32(size)*8) // #nosec G115 -- 64 bytes at most
	kdf := josecipher.NewConcatKDF(crypto.SHA256, secret, counted([]byte(name)), counted(apu), counted(apv), bits, nil)
	key := make([]byte, size)
	_, err := io.ReadFull(kdf, key)
	return key, err
}

// counted puts the length before the data.
func counted(data []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), data...) // #nosec G115 -- a part of a header
}

// agreementKey reads the private key of an OKP JWK (RFC 8037, 2).
func agreementKey(o *Object) (*ecdh.PrivateKey, string) {
	if crv, _ := o.String("crv"); crv != "X25519" {
		return nil, KeyUnknownCurve
	}
	if !o.Has("d") {
		return nil, KeyPublic
	}
	d, _ := octets(o, "d")
	key, err := ecdh.X25519().NewPrivateKey(d)
	if err != nil {
		return nil, KeyUnusable
	}
	return key, ""
}
