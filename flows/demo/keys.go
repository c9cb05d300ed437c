package demo

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/base64"
	"strconv"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

// seed is what every key of the tenant is derived from, and it is public on
// purpose. A bench that is closed and opened again must find its tokens still
// good: an ID token from before the restart is the hint of a sign-out after it,
// and the refresh token in the keychain is used. A random key would need a place
// on disk, and a secret there would pretend to protect something. There is nothing
// to protect: the tenant listens on loopback only, holds two invented people, is
// trusted by no application but the bench itself, and whoever forges its tokens
// gains what anyone gets by pressing "Sign in as Alice".
const seed = "signbench demo tenant, public seed 1"

// derive is n bytes that depend on the seed, a purpose and a counter only.
func derive(purpose string, counter, n int) []byte {
	var out []byte
	for block := 0; len(out) < n; block++ {
		mac := hmac.New(sha512.New, []byte(seed))
		mac.Write([]byte(purpose + " " + strconv.Itoa(counter) + " " + strconv.Itoa(block)))
		out = mac.Sum(out)
	}
	return out[:n]
}

// key is one signing key of the tenant.
type key struct {
	id     string // the RFC 7638 thumbprint, as Logto's kid
	alg    jose.SignatureAlgorithm
	signer crypto.Signer
}

// newKey names a signer by its thumbprint.
func newKey(alg jose.SignatureAlgorithm, signer crypto.Signer) *key {
	k := &key{alg: alg, signer: signer}
	public := k.jwk()
	thumb, err := public.Thumbprint(crypto.SHA256)
	if err != nil {
		panic("demo: no thumbprint for a key of our own: " + err.Error())
	}
	k.id = base64.RawURLEncoding.EncodeToString(thumb)
	return k
}

// jwk is the public half as the JWKS shows it.
func (k *key) jwk() jose.JSONWebKey {
	return jose.JSONWebKey{Key: k.signer.Public(), KeyID: k.id, Algorithm: string(k.alg), Use: "sig"}
}

// The EC keys of the tenant: the one in use, and the one that a rotation brings.
var (
	currentKey = sync.OnceValue(func() *key { return newKey(jose.ES384, deriveEC("current", elliptic.P384(), 48)) })
	nextKey    = sync.OnceValue(func() *key { return newKey(jose.ES384, deriveEC("next", elliptic.P384(), 48)) })
	p256Key    = sync.OnceValue(func() *key { return newKey(jose.ES256, deriveEC("p256", elliptic.P256(), 32)) })
)

// deriveEC tries counters until the bytes are a scalar of the curve (SEC 1 2.3.6),
// which the first nearly always are.
func deriveEC(purpose string, curve elliptic.Curve, size int) *ecdsa.PrivateKey {
	for counter := 0; ; counter++ {
		private, err := ecdsa.ParseRawPrivateKey(curve, derive("ec "+purpose, counter, size))
		if err == nil {
			return private
		}
	}
}

// keyring is the keys that are published and the one of them that signs.
type keyring struct {
	mu        sync.Mutex
	signing   *key
	published []*key
}

// newKeyring holds one P-384 key, as a tenant of Logto does.
func newKeyring() *keyring {
	return &keyring{signing: currentKey(), published: []*key{currentKey()}}
}

// rotate makes k the signing key and publishes it in front of the others.
func (r *keyring) rotate(k *key) *key {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.signing != k {
		r.signing = k
		r.published = append([]*key{k}, r.published...)
	}
	return k
}

// turn makes the oldest published key the next one to sign, and returns it.
func (r *keyring) turn() *key {
	r.mu.Lock()
	defer r.mu.Unlock()
	last := len(r.published) - 1
	r.signing = r.published[last]
	r.published = append([]*key{r.signing}, r.published[:last]...)
	return r.signing
}

// publish adds a key that does not sign.
func (r *keyring) publish(k *key) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.published = append(r.published, k)
}

func (r *keyring) signer() *key {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.signing
}

// jwks is the public key set (RFC 7517 5).
func (r *keyring) jwks() []jose.JSONWebKey {
	r.mu.Lock()
	defer r.mu.Unlock()
	set := make([]jose.JSONWebKey, 0, len(r.published))
	for _, k := range r.published {
		set = append(set, k.jwk())
	}
	return set
}
