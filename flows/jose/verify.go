package jose

import "slices"

// Reasons of a Verification.
const (
	Verified      = "verified"
	NoKey         = "no_key"          // no key of the set fits the algorithm
	UnknownKID    = "unknown_kid"     // the set has keys, but none by that name: fetch it again, once
	KeyUnusable   = "key_unusable"    // a key by that name exists and cannot be used for this algorithm
	BadSignature  = "bad_signature"   //
	AlgNone       = "alg_none"        // not signed at all
	AlgSymmetric  = "alg_symmetric"   // signed with a shared key: no published key can verify it
	AlgUnknown    = "alg_unknown"     // absent, or not one of Algorithms
	AlgNotAllowed = "alg_not_allowed" //
	CritUnknown   = "crit_unknown"    // RFC 7515, 4.1.11: an extension must be understood, or the token refused
	NotJWS        = "not_jws"         // opaque, or encrypted
	Detached      = "detached"        // RFC 7515, F: the payload is not in it, and without it nothing can be verified
	Malformed     = "malformed"       // a JWS whose encoding breaks the rules: see Token.Problems
)

// Verification is the outcome of verifying a signature.
type Verification struct {
	Reason string
	KID    string // of the header
	Alg    string
	Key    *Key  // the key that verified, or nil
	Tried  []Key // the keys that were tried, in order
}

// OK reports whether the signature was verified.
func (v Verification) OK() bool { return v.Reason == Verified }

// Verify verifies the signature of a token with the keys of the set and nothing
// else: keys that the header carries or points to are never used (RFC 8725, 3.10).
// With a kid, the keys of that name are tried; without one, every key that fits
// (OIDC Core 10.1). An empty allowed list admits every asymmetric algorithm.
func (s KeySet) Verify(t Token, allowed []string) Verification {
	v := Verification{KID: t.Header.Kid, Alg: t.Header.Alg}
	if v.Reason = refuse(t, allowed); v.Reason != "" {
		return v
	}
	a, _ := findAlgorithm(t.Header.Alg)
	v.Tried, v.Reason = s.candidates(t.Header.Kid, a)
	if v.Reason != "" {
		return v
	}
	input := t.signingInput()
	for i, k := range v.Tried {
		if a.verify(k.public, a.hash, input, t.Signature) {
			v.Key, v.Tried, v.Reason = &v.Tried[i], v.Tried[:i+1], Verified
			return v
		}
	}
	v.Reason = t.bad()
	return v
}

// bad is why no key fits a signature: it may be over a payload that is elsewhere.
func (t Token) bad() string {
	if t.Segments[1].Text == "" {
		return Detached
	}
	return BadSignature
}

// VerifyByHeader verifies a token with the key that its own header carries, and returns
// that key. It proves that whoever wrote the token holds the private half, which is all
// that a DPoP proof is for (RFC 9449, 4.3). Of any other token it proves nothing, because
// a forger brings a key as well (RFC 8725, 3.10).
func VerifyByHeader(t Token) (Verification, Key) {
	raw, found := t.Header.Object.Get("jwk")
	if !found {
		return Verification{Alg: t.Header.Alg, Reason: NoKey}, Key{}
	}
	k := parseKey(raw)
	k.KID = t.Header.Kid // a name that the header gives means this key and no other
	return KeySet{Keys: []Key{k}}.Verify(t, nil), k
}

// Candidates are the keys that kid and alg of the header select, in the order in
// which Verify tries them. It is empty for a token that Verify refuses outright.
func (s KeySet) Candidates(t Token) []Key {
	a, ok := findAlgorithm(t.Header.Alg)
	if !ok || refuse(t, nil) != "" {
		return nil
	}
	keys, _ := s.candidates(t.Header.Kid, a)
	return keys
}

// refuse names what rules a token out before any key is looked at.
func refuse(t Token, allowed []string) string {
	if t.Form != JWT && t.Form != JWS {
		return NotJWS
	}
	switch AlgClass(t.Header.Alg) {
	case "none":
		return AlgNone
	case "symmetric":
		return AlgSymmetric
	case "unknown":
		return AlgUnknown
	}
	switch {
	case len(allowed) > 0 && !slices.Contains(allowed, t.Header.Alg):
		return AlgNotAllowed
	}
	return refuseForm(t)
}

// refuseForm names what rules a token out whatever its algorithm.
func refuseForm(t Token) string {
	switch {
	case t.Header.critical():
		return CritUnknown
	case malformed(t):
		return Malformed
	}
	return ""
}

// malformed reports whether the token breaks the rules of its encoding. What is
// wrong inside the claims does not touch the signature.
func malformed(t Token) bool {
	for _, p := range t.Problems {
		if p.Where != "payload" {
			return true
		}
		switch p.Code {
		case Whitespace, Padding, NotBase64URL, TrailingBits:
			return true
		}
	}
	return false
}

// candidates are the keys that may have made the signature, or the reason why
// there is none.
func (s KeySet) candidates(kid string, a algorithm) ([]Key, string) {
	var fit []Key
	named := false
	for _, k := range s.Keys {
		if kid != "" && k.KID != kid {
			continue
		}
		named = true
		if k.fits(a) {
			fit = append(fit, k)
		}
	}
	switch {
	case len(fit) > 0:
		return fit, ""
	case len(s.Keys) == 0 || kid == "":
		return nil, NoKey
	case !named:
		return nil, UnknownKID
	}
	return nil, KeyUnusable
}
