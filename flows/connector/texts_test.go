package connector_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"signbench/assets"
	"signbench/flows/connector"
)

func texts(t *testing.T) map[string]string {
	t.Helper()
	b, err := fs.ReadFile(assets.Translations, "translations/en/connectors.json")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// wanted is the text key of everything that the vocabulary can say. The rows of a
// bench and its faults have files of their own.
func wanted() map[string]bool {
	want := map[string]bool{}
	list := func(prefix string, names []string) {
		for _, name := range names {
			want["connector."+prefix+"."+name] = true
		}
	}
	for _, kind := range connector.Kinds() {
		want["connector.kind."+string(kind)] = true
		for _, m := range connector.Members(kind) {
			want["connector.member."+string(kind)+"."+m.Path] = true
			want["connector.label."+string(kind)+"."+m.Path] = true
		}
		for _, a := range connector.Addresses(kind) {
			want["connector.address."+a.Name] = true
		}
	}
	for _, g := range connector.Groups() {
		want["connector.group."+string(g)] = true
	}
	list("finding", connector.FindingCodes())
	list("parse", connector.ParseCodes())
	list("drop", connector.DropReasons())
	list("not_run", connector.NotRun())
	list("logto", []string{"code", "no_code", "success"})
	return want
}

func TestEverythingHasTextAndNoTextIsAnOrphan(t *testing.T) {
	have, want := texts(t), wanted()
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

func TestSentencesArePlain(t *testing.T) {
	for key, text := range texts(t) {
		area := strings.Split(key, ".")[1]
		short := area == "label" || area == "kind" || area == "group" || area == "address"
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
