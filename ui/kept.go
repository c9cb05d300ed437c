package ui

import (
	"context"
	"errors"
	"runtime"
	"time"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
	"signbench/ui/view"
)

// viewing is a run of another time that is shown instead of the profile's own.
type viewing struct {
	bench   state.Bench
	drawing *view.FlowDrawing
	words   string // what the strip above the page says
}

// shown is what the window shows: a kept run where one was opened, else the
// selected profile as it stands.
func (b *Bench) shown() (oauth.Profile, state.Bench, bool) {
	if b.viewed != nil {
		return b.viewed.bench.Run.Profile, b.viewed.bench, true
	}
	p, ok := b.profile(b.selected)
	return p, b.state.Of(b.selected), ok
}

// keep writes a run to the disk while it goes, disarmed. Where that can't be done
// the run goes on, and the window says so once.
func (b *Bench) keep(run *flows.Run) {
	if b.cfg.Stores.Runs == nil {
		return
	}
	b.crossing.start(func() {
		disarmer := trace.NewDisarmer(run.Secrets()...)
		writer, err := b.cfg.Stores.Runs.Begin(flows.Summary(disarmer, run.Log().Events()))
		if err == nil {
			err = flows.Keep(run, disarmer, writer)
			err = errors.Join(err, writer.Close(flows.Summary(disarmer, run.Log().Events())))
		}
		b.crossing.do(func() {
			if err != nil {
				b.say(b.notSaved("runs.not_kept", err))
			}
			b.render()
		})
	})
}

// recallLast shows the profile's newest kept run, until it has one of its own in
// this window: what was seen last is there after a restart. An exercise is not: the
// tenant is sound again.
func (b *Bench) recallLast(id oauth.ProfileID) {
	if b.cfg.Stores.Runs == nil || b.state.Of(id).Run != nil || b.recalled[id] {
		return
	}
	b.recalled[id] = true
	b.crossing.background(func(context.Context) func() {
		var trouble []string
		for _, meta := range b.cfg.Stores.Runs.List() {
			if meta.Profile != id || ofExercise(meta.ProfileName) {
				continue
			}
			run, err := b.readRun(meta.ID)
			switch {
			case errors.Is(err, archive.ErrNoRun): // killed before its first event
				continue
			case err != nil:
				trouble = append(trouble, b.unreadable(meta.ID, err))
				continue
			}
			return func() {
				b.state = b.state.Recall(id, run)
				b.sayAll(trouble)
			}
		}
		return func() { b.sayAll(trouble) }
	})
}

