package check_test

import (
	"crypto"
	"fmt"
	"strings"
	"testing"

	"signbench/flows/check"
	"signbench/flows/jose"
)

// BenchmarkMegabyteIDToken decodes and checks a token of a megabyte with ten
// thousand claims, the second opinion included.
func BenchmarkMegabyteIDToken(b *testing.B) {
	claims := goodClaims(b)
	for i := range 10_000 {
		claims[fmt.Sprintf("claim_%05d", i)] = m{"n": i, "s": strings.Repeat("x", 40)}
	}
	raw := sign(b, "ES384", p384, m{"kid": "k1"}, marshal(b, claims))
	in := goodInput(b)
	in.Keys = keySet(b, map[string]crypto.Signer{"k1": p384})
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		in.Token = jose.Decode(raw)
		if r := check.IDToken(in); r.Failed() {
			b.Fatal(r)
		}
	}
}

// BenchmarkIDToken is an ordinary one: what a sign-in pays.
func BenchmarkIDToken(b *testing.B) {
	raw := sign(b, "ES384", p384, m{"kid": "k1"}, marshal(b, goodClaims(b)))
	in := goodInput(b)
	b.ReportAllocs()
	for b.Loop() {
		in.Token = jose.Decode(raw)
		if r := check.IDToken(in); r.Failed() {
			b.Fatal(r)
		}
	}
}
