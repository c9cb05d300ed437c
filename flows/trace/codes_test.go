package trace

import (
	"slices"
	"testing"
)

// Every code has words to fall back on, and no two codes are the same.
func TestCodesAreWhole(t *testing.T) {
	for _, code := range MessageCodes() {
		if english[code] == "" {
			t.Errorf("%s has no words", code)
		}
	}
	if len(english) != len(MessageCodes()) {
		t.Error("words for codes that are none")
	}
	unique(t, Kinds())
	unique(t, Places())
	unique(t, Classes())
	unique(t, FactNames())
	unique(t, HARProblems())
	unique(t, PhaseKinds())
	for name, kind := range exactNames {
		if !slices.Contains(Kinds(), kind) {
			t.Errorf("%s is of the unknown kind %s", name, kind)
		}
		if plainName(name) != name {
			t.Errorf("%s is never found", name)
		}
	}
}

func unique[T ~string](t *testing.T, all []T) {
	t.Helper()
	sorted := slices.Sorted(slices.Values(all))
	if len(slices.Compact(sorted)) != len(all) {
		t.Errorf("one twice in %v", all)
	}
}
