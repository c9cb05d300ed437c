package oidc_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"signbench/assets"
	"signbench/flows/connector"
	"signbench/flows/connector/oidc"
	"signbench/flows/probe"
)

var benches = map[connector.Kind]connector.Bench{connector.OIDC: oidc.Social{}, connector.SSO: oidc.Enterprise{}}

func texts(t *testing.T, kind connector.Kind) map[string]string {
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
func TestEverythingHasTextAndNoTextIsAnOrphan(t *testing.T) {
	for kind, bench := range benches {
		want := map[string]bool{}
		for _, code := range bench.Faults() {
			for _, part := range []string{"title", "cause", "remedy"} {
				want["fault."+string(code)+"."+part] = true
			}
		}
		for _, e := range bench.Rows() {
			want["probe."+e.ID+".name"] = true
			for _, reason := range e.Reasons() {
				key := "probe." + e.ID + "." + reason
				want[key] = true
				if v := e.VerdictOf(reason); v == probe.Fail || v == probe.Warn {
					want[key+".remedy"] = true
				}
			}
		}
		have := texts(t, kind)
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

func TestSentencesArePlain(t *testing.T) {
	for kind := range benches {
		for key, text := range texts(t, kind) {
			title := strings.HasSuffix(key, ".title")
			if strings.Contains(text, "!") || title && strings.HasSuffix(text, ".") {
				t.Errorf("%s = %q", key, text)
			}
		}
	}
}
