package keychain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// childValue is the variable that makes the test binary a second Signbench: it
// reads one value and prints where it was and how long.
const childValue = "SIGNBENCH_TEST_KEYCHAIN_READ"

func TestMain(m *testing.M) {
	if os.Getenv(childValue) == "" {
		os.Exit(m.Run())
	}
	k := New(Options{})
	value, where, err := k.Get(context.Background(), sessionKey)
	fmt.Printf("%s|%s|%d|%v\n", k.Status().State, where, len(value), err)
	if value == long(6) {
		fmt.Println("whole")
	}
}

// restart reads the session in a new process, as after a restart of the program.
func (b *privateBus) restart(t *testing.T) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(b.env, childValue+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// The real gnome-keyring, from the first secret to the last.
func TestGnomeKeyring(t *testing.T) {
	bus := startBus(t)
	daemon := bus.startKeyring(t)
	k := New(Options{})
	if s := k.Probe(t.Context()); s.State != Available || s.Backend != "Secret Service" {
		t.Fatalf("%+v", s)
	}
	if n := bus.items(t); n != 0 {
		t.Errorf("the probe left %d entries", n)
	}

	mustSet(t, k, secretKey, "s3cret", InKeychain)
	mustSet(t, k, sessionKey, long(6), InKeychain)
	mustGet(t, k, secretKey, "s3cret", InKeychain)
	mustGet(t, k, sessionKey, long(6), InKeychain)
	if n := bus.items(t); n != 2+7 {
		t.Errorf("%d entries hold values of 1 and 6 parts", n)
	}
	if got, want := bus.restart(t), fmt.Sprintf("available|keychain|%d|<nil>\nwhole", len(long(6))); got != want {
		t.Errorf("after a restart: %s", got)
	}
	mustNotBeReadable(t, bus.dir, "s3cret")

	mustSet(t, k, sessionKey, "\xff\x00 not text", InKeychain)
	mustGet(t, k, sessionKey, "\xff\x00 not text", InKeychain)
	mustSet(t, k, sessionKey, "", InKeychain)
	mustGet(t, k, sessionKey, "", InKeychain)
	for _, key := range []Key{secretKey, sessionKey} {
		if err := k.Delete(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		mustMiss(t, k, key, ErrNotFound)
	}
	if n := bus.items(t); n != 0 {
		t.Errorf("%d entries are left at the end", n)
	}

	// The daemon goes away while we run.
	if err := daemon.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = daemon.Wait()
	mustSet(t, k, secretKey, "meanwhile", InMemory)
	mustState(t, k, Absent)
	bus.startKeyring(t)
	if s := k.Probe(t.Context()); s.State != Available {
		t.Fatalf("%+v", s)
	}
	mustGet(t, k, secretKey, "meanwhile", InKeychain)
}

// mustNotBeReadable looks for a secret in every file under dir.
func mustNotBeReadable(t *testing.T, dir, secret string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("the secret can be read in %s", d.Name())
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("looked into %d files: %v", files, err)
	}
}

func TestGnomeKeyringLocked(t *testing.T) {
	bus := startBus(t)
	bus.startKeyring(t)
	k := New(Options{})
	mustSet(t, k, sessionKey, long(2), InKeychain)
	bus.lock(t)

	if s := k.Probe(t.Context()); s.State != Locked {
		t.Fatalf("%+v", s)
	}
	mustMiss(t, k, sessionKey, ErrLocked)
	// There is no screen to ask on, so the question comes back as dismissed.
	mustSet(t, k, secretKey, "v", InMemory)
	if s := k.Unlock(t.Context()); s.State != Locked {
		t.Fatalf("%+v", s)
	}
	if got := bus.restart(t); !strings.HasPrefix(got, "locked||0|") {
		t.Errorf("started while it is locked: %s", got)
	}

	bus.unlock(t)
	mustGet(t, k, sessionKey, long(2), InKeychain)
	mustState(t, k, Available)
	mustGet(t, k, secretKey, "v", InKeychain) // what was in memory went in by itself
}

// A keyring that is stopped answers nothing. Nothing waits for it longer than the
// limit, and when it goes on, so do we.
func TestGnomeKeyringHangs(t *testing.T) {
	bus := startBus(t)
	daemon := bus.startKeyring(t)
	k := New(Options{ReadTimeout: time.Second, WriteTimeout: 2 * time.Second})
	mustSet(t, k, secretKey, "old", InKeychain)
	if err := daemon.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	mustSet(t, k, secretKey, "new", InMemory)
	mustState(t, k, TimedOut)
	if s := k.Probe(t.Context()); s.State != TimedOut {
		t.Errorf("%+v", s)
	}
	if err := daemon.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	bus.waitFor(t, "gnome-keyring to answer again", func(s service) bool {
		return k.Probe(t.Context()).State == Available
	})
	mustGet(t, k, secretKey, "new", InKeychain)
}

func TestNoSessionBus(t *testing.T) {
	dir := t.TempDir()
	usual := runUser
	runUser = dir // the desktop on which the tests may run has a bus, and a keyring to leave alone
	t.Cleanup(func() { runUser = usual })
	for name, env := range map[string]string{
		"none":        "",
		"autolaunch":  "autolaunch:",
		"dead socket": "unix:path=" + filepath.Join(dir, "bus"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", env)
			t.Setenv("XDG_RUNTIME_DIR", dir)
			t.Setenv("PATH", fakeLauncher(t))
			k := New(Options{})
			if s := k.Probe(t.Context()); s.State != Absent {
				t.Errorf("%+v", s)
			}
			mustSet(t, k, secretKey, "v", InMemory)
			mustGet(t, k, secretKey, "v", InMemory)
			mustMiss(t, k, sessionKey, ErrAbsent)
			if _, err := os.Stat(filepath.Join(os.Getenv("PATH"), "was-run")); err == nil {
				t.Error("dbus-launch was run")
			}
		})
	}
}

// fakeLauncher is a folder with a dbus-launch that tells on whoever runs it.
func fakeLauncher(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	script := "#!/bin/sh\n: > " + dir + "/was-run\nexit 1\n"
	if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A bus without any keyring on it.
func TestNoSecretService(t *testing.T) {
	startBus(t)
	k := New(Options{})
	if s := k.Probe(t.Context()); s.State != Absent || !errors.Is(s.Err, ErrAbsent) {
		t.Errorf("%+v", s)
	}
}

// A bus that is found only by its socket under XDG_RUNTIME_DIR, as in a session
// without DBUS_SESSION_BUS_ADDRESS.
func TestBusUnderRuntimeDir(t *testing.T) {
	bus := startBus(t)
	bus.startKeyring(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	k := New(Options{})
	mustSet(t, k, secretKey, "v", InKeychain)
}
