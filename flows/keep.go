package flows

import (
	"context"

	"signbench/flows/oauth"
	"signbench/flows/trace"
)

// LineWriter takes the lines of a kept run: a batch of events that happened
// together, one line each without the line break.
type LineWriter interface {
	Append(lines ...[]byte) error
}

// Keep follows the run and writes its events, disarmed, as they happen. It returns
// when the run has ended and all of it is written, or at the first error of w: the
// run goes on without being kept. Call it on a goroutine of its own.
//
// Before a batch is written, the Disarmer knows every secret that the run has used
// so far and every one that the batch's own exchanges hold.
func Keep(run *Run, d *trace.Disarmer, w LineWriter) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var failed error
	known := 0
	run.log.Follow(ctx, 0, func(events []Event) {
		secrets := run.Secrets()
		d.Learn(secrets[known:]...)
		known = len(secrets)
		for _, e := range events {
			learn(d, e)
		}
		lines := make([][]byte, 0, len(events))
		for _, e := range events {
			line, err := EncodeEvent(DisarmEvent(d, e))
			if err != nil { // of one event only: the others are worth keeping
				failed = err
				continue
			}
			lines = append(lines, line)
		}
		if err := w.Append(lines...); err != nil {
			failed = err
			cancel()
		}
	})
	return failed
}

// Secrets are the values that the run has used so far and that must not leave it:
// the client secret, the session's tokens, state, verifier, code, new tokens. The
// list only grows.
func (r *Run) Secrets() []oauth.Secret {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]oauth.Secret(nil), r.spent...)
}
