package keychain

import (
	"context"
	"errors"
	"time"
)

// Get returns a value and where it is kept. The error matches ErrNotFound when
// there is none. When the keychain can not be asked the error says why (ErrLocked,
// ErrTimeout, ErrDenied); ErrAbsent comes together with ErrNotFound, because no
// keychain holds no value. Get never makes the keychain ask the user to unlock it.
func (k *Keychain) Get(ctx context.Context, key Key) (value string, where Where, err error) {
	if err := key.check(); err != nil {
		return "", "", classify("get", err)
	}
	if e, ok := k.recall(key); ok {
		if e.deleted {
			return "", "", &Error{Op: "get", Kind: ErrNotFound}
		}
		return e.value, InMemory, nil
	}
	if err := k.look(ctx); err != nil {
		return "", "", k.withNotFound("get", err)
	}
	value, err = run(ctx, k, "get", k.read, func(ctx context.Context) (string, error) {
		if err := k.enter(ctx); err != nil {
			return "", err
		}
		return k.vault.load(ctx, key)
	})
	k.observe(err)
	if err != nil {
		return "", "", k.withNotFound("get", err)
	}
	return value, InKeychain, nil
}

// Set keeps a value and says where. It is in memory first, and in the keychain
// when Set answers InKeychain; until then Get answers from memory.
//
// A locked keychain is asked to unlock itself, which shows the platform's own
// question; when the user dismisses it, later calls do not ask again until Unlock.
//
// InMemory without an error means that the keychain can not be used and Status says
// why. An error comes with InMemory when only this value is concerned: ErrTooBig, or
// the end of ctx.
func (k *Keychain) Set(ctx context.Context, key Key, value string) (Where, error) {
	if err := key.check(); err != nil {
		return "", classify("set", err)
	}
	k.remember(key, entry{value: value})
	if len(value) > MaxValue {
		return InMemory, &Error{Op: "set", Kind: ErrTooBig}
	}
	err := k.look(ctx)
	if err == nil {
		err = k.settleOne(ctx, "set", k.write, key)
		if errors.Is(err, ErrLocked) && k.mayAsk() {
			if err = k.ask(ctx); err == nil {
				err = k.settleOne(ctx, "set", k.write, key)
			}
		}
	}
	switch {
	case err == nil:
		return InKeychain, nil
	case ctx.Err() != nil:
		return InMemory, &Error{Op: "set", Kind: ctx.Err()}
	case errors.Is(err, ErrTooBig):
		return InMemory, err
	default:
		return InMemory, nil
	}
}

// Delete removes a value from memory and from the keychain; that there was none is
// no error. When the keychain can not be reached the value is gone for this process,
// is removed from the keychain as soon as it can be used again, and the error says
// that it is still there. A keychain that is absent holds nothing: no error.
func (k *Keychain) Delete(ctx context.Context, key Key) error {
	if err := key.check(); err != nil {
		return classify("delete", err)
	}
	k.remember(key, entry{deleted: true})
	err := k.look(ctx)
	if err == nil {
		err = k.settleOne(ctx, "delete", k.read, key)
	}
	if errors.Is(err, ErrAbsent) {
		return nil
	}
	return err
}

// settleOne settles one key.
func (k *Keychain) settleOne(ctx context.Context, op string, limit time.Duration, key Key) error {
	_, err := run(ctx, k, op, limit, func(ctx context.Context) (struct{}, error) {
		if err := k.enter(ctx); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, k.settle(ctx, key)
	})
	k.observe(err)
	return err
}

// look makes sure that the keychain has been looked at once, and returns why it
// should not be tried now.
func (k *Keychain) look(ctx context.Context) error {
	status := k.Status()
	if status.State == Unknown {
		status = k.Probe(ctx)
	}
	if status.reachable() {
		return nil
	}
	if status.Err != nil {
		return status.Err
	}
	// The probe was cut short: by ctx, or by another call that is waiting for the user.
	if err := ctx.Err(); err != nil {
		return &Error{Op: "probe", Kind: err}
	}
	return &Error{Op: "probe", Kind: ErrTimeout, also: errBusy}
}

// enter is the first thing inside the slot: it stops at a lock without touching an
// entry, and when a lock has been opened since, it lets in what memory holds.
func (k *Keychain) enter(ctx context.Context) error {
	if k.lockable != nil {
		if err := k.lockable.Locked(ctx); err != nil {
			return err
		}
	}
	if k.Status().State == Locked {
		return k.settleAll(ctx)
	}
	return nil
}

// settleAll empties memory into the keychain, and leaves what is too big for it.
func (k *Keychain) settleAll(ctx context.Context) error {
	for _, key := range k.keys() {
		if err := k.settle(ctx, key); err != nil && !errors.Is(err, ErrTooBig) {
			return err
		}
	}
	return nil
}

// withNotFound lets the error of an absent keychain match ErrNotFound too.
func (k *Keychain) withNotFound(op string, err error) error {
	var e *Error
	if errors.As(err, &e) && errors.Is(err, ErrAbsent) {
		return &Error{Op: op, Kind: ErrAbsent, Detail: e.Detail, also: ErrNotFound}
	}
	return err
}
