package text

import (
	"encoding/json"
	"io/fs"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"signbench/assets"
)

func TestEveryFileLoadsAndNoKeyStandsTwice(t *testing.T) {
	bundle := i18n.NewBundle(fallback)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	if err := load(bundle, assets.Translations, func(string) bool { return true }); err != nil {
		t.Fatal(err)
	}
	paths, err := fs.Glob(assets.Translations, "translations/en/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no English files: %v", err)
	}
	seen := map[string]string{}
	for _, p := range paths {
		b, err := fs.ReadFile(assets.Translations, p)
		if err != nil {
			t.Fatal(err)
		}
		var keys map[string]any
		if err := json.Unmarshal(b, &keys); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		for key := range keys {
			if other, twice := seen[key]; twice {
				t.Errorf("%q stands in %s and in %s", key, other, p)
			}
			seen[key] = p
		}
	}
}

func TestAnUnknownKeyShowsAsItself(t *testing.T) {
	if got := T("no.such.key"); got != "no.such.key" {
		t.Errorf("T = %q", got)
	}
	if s, ok := Lookup("no.such.key"); ok {
		t.Errorf("Lookup found %q", s)
	}
}

func TestParametersAreFilledIn(t *testing.T) {
	got := T("verdict.failed.at", Params{"Scenario": "Sign-in", "Step": "Token", "Title": "the app secret is wrong"})
	if want := "Sign-in failed at Token: the app secret is wrong"; got != want {
		t.Errorf("T = %q, want %q", got, want)
	}
}

func TestPlurals(t *testing.T) {
	if one, two := N("checks.passed", 1), N("checks.passed", 2); one == two || one == "checks.passed" {
		t.Errorf("one = %q, two = %q", one, two)
	}
}

func BenchmarkT(b *testing.B) {
	for b.Loop() {
		T("verdict.failed.at", Params{"Scenario": "Sign-in", "Step": "Token", "Title": "x"})
	}
}
