package state

import (
	"slices"

	"signbench/flows"
	"signbench/flows/oauth"
)

// Apply is the state after those events. The receiver stays as it was. Events of
// a run that is no longer its profile's last one change only the session.
func (s State) Apply(events ...flows.Event) State {
	for _, e := range events {
		b := s.Of(e.Profile)
		switch started, ok := e.Body.(flows.Started); {
		case ok && started.Beside && b.Run != nil:
			b.Beside = begin(e, started)
		case ok:
			b.Run, b.Beside = begin(e, started), nil
		default:
			b = b.apply(e)
		}
		s = s.with(e.Profile, b)
	}
	return s
}

func begin(e flows.Event, started flows.Started) *Run {
	run := &Run{ID: e.Run, Scenario: started.Scenario, Profile: started.Profile, Allowed: started.Allowed, StartedAt: e.At}
	for _, step := range started.Scenario.Steps() {
		run.Steps = append(run.Steps, Step{Step: step, Status: Pending})
	}
	return run
}

func (b Bench) apply(e flows.Event) Bench {
	switch body := e.Body.(type) {
	case flows.SignedOut:
		b.Session = nil
	case flows.SignedIn:
		session := &Session{Session: body.Session, Decoded: body.Decoded}
		if b.Run != nil && b.Run.ID == e.Run {
			session.Reports = b.Run.Reports
		}
		b.Session = session
	}
	for _, run := range []**Run{&b.Run, &b.Beside} {
		if *run != nil && (*run).ID == e.Run {
			next := **run
			next.apply(e)
			*run = &next
		}
	}
	return b
}

// apply changes a copy of the run: slices are cloned before they are written to.
func (r *Run) apply(e flows.Event) {
	switch body := e.Body.(type) {
	case flows.StepStarted:
		r.setStep(body.Step, func(s *Step) { s.Status, s.Started = Running, e.At })
	case flows.StepEnded:
		r.setStep(body.Step, func(s *Step) { s.Status, s.Took = statusOf[body.Outcome], body.Took })
		if r.Waiting != nil && r.Waiting.Step == body.Step {
			r.Waiting, r.Overdue = nil, false
		}
	case flows.Exchanged:
		r.Exchanges = append(slices.Clip(r.Exchanges), body.Exchange)
	case flows.Discovered:
		r.Metadata = &body.Metadata
	case flows.Waiting:
		r.Waiting = &body
	case flows.Probed:
		r.Probes = append(slices.Clip(r.Probes), body.Row)
	case flows.BrowserFailed:
		r.NoBrowser = body.Err
	case flows.Overdue:
		r.Overdue = r.Waiting != nil
	case flows.CallbackSeen:
		if !body.Accepted {
			r.Knocks = append(slices.Clip(r.Knocks), body)
		}
	case flows.Checked:
		r.Reports = append(slices.Clip(r.Reports), Report{Subject: body.Subject, Results: body.Report})
	case flows.TokensReceived:
		r.Tokens = &body
	case flows.UserInfoReceived:
		r.UserInfo = &body.UserInfo
	case flows.Benched:
		r.Benched = &body
	case flows.Mapped:
		r.Mapped = &body.Profile
	case flows.MessageSeen:
		r.Message = &body.Delivery
	case flows.UpstreamBuilt:
		r.Upstream = &body
	case flows.Returned:
		r.Returned = body.State
	case flows.Ended:
		r.end(e, body)
	}
}

var statusOf = map[flows.Outcome]Status{
	flows.OK: Done, flows.Warned: Warned, flows.Failed: Failed, flows.Skipped: Skipped, flows.Cancelled: Stopped,
}

func (r *Run) setStep(step oauth.Step, change func(*Step)) {
	i := slices.IndexFunc(r.Steps, func(s Step) bool { return s.Step == step })
	if i < 0 {
		return // a step that no rail shows, such as fetching the keys
	}
	r.Steps = slices.Clone(r.Steps)
	change(&r.Steps[i])
}

func (r *Run) end(e flows.Event, body flows.Ended) {
	r.Ended, r.EndedAt, r.Waiting, r.Overdue = &body, e.At, nil, false
}
