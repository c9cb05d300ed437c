package jose

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"

	gojose "github.com/go-jose/go-jose/v4"
)

// privateKeys reads what opens a JWE, or says why that is nothing. Of a set, the
// keys that can be read are taken.
func privateKeys(text []byte) (keys []any, reason string) {
	trimmed := bytes.TrimSpace(text)
	if len(trimmed) == 0 {
		return nil, NoKey
	}
	if bytes.HasPrefix(trimmed, []byte("-----BEGIN ")) {
		return one(privatePEM(trimmed))
	}
	o, err := ParseObject(trimmed)
	switch {
	case err == nil && o.Has("kty"):
		return one(privateJWK(trimmed, o))
	case err == nil && o.Has("keys"):
		return privateSet(o)
	}
	return []any{text}, "" // a secret may begin with a brace
}

// Opens says whether a text is a key with which a JWE could be opened, or why not: the
// reason is empty, or one of a Decryption.
func Opens(key []byte) (reason string) {
	_, reason = privateKeys(key)
	return reason
}

func one(key any, reason string) ([]any, string) {
	if reason != "" {
		return nil, reason
	}
	return []any{key}, ""
}

func privateSet(o *Object) (keys []any, reason string) {
	raw, _ := o.Get("keys")
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return nil, KeyUnusable
	}
	for _, item := range list[:min(len(list), maxBlocks)] {
		member, err := ParseObject(item)
		if err != nil {
			continue
		}
		key, why := privateJWK(item, member)
		if why == "" {
			keys = append(keys, key)
		}
		reason = why
	}
	if len(keys) > 0 {
		return keys, ""
	}
	return nil, reason
}

// privateJWK reads an RSA, EC or oct key (RFC 7518, 6), or one on X25519 (RFC 8037, 2).
func privateJWK(raw []byte, o *Object) (key any, reason string) {
	if kty, _ := o.String("kty"); kty == "OKP" {
		private, why := agreementKey(o)
		return private, why
	}
	var k gojose.JSONWebKey
	switch err := k.UnmarshalJSON(raw); {
	case err != nil:
		return nil, KeyUnusable
	case k.IsPublic():
		return nil, KeyPublic
	}
	return k.Key, ""
}

func privatePEM(text []byte) (key any, reason string) {
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
