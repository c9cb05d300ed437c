package terminal

import (
	"bufio"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"signbench/flows"
	"signbench/flows/archive"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/trace"
	"signbench/ui/state"
	"signbench/ui/text"
)

// trial is what one command tries on one target: one run, or several that follow
// from each other.
type trial struct {
	program Program
	bench   Bench
	target  target
	voice   *voice
	paste   bool     // the callback URL comes by standard input
	browser bool     // a browser is to be opened
	allow   []string // rules to go on without

	runs      []tried
	session   *oauth.Session // of the last run that brought one
	signedOut bool
	blocked   error // why a run could not go on: no browser, nothing pasted
}

// tried is a run that has ended, as others may see it.
type tried struct {
	run      *state.Run // disarmed
	disarmer *trace.Disarmer
	kept     bool
}

// starter is one of the engine's flows.
type starter func(*flows.Engine, context.Context, flows.Request) *flows.Run

// try runs a flow to its end, says what happens while it does, and keeps it as the
// window keeps its runs.
func (t *trial) try(ctx context.Context, flow starter) tried {
	return t.run(ctx, func(e *flows.Engine, ctx context.Context) *flows.Run { return flow(e, ctx, t.request()) })
}

// run is try for a flow that needs no request.
func (t *trial) run(ctx context.Context, start func(*flows.Engine, context.Context) *flows.Run) tried {
	run := start(t.bench.Engine, ctx)
	var followers sync.WaitGroup
	kept := make(chan bool, 1)
	followers.Go(func() { kept <- t.keep(run) })
	run.Log().Follow(context.WithoutCancel(ctx), 0, func(events []flows.Event) {
		for _, e := range events {
			t.happened(run, e)
		}
	})
	followers.Wait()
	done := tried{disarmer: trace.NewDisarmer(run.Secrets()...), kept: <-kept}
	done.run = disarmed(run.Log().Events(), done.disarmer)
	t.runs = append(t.runs, done)
	return done
}

func (t *trial) request() flows.Request {
	request := flows.Request{Profile: t.target.profile, Secret: t.target.secret, Session: t.session}
	for _, rule := range t.allow {
		request.Allow = append(request.Allow, oauth.Allowance(rule))
	}
	return request
}

// disarmed is a run as others may see it. Whatever is printed or written is made
// from it.
func disarmed(events []flows.Event, d *trace.Disarmer) *state.Run {
	for _, e := range events {
		if ex, ok := e.Body.(flows.Exchanged); ok {
			d.LearnFrom(ex.Exchange)
		}
	}
	harmless := make([]flows.Event, len(events))
	for i, e := range events {
		harmless[i] = flows.DisarmEvent(d, e).Event()
	}
	return state.State{}.Apply(harmless...).Of(events[0].Profile).Run
}

// keep writes the run to the disk. Where that can not be done it is said once and
// the run goes on.
func (t *trial) keep(run *flows.Run) bool {
	settings, _ := archive.LoadSettings(t.bench.Dir)
	runs, _, err := archive.OpenRuns(t.bench.Dir, archive.RunLimits{MaxRuns: settings.KeptRuns, MaxBytes: int64(settings.KeptMegabytes) << 20})
	if runs != nil && err == nil {
		d := trace.NewDisarmer(run.Secrets()...)
		var writer *archive.Writer
		if writer, err = runs.Begin(flows.Summary(d, run.Log().Events())); err == nil {
			err = flows.Keep(run, d, writer)
			err = errors.Join(err, writer.Close(flows.Summary(d, run.Log().Events())))
		}
	}
	if err != nil && len(t.runs) == 0 {
		t.voice.warn(text.T("runs.not_kept", text.Params{"Dir": t.bench.Dir, "Cause": err.Error()}))
	}
	return err == nil
}

// happened tells an event, and does what it asks for.
func (t *trial) happened(run *flows.Run, e flows.Event) {
	switch b := e.Body.(type) {
	case flows.Waiting:
		t.voice.waiting(b, !t.browser)
		if t.paste {
			go t.readPaste(run)
		}
	case flows.BrowserFailed:
		t.blocked = errors.New(text.T("terminal.no_browser", text.Params{"Cause": b.Err.Error()}))
		run.Cancel()
	case flows.SignedIn:
		t.session = &b.Session
	case flows.SignedOut:
		t.session, t.signedOut = nil, true
	}
	t.voice.event(e)
}

// readPaste hands what is pasted to the run. Nothing to read means that nothing
// will come.
func (t *trial) readPaste(run *flows.Run) {
	lines := bufio.NewScanner(t.program.In)
	lines.Buffer(nil, 2<<20)
	for lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); line != "" {
			run.Paste(line)
		}
	}
	select {
	case <-run.Log().Complete():
	case <-time.After(pasteGrace):
		t.blocked = errors.New(text.T("terminal.nothing_pasted"))
		run.Cancel()
	}
}

// pasteGrace is how long a run may take over the last line that was pasted before
// the end of the input counts as giving up.
const pasteGrace = 2 * time.Second

// faults are those of all runs, in the order in which they are to be read.
func (t *trial) faults() []fault.Fault {
	var all []fault.Fault
	for _, r := range t.runs {
		all = append(all, faultsOf(r.run)...)
	}
	return all
}

// ok reports whether no fault of severity error is there.
func (t *trial) ok() bool {
	return !slices.ContainsFunc(t.faults(), func(f fault.Fault) bool { return f.Severity == fault.Error })
}

// cannotRun are the faults that are this machine's and not the set-up's.
var cannotRun = []fault.Code{fault.PrepareDemo, fault.CallbackPortTaken, fault.CallbackListen, fault.CallbackBrowser}

// end is the status, and the error that carries it.
func (t *trial) end(ctx context.Context, expected string) error {
	status := StatusOK
	faults := t.faults()
	has := func(code string) bool {
		return slices.ContainsFunc(faults, func(f fault.Fault) bool { return string(f.Code) == code })
	}
	switch {
	case t.blocked != nil:
		return cannot(t.blocked)
	case ctx.Err() != nil:
		return ctx.Err()
	case expected != "" && has(expected):
	case slices.ContainsFunc(faults, func(f fault.Fault) bool { return f.Severity == fault.Error && slices.Contains(cannotRun, f.Code) }):
		status = StatusCannotRun
	case expected != "", !t.ok():
		status = StatusFaults
	}
	if status == StatusOK {
		return nil
	}
	return verdict{status}
}

// nobody opens no browser: the URL is printed instead.
func nobody(context.Context, string) error { return nil }
