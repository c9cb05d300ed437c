package keychain

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestValueGoesToTheKeychainAndBack(t *testing.T) {
	for name, value := range map[string]string{
		"empty":      "",
		"short":      "s3cret with a space",
		"one part":   strings.Repeat("x", PartSize),
		"two parts":  strings.Repeat("x", PartSize+1),
		"many parts": long(9),
		"not text":   "\xff\x00\xfe" + strings.Repeat("\x80", 3*PartSize),
		"with a NUL": "a\x00b",
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			f.limit = PartSize
			k := New(Options{Backend: f})
			mustSet(t, k, sessionKey, value, InKeychain)
			mustGet(t, k, sessionKey, value, InKeychain)
			mustGet(t, New(Options{Backend: f}), sessionKey, value, InKeychain)
			if err := k.Delete(t.Context(), sessionKey); err != nil {
				t.Fatal(err)
			}
			mustMiss(t, k, sessionKey, ErrNotFound)
			if left := f.snapshot(); len(left) != 0 {
				t.Errorf("%d entries are left after Delete", len(left))
			}
		})
	}
}

func TestReplacingLeavesNoOldPart(t *testing.T) {
	f := newFake()
	k := New(Options{Backend: f})
	for n := 5; n > 0; n-- {
		mustSet(t, k, sessionKey, long(n), InKeychain)
		mustGet(t, k, sessionKey, long(n), InKeychain)
		if got := len(f.snapshot()); got != n+1 {
			t.Fatalf("%d entries hold a value of %d parts", got, n)
		}
	}
}

func TestKeysDoNotTouchEachOther(t *testing.T) {
	k := New(Options{Backend: newFake()})
	other := Key{Profile: "acme2", Kind: KindSession}
	mustSet(t, k, sessionKey, long(2), InKeychain)
	mustSet(t, k, secretKey, "secret", InKeychain)
	mustSet(t, k, other, "other", InKeychain)
	if err := k.Delete(t.Context(), sessionKey); err != nil {
		t.Fatal(err)
	}
	mustGet(t, k, secretKey, "secret", InKeychain)
	mustGet(t, k, other, "other", InKeychain)
}

func TestDeleteOfNothingIsNoError(t *testing.T) {
	if err := New(Options{Backend: newFake()}).Delete(t.Context(), secretKey); err != nil {
		t.Error(err)
	}
}

func TestKeysThatCouldCollideAreRefused(t *testing.T) {
	k := New(Options{Backend: newFake()})
	for _, key := range []Key{{}, {"a", ""}, {"", "b"}, {"a/b", "c"}, {"a", "session/1.0"}, {"a b", "c"}, {strings.Repeat("a", 65), "c"}, {"é", "c"}} {
		if _, err := k.Set(t.Context(), key, "v"); !errors.Is(err, ErrKey) {
			t.Errorf("Set %q: %v", key, err)
		}
		if _, _, err := k.Get(t.Context(), key); !errors.Is(err, ErrKey) {
			t.Errorf("Get %q: %v", key, err)
		}
		if err := k.Delete(t.Context(), key); !errors.Is(err, ErrKey) {
			t.Errorf("Delete %q: %v", key, err)
		}
	}
}

func TestTooBigStaysInMemory(t *testing.T) {
	k := New(Options{Backend: newFake()})
	value := strings.Repeat("x", MaxValue+1)
	where, err := k.Set(t.Context(), sessionKey, value)
	if where != InMemory || !errors.Is(err, ErrTooBig) {
		t.Fatalf("%v, %v", where, err)
	}
	mustGet(t, k, sessionKey, value, InMemory)
	if s := k.Probe(t.Context()); s.State != Available {
		t.Errorf("one value that is too big made the keychain %s", s.State)
	}
}

// The platform's own limit may be lower than we think: the value is then in memory,
// and the keychain stays usable for others.
func TestRefusedAsTooBig(t *testing.T) {
	f := newFake()
	f.limit = 1000
	k := New(Options{Backend: f})
	where, err := k.Set(t.Context(), sessionKey, long(2))
	if where != InMemory || !errors.Is(err, ErrTooBig) {
		t.Fatalf("%v, %v", where, err)
	}
	mustState(t, k, Available)
	mustGet(t, k, sessionKey, long(2), InMemory)
	mustSet(t, k, secretKey, "short", InKeychain)
}

func TestCancelledCallerKeepsTheValueInMemory(t *testing.T) {
	k := New(Options{Backend: newFake()})
	k.Probe(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	where, err := k.Set(ctx, secretKey, "v")
	if where != InMemory || !errors.Is(err, context.Canceled) {
		t.Fatalf("%v, %v", where, err)
	}
	mustState(t, k, Available)
	mustGet(t, k, secretKey, "v", InMemory)
	if _, _, err := k.Get(ctx, sessionKey); !errors.Is(err, context.Canceled) {
		t.Errorf("Get: %v", err)
	}
	k.Probe(t.Context())
	mustGet(t, k, secretKey, "v", InKeychain)
}

// Callers that set the same key at once leave one of the values, whole.
func TestSettingAtOnce(t *testing.T) {
	f := newFake()
	k := New(Options{Backend: f})
	const n = 16
	done := make(chan error, n)
	for i := range n {
		go func() {
			_, err := k.Set(context.Background(), sessionKey, fmt.Sprintf("%d:%s", i, long(3)))
			done <- err
		}()
	}
	for range n {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	v, where, err := k.Get(t.Context(), sessionKey)
	if _, rest, _ := strings.Cut(v, ":"); err != nil || where != InKeychain || rest != long(3) {
		t.Errorf("%v, %v", where, err)
	}
	if got := len(f.snapshot()); got != 4 {
		t.Errorf("%d entries hold one value of 3 parts", got)
	}
}

// A backend that repeats what it was given, in an error or a panic, does not get
// it past us.
func TestErrorsHoldNoSecret(t *testing.T) {
	const canary = "canary-5f1d"
	for name, hook := range map[string]func(op, user string) error{
		"error": func(string, string) error { return errors.New("could not store " + canary) },
		"panic": func(string, string) error { panic(canary) },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			k := New(Options{Backend: f})
			k.Probe(t.Context())
			f.bend(hook)
			mustSet(t, k, secretKey, canary, InMemory)
			mustState(t, k, Denied)
			for err := k.Status().Err; err != nil; err = errors.Unwrap(err) {
				if s := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(s, canary) {
					t.Errorf("the secret is in %s", s)
				}
			}
			_, _, err := k.Get(t.Context(), sessionKey)
			if !errors.Is(err, ErrDenied) || strings.Contains(fmt.Sprintf("%#v %v", err, err), canary) {
				t.Errorf("%v", err)
			}
		})
	}
}
