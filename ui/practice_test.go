package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"signbench/flows/archive"
	"signbench/flows/oauth"
	"signbench/flows/practice"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// practise runs an exercise from the page and waits for what it comes to.
func (d *desk) practise(id string) view.PracticeResult {
	d.t.Helper()
	d.bench.showPage(pagePractice)
	d.bench.practicePage.get().Choose(id)
	delete(d.bench.practice.results, id)
	d.tap(d.bench.practicePage.get().Object(), text.T("practise.run"))
	d.until(id, func() bool { _, done := d.bench.practice.results[id]; return done })
	return d.bench.practice.results[id]
}

// strip is what the window says of the broken tenant.
func (d *desk) strip() string {
	if !d.bench.brokenStrip.Visible() {
		return ""
	}
	return d.bench.brokenStrip.Model().Text
}

// One exercise of each way, from the button to exactly what must be found, by a user
// who is not signed in: those that need a session get one first.
func TestAnExerciseOfEachWay(t *testing.T) {
	for _, id := range []string{
		"nonce-invalid", "form-post-error", "state-invalid", "token-slow", // by a sign-in
		"refresh-token-invalid-sub", "rp-init-logout-other-state", "logout-session-stays",
		"redirect-uri-slash", "direct-sign-in-unknown", "rp-backchannel-rpinitlogout-wrong-iss", "client-test",
		"connector-oidc-pkce_required", "connector-sso-iat_old", "connector-twilio-filtered-sent", // on a bench
	} {
		t.Run(id, func(t *testing.T) {
			d := newDesk(t)
			d.settle()
			d.usePort()
			e, _ := practice.Find(id)
			result := d.practise(id)
			if !slices.Equal(result.Found, append([]string{}, e.Want...)) {
				t.Fatalf("found %v, want %v", result.Found, e.Want)
			}
			if on := d.strip() != ""; on != e.Broken() || on && !strings.Contains(d.strip(), text.T("practice."+id)) {
				t.Errorf("the strip says %q", d.strip())
			}
			if e.Way == practice.ByPaste {
				got := d.bench.inspection
				if d.bench.page != pageInspect || got.result == nil || len(got.result.Report) == 0 {
					t.Fatalf("on %s: %+v", d.bench.page, got.result)
				}
				return
			}
			p, _ := d.bench.profile(d.bench.selected)
			if name := headline(p, d.now().Run); name == p.Name || !strings.HasSuffix(name, id) {
				t.Errorf("the verdict stands below %q", name)
			}
			if d.bench.page != pagePractice {
				t.Errorf("the page is %s", d.bench.page)
			}
			if kind := d.verdict().Kind; (kind == widget.KindPass) != e.Allowed() {
				t.Errorf("verdict %v: %s", kind, d.verdict().Title)
			}
			d.tap(d.bench.practicePage.get().Object(), text.T("practise.show_flow"))
			_, bench, _ := d.bench.shown()
			if d.bench.page != pageFlow || bench.Run.ID != result.Run {
				t.Errorf("Flow is not of this run but on %s", d.bench.page)
			}
		})
	}
}

// Somebody who works through the list in one go finds each exercise as expected: none
// leaves anything behind for the next.
func TestAllExercisesInOneSession(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	for _, e := range practice.Exercises() {
		if result := d.practise(e.ID); !slices.Equal(result.Found, append([]string{}, e.Want...)) {
			t.Errorf("%s: found %v, want %v", e.ID, result.Found, e.Want)
		}
	}
}

// The switch stays on, for every run of the demo tenant and in plain sight, until it
// is turned off, another exercise begins, another profile is selected or the window
// closes.
func TestTheSwitchIsOnInPlainSight(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	if d.signIn(); d.verdict().Kind != widget.KindPass || d.strip() != "" {
		t.Fatalf("%s; %q", d.verdict().Title, d.strip())
	}
	d.practise("missing-sub")
	if d.signIn(); d.verdict().Kind != widget.KindFail {
		t.Errorf("with the switch on: %s", d.verdict().Title)
	}
	if p, _ := d.bench.profile(d.bench.selected); headline(p, d.now().Run) != p.Name {
		t.Error("a plain sign-in is named after an exercise")
	}
	d.bench.showPage(pageSetup)
	if d.strip() == "" {
		t.Error("Setup does not say that the tenant is broken")
	}
	d.tap(d.bench.brokenStrip, text.T("practise.off"))
	if d.signIn(); d.strip() != "" || d.verdict().Kind != widget.KindPass {
		t.Errorf("turned off: %q, %s", d.strip(), d.verdict().Title)
	}

	d.practise("missing-sub")
	d.practise("client-test")
	if d.strip() != "" {
		t.Errorf("after an exercise that breaks nothing: %q", d.strip())
	}

	d.practise("missing-sub")
	demo := d.bench.selected
	d.bench.newProfile()
	if d.strip() != "" || d.bench.broken() {
		t.Errorf("on another profile: %q", d.strip())
	}
	d.bench.selectProfile(demo)
	if d.signIn(); d.verdict().Kind != widget.KindPass {
		t.Errorf("back again: %s", d.verdict().Title)
	}

	d.practise("missing-sub")
	d.settle()
	d.close()
	d.open()
	d.until("the last sound run", func() bool { return d.now().Run != nil })
	if run := d.now().Run; run.Failed() || ofExercise(run.Profile.Name) {
		t.Errorf("after a restart the window shows %s of %s", run.Scenario, run.Profile.Name)
	}
	if !slices.ContainsFunc(d.bench.runsModel().Rows, func(r view.RunRow) bool { return r.Profile == "Demo tenant · missing-sub" }) {
		t.Error("the kept run is not named after its exercise")
	}
	if d.signIn(); d.verdict().Kind != widget.KindPass || d.strip() != "" {
		t.Errorf("after a restart: %s, %q", d.verdict().Title, d.strip())
	}
	if len(d.bench.practice.results) != 0 {
		t.Error("a result was kept")
	}
}

