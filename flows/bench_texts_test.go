package flows_test

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"signbench/assets"
	"signbench/flows"
	"signbench/flows/connector"
	"signbench/flows/probe"
)

// benchTexts are the sentences of one bench.
func benchTexts(t *testing.T, kind connector.Kind) map[string]string {
	t.Helper()
	b, err := fs.ReadFile(assets.Translations, "translations/en/connector_"+kind.Bench()+".json")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// A fault or a row without a sentence shows as a code; a sentence of nothing is one
// that nobody sees.
func TestEverythingOfABenchHasTextAndNoTextIsAnOrphan(t *testing.T) {
	for _, kind := range connector.Kinds() {
		bench := flows.Bench(kind)
		if bench == nil {
			continue
		}
		rows := bench.Rows()
		if ticker, ok := bench.(connector.Ticker); ok {
			rows = slices.Concat(rows, ticker.Ticks())
		}
		want := map[string]bool{}
		for _, code := range bench.Faults() {
			for _, part := range []string{"title", "cause", "remedy"} {
				want["fault."+string(code)+"."+part] = true
			}
		}
		for _, e := range rows {
			want["probe."+e.ID+".name"] = true
			for _, reason := range e.Reasons() {
				key := "probe." + e.ID + "." + reason
				want[key] = true
				if v := e.VerdictOf(reason); v == probe.Fail || v == probe.Warn {
					want[key+".remedy"] = true
				}
			}
		}
		have := benchTexts(t, kind)
		for key := range want {
			if strings.TrimSpace(have[key]) == "" {
				t.Errorf("%s has no text", key)
			}
		}
		for key := range have {
			if !want[key] {
				t.Errorf("%s belongs to nothing", key)
			}
		}
	}
}

func TestTheSentencesOfABenchArePlain(t *testing.T) {
	for _, kind := range connector.Kinds() {
		if flows.Bench(kind) == nil {
			continue
		}
		for key, text := range benchTexts(t, kind) {
			title := strings.HasSuffix(key, ".title")
			if strings.Contains(text, "!") || title && strings.HasSuffix(text, ".") {
				t.Errorf("%s = %q", key, text)
			}
		}
	}
}
