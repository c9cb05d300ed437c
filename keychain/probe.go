package keychain

import (
	"context"
	"errors"
)

// The canary is an entry of its own, with nothing secret in it.
const (
	canaryUser  = "probe/canary"
	canaryValue = "signbench"
)

// Probe finds out whether the keychain can be used, by writing, reading and
// deleting an entry of its own, and returns within ReadTimeout. A locked keychain
// is recognised before that, without a question to the user, where the platform
// can tell (Linux). When the keychain can be used, what memory holds moves into it.
//
// Probe is for the start and for "Try again". While a call that timed out has
// still not come back, the answer stays TimedOut.
func (k *Keychain) Probe(ctx context.Context) Status {
	_, err := run(ctx, k, "probe", k.read, k.probe)
	k.observe(err)
	return k.Status()
}

// Unlock asks the user to unlock the keychain, waits for the answer up to
// WriteTimeout or the end of ctx, and probes. Where the platform asks by itself,
// Unlock is a Probe with the time that a user needs.
func (k *Keychain) Unlock(ctx context.Context) Status {
	if k.lockable == nil {
		_, err := run(ctx, k, "unlock", k.write, k.probe)
		k.observe(err)
		return k.Status()
	}
	if err := k.ask(ctx); err != nil {
		return k.Status()
	}
	return k.Probe(ctx)
}

func (k *Keychain) probe(ctx context.Context) (struct{}, error) {
	var none struct{}
	if k.lockable != nil {
		if err := k.lockable.Locked(ctx); err != nil {
			return none, err
		}
	}
	if err := k.canary(ctx); err != nil {
		return none, err
	}
	return none, k.settleAll(ctx)
}

// canary does one round. Two windows that start together share the entry, and one
// may delete it under the other's eyes, so a lost canary gets a second chance.
//
// It reads before it writes. go-keyring begins a write with OpenSession, and
// gnome-keyring aborts now and then when that is the first request of a connection
// (GNOME/gnome-keyring 196: the record of the client is not made yet). A read begins
// with a property, and does no harm.
func (k *Keychain) canary(ctx context.Context) error {
	if _, err := k.vault.get(ctx, canaryUser); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	for range 3 {
		if err := k.vault.set(ctx, canaryUser, canaryValue); err != nil {
			return err
		}
		got, err := k.vault.get(ctx, canaryUser)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if err := k.vault.delete(ctx, canaryUser); err != nil {
			return err
		}
		if got == canaryValue {
			return nil
		}
	}
	return &Error{Op: "probe", Kind: ErrDenied, Detail: "what was written could not be read back"}
}

// ask shows the platform's question, one at a time. It does not hold the slot: the
// user may take a minute, and other calls must learn meanwhile that it is locked.
func (k *Keychain) ask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, k.write)
	defer cancel()
	select {
	case k.prompt <- struct{}{}:
	case <-ctx.Done():
		return &Error{Op: "unlock", Kind: ErrLocked}
	}
	answer := make(chan error, 1)
	go func() {
		_, err := guarded(ctx, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, k.lockable.Unlock(ctx)
		})
		<-k.prompt
		answer <- err
	}()
	var err error
	select {
	case err = <-answer:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err == nil {
		k.setDeclined(false)
		return nil
	}
	k.setDeclined(true)
	if ctx.Err() != nil {
		return &Error{Op: "unlock", Kind: ErrLocked} // still, and the status says so already
	}
	err = classify("unlock", err)
	k.observe(err)
	return err
}

func (k *Keychain) mayAsk() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.lockable != nil && !k.declined
}

func (k *Keychain) setDeclined(b bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.declined = b
}