func (b *Bench) readRun(id oauth.RunID) (*state.Run, error) {
	lines, err := b.cfg.Stores.Runs.Read(id)
	if err != nil {
		return nil, err
	}
	var events []flows.Event
	for line, err := range lines {
		if err != nil {
			return nil, err
		}
		e, err := flows.DecodeEvent(line)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	run := state.Replay(events)
	if run == nil {
		return nil, archive.ErrNoRun
	}
	return run, nil
}

// unreadable sets the file of a run aside that turned out to be damaged when it was
// read, and says so. It works on the disk.
func (b *Bench) unreadable(id oauth.RunID, err error) string {
	words := text.T("runs.unreadable", text.Params{"Cause": err.Error()})
	if errors.Is(err, archive.ErrNoRun) {
		return words
	}
	if newer := (*flows.NewerEventError)(nil); errors.As(err, &newer) {
		err = errors.Join(archive.ErrNewer, err)
	}
	damaged, gone := b.cfg.Stores.Runs.SetAside(id, err)
	if gone != nil {
		return words
	}
	return damageWords(damaged)
}

// openRun shows a kept run on the Flow and Tokens pages as it was seen.
func (b *Bench) openRun(id oauth.RunID) {
	b.crossing.background(func(context.Context) func() {
		run, err := b.readRun(id)
		if err != nil {
			words := b.unreadable(id, err)
			return func() { b.say(words) }
		}
		drawing := view.DrawFlow(run)
		return func() {
			b.view(run, drawing, text.T("flow.kept", text.Params{"When": view.Moment(run.StartedAt, b.now()), "Profile": run.Profile.Name}))
		}
	})
}

// showRun shows a run on the Flow page: the profile's own as it is, another as it was
// kept.
func (b *Bench) showRun(id oauth.RunID) {
	switch run := b.state.Of(b.selected).Run; {
	case run != nil && run.ID == id:
		b.viewed = nil
		b.showPage(pageFlow)
	case b.cfg.Stores.Runs != nil:
		b.openRun(id)
	}
}

// view shows a run instead of the profile's own.
func (b *Bench) view(run *state.Run, drawing *view.FlowDrawing, words string) {
	b.viewed = &viewing{bench: state.Bench{Run: run}, drawing: drawing, words: words}
	b.showPage(pageFlow)
}

// live goes back to the selected profile's own run.
func (b *Bench) live() {
	b.viewed = nil
	b.render()
}

// runRow is a kept run in the list.
func runRow(m archive.RunMeta) view.RunRow {
	outcome := m.Outcome
	if outcome == "" {
		outcome = string(state.Interrupted)
	}
	return view.RunRow{
		ID: m.ID, Started: m.Started, Profile: m.ProfileName, Scenario: m.Scenario, Outcome: outcome,
		Step: m.Step, Faults: m.FaultCodes, Took: m.Took,
	}
}

func (b *Bench) runsModel() view.RunsModel {
	m := view.RunsModel{Now: b.now()}
	if b.cfg.Stores.Runs == nil {
		return m
	}
	for _, meta := range b.cfg.Stores.Runs.List() {
		row := runRow(meta)
		if live := b.state.Of(meta.Profile).Run; live != nil && live.ID == meta.ID && live.Running() && !meta.Complete {
			row.Outcome = "running"
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

func (b *Bench) compareRuns(one, other oauth.RunID) {
	b.crossing.background(func(context.Context) func() {
		var runs [2]*state.Run
		var trouble []string
		for i, id := range []oauth.RunID{one, other} {
			run, err := b.readRun(id)
			if err != nil {
				trouble = append(trouble, b.unreadable(id, err))
			}
			runs[i] = run
		}
		if trouble != nil {
			return func() { b.sayAll(trouble) }
		}
		first, second := runs[0], runs[1]
		metaA, _ := b.cfg.Stores.Runs.Meta(one)
		metaB, _ := b.cfg.Stores.Runs.Meta(other)
		if metaB.Started.Before(metaA.Started) { // A is always the earlier one
			first, second, metaA, metaB = second, first, metaB, metaA
		}
		diff := state.Compare(*first, *second)
		return func() {
			b.comparison.get().Show(view.ComparisonModel{A: runRow(metaA), B: runRow(metaB), Diff: diff, Now: b.now()})
			b.showPage(pageCompare)
		}
	})
}

func (b *Bench) deleteRun(id oauth.RunID) {
	b.changeRuns(func() error { return b.cfg.Stores.Runs.Remove(id) })
}

func (b *Bench) deleteAllRuns() {
	b.changeRuns(func() error { return b.cfg.Stores.Runs.RemoveAll() })
}

func (b *Bench) changeRuns(change func() error) {
	b.disk.add(func(context.Context) func() {
		err := change()
		return func() {
			if err != nil {
				b.say(text.T("runs.not_deleted", text.Params{"Cause": err.Error()}))
			}
			b.render()
		}
	})
}

// limitRuns takes the bounds of the settings into use.
func (b *Bench) limitRuns() {
	if b.cfg.Stores.Runs != nil {
		b.cfg.Stores.Runs.SetLimits(runLimits(b.settings))
	}
}

// system says where a report was made.
func system() string { return runtime.GOOS + "/" + runtime.GOARCH }

// stamp is a time for the name of a file.
func stamp(t time.Time) string { return t.Local().Format("20060102-150405") }
