package keychain

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// job is one call inside the backend.
type job struct{ finished bool }

// run makes one call at a time inside the backend, and waits for it no longer than
// limit or ctx. A call that outlives its wait keeps the slot until it comes back,
// so there is never more than one of them, and nothing overtakes a write that may
// still land; fn sees the end of its context between two entries and stops there.
//
// When the slot itself is not free in time the error is ErrTimeout, and errBusy as
// well if the holder's own caller has not given up yet.
func run[T any](ctx context.Context, k *Keychain, op string, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	var none T
	inner, cancel := context.WithTimeout(ctx, limit)
	select {
	case k.slot <- struct{}{}:
	case <-inner.Done():
		cancel()
		if ctx.Err() != nil {
			return none, &Error{Op: op, Kind: ctx.Err()}
		}
		e := &Error{Op: op, Kind: ErrTimeout}
		if !k.stuck() {
			e.also = errBusy
		}
		return none, e
	}

	type result struct {
		value T
		err   error
	}
	j := &job{}
	done := make(chan result, 1)
	go func() {
		defer cancel()
		var r result
		r.value, r.err = guarded(inner, fn)
		k.finish(j)
		<-k.slot
		done <- r
	}()

	select {
	case r := <-done:
		return r.value, k.explain(ctx, op, r.err)
	case <-inner.Done():
	}
	if k.abandon(j) {
		if ctx.Err() != nil {
			return none, &Error{Op: op, Kind: ctx.Err()}
		}
		return none, &Error{Op: op, Kind: ErrTimeout}
	}
	r := <-done // it came back at the same moment
	return r.value, k.explain(ctx, op, r.err)
}

// guarded calls fn and turns a panic of the backend into a refusal: a keychain
// that answers with an unexpected type must not end the program. The panic's value
// is dropped, it may hold what was being stored.
func guarded[T any](ctx context.Context, fn func(context.Context) (T, error)) (value T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %T", ErrDenied, p)
		}
	}()
	return fn(ctx)
}

// explain classifies what came back, and tells the caller's own end of patience
// from ours.
func (k *Keychain) explain(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		return &Error{Op: op, Kind: ctx.Err()}
	}
	return classify(op, err)
}

func (k *Keychain) finish(j *job) {
	k.mu.Lock()
	defer k.mu.Unlock()
	j.finished = true
	if k.orphan == j {
		k.orphan = nil
	}
}

// abandon records that nobody waits for j any more. It reports false when j has
// come back meanwhile.
func (k *Keychain) abandon(j *job) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if j.finished {
		return false
	}
	k.orphan = j
	return true
}

func (k *Keychain) stuck() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.orphan != nil
}
