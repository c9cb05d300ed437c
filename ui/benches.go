package ui

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/keychain"
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
}

func benchSecretKey(k benchKey) keychain.Key {
	return keychain.Key{Profile: string(k.profile), Kind: keychain.KindBench + "_" + k.kind.Bench()}
}

// benchHere is the bench that the page shows.
func (b *Bench) benchHere() benchKey { return benchKey{b.selected, b.benchKind} }

func (b *Bench) chooseBench(kind connector.Kind) {
	b.benchKind = kind
	b.render()
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
		if kept == nil && err == nil && p.Kind == oauth.KindDemo {
			var demo connector.Setup
			if demo, err = engine.DemoConnector(ctx, k.kind); err == nil {
				kept, place = &demo, view.SecretDemo
			}
		}
		return func() { b.benchRead(k, kept, place, damaged, err) }
	})
	return d
}

// readBench reads what was set up on a bench: the configuration from the disk, its
// secrets from the keychain. There may be nothing.
func readBench(ctx context.Context, vault *keychain.Keychain, dir string, k benchKey) (*connector.Setup, view.SecretPlace, *archive.Damaged, error) {
	benches, damaged := archive.LoadBenches(dir, k.profile)
	kept, ok := benches[string(k.kind)]
	if !ok {
		return nil, view.SecretNone, damaged, nil
	}
	config, err := connector.Parse(k.kind, kept.Config)
	if err != nil {
		return nil, view.SecretNone, damaged, err
	}
	place := view.SecretNone
	if value, where, err := vault.Get(ctx, benchSecretKey(k)); err == nil {
		var secrets map[string]oauth.Secret
		if secrets, err = unpackSecrets(value); err == nil {
			config, place = config.WithSecrets(secrets), placeOf(where)
		}
	}
	return &connector.Setup{
		Kind: k.kind, Config: config, ConnectorID: kept.ConnectorID, RedirectURI: kept.RedirectURI,
		Domains: kept.Domains, Addresses: kept.Addresses,
	}, place, damaged, nil
}

func placeOf(where keychain.Where) view.SecretPlace {
	if where == keychain.InMemory {
		return view.SecretInMemory
	}
	return view.SecretInKeychain
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
	d.setup, d.json, d.problem = s, "", nil
	b.saveBench(b.benchHere())
	b.render()
}

