package fault

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"signbench/assets"
	"signbench/flows/check"
)

// A fault without a sentence would show as its code, and a sentence without a
// fault is one that nobody sees.
func TestEveryCodeHasTextAndNoTextIsAnOrphan(t *testing.T) {
	texts := translations(t)
	known := map[string]bool{}
	for _, code := range Codes() {
		known[string(code)] = true
	}
	for _, id := range check.IDs() {
		known[id] = true
	}
	for code := range known {
		for _, part := range []string{"title", "cause", "remedy"} {
			key := "fault." + code + "." + part
			if strings.TrimSpace(texts[key]) == "" {
				t.Errorf("%s has no text", key)
			}
		}
	}
	for key := range texts {
		code := strings.TrimPrefix(key, "fault.")
		code = code[:strings.LastIndex(code, ".")]
		if !known[code] {
			t.Errorf("%s belongs to no fault", key)
		}
	}
}

func translations(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	paths, err := fs.Glob(assets.Translations, "translations/en/fault*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, p := range paths {
		b, err := fs.ReadFile(assets.Translations, p)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &texts); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
	}
	return texts
}

func TestTitlesReadOnAfterAColon(t *testing.T) {
	for key, text := range translations(t) {
		if !strings.HasSuffix(key, ".title") {
			continue
		}
		if strings.HasSuffix(text, ".") || strings.Contains(text, "!") {
			t.Errorf("%s = %q: a title is a clause", key, text)
		}
	}
}