// What an exercise asks for is in no profile, neither in memory nor on the disk; and
// where there is no profile of the demo tenant, one is made.
func TestAnExerciseChangesNoProfile(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	before := slices.Clone(d.bench.profiles)
	d.practise("direct-sign-in-unknown")
	d.practise("form-post")
	d.settle()
	stored, damaged, err := archive.Open(d.dir)
	if err != nil || damaged != nil {
		t.Fatal(damaged, err)
	}
	for _, p := range append(stored.List(), d.bench.profiles...) {
		if p.ResponseMode != before[0].ResponseMode || len(p.Extra) != 0 {
			t.Errorf("%+v", p)
		}
	}

	d.bench.newProfile()
	other := d.bench.selected
	d.bench.deleteProfile(before[0].ID)
	d.practise("discovery-404")
	p, _ := d.bench.profile(d.bench.selected)
	if p.ID == other || p.Kind != oauth.KindDemo || d.strip() == "" {
		t.Errorf("it ran on %s of kind %s, the strip says %q", p.Name, p.Kind, d.strip())
	}
}

// The name of a run tells that it was practised, also where the profile's is as long
// as a name can be.
func TestARunIsNamedAfterItsExercise(t *testing.T) {
	for _, e := range practice.Exercises() {
		p := exerciseProfile(e, oauth.Profile{Name: strings.Repeat("日", oauth.MaxName)})
		if n := len([]rune(p.Name)); n != oauth.MaxName || !ofExercise(p.Name) {
			t.Errorf("%s: %d characters, %q", e.ID, n, p.Name)
		}
	}
	for _, name := range []string{"Demo tenant", "missing-sub", "Acme · staging", ""} {
		if ofExercise(name) {
			t.Errorf("%q is taken for an exercise's", name)
		}
	}
}

// A practice that is cancelled has no result, and one can begin after it.
func TestAPracticeCanBeCancelled(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.idle = true
	d.bench.showPage(pagePractice)
	d.bench.practicePage.get().Choose("refresh-token")
	d.tap(d.bench.practicePage.get().Object(), text.T("practise.run"))
	d.until("the wait", func() bool { return d.now().Run != nil && d.now().Run.Waiting != nil })
	if !d.bench.practiceModel().Busy || d.bench.practiceModel().Running != "refresh-token" {
		t.Error("the page does not say that it runs")
	}
	d.bench.cancelPressed()
	d.until("the end", func() bool { return d.ended() && d.bench.practice.attempt == nil })
	if len(d.bench.practice.results) != 0 || d.bench.practiceModel().Busy {
		t.Errorf("%+v", d.bench.practice.results)
	}
	if name := d.now().Run.Profile.Name; ofExercise(name) {
		t.Errorf("the sign-in before it is named %q", name)
	}
	d.bench.practicePage.get().Choose("form-post")
	d.tap(d.bench.practicePage.get().Object(), text.T("practise.run"))
	d.until("the wait", func() bool { return d.now().Run.Waiting != nil && d.now().Run.Profile.ResponseMode != "" })
	d.bench.cancelPressed()
	d.until("the end", func() bool { return d.ended() && d.bench.practice.attempt == nil })
	d.idle = false
	d.press(text.T("action.try_again"))
	d.until("the exercise again", func() bool { return d.bench.practice.results["form-post"].Run != "" })
	if result := d.practise("refresh-token"); len(result.Found) != 0 {
		t.Errorf("found %v", result.Found)
	}
}

// The keyboard is enough: arrows walk the list and Enter runs. "Try again" of the
// verdict runs the exercise again, with what it asks for.
func TestPracticeByKeys(t *testing.T) {
	d := newDesk(t)
	d.settle()
	d.usePort()
	d.bench.showPage(pagePractice)
	d.bench.practicePage.get().Search("form-post-error")
	c := d.bench.window.Canvas()
	d.bench.practicePage.get().Focus(c)
	for _, key := range []fyne.KeyName{fyne.KeyUp, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn} { // a family does not run
		c.Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	result := func() view.PracticeResult { return d.bench.practice.results["form-post-error"] }
	d.until("the result", func() bool { return result().Run != "" })
	first := result().Run
	d.press(text.T("action.try_again"))
	d.until("the second run", func() bool { return result().Run != first })
	if got := result().Found; !slices.Equal(got, []string{"authorize.login_required"}) {
		t.Errorf("found %v", got)
	}
}
