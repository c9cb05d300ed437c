// Package oauth is the vocabulary of the bench: profiles, protocol messages and
// secrets, named as the OAuth 2.0 and OpenID Connect specifications name them.
// It is a leaf: it imports the standard library only, does no I/O and knows
// nothing of runs, windows or keychains.
package oauth
