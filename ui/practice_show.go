package ui

import (
	"context"
	"strings"

	"signbench/flows/demo"
	"signbench/flows/inspect"
	"signbench/flows/oauth"
	"signbench/flows/practice"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
	"signbench/ui/widget"
)

// nameMark stands between the name of a profile and what is tried of it.
const nameMark = " · "

// exerciseProfile is the profile of a run. It is named after the exercise, so that
// nobody takes the run for one of the sound tenant later, or in a report.
func exerciseProfile(e practice.Exercise, p oauth.Profile) oauth.Profile {
	p = e.Profile(p)
	p.Name = runName(p.Name, e.ID)
	return p
}

// runName is the name of a run that tries something of a profile: both, within the
// length of a name.
func runName(profile, what string) string {
	name, mark := []rune(profile), []rune(nameMark+what)
	mark = mark[:min(len(mark), oauth.MaxName)]
	return string(append(name[:min(len(name), oauth.MaxName-len(mark))], mark...))
}

// exerciseOf is the exercise of a run, by the name of its profile, and whether there
// is one.
func exerciseOf(profileName string) (practice.Exercise, bool) {
	at := strings.LastIndex(profileName, nameMark)
	if at < 0 {
		return practice.Exercise{}, false
	}
	return practice.Find(profileName[at+len(nameMark):])
}

func ofExercise(profileName string) bool {
	_, ok := exerciseOf(profileName)
	return ok
}

// headline is the name above a verdict: that of the exercise or of the connector when
// the verdict is of one.
func headline(p oauth.Profile, run *state.Run) string {
	if run != nil && (ofExercise(run.Profile.Name) || !run.Kept && ofConnector(run.Profile.Name)) {
		return run.Profile.Name
	}
	return p.Name
}

// inspectPasted opens the logout token of an exercise on Inspect, verified with
// the tenant's keys.
func (b *Bench) inspectPasted(e practice.Exercise, p oauth.Profile) {
	engine, tenant := b.engine, b.cfg.Tenant
	want := b.expectation(view.InspectRequest{Audience: demo.AppID})
	b.crossing.background(func(ctx context.Context) func() {
		endpoint, release, err := tenant.Acquire(ctx)
		if err != nil {
			return func() { b.practiceFailed(e, err) }
		}
		defer release()
		want.Issuer = endpoint + "/oidc"
		token, err := tenant.Pasted(want.Issuer, e.Token)
		if err != nil {
			return func() { b.practiceFailed(e, err) }
		}
		drawn := view.DrawInspected(inspect.Read([]byte(token)))
		request := view.InspectRequest{Source: view.KeysOfProfile}
		drawn, result := judge(drawn, request, keysFor(ctx, engine, p, request), want)
		return func() {
			if a := b.practice.attempt; a == nil || a.exercise.ID != e.ID {
				return
			}
			b.practice.attempt = nil
			b.practice.results[e.ID] = view.PracticeResult{Found: practice.FoundIn(result.Report)}
			b.inspection = inspection{shown: drawn, result: result, issuer: want.Issuer, turn: b.inspectAgain()}
			b.showPage(pageInspect)
		}
	})
}

func (b *Bench) practiceFailed(e practice.Exercise, err error) {
	b.practice.attempt = nil
	b.practice.notes[e.ID] = text.T("practise.no_token", text.Params{"Cause": err.Error()})
	b.render()
}

// showPractised shows the evidence of the last run of an exercise. A token was kept
// nowhere: it is made again.
func (b *Bench) showPractised(e practice.Exercise) {
	if e.Way == practice.ByPaste {
		b.practise(e)
		return
	}
	b.showRun(b.practice.results[e.ID].Run)
}

// renderPractice shows that the tenant is broken, whatever page is open.
func (b *Bench) renderPractice() {
	words := ""
	if b.broken() {
		words = view.PracticeStrip(b.practice.broken)
	}
	if words == b.brokenStrip.Model().Text {
		return // a button that has the focus stays the same button
	}
	b.brokenStrip.Set(widget.BannerModel{
		Kind: widget.KindWarn, Text: words,
		Actions: []widget.Action{{Label: text.T("practise.off"), OnTap: b.repairPressed}},
	})
	b.frame.Refresh() // the page moves down or up
}

func (b *Bench) practiceModel() view.PracticeModel {
	m := view.PracticeModel{Results: b.practice.results, Notes: b.practice.notes, Busy: b.practiceBusy()}
	if a := b.practice.attempt; a != nil {
		m.Running = a.exercise.ID
	}
	return m
}
