package tenant_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"signbench/assets"
	"signbench/flows/connector/tenant"
	"signbench/flows/probe"
)

func texts(t *testing.T) map[string]string {
	t.Helper()
	b, err := fs.ReadFile(assets.Translations, "translations/en/connector_tenant.json")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// wanted is the key of everything that can be said of a tenant.
func wanted() map[string]bool {
	want := map[string]bool{}
	for _, code := range tenant.NoteCodes() {
		want["tenant.note."+code] = true
	}
	for _, reason := range tenant.RouteReasons() {
		want["tenant.route."+string(reason)] = true
	}
	for _, meaning := range tenant.Meanings() {
		want["tenant.param."+meaning] = true
	}
	for _, use := range tenant.Uses() {
		want["tenant.use."+string(use)] = true
	}
	for _, e := range tenant.Rows() {
		want["probe."+e.ID+".name"] = true
		for _, reason := range e.Reasons() {
			key := "probe." + e.ID + "." + reason
			want[key] = true
			if v := e.VerdictOf(reason); v == probe.Fail || v == probe.Warn {
				want[key+".remedy"] = true
			}
		}
	}
	return want
}

func TestEverythingHasTextAndNoTextIsAnOrphan(t *testing.T) {
	have, want := texts(t), wanted()
	for key := range want {
		if strings.TrimSpace(have[key]) == "" {
			t.Errorf("%s has no text", key)
		}
	}
	for key, text := range have {
		if !want[key] {
			t.Errorf("%s belongs to nothing", key)
		}
		if strings.Contains(text, "!") {
			t.Errorf("%s = %q", key, text)
		}
	}
}
