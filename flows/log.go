package flows

import (
	"context"
	"sync"
	"time"
)

// Log is the append-only list of a run's events. It is safe for concurrent use.
type Log struct {
	mu       sync.Mutex
	events   []Event
	grown    chan struct{} // closed and replaced at each append
	complete chan struct{} // closed when Ended has been appended
}

func newLog() *Log {
	return &Log{grown: make(chan struct{}), complete: make(chan struct{})}
}

// append numbers and stores an event. Events after Ended are dropped: a late
// callback must not reopen a finished run.
func (l *Log) append(e Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.complete:
		return
	default:
	}
	e.Seq = len(l.events)
	l.events = append(l.events, e)
	if _, last := e.Body.(Ended); last {
		close(l.complete)
	}
	close(l.grown)
	l.grown = make(chan struct{})
}

// Events returns a copy of the log as it stands.
func (l *Log) Events() []Event {
	events, _ := l.since(0)
	return append([]Event(nil), events...)
}

func (l *Log) since(seq int) (events []Event, grown <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.events[seq:len(l.events):len(l.events)], l.grown
}

// Complete is closed when the last event has been appended.
func (l *Log) Complete() <-chan struct{} { return l.complete }

// Follow calls deliver with batches of events in order until the log is complete
// or ctx ends. Events that come within gather of each other arrive together, so
// that a reader which must cross threads does so once and not once per event. The
// end of the run is not held back.
func (l *Log) Follow(ctx context.Context, gather time.Duration, deliver func([]Event)) {
	for seq := 0; ; {
		events, grown := l.since(seq)
		if len(events) > 0 {
			deliver(events)
			seq += len(events)
			if _, last := events[len(events)-1].Body.(Ended); last {
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-grown:
		}
		pause := time.NewTimer(gather)
		select {
		case <-ctx.Done():
			pause.Stop()
			return
		case <-l.complete:
			pause.Stop()
		case <-pause.C:
		}
	}
}
