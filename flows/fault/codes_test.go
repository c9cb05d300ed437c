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
// fault is one that nobody sees. A failed check brings its own cause: the sentence
// of the check's reason.
func TestEveryCodeHasTextAndNoTextIsAnOrphan(t *testing.T) {
	texts := translations(t)
	wanted := map[string]bool{}
	for _, code := range Codes() {
		for _, part := range []string{"title", "cause", "remedy"} {
			wanted["fault."+string(code)+"."+part] = true
		}
	}
	for _, id := range check.IDs() {
		if !strings.HasPrefix(id, "access_token.") && // reported, never a fault: the API's business
			!strings.HasPrefix(id, "logout_token.") && !strings.HasPrefix(id, "jws.") { // of a text that was pasted, not of a run
			wanted["fault."+id+".title"], wanted["fault."+id+".remedy"] = true, true
		}
	}
	for key := range wanted {
		if strings.TrimSpace(texts[key]) == "" {
			t.Errorf("%s has no text", key)
		}
	}
	for key := range texts {
		if !wanted[key] {
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
