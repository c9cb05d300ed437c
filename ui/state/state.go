// Package state holds what the window shows of its runs, as a value that changes
// by events only: State.Apply is a pure function, so that a recorded log replays
// to the same picture, in a test or tomorrow.
package state

import (
	"maps"
	"time"

	"signbench/flows"
	"signbench/flows/check"
	"signbench/flows/connector"
	"signbench/flows/fault"
	"signbench/flows/oauth"
	"signbench/flows/probe"
	"signbench/flows/trace"
)

// State is what is known of every profile. The zero value is a bench on which
// nothing has been tried.
type State struct {
	profiles map[oauth.ProfileID]Bench
}

// Bench is one profile's last run and its session.
type Bench struct {
	Run     *Run     // nil: nothing was tried since the start
	Session *Session // nil: not signed in
	Beside  *Run     // a check of the set-up made because Run does not come back; nil: none
}

// Session is a signed-in state with its tokens taken apart.
type Session struct {
	oauth.Session
	Decoded  flows.Decoded
	Reports  []Report // of the run that brought it
	Restored bool     // it was read from the keychain, not brought by a run of this window
}

// Run is one run as far as it has come.
type Run struct {
	ID        oauth.RunID
	Scenario  oauth.Scenario
	Profile   oauth.Profile
	Allowed   []oauth.Allowance // the rules without which it may go on
	StartedAt time.Time
	Steps     []Step
	Waiting   *flows.Waiting       // the browser is away
	NoBrowser error                // why no browser could be opened
	Overdue   bool                 // the browser has been away for longer than a redirect takes
	Knocks    []flows.CallbackSeen // callbacks that were not accepted
	Metadata  *oauth.Metadata
	Reports   []Report
	Tokens    *flows.TokensReceived // as received, not verified
	UserInfo  *oauth.UserInfo
	Exchanges []*trace.Exchange
	Probes    []probe.Row          // of a check of the set-up, in the order in which they came
	Benched   *flows.Benched       // of a run on a connector bench: what it examines
	Mapped    *connector.Profile   // what Logto would make of the user
	Message   *connector.Delivery  // of a run that sends one: its last known state
	Upstream  *flows.UpstreamBuilt // where Logto would send the browser, of a run with a connector of a tenant
	Returned  flows.StateMatch     // empty: the provider did not come back from a sign-out
	Ended     *flows.Ended         // nil: still going
	EndedAt   time.Time
	Kept      bool // read from the disk or from a recording, not made in this window
}

// Step is one stage of a run.
type Step struct {
	Step    oauth.Step
	Status  Status
	Took    time.Duration
	Started time.Time
}

// Status is how far a step has come.
type Status string

// The statuses.
const (
	Pending Status = "pending"
	Running Status = "running"
	Done    Status = "ok"
	Warned  Status = "warned"
	Failed  Status = "failed"
	Skipped Status = "skipped"
	Stopped Status = "cancelled"
)

// Report is one list of checks and what it was made on.
type Report struct {
	Subject string
	Results check.Report
}

// Running reports whether the run is still going.
func (r *Run) Running() bool { return r != nil && r.Ended == nil }

// Faults are the faults of a run that has ended.
func (r *Run) Faults() []fault.Fault {
	if r == nil || r.Ended == nil {
		return nil
	}
	return r.Ended.Faults
}

// Current is the step under way, or empty.
func (r *Run) Current() oauth.Step {
	if r == nil {
		return ""
	}
	for i := len(r.Steps) - 1; i >= 0; i-- {
		if r.Steps[i].Status == Running {
			return r.Steps[i].Step
		}
	}
	return ""
}

// Of is the bench of one profile.
func (s State) Of(id oauth.ProfileID) Bench { return s.profiles[id] }

// Restore is the state with a session that was read from the keychain. It changes
// nothing when a run has brought a session in the meantime.
func (s State) Restore(session oauth.Session, decoded flows.Decoded) State {
	b := s.Of(session.Profile)
	if b.Session != nil || b.Run != nil && !b.Run.Kept {
		return s
	}
	b.Session = &Session{Session: session, Decoded: decoded, Restored: true}
	return s.with(session.Profile, b)
}

// Forget is the state without that profile.
func (s State) Forget(id oauth.ProfileID) State {
	next := maps.Clone(s.profiles)
	delete(next, id)
	return State{profiles: next}
}

func (s State) with(id oauth.ProfileID, b Bench) State {
	next := maps.Clone(s.profiles)
	if next == nil {
		next = map[oauth.ProfileID]Bench{}
	}
	next[id] = b
	return State{profiles: next}
}

// Failed reports whether the run ended with a fault that stopped it.
func (r *Run) Failed() bool { return r != nil && r.Ended != nil && r.Ended.Outcome == flows.Failed }

// MistakeRefused reports whether the run did on purpose what must be refused, and the
// provider refused it.
func (r *Run) MistakeRefused() bool {
	return r.Failed() && len(r.Faults()) > 0 && r.Faults()[0].Params[fault.Mistake] != ""
}

// Cancelled reports whether the user ended the run.
func (r *Run) Cancelled() bool {
	return r != nil && r.Ended != nil && r.Ended.Outcome == flows.Cancelled
}

// SetAside are the rules that were broken and that the run went on without.
func (r *Run) SetAside() []oauth.Allowance {
	var rules []oauth.Allowance
	for _, f := range r.Faults() {
		if f.SetAside() {
			rules = append(rules, f.Allowance)
		}
	}
	return oauth.JoinAllowances(rules, nil)
}

// CameBack reports whether the provider came back from a sign-out with the state
// that was sent.
func (r *Run) CameBack() bool { return r.Returned == flows.StateEqual }

// Interrupted is the outcome of a kept run that has no end: the program was ended
// while it was going.
const Interrupted flows.Outcome = "interrupted"

// Replay is the run that those events tell, as a window that read them from the
// disk shows it. It is nil when they do not begin with a start.
func Replay(events []flows.Event) *Run {
	if len(events) == 0 {
		return nil
	}
	run := State{}.Apply(events...).Of(events[0].Profile).Run
	if run == nil {
		return nil
	}
	replayed := *run
	replayed.Kept = true
	if replayed.Ended == nil {
		last := events[len(events)-1]
		replayed.end(last, flows.Ended{Outcome: Interrupted, Step: replayed.Current()})
		for i := range replayed.Steps {
			if replayed.Steps[i].Status == Running {
				replayed.Steps[i].Status = Stopped
			}
		}
	}
	return &replayed
}

// Recall is the state with a kept run as the profile's last one. It changes
// nothing when a run was made in the meantime.
func (s State) Recall(id oauth.ProfileID, run *Run) State {
	b := s.Of(id)
	if b.Run != nil || run == nil {
		return s
	}
	b.Run = run
	return s.with(id, b)
}
