package terminal_test

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"signbench/ui/terminal"
)

// The README describes the document of --json, member by member.
func TestTheDocumentIsDescribed(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(readme), "| Member | What it holds |")
	if !found {
		t.Fatal("the README has no table of the members")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	rows := map[string]string{}
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 3 {
			continue
		}
		for _, name := range names(cells[1]) {
			rows[name] = cells[2]
		}
	}
	top := reflect.TypeFor[terminal.Document]()
	for _, member := range members(top) {
		row, described := rows[member.name]
		if !described {
			t.Errorf("%s is not described", member.name)
			continue
		}
		delete(rows, member.name)
		for _, inner := range members(element(member.of)) {
			if !slices.Contains(names(row), inner.name) {
				t.Errorf("%s.%s is not described", member.name, inner.name)
			}
		}
	}
	for name := range rows {
		t.Errorf("%s is described and not there", name)
	}
}

var code = regexp.MustCompile("`([a-z_]+)`")

func names(cell string) []string {
	var out []string
	for _, m := range code.FindAllStringSubmatch(cell, -1) {
		out = append(out, m[1])
	}
	return out
}

type member struct {
	name string
	of   reflect.Type
}

func members(t reflect.Type) []member {
	var out []member
	if t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		out = append(out, member{name, t.Field(i).Type})
	}
	return out
}

func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
