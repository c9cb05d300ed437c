package archive

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMatches(t *testing.T) {
	meta := numberedRun(1)
	meta.FaultCodes, meta.Outcome = []string{"token.invalid_client"}, "failed"
	for query, want := range map[string]bool{
		"": true, "  ": true, "acme": true, "ACME failed": true, "invalid_client": true, "sign_in logto": true,
		"2026-03": true, "run-0001": true, "acme cancelled": false, "acmedev": false,
	} {
		if meta.Matches(query) != want {
			t.Errorf("%q: %t", query, !want)
		}
	}
}

// What a person or a provider made long does not make a header that can't be read.
func TestLongNames(t *testing.T) {
	dir := t.TempDir()
	meta := numberedRun(1)
	meta.ProfileName = strings.Repeat("é\x00\"", 10_000)
	r := openRuns(t, dir, RunLimits{})
	w := begin(t, r, meta)
	for range 1000 {
		meta.FaultCodes = append(meta.FaultCodes, strings.Repeat("code.", 1000))
	}
	if err := w.Close(meta); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(r.dir, indexFile)); err != nil {
		t.Fatal(err)
	}
	if got, _ := openRuns(t, dir, RunLimits{}).Meta(meta.ID); !got.Complete || len(got.FaultCodes) != maxCodes {
		t.Errorf("%+v", got)
	}
}
