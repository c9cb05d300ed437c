package ui

import (
	"strings"
	"testing"

	"signbench/ui/text"
)

// What the window tells a test is what it shows, and never a secret.
func TestTheObservationIsWhatIsShown(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.bench.secretTyped("CANARY-observed")
	d.bench.setup.get().SetSecret("CANARY-observed")
	seen := d.bench.observation()
	for _, want := range []string{text.T("verdict.idle"), text.T("profile.demo.name"), text.T("session.none"), `"Page":"setup"`, `"Secret":"saving"`} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q is not in %s", want, seen)
		}
	}
	d.bench.secretTyped("")
	d.settle()
	d.signIn()
	tokens, _ := d.bench.state.Of(d.bench.selected).Tokens()
	seen += d.bench.observation()
	for _, never := range []string{"CANARY-observed", "eyJ", tokens.Set.AccessToken.Reveal()} {
		if never != "" && strings.Contains(seen, never) {
			t.Errorf("a secret is in %s", seen)
		}
	}
}
