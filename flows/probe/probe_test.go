package probe_test

import (
	"testing"

	"signbench/flows/probe"
)

func TestAnUnbrokenTenantPasses(t *testing.T) {
	b := newBench(t)
	b.setup.AskWrongSecret = true
	b.run(t.Context())
	for id, row := range b.rows {
		if row.Verdict != probe.Pass {
			t.Errorf("%s: %s %s (want %q, got %q)", id, row.Verdict, row.Reason, row.Want, row.Got)
		}
	}
}
