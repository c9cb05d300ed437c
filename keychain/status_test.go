package keychain

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	keyring "github.com/zalando/go-keyring"
)

// watch records the states that an observer is told.
func watch(k *Keychain) func() []State {
	var mu sync.Mutex
	var seen []State
	k.OnStatus(func(s Status) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, s.State)
	})
	return func() []State {
		mu.Lock()
		defer mu.Unlock()
		return append([]State(nil), seen...)
	}
}

func TestProbeLeavesNothing(t *testing.T) {
	f := newFake()
	k := New(Options{Backend: f, BackendName: "Test Keychain"})
	mustState(t, k, Unknown)
	if s := k.Probe(t.Context()); s.State != Available || s.Err != nil || s.Backend != "Test Keychain" {
		t.Errorf("%+v", s)
	}
	if left := f.snapshot(); len(left) != 0 {
		t.Errorf("the probe left %v", left)
	}
	if f.calls[0] != "get "+canaryUser { // see canary
		t.Errorf("the first call is %q", f.calls[0])
	}
}

func TestProbeNamesWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		state State
		kind  error
	}{
		"unsupported": {keyring.ErrUnsupportedPlatform, Absent, ErrAbsent},
		"absent":      {ErrAbsent, Absent, ErrAbsent},
		"locked":      {ErrLocked, Locked, ErrLocked},
		"refused":     {errors.New("no"), Denied, ErrDenied},
		"slow inside": {context.DeadlineExceeded, TimedOut, ErrTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			f.bend(func(string, string) error { return c.err })
			k := New(Options{Backend: f})
			if s := k.Probe(t.Context()); s.State != c.state || !errors.Is(s.Err, c.kind) {
				t.Errorf("%+v", s)
			}
			mustSet(t, k, secretKey, "v", InMemory)
			mustGet(t, k, secretKey, "v", InMemory)
			f.bend(nil)
			if s := k.Probe(t.Context()); s.State != Available {
				t.Fatalf("after it was mended: %+v", s)
			}
			mustGet(t, k, secretKey, "v", InKeychain)
			mustGet(t, New(Options{Backend: f}), secretKey, "v", InKeychain)
		})
	}
}

// go-keyring reports success when the user dismisses the dialog of a write, and
// security(1) in interactive mode has no exit status of its own.
func TestAWriteThatIsNotThereIsNoSuccess(t *testing.T) {
	f := newFake()
	k := New(Options{Backend: f})
	k.Probe(t.Context())
	f.lose = func(user string) bool { return strings.HasSuffix(user, ".1") }
	mustSet(t, k, sessionKey, long(3), InMemory)
	mustState(t, k, Denied)
	mustGet(t, k, sessionKey, long(3), InMemory)

	f.lose = func(string) bool { return true }
	if s := New(Options{Backend: f}).Probe(t.Context()); s.State != Denied {
		t.Errorf("a keychain that loses the canary is %s", s.State)
	}
}

func TestFailingAtPartThreeKeepsTheOldValue(t *testing.T) {
	f := newFake()
	k := New(Options{Backend: f})
	mustSet(t, k, sessionKey, "old", InKeychain)
	f.bend(func(op, user string) error {
		if op == "set" && strings.HasSuffix(user, ".2") {
			return errors.New("disk full")
		}
		return nil
	})
	mustSet(t, k, sessionKey, long(5), InMemory)
	mustState(t, k, Denied)
	mustGet(t, k, sessionKey, long(5), InMemory)
	f.bend(nil)
	mustGet(t, New(Options{Backend: f}), sessionKey, "old", InKeychain)
	k.Probe(t.Context())
	mustGet(t, k, sessionKey, long(5), InKeychain)
	if left := f.snapshot(); len(left) != 6 {
		t.Errorf("%d entries hold a value of 5 parts", len(left))
	}
}

// An absent keychain is asked once, not for each value.
func TestAbsentIsNotAskedAgain(t *testing.T) {
	f := newFake()
	f.bend(func(string, string) error { return ErrAbsent })
	k := New(Options{Backend: f})
	k.Probe(t.Context())
	before := f.count()
	mustSet(t, k, secretKey, "v", InMemory)
	mustMiss(t, k, sessionKey, ErrAbsent)
	mustMiss(t, k, sessionKey, ErrNotFound)
	if err := k.Delete(t.Context(), secretKey); err != nil {
		t.Errorf("deleting from a keychain that is not there: %v", err)
	}
	mustMiss(t, k, secretKey, ErrNotFound)
	if f.count() != before {
		t.Errorf("%d calls to a keychain that is absent", f.count()-before)
	}
}

