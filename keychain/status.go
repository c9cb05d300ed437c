package keychain

import (
	"context"
	"errors"
)

// State is what is known about the keychain.
type State string

// The states. In all but Available, new values are kept in memory.
const (
	Unknown   State = "unknown"   // not looked yet
	Available State = "available" //
	Locked    State = "locked"    // there is one, and it wants its password; found without asking for it
	Absent    State = "absent"    // none is running, or the platform has none that we support
	TimedOut  State = "timed_out" // a call did not come back in time; stays until Probe succeeds
	Denied    State = "denied"    // it answered and refused, or lost what it was given
)

// Status is the state of the keychain for a banner or a settings page.
type Status struct {
	State   State
	Backend string // the platform's own name of it: "Secret Service", "macOS Keychain", "Windows Credential Manager"
	Err     error  // why State is not Available; matches one of the sentinel errors, holds no secret
}

// same compares what a reader of the status can tell apart; which call found it out
// is not part of that.
func (s Status) same(t Status) bool {
	reason := func(err error) (detail string, kind error) {
		var e *Error
		if errors.As(err, &e) {
			return e.Detail, e.Kind
		}
		return "", err
	}
	detail, kind := reason(s.Err)
	otherDetail, otherKind := reason(t.Err)
	return s.State == t.State && s.Backend == t.Backend && kind == otherKind && detail == otherDetail
}

// Status returns what is known now. It does not look.
func (k *Keychain) Status() Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.status
}

// Usable names the state in a word, and looks first when nobody has: it returns within
// ReadTimeout.
func (k *Keychain) Usable() (state string, ok bool) {
	s := k.Status()
	if s.State == Unknown {
		s = k.Probe(context.Background())
	}
	return string(s.State), s.State == Available
}

// OnStatus adds a function that is told of each change of the status, from any
// goroutine, one at a time and in order. When it is told that the keychain became
// Available, values that were in memory are already in it.
func (k *Keychain) OnStatus(f func(Status)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.observers = append(k.observers, f)
}

// setState records a change and tells the observers.
func (k *Keychain) setState(state State, err error) {
	k.mu.Lock()
	k.status.State, k.status.Err = state, err
	if state == Available {
		k.declined = false
	}
	k.mu.Unlock()
	k.deliver()
}

// deliver brings the observers up to date. Whoever is delivering already carries
// on with the newer status, so an observer may call the keychain without waiting
// for itself.
func (k *Keychain) deliver() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.delivering {
		return
	}
	k.delivering = true
	defer func() { k.delivering = false }()
	for !k.told.same(k.status) {
		k.told = k.status
		status, observers := k.status, k.observers
		k.mu.Unlock()
		for _, f := range observers {
			f(status)
		}
		k.mu.Lock()
	}
}

// observe draws the status from how a call ended.
func (k *Keychain) observe(err error) {
	switch {
	case err == nil, errors.Is(err, ErrTooBig):
		k.setState(Available, nil)
	case errors.Is(err, ErrLocked):
		k.setState(Locked, err)
	case errors.Is(err, ErrAbsent):
		k.setState(Absent, err)
	case errors.Is(err, ErrNotFound):
		k.setState(Available, nil)
	case errors.Is(err, errBusy):
		// Another call holds the keychain and its caller still waits: a dialog of the
		// platform, perhaps. That is no reason to give the keychain up.
	case errors.Is(err, ErrTimeout):
		k.setState(TimedOut, err)
	case errors.Is(err, ErrDenied):
		k.setState(Denied, err)
	}
}

// reachable reports whether a call may try the backend. A locked keychain may be
// tried, because looking at the lock asks nothing and the user may have opened it
// elsewhere.
func (s Status) reachable() bool {
	return s.State == Available || s.State == Locked
}
