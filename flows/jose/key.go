package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"slices"
)

// What can be wrong with a key.
const (
	KeyNotObject      = "not_object"       // the array holds something that is not a JSON object
	KeyMalformed      = "malformed"        // a member is missing, of the wrong type or not base64url
	KeyNoType         = "no_kty"           // RFC 7517, 4.1: kty is required
	KeyUnknownType    = "unknown_kty"      // a key type that is not RSA, EC or OKP
	KeyUnknownCurve   = "unknown_crv"      // a curve that no algorithm of ours uses
	KeyNotOnCurve     = "not_on_curve"     // the point is not one of the curve's
	KeyTooSmall       = "too_small"        // RFC 7518, 3.3: an RSA key has 2048 bits or more
	KeyTooLarge       = "too_large"        // a modulus that only serves to keep verifiers busy
	KeyWeakExponent   = "weak_exponent"    // an RSA exponent of 1, or an even one
	KeyPrivate        = "private"          // Discovery 1.0, 3: a published set must hold no private key
	KeySymmetric      = "symmetric"        // Discovery 1.0, 3: nor a symmetric one
	KeyCertMismatch   = "x5c_mismatch"     // RFC 7517, 4.7: the certificate is of another key
	KeyNotForVerify   = "not_for_verify"   // use is not "sig", or key_ops lacks "verify"
	KeyDuplicateNames = "duplicate_member" // RFC 7517, 4: names must be unique
)

// The sizes of an RSA modulus that are accepted. The lower bound is RFC 7518,
// 3.3; the upper is ours, so that a hostile key cannot keep a verifier busy.
const (
	minRSABits = 2048
	maxRSABits = 16384
)

// Key is one member of a key set.
type Key struct {
	KID        string
	Kty        string
	Alg        string
	Use        string
	Crv        string
	Bits       int
	Usable     bool   // a signature may be verified with it
	Problem    string // why not
	Private    bool   // it holds private or symmetric material
	Thumbprint string // RFC 7638 with SHA-256; empty when the key could not be read

	public crypto.PublicKey
}

// Public is the key itself: *rsa.PublicKey, *ecdsa.PublicKey or ed25519.PublicKey.
// It is nil when the key could not be read.
func (k Key) Public() crypto.PublicKey { return k.public }

// fits reports whether a signature by that algorithm could be of this key.
func (k Key) fits(a algorithm) bool {
	if !k.Usable || k.Kty != a.kty || k.Crv != a.crv {
		return false
	}
	// RFC 7517, 4.4: a key with an alg serves that one only. EdDSA and Ed25519 are
	// two names for the same algorithm (RFC 9864, 2.2).
	return k.Alg == "" || k.Alg == a.name || a.kty == "OKP" && (k.Alg == "EdDSA" || k.Alg == "Ed25519")
}

func parseKey(raw json.RawMessage) Key {
	o, err := ParseObject(raw)
	if err != nil {
		return Key{Problem: KeyNotObject}
	}
	var k Key
	k.KID, _ = o.String("kid")
	k.Kty, _ = o.String("kty")
	k.Alg, _ = o.String("alg")
	k.Use, _ = o.String("use")
	k.Problem = k.read(o)
	if k.Problem == "" && len(o.Duplicates()) > 0 {
		k.Problem = KeyDuplicateNames
	}
	if k.Problem == "" && !certificateAgrees(o, k.public) {
		k.Problem = KeyCertMismatch
	}
	if k.Problem == "" && !forVerification(o, k.Use) {
		k.Problem = KeyNotForVerify
	}
	k.Usable = k.Problem == ""
	return k
}

// read fills in the public key and says what is wrong with it.
func (k *Key) read(o *Object) string {
	var problem string
	switch k.Kty {
	case "":
		return KeyNoType
	case "RSA":
		problem = k.readRSA(o)
	case "EC":
		problem = k.readEC(o)
	case "OKP":
		problem = k.readOKP(o)
	case "oct":
		k.Private = true
		return KeySymmetric
	default:
		return KeyUnknownType
	}
	for _, name := range []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"} {
		if o.Has(name) {
			k.Private = true
		}
	}
	if problem == "" && k.Private {
		// Whoever can read the set can sign with this key, so a signature by it
		// proves nothing.
		return KeyPrivate
	}
	return problem
}