func TestHangingForever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		f := newFake()
		k := New(Options{Backend: f})
		mustSet(t, k, secretKey, "old", InKeychain)
		f.bend(func(string, string) error { <-release; return nil })
		seen := watch(k)

		mustMiss(t, k, sessionKey, ErrTimeout)
		mustState(t, k, TimedOut)
		calls := f.count()
		for range 100 { // none of these waits, and none starts another hanging call
			mustSet(t, k, secretKey, "new", InMemory)
			mustGet(t, k, secretKey, "new", InMemory)
			mustMiss(t, k, sessionKey, ErrTimeout)
		}
		if err := k.Delete(t.Context(), sessionKey); !errors.Is(err, ErrTimeout) {
			t.Errorf("Delete: %v", err)
		}
		if s := k.Probe(t.Context()); s.State != TimedOut {
			t.Errorf("probing a keychain that still hangs: %s", s.State)
		}
		if f.count() != calls {
			t.Errorf("%d more calls went into a keychain that hangs", f.count()-calls)
		}

		f.bend(nil)
		close(release)
		synctest.Wait()
		if s := k.Probe(t.Context()); s.State != Available {
			t.Errorf("after it came back: %s", s.State)
		}
		mustGet(t, k, secretKey, "new", InKeychain)
		if got := seen(); len(got) != 2 || got[0] != TimedOut || got[1] != Available {
			t.Errorf("observers saw %v", got)
		}
	})
}

// A write that was given up lands after all. It is read again before it is repeated,
// and a newer value wins over it.
func TestWriteThatLandsLate(t *testing.T) {
	for name, newer := range map[string]string{"same value": "", "newer value": "newer"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				k := New(Options{Backend: f})
				k.Probe(t.Context())
				release := make(chan struct{})
				manifests := 0
				f.after = func(op, user string) error { // the last step of the write: then it hangs
					if user == secretKey.user() {
						if manifests++; manifests == 2 {
							<-release
						}
					}
					return nil
				}
				mustSet(t, k, secretKey, "value", InMemory)
				mustState(t, k, TimedOut)
				want := "value"
				if newer != "" {
					want = newer
					mustSet(t, k, secretKey, newer, InMemory)
				}
				close(release)
				synctest.Wait()
				sets := countSets(f)
				if s := k.Probe(t.Context()); s.State != Available {
					t.Fatal(s)
				}
				mustGet(t, k, secretKey, want, InKeychain)
				wrote := countSets(f) - sets - 1 // the canary
				if newer == "" && wrote != 0 {
					t.Errorf("a value that had landed was written again, %d entries", wrote)
				}
			})
		})
	}
}

func countSets(f *fake) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.calls {
		if strings.HasPrefix(c, "set ") {
			n++
		}
	}
	return n
}

// While one call waits for a dialog of the platform, others give up without
// declaring the keychain lost.
func TestWaitingForAnotherCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		k := New(Options{Backend: f})
		k.Probe(t.Context())
		f.bend(func(op, user string) error {
			if op == "set" && user == secretKey.user() {
				time.Sleep(40 * time.Second)
			}
			return nil
		})
		done := make(chan Where, 1)
		go func() {
			where, _ := k.Set(context.Background(), secretKey, "v")
			done <- where
		}()
		synctest.Wait()
		mustMiss(t, k, sessionKey, ErrTimeout)
		mustState(t, k, Available)
		mustGet(t, k, secretKey, "v", InMemory)
		// Two writes of the manifest, 40 s each, are too much for one Set of 60 s.
		if where := <-done; where != InMemory {
			t.Errorf("kept in %s", where)
		}
		mustState(t, k, TimedOut)
		time.Sleep(time.Minute) // let it come back
	})
}

func TestSlowButInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.bend(func(string, string) error { time.Sleep(100 * time.Millisecond); return nil })
		k := New(Options{Backend: f})
		mustSet(t, k, sessionKey, long(4), InKeychain)
		mustGet(t, k, sessionKey, long(4), InKeychain)
		mustState(t, k, Available)
	})
}

// A sign-out while the keychain can not be reached is not undone when it comes back.
func TestDeletionIsMadeGood(t *testing.T) {
	f := &lockedFake{fake: newFake()}
	k := New(Options{Backend: f})
	mustSet(t, k, sessionKey, long(2), InKeychain)
	f.lock(ErrLocked)
	if err := k.Delete(t.Context(), sessionKey); !errors.Is(err, ErrLocked) {
		t.Fatalf("Delete: %v", err)
	}
	mustMiss(t, k, sessionKey, ErrNotFound)
	f.lock(nil)
	mustMiss(t, k, secretKey, ErrNotFound) // any call finds it open again
	mustState(t, k, Available)
	if left := f.snapshot(); len(left) != 0 {
		t.Errorf("%d entries are left", len(left))
	}
}
