package keychain

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"

	keyring "github.com/zalando/go-keyring"
)

// fake is a keychain in memory whose calls a test can bend.
type fake struct {
	mu      sync.Mutex
	entries map[string]string
	calls   []string // "set user", in order

	limit  int                           // longest value; 0: none
	before func(op, user string) error   // may block, panic or fail
	after  func(op, user string) error   // the call has landed and still reports this
	lose   func(user string) (lost bool) // Set reports success and keeps nothing
}

func newFake() *fake { return &fake{entries: make(map[string]string)} }

func (f *fake) note(op, user string) error {
	f.mu.Lock()
	f.calls = append(f.calls, op+" "+user)
	before := f.before
	f.mu.Unlock()
	if before != nil {
		return before(op, user)
	}
	return nil
}

func (f *fake) done(op, user string) error {
	f.mu.Lock()
	after := f.after
	f.mu.Unlock()
	if after != nil {
		return after(op, user)
	}
	return nil
}

func (f *fake) Get(_, user string) (string, error) {
	if err := f.note("get", user); err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	v, ok := f.entries[user]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return v, nil
}

func (f *fake) Set(_, user, value string) error {
	if err := f.note("set", user); err != nil {
		return err
	}
	if f.limit > 0 && len(value) > f.limit {
		return keyring.ErrSetDataTooBig
	}
	f.mu.Lock()
	if f.lose == nil || !f.lose(user) {
		f.entries[user] = value
	}
	f.mu.Unlock()
	return f.done("set", user)
}

func (f *fake) Delete(_, user string) error {
	if err := f.note("delete", user); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.entries[user]; !ok {
		return keyring.ErrNotFound
	}
	delete(f.entries, user)
	return nil
}

// bend replaces the hook that runs before each call.
func (f *fake) bend(before func(op, user string) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.before = before
}

func (f *fake) snapshot() map[string]string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.entries)
}

func (f *fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.calls)
}

// lockedFake is a fake that can tell its lock, as the Secret Service can.
type lockedFake struct {
	*fake
	mu     sync.Mutex
	locked error
	asked  int
	answer func(ctx context.Context) error // what the user does with the question
}

func (f *lockedFake) Locked(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.locked
}

func (f *lockedFake) Unlock(ctx context.Context) error {
	f.mu.Lock()
	f.asked++
	answer := f.answer
	f.mu.Unlock()
	if answer != nil {
		if err := answer(ctx); err != nil {
			return err
		}
	}
	f.lock(nil)
	return nil
}

func (f *lockedFake) lock(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.locked = err
}

func (f *lockedFake) questions() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked
}

var (
	secretKey  = Key{Profile: "acme", Kind: KindClientSecret}
	sessionKey = Key{Profile: "acme", Kind: KindSession}
)

// long is a value of n parts with characters of one to four bytes in it.
func long(n int) string {
	const some = "aé中😀"
	return strings.Repeat(some, (n*PartSize-PartSize/2)/len(some))
}

func mustSet(t *testing.T, k *Keychain, key Key, value string, want Where) {
	t.Helper()
	if where, err := k.Set(t.Context(), key, value); err != nil || where != want {
		t.Fatalf("Set: %v, %v; want %v", where, err, want)
	}
}

func mustGet(t *testing.T, k *Keychain, key Key, want string, at Where) {
	t.Helper()
	got, where, err := k.Get(t.Context(), key)
	if err != nil || where != at {
		t.Fatalf("Get: %v, %v; want %v", where, err, at)
	}
	if got != want {
		t.Fatalf("Get: %d bytes, want %d, and they differ", len(got), len(want))
	}
}

func mustMiss(t *testing.T, k *Keychain, key Key, kind error) {
	t.Helper()
	if v, _, err := k.Get(t.Context(), key); !errors.Is(err, kind) || v != "" {
		t.Fatalf("Get: %d bytes, %v; want %v", len(v), err, kind)
	}
}

func mustState(t *testing.T, k *Keychain, want State) {
	t.Helper()
	if s := k.Status(); s.State != want {
		t.Fatalf("state %s (%v), want %s", s.State, s.Err, want)
	}
}
