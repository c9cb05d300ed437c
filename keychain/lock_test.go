package keychain

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func newLocked() (*lockedFake, *Keychain) {
	f := &lockedFake{fake: newFake(), locked: ErrLocked}
	return f, New(Options{Backend: f})
}

// A locked keychain is found out at the start without a question and without a
// call that could cause one.
func TestLockedAtTheStart(t *testing.T) {
	f, k := newLocked()
	if s := k.Probe(t.Context()); s.State != Locked || !errors.Is(s.Err, ErrLocked) {
		t.Fatalf("%+v", s)
	}
	mustMiss(t, k, secretKey, ErrLocked)
	if err := k.Delete(t.Context(), sessionKey); !errors.Is(err, ErrLocked) {
		t.Errorf("Delete: %v", err)
	}
	if f.questions() != 0 || f.count() != 0 {
		t.Errorf("%d questions, %d calls", f.questions(), f.count())
	}
}

func TestUnlockMovesMemoryIntoTheKeychain(t *testing.T) {
	f, k := newLocked()
	k.Probe(t.Context())
	f.answer = func(context.Context) error { return &Error{Op: "unlock", Kind: ErrLocked, Detail: "dismissed"} }
	mustSet(t, k, secretKey, "v", InMemory)
	f.answer = nil
	inKeychain := false
	k.OnStatus(func(s Status) {
		if s.State == Available {
			_, where, err := k.Get(context.Background(), secretKey)
			inKeychain = where == InKeychain && err == nil
		}
	})
	if s := k.Unlock(t.Context()); s.State != Available {
		t.Fatalf("%+v", s)
	}
	if !inKeychain {
		t.Error("when observers are told that it is available, values are not in it yet")
	}
	mustGet(t, k, secretKey, "v", InKeychain)
}

func TestSavingASecretAsksOnce(t *testing.T) {
	f, k := newLocked()
	mustSet(t, k, secretKey, "v", InKeychain)
	if f.questions() != 1 {
		t.Errorf("%d questions", f.questions())
	}

	f, k = newLocked()
	f.answer = func(context.Context) error { return ErrLocked }
	for range 3 {
		mustSet(t, k, secretKey, "v", InMemory)
	}
	if f.questions() != 1 {
		t.Errorf("dismissed, and asked %d times", f.questions())
	}
	mustState(t, k, Locked)
	f.answer = nil
	k.Unlock(t.Context())
	f.lock(ErrLocked)
	mustSet(t, k, secretKey, "w", InKeychain)
	if f.questions() != 3 {
		t.Errorf("%d questions after it was unlocked and locked again, want 3", f.questions())
	}
}

// The user looks at the question and does nothing: other calls learn at once that
// it is locked, and Set ends by its limit with the value in memory.
func TestQuestionThatIsNotAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, k := newLocked()
		f.answer = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		done := make(chan Where, 1)
		go func() {
			where, _ := k.Set(context.Background(), secretKey, "v")
			done <- where
		}()
		synctest.Wait()
		mustState(t, k, Locked)
		mustMiss(t, k, sessionKey, ErrLocked)
		if where := <-done; where != InMemory {
			t.Errorf("kept in %s", where)
		}
		mustState(t, k, Locked)
	})
}

// A question that can not even be taken back keeps one goroutine, and later calls
// are not stopped by it.
func TestQuestionThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, k := newLocked()
		release := make(chan struct{})
		f.answer = func(context.Context) error { <-release; return ErrLocked }
		if s := k.Unlock(t.Context()); s.State != Unknown && s.State != Locked {
			t.Errorf("%+v", s)
		}
		k.Probe(t.Context())
		for range 5 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			k.Unlock(ctx)
			cancel()
			mustSet(t, k, secretKey, "v", InMemory)
		}
		if f.questions() != 1 {
			t.Errorf("%d questions at once", f.questions())
		}
		f.lock(nil) // opened elsewhere
		mustSet(t, k, secretKey, "w", InKeychain)
		close(release)
		synctest.Wait()
		mustState(t, k, Available)
	})
}

func TestUnlockCancelled(t *testing.T) {
	f, k := newLocked()
	k.Probe(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	f.answer = func(ctx context.Context) error { cancel(); <-ctx.Done(); return ctx.Err() }
	if s := k.Unlock(ctx); s.State != Locked {
		t.Errorf("%+v", s)
	}
}

// Where the platform asks by itself, Unlock is a probe with time for an answer.
func TestUnlockWithoutALockThatCanBeSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.bend(func(op, _ string) error {
			if op == "set" {
				time.Sleep(20 * time.Second)
			}
			return nil
		})
		k := New(Options{Backend: f})
		if s := k.Probe(t.Context()); s.State != TimedOut {
			t.Errorf("%+v", s)
		}
		time.Sleep(time.Minute)
		if s := k.Unlock(t.Context()); s.State != Available {
			t.Errorf("%+v", s)
		}
	})
}

func TestObserverMayCallTheKeychain(t *testing.T) {
	k := New(Options{Backend: newFake()})
	var seen []State
	k.OnStatus(func(s Status) {
		seen = append(seen, s.State)
		if s.State == Available {
			if v := k.Probe(context.Background()); v.State != Available {
				t.Errorf("%v", v)
			}
		}
	})
	k.Probe(t.Context())
	if len(seen) != 1 {
		t.Errorf("told %v", seen)
	}
}