// benchJSON takes a configuration as it was typed or pasted as JSON. What is none is
// kept as it stands, and said why.
func (b *Bench) benchJSON(content string) {
	d := b.draft(b.benchHere())
	config, err := connector.Parse(b.benchKind, []byte(content))
	var problem *connector.ParseError
	if errors.As(err, &problem) {
		d.json, d.problem = content, problem
		if problem.Code == connector.ParseTooLarge {
			d.json = "" // said, and not shown: it would stop the window
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

// saveBench keeps a bench a moment after the last key.
func (b *Bench) saveBench(k benchKey) {
	d := b.draft(k)
	_, secrets := d.setup.Config.WithoutSecrets()
	d.place = view.SecretSaving
	if len(secrets) == 0 {
		d.place = view.SecretNone
	}
	if b.benchTimer != nil {
		b.benchTimer.Stop()
	}
	b.benchUnsaved = &k
	b.benchTimer = b.crossing.after(pause, b.flushBench)
}

// flushBench writes the bench that was typed into last: its configuration without
// secrets to the disk, the secrets to the keychain.
func (b *Bench) flushBench() {
	if b.benchUnsaved == nil {
		return
	}
	b.benchTimer.Stop()
	k := *b.benchUnsaved
	b.benchUnsaved = nil
	d := b.benches[k]
	bare, secrets := d.setup.Config.WithoutSecrets()
	kept := archive.Bench{
		Config: json.RawMessage(bare.JSON().Reveal()), ConnectorID: d.setup.ConnectorID, RedirectURI: d.setup.RedirectURI,
		Domains: slices.Clone(d.setup.Domains), Addresses: maps.Clone(d.setup.Addresses),
	}
	dir := b.cfg.Stores.Dir
	b.disk.add(func(context.Context) func() {
		benches, _ := archive.LoadBenches(dir, k.profile)
		benches[string(k.kind)] = kept
		if err := archive.SaveBenches(dir, k.profile, benches); err != nil {
			return func() { b.say(text.T("bench.not_kept", text.Params{"Cause": err.Error()})) }
		}
		return nil
	})
	b.vault.add(func(ctx context.Context) func() {
		place := view.SecretNone
		if len(secrets) == 0 {
			_ = b.cfg.Keychain.Delete(ctx, benchSecretKey(k))
		} else if where, err := b.cfg.Keychain.Set(ctx, benchSecretKey(k), packSecrets(secrets)); err == nil {
			place = placeOf(where)
		} else {
			place = view.SecretInMemory
		}
		return func() {
			if d.place == view.SecretSaving && b.benchUnsaved == nil {
				d.place = place
				b.render()
			}
		}
	})
}

// packSecrets writes the secrets of a configuration for the keychain, which is
// where secrets are kept.
func packSecrets(secrets map[string]oauth.Secret) string {
	plain := map[string]string{}
	for path, s := range secrets {
		plain[path] = s.Reveal()
	}
	out, err := json.Marshal(plain)
	if err != nil {
		return "{}" // a map of strings can not fail to marshal
	}
	return string(out)
}

func unpackSecrets(value string) (map[string]oauth.Secret, error) {
	var plain map[string]string
	if err := json.Unmarshal([]byte(value), &plain); err != nil {
		return nil, errors.New("the stored value is not the secrets of a bench")
	}
	secrets := map[string]oauth.Secret{}
	for path, s := range plain {
		secrets[path] = oauth.Secret(s)
	}
	return secrets, nil
}

// forgetBenches drops what was set up on the benches of a profile.
func (b *Bench) forgetBenches(id oauth.ProfileID) {
	dir := b.cfg.Stores.Dir
	for _, kind := range connector.Kinds() {
		k := benchKey{id, kind}
		delete(b.benches, k)
		b.vault.add(func(ctx context.Context) func() {
			_ = b.cfg.Keychain.Delete(ctx, benchSecretKey(k)) // one that stays is unreachable: the ID is never used again
			return nil
		})
	}
	b.disk.add(func(context.Context) func() {
		_ = archive.RemoveBenches(dir, id)
		return nil
	})
}

// benchSetup is the bench as it is tried now.
func (b *Bench) benchSetup() (connector.Setup, bool) {
	p, ok := b.profile(b.selected)
	if !ok {
		return connector.Setup{}, false
	}
	s := b.draft(b.benchHere()).setup
	s.ID, s.Name = p.ID, p.Name+" · "+text.T("connector.kind."+string(s.Kind))
	s.Origin = originOf(p, b.state.Of(p.ID).Run)
	return s, true
}

// originOf is the tenant's address, where its connectors are called back.
func originOf(p oauth.Profile, run *state.Run) string {
	if p.Kind == oauth.KindDemo && run != nil && run.Metadata != nil && run.Benched == nil {
		return endpointWords(p, run)
	}
	return p.Endpoint
}

// benchTimer and what follows belong to the window's thread, as all of Bench.
type benchesState struct {
	benches      map[benchKey]*benchDraft
	benchKind    connector.Kind
	benchTimer   *time.Timer
	benchUnsaved *benchKey
}

// tryBench starts one of the engine's runs on the bench.
func (b *Bench) tryBench(flow func(*flows.Engine, context.Context, connector.Setup) *flows.Run) {
	b.flush()
	s, ok := b.benchSetup()
	if !ok || b.state.Of(s.ID).Run.Running() || b.draft(b.benchHere()).place == view.SecretLoading {
		return
	}
	b.viewed = nil
	run := flow(b.engine, b.crossing.ctx, s)
	b.runs[s.ID] = run
	b.keep(run)
	b.crossing.follow(run, b.apply)
}

// sendFromBench sends a test message, which only a press does.
func (b *Bench) sendFromBench(m connector.Message) {
	b.tryBench(func(e *flows.Engine, ctx context.Context, s connector.Setup) *flows.Run { return e.SendTest(ctx, s, m) })
}

func (b *Bench) checkBench()  { b.tryBench((*flows.Engine).CheckConnector) }
func (b *Bench) signInBench() { b.tryBench((*flows.Engine).SignInUpstream) }

func (b *Bench) connectorsModel(bench state.Bench) view.ConnectorsModel {
	d := b.draft(b.benchHere())
	setup, _ := b.benchSetup()
	m := view.BenchModel{
		Setup: setup, Findings: connector.Examine(setup), JSON: d.json, Problem: d.problem,
		Secrets: d.place, Backend: b.cfg.Keychain.Status().Backend, Busy: bench.Run.Running(),
	}
	if d.json == "" && d.problem == nil {
		bare, _ := setup.Config.WithoutSecrets()
		m.JSON = bare.JSON().Reveal()
	}
	if own := flows.Bench(b.benchKind); own != nil {
		m.Rows = own.Rows().IDs()
		_, m.Signs = own.(connector.SignIner)
		_, m.Sends = own.(connector.Messenger)
	}
	if run := bench.Run; run != nil && run.Benched != nil && run.Benched.Kind == b.benchKind {
		m.Run = run
	}
	return view.ConnectorsModel{Kind: b.benchKind, Bench: m}
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
