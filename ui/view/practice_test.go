package view

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"signbench/flows/practice"
)

// What must be found is named in words and, where a specification has a say, with its
// clause; nothing of it is left to be filled in by a run.
func TestEveryExpectedFindingIsNamed(t *testing.T) {
	for _, e := range practice.Exercises() {
		for _, want := range e.Want {
			words := practiceFinding(e.Way, want)
			if strings.Contains(words, "<no value>") || strings.Contains(words, want) || strings.Contains(words, ".name") || words == "" {
				t.Errorf("%s: %s reads %q", e.ID, want, words)
			}
		}
		if words := practiceMust(e); strings.HasPrefix(words, "practice.") {
			t.Errorf("%s: a client must %q", e.ID, words)
		}
	}
}

// The list has every exercise below its family, and the search finds by sentence,
// module and fault alike.
func TestTheListIsCompleteAndSearched(t *testing.T) {
	test.NewApp()
	p := NewPractice(PracticeActions{})
	ids := func() (out []string) {
		for _, e := range p.Shown() {
			out = append(out, e.ID)
		}
		return out
	}
	var all []string
	for _, e := range practice.Exercises() {
		all = append(all, e.ID)
	}
	if !slices.Equal(ids(), all) || p.table.Rows() != len(all)+len(practice.Families()) {
		t.Fatalf("%d exercises in %d rows", len(ids()), p.table.Rows())
	}
	for search, want := range map[string][]string{
		"NONCE form":                    {"form-post-nonce-invalid"},
		"idtoken-sig-none":              {"idtoken-sig-none"},
		"proof.still_signed_in":         {"logout-session-stays"},
		"oidcc-client-test-missing-sub": {"missing-sub"},
		"two published keys in turn":    {"signing-key-rotation"},
	} {
		if p.Search(search); !slices.Equal(ids(), want) {
			t.Errorf("%q finds %v", search, ids())
		}
		if row, ok := p.selected(); !ok || row.head || row.exercise.ID != want[0] {
			t.Errorf("%q selects %+v", search, row)
		}
	}
	if p.Search("no such thing"); len(p.Shown()) != 0 || p.none.Hidden || !p.detail.page.Hidden {
		t.Error("an empty list does not say so")
	}
	if p.Search(""); !slices.Equal(ids(), all) {
		t.Error("the list is not whole again")
	}
}

// A mark says by sign and word how the last run of an exercise came out.
func TestAMarkHasSignAndWord(t *testing.T) {
	e, _ := practice.Find("missing-sub")
	row := practiceRow{exercise: e}
	marks := map[string]bool{}
	for _, m := range []PracticeModel{
		{Running: e.ID},
		{Results: map[string]PracticeResult{e.ID: {Found: e.Want}}},
		{Results: map[string]PracticeResult{e.ID: {Found: []string{"id_token.iss"}}}},
		{Results: map[string]PracticeResult{e.ID: {}}},
	} {
		mark := row.result(m)
		if mark.Sign == "" || mark.Text == "" {
			t.Errorf("%+v", mark)
		}
		marks[mark.Sign+mark.Text] = true
	}
	if untried := row.result(PracticeModel{}); untried.Text != "" || len(marks) != 3 {
		t.Errorf("%+v, %v", untried, marks)
	}
}
