package ui

import (
	"slices"
	"time"

	"signbench/flows"
	"signbench/flows/demo"
	"signbench/flows/oauth"
	"signbench/flows/practice"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
)

// Tenant is the demo tenant as the Practice page sees it: something that can be
// broken on purpose.
type Tenant interface {
	flows.Tenant
	SetFaults(...demo.Fault)
	BreakConnector(bench, upstream string) error
	Pasted(issuer string, token demo.Pasted) (string, error)
}

// Limits of a run whose provider never answers, or never with the right state.
const (
	slowLimit  = 3 * time.Second
	strayLimit = 2 * time.Second
)

// practising is what is practised in this session. Nothing of it is kept.
type practising struct {
	broken   practice.Exercise // whose switch is on; without a Switch: none
	attempt  *attempt          // what is being run; nil: nothing
	results  map[string]view.PracticeResult
	notes    map[string]string        // why an exercise came to nothing
	doubtful map[oauth.RunID]bool     // runs at a broken provider
	sound    map[oauth.ProfileID]bool // whose session comes from the provider as it should be
}

// attempt is an exercise that is being run.
type attempt struct {
	exercise practice.Exercise
	run      oauth.RunID // that is waited for
	ahead    bool        // it is the sign-in before the exercise
}

func newPractising() practising {
	return practising{
		results: map[string]view.PracticeResult{}, notes: map[string]string{},
		doubtful: map[oauth.RunID]bool{}, sound: map[oauth.ProfileID]bool{},
	}
}

// broken reports whether the demo tenant is broken now.
func (b *Bench) broken() bool { return b.practice.broken.Broken() }

// repair turns the switch off. A run that is under way proves nothing any more.
func (b *Bench) repair() {
	b.practice.attempt = nil
	if b.broken() {
		b.practice.broken = practice.Exercise{}
		b.cfg.Tenant.SetFaults()
		_ = b.cfg.Tenant.BreakConnector("", "") // off is known to every service
	}
}

func (b *Bench) repairPressed() {
	b.repair()
	b.render()
}

// practise runs an exercise on the demo profile. What the exercise changes in the
// profile is for that run only.
func (b *Bench) practise(e practice.Exercise) {
	if b.practiceBusy() {
		return
	}
	b.repair()
	b.selectDemo()
	delete(b.practice.notes, e.ID)
	b.practice.attempt = &attempt{exercise: e}
	b.prepared(b.practiseOn)
	b.render()
}

// practiceBusy reports whether the demo tenant is in use.
func (b *Bench) practiceBusy() bool {
	return b.practice.attempt != nil || slices.ContainsFunc(b.profiles, func(p oauth.Profile) bool {
		return p.Kind == oauth.KindDemo && b.state.Of(p.ID).Run.Running()
	})
}

// selectDemo selects a profile of the demo tenant, and makes one where there is none.
func (b *Bench) selectDemo() {
	if p, ok := b.profile(b.selected); ok && p.Kind == oauth.KindDemo {
		return
	}
	if i := slices.IndexFunc(b.profiles, func(p oauth.Profile) bool { return p.Kind == oauth.KindDemo }); i >= 0 {
		b.selectProfile(b.profiles[i].ID)
		return
	}
	p := demoProfile()
	p.Name = b.freeName(p.Name)
	b.insert(p, len(b.profiles))
	b.readSecret(p)
}

// practiseOn begins an exercise: with the sign-in before it where there is no session
// from the sound provider.
func (b *Bench) practiseOn(p oauth.Profile) {
	a := b.practice.attempt
	switch {
	case a == nil: // turned off before the secret was there
	case a.exercise.Way == practice.ByPaste:
		b.inspectPasted(a.exercise, p)
	case a.exercise.NeedsSession() && !b.soundSession(p.ID):
		a.ahead = true
		a.run = b.launch((*flows.Engine).SignIn, p, nil).ID()
	default:
		b.meet(a, p)
	}
}

// soundSession reports whether the profile has a session that the exercises can begin
// with. One from the keychain is of another start of the tenant, which has forgotten it.
func (b *Bench) soundSession(id oauth.ProfileID) bool {
	s := b.state.Of(id).Session
	return s != nil && b.practice.sound[id] && !s.Tokens.RefreshToken.Empty()
}

// meet breaks the provider and begins the run that has to notice.
func (b *Bench) meet(a *attempt, p oauth.Profile) {
	a.ahead = false
	if a.exercise.Bench != "" {
		b.meetAtBench(a.exercise, p)
		return
	}
	if a.exercise.Switch != "" {
		b.practice.broken = a.exercise
		b.cfg.Tenant.SetFaults(a.exercise.Switch)
	}
	a.run = b.launch(practiceFlow(a.exercise), exerciseProfile(a.exercise, p), nil).ID()
}

// practiceFlow is the run that meets the exercise's provider.
func practiceFlow(e practice.Exercise) starter {
	if e.Way == practice.ByMistake {
		return signInAs(e.Scenario)
	}
	return practiceWays[e.Way]
}

var practiceWays = map[practice.Way]starter{
	practice.BySignIn:  (*flows.Engine).SignIn,
	practice.ByRefresh: (*flows.Engine).Refresh,
	practice.BySignOut: (*flows.Engine).SignOut,
	practice.ByProof:   (*flows.Engine).SignOut,
	practice.ByCheck:   (*flows.Engine).CheckSetup,
}

// practised takes the end of a run that an exercise consists of, and reports whether
// it was one.
func (b *Bench) practised(run *state.Run) bool {
	a := b.practice.attempt
	if a == nil || a.run != run.ID {
		return false
	}
	p, ok := b.profile(run.Profile.ID)
	switch e := a.exercise; {
	case !ok || run.Cancelled():
		b.practice.attempt = nil
	case a.ahead && run.Failed():
		b.practice.notes[e.ID] = text.T("practise.not_begun")
		b.practice.attempt = nil
	case a.ahead:
		b.meet(a, p)
	case e.Way == practice.ByProof && run.Scenario == oauth.ScenarioSignOut:
		a.run = b.launch((*flows.Engine).Prove, exerciseProfile(e, p), nil).ID()
	default:
		b.practice.results[e.ID] = view.PracticeResult{Found: e.Found(run.Faults(), run.Probes), Run: run.ID}
		b.practice.attempt = nil
	}
	return true
}

// noteRun remembers which runs meet a broken provider.
func (b *Bench) noteRun(id oauth.RunID) {
	if b.broken() {
		b.practice.doubtful[id] = true
	}
}

// practiceLimits are the limits of a run: nobody waits half a minute for what is
// known not to come.
func (b *Bench) practiceLimits(l flows.Limits) flows.Limits {
	if b.practice.broken.Slow() {
		l.Request = slowLimit
	}
	if b.practice.broken.Stray() {
		l.Stray = strayLimit
	}
	return l
}
