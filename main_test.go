package main

import (
	"os"
	"strings"
	"testing"
)

func TestThePackageCarriesTheSameNameAndVersion(t *testing.T) {
	b, err := os.ReadFile("FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"` + version + `"`, `"` + appID + `"`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("FyneApp.toml does not say %s", want)
		}
	}
}
