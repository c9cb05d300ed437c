package demo

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	_ "crypto/sha512" // SHA-384 for ES384
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// jws is a JWT before it is signed (RFC 7515 3). It is put together by hand and
// not by a library, because a library rightly refuses to make the broken ones.
type jws struct {
	header map[string]any
	claims map[string]any
	sign   func(input []byte) ([]byte, error)
}

// signedBy returns a JWS with the header and signature of the key.
func signedBy(k *key, typ string, claims map[string]any) *jws {
	return &jws{
		header: map[string]any{"alg": string(k.alg), "typ": typ, "kid": k.id},
		claims: claims,
		sign:   k.sign,
	}
}

// compact is the compact serialization (RFC 7515 7.1).
func (j *jws) compact() (string, error) {
	header, err := json.Marshal(j.header)
	if err != nil {
		return "", fmt.Errorf("header: %w", err)
	}
	claims, err := json.Marshal(j.claims)
	if err != nil {
		return "", fmt.Errorf("claims: %w", err)
	}
	input := encode(header) + "." + encode(claims)
	signature, err := j.sign([]byte(input))
	if err != nil {
		return "", fmt.Errorf("signature: %w", err)
	}
	return input + "." + encode(signature), nil
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// hashOf is the hash of a signature algorithm; at_hash uses the same one
// (OIDC Core 3.1.3.6).
func hashOf(alg jose.SignatureAlgorithm) crypto.Hash {
	if alg == jose.ES384 {
		return crypto.SHA384
	}
	return crypto.SHA256
}

// sign signs with the key's algorithm (RFC 7518 3.3, 3.4).
func (k *key) sign(input []byte) ([]byte, error) {
	h := hashOf(k.alg).New()
	h.Write(input)
	digest := h.Sum(nil)
	switch private := k.signer.(type) {
	case *ecdsa.PrivateKey:
		r, s, err := ecdsa.Sign(rand.Reader, private, digest)
		if err != nil {
			return nil, err
		}
		size := (private.Curve.Params().BitSize + 7) / 8
		signature := make([]byte, 2*size)
		r.FillBytes(signature[:size])
		s.FillBytes(signature[size:])
		return signature, nil
	case *rsa.PrivateKey:
		return rsa.SignPKCS1v15(rand.Reader, private, hashOf(k.alg), digest)
	default:
		return nil, fmt.Errorf("no signature with a %T", private)
	}
}

// hs256 signs with a shared secret (RFC 7518 3.2): what a provider must not do
// when its keys are asymmetric.
func hs256(secret string) func([]byte) ([]byte, error) {
	return func(input []byte) ([]byte, error) {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(input)
		return mac.Sum(nil), nil
	}
}

// leftHalf is at_hash for the access token (OIDC Core 3.1.3.6).
func leftHalf(alg jose.SignatureAlgorithm, accessToken string) string {
	h := hashOf(alg).New()
	h.Write([]byte(accessToken))
	sum := h.Sum(nil)
	return encode(sum[:len(sum)/2])
}
