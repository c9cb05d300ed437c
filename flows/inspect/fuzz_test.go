package inspect_test

import (
	"strings"
	"testing"

	"signbench/flows/inspect"
)

// FuzzRead: whatever is pasted, Read answers, and without keys nothing counts as
// good but what rightly brings its own.
func FuzzRead(f *testing.F) {
	for text := range samples() {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		inspect.Read(b).Walk(func(d inspect.Document) {
			if d.Kind == "" {
				t.Fatalf("%q has no kind", b)
			}
			report := inspect.Verify(d, inspect.Keys{Text: `{"keys":[]}`}, inspect.Expect{})
			if inspect.Judge(d, report) == inspect.Good && !d.BringsKey() {
				t.Fatalf("%q was verified by no key", b)
			}
		})
	})
}

// each gives a parser of its own kind of text a corpus of its own.
func each(f *testing.F, begins string) {
	f.Helper()
	for text := range samples() {
		if strings.HasPrefix(text, begins) {
			f.Add(text[len(begins):])
		}
	}
	f.Fuzz(func(t *testing.T, rest string) {
		inspect.Read([]byte(begins + rest)).Walk(func(d inspect.Document) {
			if len(d.Members) > 100 || len(d.Children) > 100 || len(d.Words) > 10_000 {
				t.Fatalf("%q: more than is shown", rest)
			}
		})
	})
}

func FuzzJWSJSON(f *testing.F)   { each(f, `{"payload":"`) }
func FuzzJWE(f *testing.F)       { each(f, `{"protected":"`) }
func FuzzPEM(f *testing.F)       { each(f, "-----BEGIN ") }
func FuzzCallback(f *testing.F)  { each(f, "http") }
func FuzzDiscovery(f *testing.F) { each(f, `{"issuer":"`) }
func FuzzPage(f *testing.F)      { each(f, "<") }
