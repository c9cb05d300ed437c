package flows

import (
	"context"
	"errors"
	"time"

	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/loopback"
	"signbench/flows/oauth"
	"signbench/flows/probe"
)

// stages are the steps of a sign-in upstream as they are entered, one at a time.
type stages struct {
	run    *Run
	step   oauth.Step
	begun  time.Time
	passed map[oauth.Step]bool
}

func (s *stages) enter(step oauth.Step) {
	if step == s.step {
		return
	}
	s.leave(OK)
	s.step, s.begun, s.passed[step] = step, time.Now(), true
	s.run.emit(StepStarted{Step: step})
}

func (s *stages) leave(o Outcome) {
	if s.step != "" {
		s.run.emit(StepEnded{Step: s.step, Outcome: o, Took: time.Since(s.begun)})
	}
	s.step = ""
}

// end closes the step under way, and names the steps that the connector does not
// take.
func (s *stages) end(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil:
		s.leave(Cancelled)
		return
	case err != nil:
		s.leave(Failed)
		return
	}
	s.leave(OK)
	for _, step := range s.run.scenario.Steps() {
		if !s.passed[step] {
			s.run.emit(StepEnded{Step: step, Outcome: Skipped})
		}
	}
}

// signInUpstream is a connector's sign-in between its two halves: the browser is
// sent away and comes back to an address of this machine, or its callback is pasted.
func signInUpstream(ctx context.Context, r *Run, b connector.SignIner, s connector.Setup) (err error) {
	at := &stages{run: r, passed: map[oauth.Step]bool{}}
	defer func() { at.end(ctx, err) }()
	desk := r.desk(func(row probe.Row) { r.emit(Probed{Row: row}) }, at.enter)
	at.enter(connector.StepAuthorize)
	from, journey, err := r.departUpstream(ctx, b, desk, s)
	if err != nil {
		return err
	}
	defer func() { _ = journey.listener.Close() }()
	at.enter(connector.StepCallback)
	callback, err := r.await(ctx, journey)
	if err != nil {
		return err
	}
	in, err := b.Return(ctx, desk, s, from, callback.Params)
	r.arrived(in)
	if err != nil {
		return r.stoppedUpstream(err)
	}
	r.warn(in.Warnings...)
	return nil
}

func (r *Run) departUpstream(
	ctx context.Context, b connector.SignIner, desk connector.Desk, s connector.Setup,
) (connector.Departure, visit, error) {
	state := random()
	listener, err := r.listen(ctx, connector.StepAuthorize, loopback.Config{RedirectURI: s.RedirectURI, State: state.Reveal()})
	if err != nil {
		return connector.Departure{}, visit{}, err
	}
	from, err := b.Depart(ctx, desk, s, listener.RedirectURI(), state)
	if err != nil {
		_ = listener.Close()
		return from, visit{}, r.stoppedUpstream(err)
	}
	r.guard(state)
	desk.Reach(connector.StepAuthorize)
	return from, r.sendUpstream(ctx, listener, from.URL), nil
}

// sendUpstream sends the browser to the provider behind a connector.
func (r *Run) sendUpstream(ctx context.Context, listener *loopback.Listener, target oauth.Secret) visit {
	timeout := r.callbackTimeout(listener.RedirectURI())
	journey := visit{
		leave: connector.StepAuthorize, back: connector.StepCallback, url: target.Reveal(), listener: listener,
		opened: make(chan error, 1), limit: r.cfg.Limits.Callback,
		timeout: func(knocked loopback.Kind) fault.Fault {
			f := timeout(knocked)
			f.Step = connector.StepCallback
			return f
		},
	}
	r.open(ctx, journey)
	return journey
}

// arrived publishes what the sign-in brought, however it ended.
func (r *Run) arrived(in connector.Arrival) {
	r.guard(in.Tokens.AccessToken, in.Tokens.RefreshToken, in.Tokens.IDToken)
	if !in.Tokens.IDToken.Empty() || !in.Tokens.AccessToken.Empty() {
		r.emit(TokensReceived{Tokens: in.Tokens, Decoded: Decode(in.Tokens)})
	}
	if in.UserInfo != nil {
		r.emit(UserInfoReceived{UserInfo: oauth.UserInfo{Subject: subjectOf(in), Claims: in.UserInfo}})
	}
	if in.Profile != nil {
		r.emit(Mapped{Profile: *in.Profile})
	}
}

func subjectOf(in connector.Arrival) string {
	if in.Profile == nil {
		return ""
	}
	return in.Profile.Field("id").Value
}

// stoppedUpstream makes a failure of what stopped the bench. Where it names no
// exchange, those of its step are the evidence.
func (r *Run) stoppedUpstream(err error) error {
	var stop *connector.Stopped
	if !errors.As(err, &stop) {
		return err
	}
	for i := range stop.Faults {
		if stop.Faults[i].Evidence == nil {
			stop.Faults[i].Evidence = r.exchanges(stop.Faults[i].Step)
		}
	}
	return &Failure{Step: stop.Step, Faults: stop.Faults}
}
