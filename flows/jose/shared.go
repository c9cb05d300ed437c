package jose

import (
	"bytes"
	"crypto"
	"crypto/hmac"
)

// Reasons of VerifySecret beside those of KeySet.Verify.
const (
	AlgAsymmetric = "alg_asymmetric" // signed with a private key: a shared secret can verify nothing
	SecretIsKey   = "secret_is_key"  // a public key where a secret is wanted: the confusion that forgers rely on
)

var macs = map[string]crypto.Hash{"HS256": crypto.SHA256, "HS384": crypto.SHA384, "HS512": crypto.SHA512}

// VerifySecret verifies a MAC with a secret that both sides hold (RFC 7518, 3.2).
// An oct JWK stands for the secret in it. A public key is refused: whoever takes
// one for a secret accepts what anybody can forge (RFC 8725, 3.1).
func VerifySecret(t Token, secret []byte) Verification {
	v := Verification{KID: t.Header.Kid, Alg: t.Header.Alg}
	v.Reason = verifySecret(t, secret)
	return v
}

func verifySecret(t Token, secret []byte) string {
	if t.Form != JWT && t.Form != JWS {
		return NotJWS
	}
	switch AlgClass(t.Header.Alg) {
	case "none":
		return AlgNone
	case "asymmetric":
		return AlgAsymmetric
	}
	hash, known := macs[t.Header.Alg]
	if !known {
		return AlgUnknown
	}
	if reason := refuseForm(t); reason != "" {
		return reason
	}
	key, reason := octetKey(secret, t.Header)
	if reason != "" {
		return reason
	}
	mac := hmac.New(hash.New, key)
	_, _ = mac.Write(t.signingInput()) // hash.Hash.Write never fails
	if !hmac.Equal(mac.Sum(nil), t.Signature) {
		return t.bad()
	}
	return Verified
}

// WeakSecret reports whether the secret is shorter than the output of the hash,
// which RFC 7518, 3.2 requires it to be at least. bits is how long it is.
func WeakSecret(h Header, secret []byte) (bits int, weak bool) {
	key, reason := octetKey(secret, h)
	hash, known := macs[h.Alg]
	if reason != "" || !known {
		return 0, false
	}
	return 8 * len(key), len(key) < hash.Size()
}

// octetKey is the key that the text stands for, or why there is none.
func octetKey(secret []byte, h Header) (key []byte, reason string) {
	text := bytes.TrimSpace(secret)
	if len(text) == 0 {
		return nil, NoKey
	}
	if bytes.HasPrefix(text, []byte("-----BEGIN ")) {
		return nil, SecretIsKey
	}
	o, err := ParseObject(text)
	switch {
	case err != nil:
		return secret, ""
	case o.Has("kty"):
		return octetJWK(o, h)
	case o.Has("keys"):
		return octetSet(o, h)
	}
	return secret, ""
}

// octetSet looks through a set for the key that the header means (RFC 7517, 5).
func octetSet(o *Object, h Header) (key []byte, reason string) {
	raw, _ := o.Get("keys")
	members, err := objects(raw)
	if err != nil {
		return nil, KeyUnusable
	}
	reason = SecretIsKey
	for _, member := range members {
		if kid, _ := member.String("kid"); h.Kid != "" && kid != h.Kid {
			continue
		}
		if kty, _ := member.String("kty"); kty != "oct" {
			continue
		}
		if key, reason = octetJWK(member, h); reason == "" {
			return key, ""
		}
	}
	return nil, reason
}

// octetJWK is the key in an oct JWK (RFC 7518, 6.4).
func octetJWK(o *Object, h Header) (key []byte, reason string) {
	if kty, _ := o.String("kty"); kty != "oct" {
		return nil, SecretIsKey
	}
	key, ok := octets(o, "k")
	use, _ := o.String("use")
	named, _ := o.String("alg")
	if !ok || !forVerification(o, use) || named != "" && named != h.Alg {
		return nil, KeyUnusable
	}
	return key, ""
}
