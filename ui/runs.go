package ui

import (
	"context"
	"slices"

	"signbench/flows"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/view"
)

// starter is one of the engine's flows.
type starter func(*flows.Engine, context.Context, flows.Request) *flows.Run

func (b *Bench) signInPressed() { b.start((*flows.Engine).SignIn) }
func (b *Bench) checkPressed() {
	b.showPage(pageSetup)
	b.start(func(e *flows.Engine, ctx context.Context, r flows.Request) *flows.Run {
		r.AskWrongSecret = b.setup.get().TakeWrongSecret()
		return e.CheckSetup(ctx, r)
	})
}
func (b *Bench) refreshPressed() { b.start((*flows.Engine).Refresh) }
func (b *Bench) signOutPressed() { b.start((*flows.Engine).SignOut) }
func (b *Bench) provePressed()   { b.start((*flows.Engine).Prove) }

// start runs a flow on the selected profile. What it may go on without is for this
// one run.
func (b *Bench) start(flow starter, allow ...oauth.Allowance) {
	b.prepared(func(p oauth.Profile) { b.launch(flow, p, allow) })
}

// prepared hands over the selected profile when a run can begin with it. Its secret
// may still be on its way from the keychain: that is waited for.
func (b *Bench) prepared(begin func(oauth.Profile)) {
	b.tidy()
	b.flush()
	p, ok := b.profile(b.selected)
	if !ok || b.state.Of(p.ID).Run.Running() {
		return
	}
	if b.secrets[p.ID].place == view.SecretLoading {
		b.vault.add(func(context.Context) func() { // behind the read
			return func() { begin(p) }
		})
		return
	}
	begin(p)
}

func (b *Bench) launch(flow starter, p oauth.Profile, allow []oauth.Allowance) *flows.Run {
	request := b.request(p)
	request.Allow = allow
	b.viewed = nil
	engine := b.engine
	if b.broken() {
		engine = b.cfg.Engine.WithLimits(b.practiceLimits(b.limits()))
	}
	run := flow(engine, b.crossing.ctx, request)
	b.runs[p.ID] = run
	b.noteRun(run.ID())
	b.keep(run)
	b.crossing.follow(run, b.apply)
	return run
}

// request is what the engine is asked with for a profile.
func (b *Bench) request(p oauth.Profile) flows.Request {
	request := flows.Request{Profile: p, Secret: b.secrets[p.ID].value}
	if session := b.state.Of(p.ID).Session; session != nil {
		request.Session = &session.Session
	}
	return request
}

// apply takes a batch of a run's events into the state and onto the screen.
func (b *Bench) apply(events []flows.Event) {
	b.state = b.state.Apply(events...)
	for _, e := range events {
		switch e.Body.(type) {
		case flows.SignedIn, flows.SignedOut:
			b.practice.sound[e.Profile] = !b.practice.doubtful[e.Run]
			b.keepSession(e.Profile)
		case flows.Ended:
			b.ended(e)
		}
	}
	b.render()
}

// ended brings what was asked for to the front: after a sign-in the tokens.
func (b *Bench) ended(e flows.Event) {
	bench := b.state.Of(e.Profile)
	run := bench.Run
	if run == nil || run.ID != e.Run {
		return // an older run, or the check beside this one
	}
	if view.NeverCameBack(run) && bench.Beside == nil && !run.Scenario.Mistaken() {
		b.checkBeside(e.Profile)
	}
	b.benchEnded(run)
	practised, tested := b.practised(run), b.tenantTried(run)
	if e.Profile != b.selected {
		return
	}
	b.window.RequestFocus() // the browser is in front of it
	if practised || tested || run.Failed() || run.Cancelled() {
		return
	}
	if slices.Contains(oauth.SignIns(), run.Scenario) && !run.Scenario.Mistaken() {
		b.showPage(pageTokens)
	}
}

// cancelPressed ends the run of the selected profile.
func (b *Bench) cancelPressed() {
	if run := b.runs[b.selected]; run != nil {
		run.Cancel()
	}
}

// pasted hands a callback URL to the run that waits for one.
func (b *Bench) pasted(callbackURL string) {
	if run := b.runs[b.selected]; run != nil {
		run.Paste(callbackURL)
	}
}

// stuckPressed asks why the browser does not come back, while the wait goes on.
func (b *Bench) stuckPressed() { b.checkBeside(b.selected) }

// checkBeside checks the set-up of a profile whose run does not come back, without
// touching that run.
func (b *Bench) checkBeside(id oauth.ProfileID) {
	p, ok := b.profile(id)
	if bench := b.state.Of(id); !ok || bench.Run == nil || bench.Beside.Running() {
		return
	}
	run := b.engine.CheckSetup(b.crossing.ctx, flows.Request{Profile: p, Secret: b.secrets[id].value, Beside: true})
	b.keep(run)
	b.crossing.follow(run, b.apply)
}

// tryAgain repeats the last run. It is as strict as ever, unless it is told what to
// go on without.
func (b *Bench) tryAgain(run *state.Run, allow ...oauth.Allowance) {
	if e, ok := exerciseOf(run.Profile.Name); ok && len(allow) == 0 {
		b.practise(e)
		return
	}
	if try, ok := b.tries[run.ID]; ok && len(allow) == 0 {
		b.benchKind = view.TenantTab
		try.again()
		return
	}
	switch run.Scenario {
	case oauth.ScenarioCheck:
		b.checkPressed()
		return
	case oauth.ScenarioBench, oauth.ScenarioUpstream:
		b.tryBenchAgain(run)
		return
	}
	flow, ok := again[run.Scenario]
	if !ok {
		flow = signInAs(run.Scenario)
	}
	b.start(flow, allow...)
}

var again = map[oauth.Scenario]starter{
	oauth.ScenarioRefresh: (*flows.Engine).Refresh,
	oauth.ScenarioSignOut: (*flows.Engine).SignOut,
	oauth.ScenarioProof:   (*flows.Engine).Prove,
}
