package flows

import (
	"context"
	"errors"
	"time"

	"signbench/flows/connector"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// MessageSeen is a test message in a state in which it has not been seen before.
type MessageSeen struct{ Delivery connector.Delivery }

func (MessageSeen) body() {}

var errNoMessage = errors.New("a connector of this kind sends no messages")

// SendTest sends one message through a connector, exactly as Logto would send it,
// and follows it until it has arrived or failed. Nothing else of the engine sends
// one.
func (e *Engine) SendTest(ctx context.Context, s connector.Setup, m connector.Message) *Run {
	s.To = m.To
	return e.startBench(ctx, oauth.ScenarioMessage, s, func(ctx context.Context, r *Run, b connector.Bench) error {
		messenger, ok := b.(connector.Messenger)
		if !ok {
			return errNoMessage
		}
		return sendTest(ctx, r, messenger, s, m)
	})
}

func sendTest(ctx context.Context, r *Run, b connector.Messenger, s connector.Setup, m connector.Message) (err error) {
	at := &stages{run: r, passed: map[oauth.Step]bool{}}
	defer func() { at.end(ctx, err) }()
	desk := r.desk(func(probe.Row) {}, at.enter)
	desk.Seen = func(d connector.Delivery) { r.emit(MessageSeen{Delivery: d}) }
	desk.Pause = r.cfg.Pause
	warnings, err := b.SendTest(ctx, desk, s, m)
	if err != nil {
		return r.stoppedUpstream(err)
	}
	r.warn(warnings...)
	return nil
}

// pause waits that long, or until ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
