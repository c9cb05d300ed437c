package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/widget"
)

// tap presses the button with that label, which must be seen.
func (d *desk) tap(root fyne.CanvasObject, label string) {
	d.t.Helper()
	for _, o := range test.LaidOutObjects(root) {
		if button, ok := o.(*widget.Button); ok && button.Label() == label && button.Visible() {
			test.Tap(button)
			return
		}
	}
	d.t.Fatalf("there is no button %q", label)
}

func (d *desk) now() state.Bench { return d.bench.state.Of(d.bench.selected) }

// away begins a sign-in whose user never comes back.
func (d *desk) away(redirectSuffix string) {
	d.t.Helper()
	d.settle()
	d.usePort()
	p, _ := d.bench.profile(d.bench.selected)
	p.Client.RedirectURI += redirectSuffix
	d.bench.load(p)
	d.bench.profileTyped(p)
	d.idle = true
	d.bench.signInPressed()
	d.until("the wait", func() bool { return d.now().Run != nil && d.now().Run.Waiting != nil })
}

// Whoever is stuck presses a button, and is told why while the wait goes on.
func TestItIsStuckSaysWhyAndKeepsWaiting(t *testing.T) {
	d := newDesk(t)
	d.away("/") // no such redirect URI is registered
	waiting := d.now().Run.ID
	d.tap(d.bench.waiting.Object(), text.T("stuck.action"))
	d.until("what was found", func() bool { return d.now().Beside != nil && !d.now().Beside.Running() })
	m := d.verdict()
	if m.Kind != widget.KindWarn || !strings.HasPrefix(m.Detail, "The redirect URI is not registered") {
		t.Errorf("verdict = %q: %q", m.Title, m.Detail)
	}
	if run := d.now().Run; run.ID != waiting || run.Waiting == nil || len(run.Exchanges) > 3 {
		t.Errorf("the wait has ended, or the probes are among its %d exchanges", len(run.Exchanges))
	}
	for _, row := range d.now().Beside.Probes {
		if row.ID == "machine.port" {
			t.Error("the port that the wait holds was asked for")
		}
	}
	d.bench.cancelPressed()
	d.until("the end", d.ended)
}

// Where nothing is wrong the two likely causes are named, and the answer that comes
// after all is taken.
func TestItIsStuckWithoutAFaultNamesTheLikelyCauses(t *testing.T) {
	d := newDesk(t)
	d.away("")
	d.tap(d.bench.waiting.Object(), text.T("stuck.action"))
	d.until("what was found", func() bool { return d.now().Beside != nil && !d.now().Beside.Running() })
	if m := d.verdict(); m.Kind != widget.KindWorking || m.Detail != text.T("stuck.nothing.demo") {
		t.Errorf("verdict = %q: %q", m.Title, m.Detail)
	}
	if err := d.browser.Launch(d.now().Run.Waiting.URL.Reveal()); err != nil {
		t.Fatal(err)
	}
	d.until("the end of the sign-in", d.ended)
	if m := d.verdict(); m.Kind != widget.KindPass {
		t.Errorf("verdict = %q: %q", m.Title, m.Detail)
	}
}

// At the timeout the same is said without being asked for.
func TestTheTimeoutSaysWhy(t *testing.T) {
	d := newDesk(t)
	prefs := d.bench.preferences()
	prefs.CallbackTimeout = 1
	d.bench.preferencesChanged(prefs)
	d.away("/")
	d.until("what was found", func() bool { return d.ended() && d.now().Beside != nil && !d.now().Beside.Running() })
	if m := d.verdict(); m.Kind != widget.KindFail || !strings.Contains(m.Detail, "kept the user on its own page") {
		t.Errorf("verdict = %q: %q", m.Title, m.Detail)
	}
}

// What will be asked is seen before anything is asked: every request that the check
// then makes first is to one of the places named. The wrong secret is tried in one
// check only, and only when it was ticked.
func TestTheProbesAreSeenBeforeTheyRun(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.bench.showPage(pageSetup)
	d.tap(d.bench.setup.get().Object(), text.T("plan.show"))
	var wrong *widget.CheckField
	listed := ""
	for _, o := range test.LaidOutObjects(d.bench.setup.get().Object()) {
		switch o := o.(type) {
		case *widget.CheckField:
			wrong = o // the last one of the page
		case *widget.Table:
			for i := range o.Rows() {
				for _, cell := range o.Row(i) {
					listed += cell.Text + "\n"
				}
			}
		}
	}
	for _, place := range []string{"GET {endpoint}/oidc/.well-known/openid-configuration", "GET jwks_uri", "GET authorization_endpoint", "POST token_endpoint", "GET end_session_endpoint"} {
		if !strings.Contains(listed, place+"\n") {
			t.Errorf("%q is not listed in\n%s", place, listed)
		}
	}
	if wrong == nil || wrong.On() {
		t.Fatal("there is no box for the wrong secret, or it is ticked")
	}
	if d.now().Run != nil {
		t.Fatal("something was asked already")
	}
	test.Tap(wrong)
	for _, want := range []bool{true, false} {
		if asked := d.asksWrongSecret(); asked != want {
			t.Errorf("a wrong secret was asked for: %t, want %t", asked, want)
		}
	}
	if wrong.On() {
		t.Error("the box is still ticked")
	}
}

// asksWrongSecret checks the set-up and reports whether a wrong secret was tried.
func (d *desk) asksWrongSecret() bool {
	d.t.Helper()
	var before oauth.RunID
	if run := d.now().Run; run != nil {
		before = run.ID
	}
	d.bench.checkPressed()
	d.until("the end of the check", func() bool { return d.now().Run != nil && d.now().Run.ID != before && d.ended() })
	return slices.ContainsFunc(d.now().Run.Probes, func(row probe.Row) bool { return row.ID == "secret.wrong" })
}

// The probes of a check made beside a run stay out of that run's diagram.
func TestTheCheckBesideIsARunOfItsOwn(t *testing.T) {
	d := newDesk(t)
	d.away("")
	d.bench.stuckPressed()
	d.bench.stuckPressed() // a second press while the first is under way changes nothing
	d.until("the check", func() bool { return d.now().Beside != nil && !d.now().Beside.Running() })
	for _, ex := range d.now().Run.Exchanges {
		if ex.Channel == trace.BackChannel && ex.Step == oauth.StepToken {
			t.Error("a probe's token request is among the exchanges of the sign-in")
		}
	}
	d.bench.cancelPressed()
	d.until("the end", d.ended)
}
