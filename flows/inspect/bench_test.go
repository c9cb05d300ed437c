package inspect_test

import (
	"fmt"
	"strings"
	"testing"

	"signbench/flows/inspect"
)

// BenchmarkReadAndVerify takes a token of a megabyte with 10,000 claims apart and
// makes every check of it.
func BenchmarkReadAndVerify(b *testing.B) {
	var claims strings.Builder
	claims.WriteString(`{"iss":"i","sub":"s","aud":"c","exp":1,"nonce":"n"`)
	for i := range 10_000 {
		fmt.Fprintf(&claims, `,"claim_%d":"%s"`, i, strings.Repeat("v", 60))
	}
	claims.WriteString("}")
	token := []byte(compact(`{"alg":"ES256","kid":"k"}`, claims.String(), strings.Repeat("s", 64)))
	b.SetBytes(int64(len(token)))
	for b.Loop() {
		inspect.Verify(inspect.Read(token), inspect.Keys{Text: `{"keys":[]}`}, inspect.Expect{Issuer: "i", Audience: "c"})
	}
}
