package text

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"signbench/assets"
	"signbench/flows/fault"
	"signbench/flows/oauth"
)

// Every rule that can be set aside has a name, and no name is without its rule.
func TestEveryAllowanceHasItsName(t *testing.T) {
	b, err := assets.Translations.ReadFile("translations/en/allowances.json")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]any{}
	if err := json.Unmarshal(b, &keys); err != nil {
		t.Fatal(err)
	}
	for _, rule := range oauth.Allowances() {
		if _, ok := keys["allowance."+string(rule)]; !ok {
			t.Errorf("%s has no name", rule)
		}
	}
	for key := range keys {
		if rule, ok := strings.CutPrefix(key, "allowance."); ok && !slices.Contains(oauth.Allowances(), oauth.Allowance(rule)) {
			t.Errorf("%s names no rule", key)
		}
	}
}

// A fault that was set aside never reads like any other warning.
func TestAFaultThatWasSetAsideSaysSo(t *testing.T) {
	f := fault.Fault{Code: "id_token.nonce", Severity: fault.Warning, Allowance: oauth.AllowNonce}
	plain := f
	plain.Allowance = ""
	for _, head := range []func(fault.Fault) string{FaultTitle, FaultClause} {
		if got := head(f); got == head(plain) || !strings.HasPrefix(Capital(got), "Went on although ") {
			t.Errorf("%q", got)
		}
	}
}
