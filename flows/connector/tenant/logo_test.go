package tenant

import (
	"slices"
	"testing"
)

func TestAPictureInItsURL(t *testing.T) {
	for target, want := range map[string]struct {
		picture string
		inline  bool
	}{
		"data:image/svg+xml,%3Csvg/%3E":          {"<svg/>", true},
		"data:image/svg+xml;utf8,<svg/>":         {"<svg/>", true},
		"data:image/png;base64,cGljdHVyZQ==":     {"picture", true},
		"data:image/png;base64,cGljdHVyZQ%3D%3D": {"picture", true},
		"data:image/png;base64,???":              {"", true},
		"data:image/svg+xml,%zz":                 {"", true},
		"data:text/html,<svg/>":                  {"", true},
		"data:image/svg+xml":                     {"", true},
		"https://logo.example/a.svg":             {"", false},
		"":                                       {"", false},
	} {
		picture, inline := InlineLogo(target)
		if string(picture) != want.picture || inline != want.inline {
			t.Errorf("%q: %q, %v", target, picture, inline)
		}
	}
}

func TestEachPictureOnce(t *testing.T) {
	l := Listing{Connectors: []Connector{{Logo: "a", LogoDark: "b"}, {Logo: "a"}, {LogoDark: "c"}, {}}}
	if got := l.Logos(); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("%q", got)
	}
}
