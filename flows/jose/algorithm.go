package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	_ "crypto/sha256" // SHA-256 for crypto.Hash
	_ "crypto/sha512" // SHA-384 and SHA-512 for crypto.Hash
	"encoding/base64"
	"math/big"
	"strings"
)

// algorithm is one asymmetric signature algorithm (RFC 7518, 3.1; RFC 8037, 3.1;
// RFC 9864, 2.2): what key it needs and how a signature is verified.
type algorithm struct {
	name   string
	kty    string
	crv    string      // of EC and OKP keys
	hash   crypto.Hash // of the signature, and of at_hash (OIDC Core 3.1.3.6)
	verify func(pub crypto.PublicKey, hash crypto.Hash, input, sig []byte) bool
}

var algorithms = []algorithm{
	{"RS256", "RSA", "", crypto.SHA256, verifyPKCS1v15},
	{"RS384", "RSA", "", crypto.SHA384, verifyPKCS1v15},
	{"RS512", "RSA", "", crypto.SHA512, verifyPKCS1v15},
	{"PS256", "RSA", "", crypto.SHA256, verifyPSS},
	{"PS384", "RSA", "", crypto.SHA384, verifyPSS},
	{"PS512", "RSA", "", crypto.SHA512, verifyPSS},
	{"ES256", "EC", "P-256", crypto.SHA256, verifyECDSA},
	{"ES384", "EC", "P-384", crypto.SHA384, verifyECDSA},
	{"ES512", "EC", "P-521", crypto.SHA512, verifyECDSA},
	{"EdDSA", "OKP", "Ed25519", crypto.SHA512, verifyEd25519},
	{"Ed25519", "OKP", "Ed25519", crypto.SHA512, verifyEd25519},
}

func findAlgorithm(name string) (algorithm, bool) {
	for _, a := range algorithms {
		if a.name == name {
			return a, true
		}
	}
	return algorithm{}, false
}

// Algorithms lists the signature algorithms that can be verified.
func Algorithms() []string {
	out := make([]string, len(algorithms))
	for i, a := range algorithms {
		out[i] = a.name
	}
	return out
}

// AlgClass sorts an alg value by what it means for a client that holds no shared
// key: "asymmetric", "symmetric", "none" or "unknown".
func AlgClass(alg string) string {
	switch {
	case strings.EqualFold(alg, "none"): // "nOnE" has fooled deny lists that compared exactly
		return "none"
	case strings.HasPrefix(alg, "HS"):
		return "symmetric"
	}
	if _, ok := findAlgorithm(alg); ok {
		return "asymmetric"
	}
	return "unknown"
}

// HalfHash is the value that at_hash must have for that token (OIDC Core 3.1.3.6):
// the left half of the hash that alg uses, in base64url. EdDSA takes SHA-512, the
// hash inside Ed25519. It fails for an algorithm that is not ours.
func HalfHash(alg, value string) (string, bool) {
	a, ok := findAlgorithm(alg)
	if !ok {
		return "", false
	}
	sum := digest(a.hash, []byte(value))
	return base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2]), true
}

func digest(h crypto.Hash, input []byte) []byte {
	w := h.New()
	_, _ = w.Write(input) // hash.Hash.Write never fails
	return w.Sum(nil)
}

func verifyPKCS1v15(pub crypto.PublicKey, hash crypto.Hash, input, sig []byte) bool {
	key, ok := pub.(*rsa.PublicKey)
	return ok && rsa.VerifyPKCS1v15(key, hash, digest(hash, input), sig) == nil
}

// verifyPSS fixes the salt to the length of the hash (RFC 7518, 3.5).
func verifyPSS(pub crypto.PublicKey, hash crypto.Hash, input, sig []byte) bool {
	key, ok := pub.(*rsa.PublicKey)
	opts := &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: hash}
	return ok && rsa.VerifyPSS(key, hash, digest(hash, input), sig, opts) == nil
}

// verifyECDSA takes R and S side by side at the full size of the curve's order
// (RFC 7518, 3.4), not the ASN.1 form.
func verifyECDSA(pub crypto.PublicKey, hash crypto.Hash, input, sig []byte) bool {
	key, ok := pub.(*ecdsa.PublicKey)
	if !ok {
		return false
	}
	size := (key.Params().BitSize + 7) / 8
	if len(sig) != 2*size {
		return false
	}
	r, s := new(big.Int).SetBytes(sig[:size]), new(big.Int).SetBytes(sig[size:])
	return ecdsa.Verify(key, digest(hash, input), r, s)
}

func verifyEd25519(pub crypto.PublicKey, _ crypto.Hash, input, sig []byte) bool {
	key, ok := pub.(ed25519.PublicKey)
	return ok && len(key) == ed25519.PublicKeySize && ed25519.Verify(key, input, sig)
}
