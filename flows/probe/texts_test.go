package probe_test

import (
	"slices"
	"strings"
	"testing"

	"signbench/flows/probe"
)

// A reason without a sentence shows as a bare word, and a sentence without a reason
// is one that nobody sees. What fails or warns says what to change.
func TestEveryReasonHasTextAndNoTextIsAnOrphan(t *testing.T) {
	have := texts(t)
	want := map[string]bool{}
	for _, g := range probe.Groups() {
		want["probe.group."+string(g)] = true
	}
	for _, id := range probe.IDs() {
		want["probe."+id+".name"] = true
		for _, reason := range probe.Reasons(id) {
			key := "probe." + id + "." + reason
			want[key] = true
			if v := probe.VerdictOf(id, reason); v == probe.Fail || v == probe.Warn {
				want[key+".remedy"] = true
			}
		}
	}
	for key := range want {
		if strings.TrimSpace(have[key]) == "" {
			t.Errorf("%s has no text", key)
		}
	}
	for key := range have {
		if !want[key] {
			t.Errorf("%s belongs to no row", key)
		}
	}
}

func TestSentencesArePlain(t *testing.T) {
	for key, text := range texts(t) {
		short := strings.HasSuffix(key, ".name") || strings.HasPrefix(key, "probe.group.")
		switch {
		case strings.ContainsAny(text, "!?"):
			t.Errorf("%s = %q: no exclamations, no questions", key, text)
		case short && (strings.HasSuffix(text, ".") || len(text) > 40):
			t.Errorf("%s = %q: a short label", key, text)
		case !short && !strings.HasSuffix(text, "."):
			t.Errorf("%s = %q: a sentence", key, text)
		}
	}
}

func TestTheCatalogueIsSound(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range probe.IDs() {
		if seen[id] {
			t.Errorf("%s is declared twice", id)
		}
		seen[id] = true
		reasons := probe.Reasons(id)
		if !slices.Contains(reasons, "cancelled") {
			t.Errorf("%s cannot say that the run ended", id)
		}
		for i, r := range reasons {
			if slices.Contains(reasons[:i], r) {
				t.Errorf("%s declares %s twice", id, r)
			}
		}
	}
}
