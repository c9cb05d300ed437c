package jose

import (
	"fmt"
	"strings"
	"testing"
)

// bigToken is a signed token of about a megabyte with ten thousand claims.
func bigToken(b *testing.B) string {
	b.Helper()
	var claims strings.Builder
	claims.WriteString(`{"iss":"https://issuer.example"`)
	for i := range 10_000 {
		fmt.Fprintf(&claims, `,"claim_%05d":{"n":%d,"s":"%s"}`, i, i, strings.Repeat("x", 40))
	}
	claims.WriteByte('}')
	return sign(b, "ES384", p384, map[string]any{"kid": "k"}, claims.String())
}

func BenchmarkDecodeMegabyte(b *testing.B) {
	raw := bigToken(b)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if t := Decode(raw); len(t.Claims.Members) != 10_001 {
			b.Fatal(len(t.Claims.Members))
		}
	}
}

func BenchmarkVerifyMegabyte(b *testing.B) {
	token := Decode(bigToken(b))
	set := keySet(b, jwk(b, p384.Public(), map[string]any{"kid": "k"}))
	b.ReportAllocs()
	for b.Loop() {
		if !set.Verify(token, nil).OK() {
			b.Fatal("not verified")
		}
	}
}

func BenchmarkDecodeOrdinary(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Decode(rfc7515A2)
	}
}
