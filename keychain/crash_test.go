package keychain

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

var errCrash = errors.New("the program was killed here")

// crashing calls do with a backend that fails at its n-th call and ever after, which
// is what a killed process looks like to the keychain. It reports whether do got
// through.
func crashing(f *fake, n int, do func(v vault) error) bool {
	calls := 0
	f.bend(func(string, string) error {
		if calls++; calls > n {
			return errCrash
		}
		return nil
	})
	defer f.bend(nil)
	return do(vault{backend: f, service: Service}) == nil
}

// Wherever a replacement is cut off, what is read next is the old value or the new
// one, and once a value is set or deleted no part of any other is left.
func TestCrashAtEveryStepOfAReplacement(t *testing.T) {
	ctx := context.Background()
	older, newer := long(3), strings.Repeat("n", 4*PartSize)
	for n := 0; ; n++ {
		f := newFake()
		v := vault{backend: f, service: Service}
		if err := v.store(ctx, sessionKey, older); err != nil {
			t.Fatal(err)
		}
		through := crashing(f, n, func(v vault) error { return v.store(ctx, sessionKey, newer) })
		got, err := v.load(ctx, sessionKey)
		if err != nil || got != older && got != newer {
			t.Fatalf("killed at call %d: %v, and neither the old nor the new value", n, err)
		}
		if through && got != newer {
			t.Fatalf("killed at call %d: store reports success and the old value is read", n)
		}
		if err := v.store(ctx, sessionKey, "last"); err != nil {
			t.Fatal(err)
		}
		if left := f.snapshot(); len(left) != 2 {
			t.Fatalf("killed at call %d: %d entries hold a value of one part", n, len(left))
		}
		if err := v.remove(ctx, sessionKey); err != nil {
			t.Fatal(err)
		}
		if left := f.snapshot(); len(left) != 0 {
			t.Fatalf("killed at call %d: %d entries are left at the end", n, len(left))
		}
		if through && n > 30 { // every call of a replacement is behind us
			return
		}
	}
}

func TestCrashAtEveryStepOfADeletion(t *testing.T) {
	ctx := context.Background()
	for n := 0; ; n++ {
		f := newFake()
		v := vault{backend: f, service: Service}
		if err := v.store(ctx, sessionKey, long(3)); err != nil {
			t.Fatal(err)
		}
		through := crashing(f, n, func(v vault) error { return v.remove(ctx, sessionKey) })
		if got, err := v.load(ctx, sessionKey); err == nil && got != long(3) || err != nil && !errors.Is(err, ErrNotFound) {
			t.Fatalf("killed at call %d: %v", n, err)
		}
		if err := v.remove(ctx, sessionKey); err != nil {
			t.Fatal(err)
		}
		if left := f.snapshot(); len(left) != 0 {
			t.Fatalf("killed at call %d: %d entries are left", n, len(left))
		}
		if through {
			return
		}
	}
}

// A manifest whose parts are gone or altered is no value, and can be replaced.
func TestDamageIsNotFound(t *testing.T) {
	ctx := context.Background()
	part := func(f *fake, n string) string {
		for user := range f.snapshot() {
			if strings.HasSuffix(user, "."+n) {
				return user
			}
		}
		t.Fatalf("there is no part %s", n)
		return ""
	}
	for name, damage := range map[string]func(f *fake){
		"part missing":       func(f *fake) { delete(f.entries, part(f, "1")) },
		"part altered":       func(f *fake) { f.entries[part(f, "1")] = strings.Repeat("?", PartSize) },
		"part too long":      func(f *fake) { f.entries[part(f, "0")] += "x" },
		"manifest cut":       func(f *fake) { f.entries[sessionKey.user()] = f.entries[sessionKey.user()][:20] },
		"manifest empty":     func(f *fake) { f.entries[sessionKey.user()] = "" },
		"manifest negative":  func(f *fake) { setManifest(f, manifest{Format: 1, Version: "a", Parts: -1}) },
		"manifest enormous":  func(f *fake) { setManifest(f, manifest{Format: 1, Version: "a", Parts: 1 << 40}) },
		"manifest of no sum": func(f *fake) { setManifest(f, manifest{Format: 1, Version: "a", Parts: 0, Length: 0}) },
		"manifest of later":  func(f *fake) { setManifest(f, manifest{Format: 2, Version: "a"}) },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			v := vault{backend: f, service: Service}
			if err := v.store(ctx, sessionKey, long(3)); err != nil {
				t.Fatal(err)
			}
			damage(f)
			if got, err := v.load(ctx, sessionKey); !errors.Is(err, ErrNotFound) || got != "" {
				t.Errorf("%d bytes, %v", len(got), err)
			}
			if err := v.store(ctx, sessionKey, "new"); err != nil {
				t.Fatal(err)
			}
			if got, err := v.load(ctx, sessionKey); err != nil || got != "new" {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

func setManifest(f *fake, m manifest) {
	b, _ := json.Marshal(m)
	f.entries[sessionKey.user()] = string(b)
}

// Another window replaces the value between our reading of the manifest and of the
// parts: the new value is read.
func TestReplacedWhileReading(t *testing.T) {
	ctx := context.Background()
	f := newFake()
	v := vault{backend: f, service: Service}
	if err := v.store(ctx, sessionKey, long(3)); err != nil {
		t.Fatal(err)
	}
	replaced := false
	f.bend(func(op, user string) error {
		if strings.HasSuffix(user, ".1") && !replaced {
			replaced = true
			return v.store(ctx, sessionKey, "newer")
		}
		return nil
	})
	if got, err := v.load(ctx, sessionKey); err != nil || got != "newer" {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// Every entry of the largest value keeps to what the platforms take: 2,560 bytes on
// Windows with a user name below 513, and a command line of 4,096 bytes on macOS.
func TestLimitsOfThePlatforms(t *testing.T) {
	f := newFake()
	v := vault{backend: f, service: Service}
	key := Key{Profile: strings.Repeat("p", 64), Kind: strings.Repeat("k", 64)}
	for range 3 { // replaced twice, so that the manifest names what it replaced
		if err := v.store(context.Background(), key, strings.Repeat("\xff", MaxValue)); err != nil {
			t.Fatal(err)
		}
	}
	f.after = nil
	// A manifest that had to give up on deleting eight times.
	m := manifest{Version: newVersion(), Parts: 999, Length: MaxValue * 2, SHA256: sum(""), Encoding: "base64"}
	for range 2 * maxGarbage {
		m.Garbage = append(m.Garbage, batch{newVersion(), 999})
	}
	if err := v.setManifest(context.Background(), key, m); err != nil {
		t.Fatal(err)
	}
	for user, value := range f.snapshot() {
		if len(value) > PartSize || len(user) >= 513 {
			t.Errorf("%s: %d bytes", user, len(value))
		}
		base64 := len("go-keyring-base64:") + (len(value)+2)/3*4
		command := len("add-generic-password -U -s '' -a '' -w ''\n") + len(Service) + len(user) + base64
		if command > 4096 {
			t.Errorf("%s: a command line of %d bytes", user, command)
		}
	}
}
