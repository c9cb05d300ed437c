package flows

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"signbench/flows/check"
	"signbench/flows/fault"
	"signbench/flows/jose"
	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// Run is one flow under way. Its methods may be called from any goroutine.
type Run struct {
	id       oauth.RunID
	scenario oauth.Scenario
	cfg      Config
	log      *Log
	cancel   context.CancelFunc
	offers   chan string // pasted callback URLs

	// What the steps hand on. Only the run's own goroutine touches it.
	profile  oauth.Profile
	secret   oauth.Secret
	session  *oauth.Session
	request  Request
	client   *http.Client
	recorder *trace.Recorder
	metadata oauth.Metadata
	keys     jose.KeySet
	warnings []fault.Fault
	leave    func() // ends the listening for the browser

	mu       sync.Mutex
	evidence map[oauth.Step][]int
	last     map[oauth.Step]*trace.Exchange
	spent    []oauth.Secret // values that must not appear in any text
}

func newRun(cfg Config, scenario oauth.Scenario, req Request, cancel context.CancelFunc) *Run {
	r := &Run{
		id: oauth.NewRunID(), scenario: scenario, cfg: cfg, log: newLog(), cancel: cancel,
		offers:  make(chan string, 4),
		profile: scenario.Of(req.Profile), secret: req.Secret, session: req.Session, request: req,
		leave:    func() {},
		evidence: map[oauth.Step][]int{}, last: map[oauth.Step]*trace.Exchange{},
	}
	r.recorder = trace.NewRecorder(r.id, cfg.Now, r.record)
	r.client = newClient(cfg.Transport, r.recorder)
	r.guard(req.Secret)
	return r
}

// ID names the run.
func (r *Run) ID() oauth.RunID { return r.id }

// Log is what has happened so far and will happen until Ended.
func (r *Run) Log() *Log { return r.log }

// Cancel ends the run as soon as the step under way notices, at once as a rule.
func (r *Run) Cancel() { r.cancel() }

// Paste hands a callback URL to a run that waits for one: the browser was on
// another machine, or could not reach the loopback. It is judged as if it had
// come by the loopback, and shows as CallbackSeen.
func (r *Run) Paste(callbackURL string) {
	select {
	case r.offers <- callbackURL:
	default: // five at once: the user is leaning on the key
	}
}

func (r *Run) emit(b Body) {
	r.log.append(Event{Run: r.id, Profile: r.profile.ID, At: r.cfg.Now(), Body: b})
}

// record takes a finished exchange from the transport.
func (r *Run) record(ex *trace.Exchange) {
	r.mu.Lock()
	r.evidence[ex.Step] = append(r.evidence[ex.Step], ex.ID)
	r.last[ex.Step] = ex
	r.mu.Unlock()
	r.emit(Exchanged{Exchange: ex})
}

// exchange is the last exchange of the step, nil when there was none.
func (r *Run) exchange(step oauth.Step) *trace.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last[step]
}

// exchanges are the IDs of the step's exchanges, which are the evidence of its
// faults. Verification sends nothing: what it judges came with the tokens.
func (r *Run) exchanges(step oauth.Step) []int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if step == oauth.StepVerify {
		return append(append([]int(nil), r.evidence[oauth.StepToken]...), r.evidence[oauth.StepRefresh]...)
	}
	return append([]int(nil), r.evidence[step]...)
}

// drive takes the run from Started to Ended, whatever happens in between.
func (r *Run) drive(ctx context.Context, flow func(context.Context, *Run) error) {
	defer r.cancel()
	defer func() {
		if p := recover(); p != nil {
			// A defect of ours must not take the window down or leave it waiting. Only the
			// type is kept: the value may hold what the user typed.
			r.leave()
			r.end(ctx, failure(fault.New(fault.Internal, "", map[string]string{"Cause": fmt.Sprintf("%T", p)})))
		}
	}()
	err := flow(ctx, r)
	r.leave() // before the end is known: the next run may need the port
	r.end(ctx, err)
}

func (r *Run) end(ctx context.Context, err error) {
	var failed *Failure
	switch {
	case err == nil && len(r.warnings) > 0:
		r.emit(Ended{Outcome: Warned, Faults: r.finished(r.warnings)})
	case err == nil:
		r.emit(Ended{Outcome: OK})
	case ctx.Err() != nil:
		r.emit(Ended{Outcome: Cancelled})
	case errors.As(err, &failed):
		r.emit(Ended{Outcome: Failed, Step: failed.Step, Faults: r.finished(append(failed.Faults, r.warnings...))})
	default:
		f := fault.New(fault.Internal, "", map[string]string{"Cause": err.Error()})
		r.emit(Ended{Outcome: Failed, Faults: r.finished([]fault.Fault{f})})
	}
}

// step brackets one step with its events. A *Failure, or a warning noted while it
// ran, shows in how the step ended.
func (r *Run) step(ctx context.Context, step oauth.Step, do func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	begun, noted := time.Now(), len(r.warnings)
	r.emit(StepStarted{Step: step})
	err := do(trace.WithStep(ctx, step))
	outcome := OK
	switch {
	case errors.Is(err, errSkipped):
		outcome, err = Skipped, nil
	case err != nil && ctx.Err() != nil:
		outcome = Cancelled
	case err != nil:
		outcome = Failed
	case len(r.warnings) > noted:
		outcome = Warned
	}
	r.emit(StepEnded{Step: step, Outcome: outcome, Took: time.Since(begun)})
	return err
}

// errSkipped ends a step that does not apply.
var errSkipped = errors.New("skipped")

// warn notes something that does not stop the run.
func (r *Run) warn(f ...fault.Fault) {
	for _, w := range f {
		w.Severity = fault.Warning
		r.warnings = append(r.warnings, w)
	}
}

// judge publishes a report, notes its warnings, and fails when a check failed.
func (r *Run) judge(step oauth.Step, subject string, report check.Report) error {
	warned, failed := r.report(step, subject, report)
	r.warn(warned...)
	return failed
}

// refuse publishes a report and fails when a check failed. Its warnings stay in
// the report: a provider's document may depart from the letter of a specification
// without any harm to this sign-in.
func (r *Run) refuse(step oauth.Step, subject string, report check.Report) error {
	_, failed := r.report(step, subject, report)
	return failed
}
