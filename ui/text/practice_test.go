package text

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"signbench/assets"
	"signbench/flows/practice"
)

// Every exercise has its sentence, every family and way its words, and no sentence is
// without what it is about.
func TestEveryExerciseHasItsSentence(t *testing.T) {
	b, err := assets.Translations.ReadFile("translations/en/practice.json")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]any{}
	if err := json.Unmarshal(b, &keys); err != nil {
		t.Fatal(err)
	}
	want := []string{"practice.must.allowed"}
	for _, f := range practice.Families() {
		want = append(want, "practice.family."+string(f), "practice.family."+string(f)+".about")
	}
	for _, e := range practice.Exercises() {
		want = append(want, "practice."+e.ID, "practice.way."+string(e.Way))
		if e.Allowed() {
			continue
		}
		family, _, _ := strings.Cut(e.Want[0], ".")
		want = append(want, "practice.must."+family)
		if own := "practice.must." + e.Want[0]; keys[own] != nil {
			want = append(want, own)
		}
	}
	for _, key := range want {
		if words, ok := keys[key].(string); !ok || words == "" {
			t.Errorf("%q has no words", key)
		}
	}
	for key := range keys {
		if !strings.HasPrefix(key, "practise.") && !slices.Contains(want, key) {
			t.Errorf("%q is about nothing", key)
		}
	}
}
