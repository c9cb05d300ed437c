package ui

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"time"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
)

// benchKey names a bench: a profile has one for each kind of connector.
type benchKey struct {
	profile oauth.ProfileID
	kind    connector.Kind
}

// benchDraft is what is set up on a bench.
type benchDraft struct {
	setup   connector.Setup
	json    string                // what was typed in place of the configuration's own JSON
	problem *connector.ParseError // why that is no configuration
	place   view.SecretPlace
	there   benchThere
	filling bool      // the discovery document is on its way
	filled  view.Said // how filling in from it went

	last, checked *state.Run // the last run here that ended, and the last check
}

// benchHere is the bench that the page shows.
func (b *Bench) benchHere() benchKey { return benchKey{b.selected, b.benchKind} }

func (b *Bench) chooseBench(kind connector.Kind) {
	b.benchKind = kind
	b.render()
	b.repaint()
}

// draft is what is set up on a bench. What was kept is read the first time that it
// is asked for.
func (b *Bench) draft(k benchKey) *benchDraft {
	if d := b.benches[k]; d != nil {
		return d
	}
	p, _ := b.profile(k.profile)
	d := &benchDraft{place: view.SecretLoading, setup: connector.Setup{
		Kind: k.kind, ID: k.profile, Config: connector.NewConfig(k.kind), RedirectURI: p.Client.RedirectURI,
	}}
	b.benches[k] = d
	dir, engine := b.cfg.Stores.Dir, b.engine
	b.vault.add(func(ctx context.Context) func() {
		kept, place, damaged, err := readBench(ctx, b.cfg.Keychain, dir, k)
		if err == nil && p.Kind == oauth.KindDemo {
			var demo connector.Setup
			switch demo, err = engine.DemoConnector(ctx, k.kind); {
			case err == nil && kept == nil:
				kept, place = &demo, view.SecretDemo
			case err == nil:
				kept.Origin = demo.Origin
			}
		}
		return func() { b.benchRead(k, kept, place, damaged, err) }
	})
	return d
}

// benchRead takes what was kept, unless something was typed in the meantime.
func (b *Bench) benchRead(k benchKey, kept *connector.Setup, place view.SecretPlace, damaged *archive.Damaged, err error) {
	d := b.benches[k]
	if d == nil || d.place != view.SecretLoading {
		return
	}
	d.place = place
	if kept != nil {
		redirectURI := d.setup.RedirectURI
		d.setup = *kept
		d.setup.ID = k.profile
		if d.setup.RedirectURI == "" {
			d.setup.RedirectURI = redirectURI
		}
	}
	switch {
	case damaged != nil:
		b.say(damageWords(*damaged))
	case err != nil && !errors.Is(err, flows.ErrNoDemo):
		b.say(text.T("bench.unreadable", text.Params{"Cause": err.Error()}))
	}
	b.render()
}

// benchTyped takes a set-up as it was typed into the form.
func (b *Bench) benchTyped(s connector.Setup) {
	d := b.draft(b.benchHere())
	d.setup, d.json, d.problem, d.filled = s, "", nil, view.Said{}
	d.there.outdated()
	b.saveBench(b.benchHere())
	b.render()
}

// benchJSON takes a configuration as it was typed or pasted as JSON. What is none is
// kept as it stands, and said why.
func (b *Bench) benchJSON(content string) {
	d := b.draft(b.benchHere())
	d.there.outdated()
	config, err := connector.Parse(b.benchKind, []byte(content))
	var problem *connector.ParseError
	if errors.As(err, &problem) {
		d.problem = problem
		if problem.Code != connector.ParseTooLarge { // said, and not shown: it would stop the window
			d.json = content
		}
		b.render()
		return
	}
	_, had := d.setup.Config.WithoutSecrets()
	_, given := config.WithoutSecrets()
	maps.Copy(had, given)
	d.setup.Config, d.json, d.problem = config.WithSecrets(had), "", nil
	if len(given) == 0 {
		d.json = content // as it was typed, until a field changes it
	}
	b.saveBench(b.benchHere())
	b.render()
}

func (b *Bench) pasteBenchJSON() { b.benchJSON(b.cfg.App.Clipboard().Content()) }

// copyBenchJSON copies the configuration as Logto's console takes it.
func (b *Bench) copyBenchJSON(secrets bool) {
	config := b.draft(b.benchHere()).setup.Config
	if secrets {
		b.copySecret(config.JSON())
		return
	}
	bare, _ := config.WithoutSecrets()
	b.copy(bare.JSON().Reveal())
}

