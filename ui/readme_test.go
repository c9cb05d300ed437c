package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The README has the rows of the Help page, in its order.
func TestTheReadmeListsTheShortcuts(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, _ := strings.Cut(string(readme), "\n## Keyboard\n")
	chapter, _, _ = strings.Cut(chapter, "\n## ")
	var got, want []string
	for line := range strings.Lines(chapter) {
		if strings.HasPrefix(line, "| ") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	want = append(want, "| Keys | What they do |")
	for _, row := range shortcutRows() {
		want = append(want, "| "+row.Keys+" | "+row.Words+" |")
	}
	if !slices.Equal(got, want) {
		t.Errorf("the table in README.md is\n%s\nand the Help page has\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
