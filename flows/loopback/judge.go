package loopback

import (
	"crypto/subtle"
	"net/http"
	"time"
)

// conclude gives the callback its kind and, when a browser waits for it, its page
// and its place in the channel. It is one step: of two answers that come at the
// same time exactly one is accepted, and it is reported first.
func (l *Listener) conclude(cb *Callback) {
	cb.At = time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if cb.Kind == "" {
		cb.Kind, cb.Reason = l.judge(cb)
	}
	if cb.Kind == Accepted {
		l.answered = true
	}
	if cb.Via != ViaPaste {
		cb.Outcome, cb.Status = present(cb, l.cfg.AllowBare)
		l.push(*cb)
	}
}

// judge decides about a request to the right place whose parameters were read.
// The caller holds the lock.
func (l *Listener) judge(cb *Callback) (Kind, string) {
	added := l.target.withoutFixed(clone(cb.Params))
	if !carriesAnswer(added) {
		return l.judgeBare(cb, len(added) == 0)
	}
	if duplicated(added) {
		return Malformed, ReasonDuplicate
	}
	state := added.Get("state")
	switch {
	case state == "":
		return MissingState, ""
	case same(state, l.cfg.State) && l.answered:
		return Repeated, ""
	case same(state, l.cfg.State) && added.Has("error"):
		return Accepted, ReasonError // an error response is the answer too (RFC 6749, 4.1.2.1)
	case same(state, l.cfg.State):
		return Accepted, ""
	}
	for _, expired := range l.cfg.Expired {
		if same(state, expired) {
			return Late, ""
		}
	}
	return WrongState, ""
}

func (l *Listener) judgeBare(cb *Callback, nothing bool) (Kind, string) {
	visit := cb.Method == http.MethodGet && nothing
	switch {
	case visit && l.answered:
		return Repeated, ReasonReload // the page cleans its address, so a reload looks like this
	case visit && l.cfg.AllowBare:
		return Accepted, ReasonBare
	case nothing:
		return Empty, ReasonNothing
	}
	return Empty, ReasonNoAnswer
}

// same compares in constant time, so that a state cannot be guessed byte by byte.
func same(got, want string) bool {
	return want != "" && subtle.ConstantTimeCompare([]byte(got), []byte(want)) == 1
}

// present chooses the page and the status for a kind.
func present(cb *Callback, signOut bool) (Outcome, int) {
	switch cb.Kind {
	case Accepted:
		return acceptedPage(cb, signOut), http.StatusOK
	case Repeated:
		return PageRepeated, http.StatusOK
	case Late:
		return PageLate, http.StatusBadRequest
	case WrongState, MissingState:
		if signOut { // it ends the wait all the same: the window says what the state was
			return PageSignedOut, http.StatusOK
		}
		return PageWrongState, http.StatusBadRequest
	case ForeignHost:
		return PageNotFound, http.StatusMisdirectedRequest
	case UnknownPath:
		return PageNotFound, http.StatusNotFound
	case WrongMethod:
		return PageUnreadable, http.StatusMethodNotAllowed
	case TooLarge:
		return PageUnreadable, tooLargeStatus(cb.Reason)
	case Empty:
		if cb.Method == http.MethodGet {
			return PageRelay, http.StatusOK
		}
		return PageUnreadable, http.StatusBadRequest
	}
	if cb.Reason == ReasonContentType {
		return PageUnreadable, http.StatusUnsupportedMediaType
	}
	return PageUnreadable, http.StatusBadRequest
}

func acceptedPage(cb *Callback, signOut bool) Outcome {
	switch {
	case cb.Reason == ReasonError:
		return PageError
	case signOut:
		return PageSignedOut
	}
	return PageSignedIn
}

func tooLargeStatus(reason string) int {
	switch reason {
	case ReasonTarget:
		return http.StatusRequestURITooLong
	case ReasonHeader:
		return http.StatusRequestHeaderFieldsTooLarge
	}
	return http.StatusRequestEntityTooLarge
}
