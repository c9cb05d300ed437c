package archive

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"signbench/flows/oauth"
)

// thousand keeps a thousand runs of the size of a sign-in.
func thousand(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	r := openRuns(b, dir, RunLimits{MaxRuns: 2000})
	line := fmt.Appendf(nil, `{"fill":%q}`, make([]byte, 200))
	for n := range 1000 {
		meta := numberedRun(n)
		header, err := marshal(runHeader{Version: formatVersion, Run: &meta})
		if err != nil {
			b.Fatal(err)
		}
		meta.Complete, meta.Outcome, meta.FaultCodes = true, "failed", []string{"token.invalid_client"}
		trailer, err := marshal(runTrailer{Ended: &meta})
		if err != nil {
			b.Fatal(err)
		}
		data := header
		for range 32 {
			data = append(append(data, line...), '\n')
		}
		if err := os.WriteFile(fileOf(r, n), append(data, trailer...), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	openRuns(b, dir, RunLimits{}) // writes the index
	return dir
}

// BenchmarkOpenRuns opens the list of 1,000 kept runs.
func BenchmarkOpenRuns(b *testing.B) {
	dir := thousand(b)
	b.Run("indexed", func(b *testing.B) {
		for b.Loop() {
			if n := len(openRuns(b, dir, RunLimits{}).List()); n != 1000 {
				b.Fatal(n)
			}
		}
	})
	b.Run("without index", func(b *testing.B) {
		for b.Loop() {
			if err := os.Remove(filepath.Join(dir, "runs", indexFile)); err != nil {
				b.Fatal(err)
			}
			if n := len(openRuns(b, dir, RunLimits{}).List()); n != 1000 {
				b.Fatal(n)
			}
		}
	})
}

// BenchmarkSearchRuns looks for two words in 1,000 runs, as each key typed does.
func BenchmarkSearchRuns(b *testing.B) {
	list := openRuns(b, thousand(b), RunLimits{}).List()
	for b.Loop() {
		n := 0
		for _, m := range list {
			if m.Matches("acme invalid_client") {
				n++
			}
		}
		if n != 1000 {
			b.Fatal(n)
		}
	}
}

// BenchmarkListRuns is what the page asks for when it is drawn.
func BenchmarkListRuns(b *testing.B) {
	r := openRuns(b, thousand(b), RunLimits{})
	for b.Loop() {
		if n := len(r.List()); n != 1000 {
			b.Fatal(n)
		}
	}
}

// BenchmarkAppend is what one event costs beyond being encoded.
func BenchmarkAppend(b *testing.B) {
	r := openRuns(b, b.TempDir(), RunLimits{MaxBytes: 1 << 40})
	w := begin(b, r, RunMeta{ID: oauth.NewRunID()})
	line := fmt.Appendf(nil, `{"fill":%q}`, make([]byte, 200))
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if err := w.Append(line); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(RunMeta{}); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBeginAndClose is the part of keeping that is paid once for each run,
// among 1,000.
func BenchmarkBeginAndClose(b *testing.B) {
	r := openRuns(b, thousand(b), RunLimits{})
	for b.Loop() {
		if err := begin(b, r, RunMeta{ID: oauth.NewRunID()}).Close(RunMeta{}); err != nil {
			b.Fatal(err)
		}
	}
}
