// Package jose decodes a JWS, JWT or JWE without trusting it, and verifies a
// signature against a key set that was fetched elsewhere. Decoding never fails:
// what is not a JOSE object is opaque, and what is wrong with one is listed.
// Decoded is not verified; only KeySet.Verify says "verified".
//
// The checks are written on the standard library on purpose: go-oidc, which is
// asked for a second opinion, verifies with go-jose, so that two independent
// readings of RFC 7515 look at every ID token.
package jose
