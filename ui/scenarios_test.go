package ui

import (
	"strings"
	"testing"

	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/widget"
)

// choose does what the line of the menu of Sign in does.
func (d *desk) choose(s oauth.Scenario) {
	d.t.Helper()
	for i, listed := range oauth.SignIns() {
		if listed == s {
			items := d.bench.signIn.Menu
			if s.Mistaken() {
				i++ // the line above them
			}
			items[i].OnTap()
		}
	}
	run := func() *state.Run { return d.now().Run }
	d.until("the end of "+string(s), func() bool { return run() != nil && run().Scenario == s && d.ended() })
}

// A refusal of what was wrong on purpose is good news, now and when it is opened again.
func TestAProviderThatRefusesAMistakePasses(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.choose(oauth.ScenarioReplayedCode)
	good := func() {
		t.Helper()
		if v := d.verdict(); v.Kind != widget.KindPass || !strings.HasPrefix(v.Title, "The provider refused the mistake") {
			t.Errorf("%+v", v)
		}
	}
	good()
	if d.bench.page == pageTokens {
		t.Error("the tokens are shown of a sign-in that nobody wanted")
	}
	d.kept(1)
	d.bench.openRun(d.now().Run.ID)
	d.until("the kept run", func() bool { return d.bench.viewed != nil })
	good()
}

func TestAFreshSignInShowsItsTokens(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.choose(oauth.ScenarioFresh)
	if v := d.verdict(); v.Kind != widget.KindPass || d.bench.page != pageTokens {
		t.Errorf("%+v on %s", v, d.bench.page)
	}
}