// benchSetup is the bench as it is tried now.
func (b *Bench) benchSetup() (connector.Setup, bool) {
	p, ok := b.profile(b.selected)
	if !ok {
		return connector.Setup{}, false
	}
	s := b.draft(b.benchHere()).setup
	s.ID, s.Name = p.ID, p.Name+" · "+text.T("connector.kind."+string(s.Kind))
	if s.Kind == connector.SSO && s.Domains == nil {
		s.Domains = []string{} // the form has a field for them, and it is empty
	}
	s.Origin = cmp.Or(originOf(p, b.state.Of(p.ID).Run), s.Origin)
	return s, true
}

// originOf is the tenant's address, where its connectors are called back.
func originOf(p oauth.Profile, run *state.Run) string {
	if p.Kind == oauth.KindDemo && run != nil && run.Metadata != nil && run.Benched == nil {
		return endpointWords(p, run)
	}
	return p.Endpoint
}

// benchesState is what the window knows of the benches.
type benchesState struct {
	benches      map[benchKey]*benchDraft
	benchKind    connector.Kind
	benchTimer   *time.Timer
	benchUnsaved *benchKey
}

// tryBench starts one of the engine's runs on the bench.
func (b *Bench) tryBench(flow benchFlow) {
	b.flush()
	s, ok := b.benchSetup()
	if !ok || b.state.Of(s.ID).Run.Running() || b.draft(b.benchHere()).place == view.SecretLoading {
		return
	}
	b.runBench(s, flow)
}

// runBench begins a run on a bench, which is the profile's last one from then on.
func (b *Bench) runBench(s connector.Setup, flow benchFlow) *flows.Run {
	b.viewed = nil
	run := flow(b.engine, b.crossing.ctx, s)
	b.runs[s.ID] = run
	b.noteRun(run.ID())
	b.keep(run)
	b.crossing.follow(run, b.apply)
	return run
}

// sendFromBench sends a test message, which only a press does.
func (b *Bench) sendFromBench(m connector.Message) {
	b.tryBench(func(e *flows.Engine, ctx context.Context, s connector.Setup) *flows.Run { return e.SendTest(ctx, s, m) })
}

func (b *Bench) checkBench()  { b.tryBench((*flows.Engine).CheckConnector) }
func (b *Bench) signInBench() { b.tryBench((*flows.Engine).SignInUpstream) }

func (b *Bench) connectorsModel(bench state.Bench) view.ConnectorsModel {
	switch b.benchKind {
	case view.TenantTab:
		return view.ConnectorsModel{Kind: b.benchKind, Tenant: b.tenantModel(bench)}
	case view.AdminTab:
		return view.ConnectorsModel{Kind: b.benchKind, Admin: b.adminModel(bench.Run.Running())}
	}
	d := b.draft(b.benchHere())
	setup, _ := b.benchSetup()
	m := view.BenchModel{
		Setup: setup, Findings: connector.Examine(setup), JSON: d.json, Problem: d.problem,
		Secrets: b.keeping(d.place), Backend: b.cfg.Keychain.Status().Backend, Busy: bench.Run.Running(),
		There: b.thereModel(b.benchHere()), Filling: d.filling, Filled: d.filled,
	}
	if d.json == "" && (d.problem == nil || d.problem.Code == connector.ParseTooLarge) {
		bare, _ := setup.Config.WithoutSecrets()
		m.JSON = bare.JSON().Reveal()
	}
	if own := flows.Bench(b.benchKind); own != nil {
		m.Rows = own.Rows().IDs()
		_, m.Signs = own.(connector.SignIner)
		_, m.Sends = own.(connector.Messenger)
	}
	m.Run, m.Checked = d.last, d.checked
	if run := bench.Run; run != nil && run.Benched != nil && run.Benched.Kind == b.benchKind {
		m.Run = run
		if run.Scenario == oauth.ScenarioBench {
			m.Checked = run
		}
	}
	return view.ConnectorsModel{Kind: b.benchKind, Bench: m}
}

// benchEnded keeps what a run on a bench found, until the next one there: a run of
// another bench, or a sign-in, takes nothing away.
func (b *Bench) benchEnded(run *state.Run) {
	if run.Benched == nil {
		return
	}
	d := b.draft(benchKey{run.Profile.ID, run.Benched.Kind})
	d.last = run
	if run.Scenario == oauth.ScenarioBench {
		d.checked = run
	}
}

// tryBenchAgain repeats a run on the bench that it was made on.
func (b *Bench) tryBenchAgain(run *state.Run) {
	if run.Benched != nil {
		b.benchKind = run.Benched.Kind
	}
	if run.Scenario == oauth.ScenarioUpstream {
		b.signInBench()
		return
	}
	b.checkBench()
}