func (k *Key) readRSA(o *Object) string {
	n, okN := bigInt(o, "n")
	e, okE := bigInt(o, "e")
	if !okN || !okE {
		return KeyMalformed
	}
	k.Bits = n.BitLen()
	switch {
	case k.Bits > maxRSABits:
		return KeyTooLarge
	case e.BitLen() > 31:
		return KeyWeakExponent
	}
	k.public = &rsa.PublicKey{N: n, E: int(e.Int64())}
	k.Thumbprint = thumbprint(rsaMembers{E: encode(e.Bytes()), Kty: "RSA", N: encode(n.Bytes())})
	switch {
	case k.Bits < minRSABits:
		return KeyTooSmall
	case e.Int64() < 3 || e.Bit(0) == 0:
		return KeyWeakExponent
	}
	return ""
}

var curves = map[string]elliptic.Curve{
	"P-256": elliptic.P256(),
	"P-384": elliptic.P384(),
	"P-521": elliptic.P521(),
}

func (k *Key) readEC(o *Object) string {
	k.Crv, _ = o.String("crv")
	curve, ok := curves[k.Crv]
	if !ok {
		return KeyUnknownCurve
	}
	k.Bits = curve.Params().BitSize
	x, okX := octets(o, "x")
	y, okY := octets(o, "y")
	size := (k.Bits + 7) / 8
	// RFC 7518, 6.2.1.2: the full size of a coordinate, leading zeros included.
	if !okX || !okY || len(x) != size || len(y) != size {
		return KeyMalformed
	}
	pub, err := ecdsa.ParseUncompressedPublicKey(curve, slices.Concat([]byte{4}, x, y))
	if err != nil {
		return KeyNotOnCurve
	}
	k.public = pub
	k.Thumbprint = thumbprint(ecMembers{Crv: k.Crv, Kty: "EC", X: encode(x), Y: encode(y)})
	return ""
}

func (k *Key) readOKP(o *Object) string {
	k.Crv, _ = o.String("crv")
	switch k.Crv {
	case "Ed25519":
	case "X25519", "X448": // RFC 8037, 3.2: a key is agreed on with these, nothing is signed
		return KeyNotForVerify
	default:
		return KeyUnknownCurve
	}
	k.Bits = 256
	x, ok := octets(o, "x")
	if !ok || len(x) != ed25519.PublicKeySize {
		return KeyMalformed
	}
	k.public = ed25519.PublicKey(x)
	k.Thumbprint = thumbprint(okpMembers{Crv: k.Crv, Kty: "OKP", X: encode(x)})
	return ""
}

// forVerification applies use and key_ops (RFC 7517, 4.2 and 4.3).
func forVerification(o *Object, use string) bool {
	if use != "" && use != "sig" {
		return false
	}
	if !o.Has("key_ops") {
		return true
	}
	ops, ok := o.Array("key_ops")
	return ok && slices.Contains(ops, "verify")
}

// certificateAgrees compares the key with its first certificate (RFC 7517, 4.7).
// A certificate that cannot be read says nothing either way.
func certificateAgrees(o *Object, pub crypto.PublicKey) bool {
	chain, ok := o.Array("x5c")
	if !ok || len(chain) == 0 {
		return true
	}
	der, err := base64.StdEncoding.DecodeString(chain[0])
	if err != nil {
		return true
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return true
	}
	mine, ok := pub.(interface{ Equal(crypto.PublicKey) bool })
	return ok && mine.Equal(cert.PublicKey)
}

func octets(o *Object, name string) ([]byte, bool) {
	s, ok := o.String(name)
	if !ok || s == "" {
		return nil, false
	}
	return decodeStrict(s)
}

func bigInt(o *Object, name string) (*big.Int, bool) {
	b, ok := octets(o, name)
	if !ok {
		return nil, false
	}
	return new(big.Int).SetBytes(b), true
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
