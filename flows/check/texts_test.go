package check_test

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"signbench/assets"
	"signbench/flows/check"
)

func texts(t *testing.T, area string) map[string]string {
	t.Helper()
	paths, err := fs.Glob(assets.Translations, "translations/en/"+area+"_*.json")
	if err != nil {
		t.Fatal(err)
	}
	paths = append(paths, "translations/en/"+area+".json")
	m := map[string]string{}
	for _, path := range paths {
		b, err := fs.ReadFile(assets.Translations, path)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// A reason without a sentence shows as a bare word, and a sentence without a
// reason is one that nobody sees.
func TestEveryReasonHasTextAndNoTextIsAnOrphan(t *testing.T) {
	have := texts(t, "checks")
	want := map[string]bool{}
	for _, id := range check.IDs() {
		for _, part := range append([]string{"name", "pass"}, check.Reasons(id)...) {
			want["check."+id+"."+part] = true
		}
	}
	for key := range want {
		if strings.TrimSpace(have[key]) == "" {
			t.Errorf("%s has no text", key)
		}
	}
	for key := range have {
		if !want[key] {
			t.Errorf("%s belongs to no check", key)
		}
	}
}

var placeholder = regexp.MustCompile(`\{\{[^}]*\}\}`)

func TestSentencesArePlain(t *testing.T) {
	for key, text := range texts(t, "checks") {
		for _, p := range placeholder.FindAllString(text, -1) {
			if p != "{{.Want}}" && p != "{{.Got}}" {
				t.Errorf("%s uses %s, which nobody fills in", key, p)
			}
		}
		short := strings.HasSuffix(key, ".name") || strings.HasSuffix(key, ".pass")
		switch {
		case strings.ContainsAny(text, "!?"):
			t.Errorf("%s = %q: no exclamations, no questions", key, text)
		case short && (strings.HasSuffix(text, ".") || len(text) > 40):
			t.Errorf("%s = %q: a short label", key, text)
		case !short && !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "{{.Got}}"):
			t.Errorf("%s = %q: a sentence", key, text)
		}
	}
}

func TestEveryCheckCitesItsClauseOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range check.IDs() {
		if seen[id] {
			t.Errorf("%s is declared twice", id)
		}
		seen[id] = true
		if check.Spec(id) == "" {
			t.Errorf("%s cites no clause", id)
		}
	}
}

// The meaning of a claim stands beside its value on one line.
func TestClaimsAreShortAndPlain(t *testing.T) {
	for key, text := range texts(t, "claims") {
		if !strings.HasPrefix(key, "claim.") && !strings.HasPrefix(key, "header.") {
			t.Errorf("%s: neither a claim nor a header member", key)
		}
		if text == "" || len(text) >= 60 || strings.HasSuffix(text, ".") || strings.Contains(text, "!") {
			t.Errorf("%s = %q: a short meaning", key, text)
		}
	}
	for _, key := range []string{"claim.iss", "claim.sub", "claim.at_hash", "claim.organization_roles", "header.alg", "header.kid"} {
		if texts(t, "claims")[key] == "" {
			t.Errorf("%s is missing", key)
		}
	}
}
